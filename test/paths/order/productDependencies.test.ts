import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { mermaidOf } from '../../../src/paths/graphs/mermaidOf.js';
import type { ProductOrder } from '../../../src/paths/order/productOrder.js';
import { productDependencies } from '../../../src/paths/order/productDependencies.js';
import { errorCode } from '../../errorCode.js';

type Links = Readonly<Record<string, number>>;

/** An order in which each `'a>b': ratio` is sure; Infinity stands for a requirement. */
function orderOf(links: Links): ProductOrder {
  const names = [...new Set(Object.keys(links).flatMap((link) => link.split('>')))].sort();
  const products = names.map((product) => ({ product, role: 'free', customers: 100, share: 0.5 }));
  const pairs = Object.entries(links).map(([link, ratio]) => {
    const [from, to] = link.split('>');
    const rateRatio = ratio === Infinity ? null : { estimate: ratio, lower: ratio * 0.9, upper: ratio * 1.1 };
    return { from, to, both: 50, beforeShare: { estimate: 0.9, lower: 0.8, upper: 0.95 }, orderQ: 0.001, rateRatio, rateQ: 0.001, elapsedDays: null, prerequisite: ratio === Infinity };
  });
  return { products, pairs } as unknown as ProductOrder;
}

const edgesOf = (links: Links): string[] => productDependencies(orderOf(links)).graph.edges.map(({ from, to }) => `${from}>${to}`).sort();

describe('productDependencies', () => {
  it('leaves out what a path of links at least as strong implies, and keeps what is stronger than the way round', () => {
    expect(edgesOf({ 'a>b': 2, 'b>c': 2, 'a>c': 2 })).toEqual(['a>b', 'b>c']);
    expect(edgesOf({ 'a>b': Infinity, 'b>c': Infinity, 'c>d': Infinity, 'a>c': Infinity, 'b>d': Infinity, 'a>d': Infinity })).toEqual(['a>b', 'b>c', 'c>d']);
    expect(edgesOf({ 'a>b': 1.5, 'b>c': 1.3, 'a>c': 3 })).toEqual(['a>b', 'a>c', 'b>c']);
  });

  it('reports cycles and breaks none', () => {
    const links = { 'a>b': 2, 'b>c': 3, 'c>a': 4, 'c>d': 2, 'a>d': 2, 'x>y': 2 };
    const { cycles, graph } = productDependencies(orderOf(links));
    expect(cycles).toEqual([['a', 'b', 'c']]);
    expect(graph.edges.map(({ from, to }) => `${from}>${to}`)).toEqual(expect.arrayContaining(['a>b', 'b>c', 'c>a', 'x>y']));
    // Each of the two links out of the cycle implies the other: one of them stays.
    expect(edgesOf(links).filter((edge) => edge.endsWith('>d'))).toHaveLength(1);
    expect(edgesOf({ ...links, 'c>d': 3 })).toContain('c>d');
  });

  it('shows what slows down, outside of the order', () => {
    const { graph, cycles } = productDependencies(orderOf({ 'a>b': 2, 'b>a': 0.5 }));
    expect(graph.edges).toMatchObject([{ from: 'a', to: 'b', kind: 'raises', label: '×2' }, { from: 'b', to: 'a', kind: 'lowers', label: '×0.5' }]);
    expect(cycles).toEqual([]);
  });

  it('says "only after" where a product never comes without another, before JSON and after', () => {
    const [link] = orderOf({ 'a>b': 2 }).pairs;
    const order = { ...orderOf({ 'a>b': 2 }), pairs: [{ ...link!, rateRatio: { estimate: null, lower: 3, upper: null } }] };
    for (const stored of [order, JSON.parse(JSON.stringify(order)) as ProductOrder]) {
      const { graph } = productDependencies(stored);
      expect(graph.edges).toMatchObject([{ from: 'a', to: 'b', kind: 'raises', label: 'only after', rateRatio: null }]);
      expect(mermaidOf(graph)).toContain('n0 -->|"only after"| n1');
    }
    // Whatever the lower end, what has no upper end lowers nothing.
    expect(productDependencies({ ...order, pairs: [{ ...link!, rateRatio: { estimate: null, lower: 0.5, upper: null } }] }).graph.edges).toEqual([]);
  });

  it('leaves out what is not sure of its rate or of its order', () => {
    const order = orderOf({ 'a>b': 2 });
    for (const change of [{ rateQ: 0.06 }, { orderQ: 0.06 }, { rateRatio: null }, { beforeShare: null }, { beforeShare: { estimate: 0.4, lower: 0.3, upper: 0.49 } }, { rateRatio: { estimate: 2, lower: 0.9, upper: 4 } }]) {
      expect(productDependencies({ ...order, pairs: [{ ...order.pairs[0]!, ...change }] }).graph).toMatchObject({ nodes: { length: 2 }, edges: [] });
    }
    expect(productDependencies({ ...order, pairs: [{ ...order.pairs[0]!, rateQ: 0.06 }] }, { level: 0.1 }).graph.edges).toHaveLength(1);
    for (const level of [0, 1, NaN]) expect(errorCode(() => productDependencies(order, { level }))).toBe('INVALID_OPTION');
    expect(errorCode(() => productDependencies(order, { confidence: 0.9 } as never))).toBe('INVALID_OPTION');
  });

  it('is the transitive reduction of random graphs without cycles, whatever can be reached staying within reach', () => {
    const random = createRandom(5);
    for (let run = 0; run < 200; run++) {
      const links: Record<string, number> = {};
      for (const from of 'abcdef') for (const to of 'abcdef') if (from < to && random.uniform() < 0.5) links[`${from}>${to}`] = 2;
      const kept = edgesOf(links);
      const all = Object.keys(links);
      for (const edge of all) expect(kept.includes(edge)).toBe(!reaches(all.filter((other) => other !== edge), edge));
      const uneven = Object.fromEntries(all.map((link) => [link, 1.5 + random.uniform()]));
      const left = edgesOf(uneven);
      for (const edge of all) expect(reaches(left, edge)).toBe(true);
    }
  });
});

it('keeps, in random graphs with cycles, what no path of links as strong implies', () => {
  const random = createRandom(6);
  for (let run = 0; run < 300; run++) {
    const links: Record<string, number> = {};
    for (const from of 'abcdefg') for (const to of 'abcdefg') if (from !== to && random.uniform() < 0.2) links[`${from}>${to}`] = 1.5 + random.uniform();
    const all = Object.keys(links);
    const isCircular = (edge: string): boolean => joined(all, edge[0]!, edge[2]!) && joined(all, edge[2]!, edge[0]!);
    const expected = all.filter((edge) => isCircular(edge) || !joined(all.filter((other) => other !== edge && links[other]! >= links[edge]!), edge[0]!, edge[2]!));
    if (all.length > 0) expect(edgesOf(links)).toEqual(expected.sort());
    // Of equals, one way into and out of each cycle stays, and none that goes through others.
    const equal = Object.fromEntries(all.map((edge) => [edge, 2]));
    const kept = all.length > 0 ? edgesOf(equal) : [];
    for (const edge of all) expect(joined(kept, edge[0]!, edge[2]!)).toBe(true);
    for (const edge of kept) if (!isCircular(edge)) expect(joined(kept.filter((other) => other !== edge), edge[0]!, edge[2]!)).toBe(false);
  }
});

it('reduces thousands of links between hundreds of products', { timeout: 5000 }, () => {
  const random = createRandom(7);
  const links: Record<string, number> = {};
  const name = (place: number): string => `p${String(place).padStart(3, '0')}`;
  for (let from = 0; from < 300; from++) for (let to = from + 1; to < 300; to++) if (to === from + 1 || random.uniform() < 0.25) links[`${name(from)}>${name(to)}`] = to === from + 1 ? 9 : 1.5 + random.uniform();
  const { graph, cycles } = productDependencies(orderOf(links));
  expect(Object.keys(links).length).toBeGreaterThan(11_000);
  // The chain of strong links implies all others.
  expect(graph.edges.map(({ from, to }) => [from, to]).sort()).toEqual(Array.from({ length: 299 }, (_, place) => [name(place), name(place + 1)]));
  expect(cycles).toEqual([]);
});

/** Whether a path of links leads from one product to another. */
function joined(links: readonly string[], from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const at of reached) for (const link of links) if (link[0] === at) reached.add(link[2]!);
  return reached.has(to);
}

/** Whether the ends of a link are joined by the links. */
function reaches(links: readonly string[], link: string): boolean {
  const [from, to] = link.split('>') as [string, string];
  return links.some((other) => other.startsWith(`${from}>`) && (other.endsWith(`>${to}`) || reaches(links, `${other.split('>')[1]!}>${to}`)));
}
