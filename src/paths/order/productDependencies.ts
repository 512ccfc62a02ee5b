import { requireKnownOptions } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { PathGraph, PathGraphEdge } from '../graphs/pathGraph.js';
import type { ProductOrder } from './productOrder.js';
import type { ProductPair } from './productPair.js';

/** How sure a dependency must be. */
export interface ProductDependencyOptions {
  /** The share of false finds accepted among the edges, by order and by rate. @defaultValue 0.05 */
  readonly level?: number;
}

/** What depends on what, as a graph. */
export interface ProductDependencies {
  /**
   * Nodes are products with `role`, `customers`, `share`; edges have `kind` (`requires`, `raises`, `lowers`), `label`, `both`, `beforeShare`, `orderQ`, `rateRatio`, `rateQ` and
   * `elapsedDays`, the median from the one to the other. Strongest first.
   */
  readonly graph: PathGraph;
  /** Groups of products that lead to each other, so that none comes first. */
  readonly cycles: readonly (readonly string[])[];
}

interface Link {
  readonly pair: ProductPair;
  readonly kind: 'requires' | 'raises' | 'lowers';
  readonly strength: number;
}

/**
 * The dependencies between products as a graph, without those that others imply.
 *
 * An edge leads from a product to one that requires it, or that mostly comes later (q of the order) and comes more often once it is held (q of the rate); or to one whose rate it
 * lowers, whatever their order. Of the first two kinds is left out what a path of links at least as strong implies (transitive reduction, the weakest first): so card → travel × 3
 * stays beside card → energy × 1.5 → travel × 1.2, and nothing becomes unreachable. Within a cycle all links stay, and the cycle is listed. `O(edges²)` at most.
 *
 * @param order - what {@link productOrder} found
 * @param options - how sure; see {@link ProductDependencyOptions}
 * @returns the graph, which `mermaidOf` and `graphMlOf` write as text, and its cycles
 * @throws a {@link ClientelaError} `INVALID_OPTION`
 * @example
 * ```ts
 * const share = { estimate: 0.9, lower: 0.8, upper: 0.95 }, rateRatio = { estimate: 4, lower: 3, upper: 5 };
 * const pair = { from: 'energy', to: 'insurance', both: 90, beforeShare: share, orderQ: 0.001, rateRatio, rateQ: 0.002, elapsedDays: null, prerequisite: false };
 * const products = [{ product: 'energy', role: 'entry', customers: 120, share: 0.6 }, { product: 'insurance', role: 'free', customers: 100, share: 0.5 }];
 * const { graph, cycles } = productDependencies({ products, pairs: [pair] } as never);
 * graph.edges.map(({ from, kind, to, label }) => [from, kind, to, label]); // => [['energy', 'raises', 'insurance', '×4']]
 * cycles; // => []
 * ```
 */
export function productDependencies(order: ProductOrder, options: ProductDependencyOptions = {}): ProductDependencies {
  requireKnownOptions('productDependencies', options, ['level']);
  const { level = 0.05 } = options;
  if (!(level > 0 && level < 1)) throw new ClientelaError('INVALID_OPTION', `productDependencies needs a level between 0 and 1, found ${describeValue(level)}`, { option: 'level' });
  const kept = linksOf(order.pairs, level);
  const links = new Map<string, Map<string, number>>();
  for (const { pair, kind, strength } of kept) {
    if (kind === 'lowers') continue;
    if (!links.has(pair.from)) links.set(pair.from, new Map());
    links.get(pair.from)!.set(pair.to, strength);
  }
  const isCircular = (a: string, b: string): boolean => leads(links, a, b, 0) && leads(links, b, a, 0);
  const names = order.products.map(({ product }) => product);
  const cycles = names.map((name) => names.filter((other) => isCircular(name, other))).filter((cycle, i) => cycle[0] === names[i]);
  const edges: PathGraphEdge[] = [];
  for (const link of kept) {
    const { from, to } = link.pair;
    if (link.kind !== 'lowers' && !isCircular(from, to)) {
      links.get(from)!.delete(to);
      if (leads(links, from, to, link.strength)) continue;
      links.get(from)!.set(to, link.strength);
    }
    edges.push(edgeOf(link));
  }
  return { graph: { nodes: order.products.map(({ product, role, customers, share }) => ({ id: product, role, customers, share })), edges: edges.reverse() }, cycles };
}

/** The pairs that are dependencies, the weakest first. */
function linksOf(pairs: readonly ProductPair[], level: number): Link[] {
  const links: Link[] = [];
  for (const pair of pairs) {
    const { rateRatio: ratio, beforeShare } = pair;
    if (pair.prerequisite) links.push({ pair, kind: 'requires', strength: Infinity });
    else if (ratio === null || pair.rateQ > level) continue;
    else if (ratio.upper < 1) links.push({ pair, kind: 'lowers', strength: ratio.estimate });
    else if (ratio.lower > 1 && pair.orderQ <= level && beforeShare !== null && beforeShare.estimate > 0.5) links.push({ pair, kind: 'raises', strength: ratio.estimate });
  }
  return links.sort((a, b) => (a.strength === b.strength ? 0 : a.strength - b.strength));
}

/** Whether a path of links at least so strong leads from one product to another. */
function leads(links: ReadonlyMap<string, ReadonlyMap<string, number>>, from: string, to: string, strength: number): boolean {
  const reached = new Set([from]);
  for (const at of reached) {
    for (const [next, link] of links.get(at) ?? []) {
      if (link < strength) continue;
      if (next === to) return true;
      reached.add(next);
    }
  }
  return false;
}

function edgeOf({ pair, kind }: Link): PathGraphEdge {
  const { from, to, both, beforeShare, orderQ, rateRatio, rateQ, elapsedDays } = pair;
  const label = kind === 'requires' ? kind : `×${Number(rateRatio!.estimate.toPrecision(2))}`;
  return { from, to, label, kind, both, beforeShare: beforeShare?.estimate ?? null, orderQ, rateRatio: rateRatio?.estimate ?? null, rateQ, elapsedDays: elapsedDays?.median ?? null };
}
