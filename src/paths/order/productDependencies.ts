import { requireKnownOptions } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { PathGraph, PathGraphEdge } from '../graphs/pathGraph.js';
import type { ProductOrder } from './productOrder.js';
import type { ProductPair } from './productPair.js';
import { Reach } from './reach.js';

/** How sure a dependency must be. */
export interface ProductDependencyOptions {
  /** The share of false finds accepted among the edges, by order and by rate. @defaultValue 0.05 */
  readonly level?: number;
}

/** What depends on what, as a graph. */
export interface ProductDependencies {
  /**
   * Nodes are products with `role`, `customers`, `share`; edges have `kind` (`requires`, `raises`, `lowers`), `label` (`×4`; `only after` where it never comes without, and `rateRatio` is null), `both`,
   * `beforeShare`, `orderQ`, `rateRatio`, `rateQ` and `elapsedDays`, the median from the one to the other. Strongest first.
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
 * stays beside card → energy × 1.5 → travel × 1.2, and nothing becomes unreachable. Within a cycle all links stay, and the cycle is listed. What reaches what is kept as bits,
 * the strongest links first: `O(links × (products + log links) + products³ / 32)` at most, memory `products² / 4` bytes. The order may come from JSON: nothing in it is lost there.
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
  const names = order.products.map(({ product }) => product);
  const places = new Map(names.map((name, place) => [name, place]));
  const ends = ({ pair: { from, to } }: Link): [number, number] => [places.get(from)!, places.get(to)!];
  const all = new Reach(names.length);
  for (const link of kept) if (link.kind !== 'lowers') all.add(...ends(link));
  const cycles = names.map((_, a) => names.filter((_other, b) => all.joins(a, b))).filter((cycle, i) => cycle[0] === names[i]);
  // How much further on the end of a link is; every link of a way round is shorter, those of cycles have no length.
  const counts = names.map((_, place) => all.count(place));
  const length = (link: Link): number => counts[ends(link)[0]]! - counts[ends(link)[1]]!;
  const reach = new Reach(names.length);
  const edges: PathGraphEdge[] = [];
  for (const link of kept.sort((a, b) => (a.strength === b.strength ? length(a) - length(b) : b.strength - a.strength))) {
    const [from, to] = ends(link);
    if (link.kind === 'lowers' || all.joins(from, to) || !reach.has(from, to)) edges.push(edgeOf(link));
    if (link.kind !== 'lowers') reach.add(from, to);
  }
  return { graph: { nodes: order.products.map(({ product, role, customers, share }) => ({ id: product, role, customers, share })), edges }, cycles };
}

/** The pairs that are dependencies. */
function linksOf(pairs: readonly ProductPair[], level: number): Link[] {
  const links: Link[] = [];
  for (const pair of pairs) {
    const { rateRatio: ratio, beforeShare } = pair;
    if (pair.prerequisite) links.push({ pair, kind: 'requires', strength: Infinity });
    else if (ratio === null || pair.rateQ > level) continue;
    // Without an end there is nothing that it stays below.
    else if (ratio.upper !== null && ratio.upper < 1) links.push({ pair, kind: 'lowers', strength: ratio.estimate ?? Infinity });
    else if (ratio.lower > 1 && pair.orderQ <= level && beforeShare !== null && beforeShare.estimate > 0.5) links.push({ pair, kind: 'raises', strength: ratio.estimate ?? Infinity });
  }
  return links;
}

function edgeOf({ pair, kind }: Link): PathGraphEdge {
  const { from, to, both, beforeShare, orderQ, rateRatio, rateQ, elapsedDays } = pair;
  const ratio = rateRatio?.estimate ?? null;
  const label = kind === 'requires' ? kind : ratio === null ? 'only after' : `×${Number(ratio.toPrecision(2))}`;
  return { from, to, label, kind, both, beforeShare: beforeShare?.estimate ?? null, orderQ, rateRatio: ratio, rateQ, elapsedDays: elapsedDays?.median ?? null };
}
