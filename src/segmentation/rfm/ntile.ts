import { sortedOrder } from '../../numeric/sorting.js';
import type { RfmCuts } from './rfmCuts.js';

/**
 * The scores of `NTILE(bins)` in SQL, for `scoring` of `rfm`: groups of equal size, the worst customers first; where the customers
 * do not divide evenly, the first groups have one more. With 10 bins, the deciles of the trade.
 *
 * To reproduce figures of a warehouse, not to work with: equal customers fall on both sides of a border (here by their order in the
 * log; an engine promises no order at all), and there are no cut points to score a later date or a new customer.
 *
 * @param values - numbers
 * @param bins - how many scores
 * @param dimension - for `'recency'` the most days come first
 * @returns 1 to `bins`
 * @example
 * ```ts
 * ntile(Float64Array.of(10, 20, 30, 40, 50), 2, 'monetary'); // => Uint8Array.of(1, 1, 1, 2, 2)
 * ntile(Float64Array.of(10, 20, 30, 40, 50), 2, 'recency'); // => Uint8Array.of(2, 2, 1, 1, 1)
 * ```
 */
export function ntile(values: Float64Array, bins: number, dimension: keyof RfmCuts): Uint8Array {
  const n = values.length;
  const order = sortedOrder(dimension === 'recency' ? values.map((value) => -value) : values);
  const [size, larger] = [Math.floor(n / bins), n % bins];
  const scores = new Uint8Array(n);
  let next = 0;
  for (let tile = 1; tile <= bins; tile++) {
    for (const end = next + size + (tile <= larger ? 1 : 0); next < end; next++) scores[order[next]!] = tile;
  }
  return scores;
}
