import type { SparseRows } from '../../numeric/sparseRows.js';

/** What is measured per customer. */
export const FIGURES = ['recall', 'precision', 'hitRate', 'map', 'ndcg', 'mrr', 'valueNdcg'] as const;

/** One number a customer for each figure and depth, and how often each product was shown. */
export interface RankingTally {
  /** Depths, ascending. */
  readonly depths: readonly number[];
  /** By figure, then by depth, one number a customer. */
  readonly values: readonly (readonly Float64Array[])[];
  /** By depth, one number a product: how many lists show it within that depth but not within the one before. */
  readonly shown: readonly Float64Array[];
  /** Takes the lists of the customers `from` to `to`, `places` a customer. */
  readonly add: (list: Int32Array, from: number, to: number) => void;
}

/**
 * The figures of every customer from its list and what it took, of which there is at least one product. `worth` is the gain of a hit for valueNdcg.
 *
 * One walk down the list: hits, sum of precisions at the hits, discounted gains and the first hit are taken down at every depth that is asked for.
 */
export function tallyRankings(taken: SparseRows, rows: Uint32Array, depths: readonly number[], places: number, wholeDenominator: boolean, worth: Float64Array | undefined): RankingTally {
  const width = taken.columnCount;
  const deepest = depths[depths.length - 1]!;
  const discounts = Float64Array.from({ length: deepest }, (_, i) => 1 / Math.log2(i + 2));
  const ideal = new Float64Array(deepest + 1);
  for (let i = 0; i < deepest; i++) ideal[i + 1] = ideal[i]! + discounts[i]!;
  const values = FIGURES.map((figure) => depths.map(() => new Float64Array(figure === 'valueNdcg' && worth === undefined ? 0 : rows.length)));
  const [recall, precision, hitRate, map, ndcg, mrr, valueNdcg] = values as unknown as Float64Array[][];
  const shown = depths.map(() => new Float64Array(width));
  // The last customer that took a product, plus one: no clearing from customer to customer.
  const takenBy = new Uint32Array(width);
  const gains = new Float64Array(width);
  const { offsets, columns } = taken;
  const tally = (list: Int32Array, at: number, customer: number): void => {
    const [start, end] = [offsets[rows[customer]!]!, offsets[rows[customer]! + 1]!];
    const n = end - start;
    for (let e = start; e < end; e++) takenBy[columns[e]!] = customer + 1;
    if (worth !== undefined) sortGains(columns, start, end, worth, gains);
    let [hits, precisions, gain, moneyGain, best, first, place] = [0, 0, 0, 0, 0, 0, 0];
    for (let d = 0; d < depths.length; d++) {
      const depth = depths[d]!;
      for (; place < depth; place++) {
        const column = place < places ? list[at + place]! : -1;
        if (worth !== undefined && place < n) best += gains[place]! * discounts[place]!;
        if (column < 0) continue;
        shown[d]![column]!++;
        if (takenBy[column] !== customer + 1) continue;
        hits++;
        precisions += hits / (place + 1);
        gain += discounts[place]!;
        if (first === 0) first = place + 1;
        if (worth !== undefined) moneyGain += worth[column]! * discounts[place]!;
      }
      const findable = wholeDenominator || n < depth ? n : depth;
      recall![d]![customer] = hits / findable;
      precision![d]![customer] = hits / depth;
      hitRate![d]![customer] = hits > 0 ? 1 : 0;
      map![d]![customer] = precisions / findable;
      ndcg![d]![customer] = gain / ideal[Math.min(n, depth)]!;
      mrr![d]![customer] = first === 0 ? 0 : 1 / first;
      if (worth !== undefined) valueNdcg![d]![customer] = best > 0 ? moneyGain / best : NaN;
    }
  };
  const add = (list: Int32Array, from: number, to: number): void => {
    for (let i = from; i < to; i++) tally(list, (i - from) * places, i);
  };
  return { depths, values, shown, add };
}

// Highest first, by insertion: customers take few products.
function sortGains(columns: Int32Array, start: number, end: number, worth: Float64Array, gains: Float64Array): void {
  for (let e = start; e < end; e++) {
    const gain = worth[columns[e]!]!;
    let i = e - start;
    for (; i > 0 && gains[i - 1]! < gain; i--) gains[i] = gains[i - 1]!;
    gains[i] = gain;
  }
}
