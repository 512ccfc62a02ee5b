import type { Holdings } from '../../data/holdings.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import { buildItemsetTree, columnsOfSide, type ItemsetTree } from './itemsetTree.js';
import { mineItemsets, type MinedItemsets } from './mineItemsets.js';
import { ITEMSET_OPTIONS, readMiningPlan, type ItemsetOptions, type LeftOutItemsets } from './miningOptions.js';

/** Products that are often together. */
export interface Itemset {
  /** In the order of the products of the holdings. */
  readonly products: readonly string[];
  /** How many baskets have all of them. */
  readonly count: number;
  /** `count` as a share of all baskets. */
  readonly support: number;
  /** Whether no set with one product more is in as many baskets, among the sets found. */
  readonly closed: boolean;
  /** Whether no set with one product more was found. */
  readonly maximal: boolean;
}

/** What `frequentItemsets` gives. */
export interface FrequentItemsets {
  /** By falling count, then by rising number of products, then in the order of products. */
  readonly itemsets: readonly Itemset[];
  /** How many baskets there were, empty ones among them. */
  readonly rowCount: number;
  /** In how many baskets a set had to be. */
  readonly minCount: number;
  /** Whether sets that are frequent enough are missing. */
  readonly truncated: boolean;
  /** What is missing; present when `truncated`. */
  readonly leftOut?: LeftOutItemsets;
}

/**
 * The sets of products that at least so many baskets (rows of the holdings: customers, or orders) have in common, single products among them. Exact, whatever the order of rows and products.
 *
 * Depth-first search over products from rare to frequent (Eclat: Zaki, 2000) that walks the cells of sparse baskets and switches to bitsets where baskets have many of
 * the products; time grows linearly with baskets. The number of sets can explode: it is held by `maxItemsets`, and a result that is cut says so.
 *
 * @param baskets - who has what
 * @param options - how often, how long, how many
 * @returns the sets with their counts
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const orders = [['bread', 'milk'], ['bread', 'butter', 'milk'], ['beer'], ['bread', 'butter']];
 * const baskets = Holdings.fromRows(orders.flatMap((items, order) => items.map((item) => ({ order, item }))), { customer: 'order', product: 'item' });
 * const found = frequentItemsets(baskets, { minSupport: 0.5 });
 * found.itemsets.map(({ products, count }) => `${products.join(' + ')}: ${count}`); // => ['bread: 3', 'butter: 2', 'milk: 2', 'bread + butter: 2', 'bread + milk: 2']
 * found.truncated; // => false
 * ```
 */
export function frequentItemsets(baskets: Holdings, options: ItemsetOptions = {}): FrequentItemsets {
  const caller = 'frequentItemsets';
  requireHoldings(caller, baskets);
  requireKnownOptions(caller, options, ITEMSET_OPTIONS);
  const { rowCount } = baskets.sparse;
  const plan = readMiningPlan(caller, options, rowCount);
  const mined = mineItemsets(baskets.sparse, plan);
  const tree = buildItemsetTree(mined);
  const { closed, maximal } = markSets(tree);
  const sets: { readonly columns: number[]; readonly itemset: Itemset }[] = [];
  for (let s = 0; s < tree.size; s++) {
    const columns = columnsOfSide(tree, mined.columns, s, -1);
    const count = tree.counts[s]!;
    sets.push({ columns, itemset: { products: columns.map((column) => baskets.products[column]!), count, support: count / rowCount, closed: closed[s] === 1, maximal: maximal[s] === 1 } });
  }
  sets.sort((a, b) => b.itemset.count - a.itemset.count || a.columns.length - b.columns.length || compareColumns(a.columns, b.columns));
  const itemsets = sets.map(({ itemset }) => itemset);
  return { itemsets, rowCount, minCount: plan.minCount, ...leftOutOf(mined, baskets.products) };
}

/** Whether the search was cut, and what it left out. */
export function leftOutOf({ cut, notDone, columns }: MinedItemsets, products: readonly string[]): { readonly truncated: boolean; readonly leftOut?: LeftOutItemsets } {
  if (notDone > 0) {
    const missed = columns.slice(0, notDone).sort();
    return { truncated: true, leftOut: { reason: 'stopped', ...cut, products: Array.from(missed, (column) => products[column]!) } };
  }
  return cut === undefined ? { truncated: false } : { truncated: true, leftOut: { reason: 'limit', ...cut } };
}

/** Which comes first in the order of columns; of the same length. */
export function compareColumns(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

function markSets({ size, counts, starts, without }: ItemsetTree): { readonly closed: Uint8Array; readonly maximal: Uint8Array } {
  const closed = new Uint8Array(size).fill(1);
  const maximal = new Uint8Array(size).fill(1);
  for (let s = 0; s < size; s++) {
    for (let i = starts[s]!; i < starts[s + 1]!; i++) {
      const subset = without[i]!;
      if (subset < 0) continue;
      maximal[subset] = 0;
      if (counts[subset] === counts[s]) closed[subset] = 0;
    }
  }
  return { closed, maximal };
}
