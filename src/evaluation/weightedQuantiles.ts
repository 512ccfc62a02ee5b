import { sortedOrder } from '../numeric/sorting.js';

/**
 * Values of these rows at shares of their weight, without repeats, ascending: the smallest value that so much of the weight does not exceed (type 1 of Hyndman and Fan,
 * 1996), so that a row of weight 2 is the row twice. Rows without a value are passed over.
 */
export function weightedQuantiles(values: Float64Array, rows: Uint32Array, weights: Float64Array | undefined, shares: readonly number[]): number[] {
  const known = rows.filter((row) => !Number.isNaN(values[row]!));
  const sorted = sortedOrder(Float64Array.from(known, (row) => values[row]!));
  const upTo = new Float64Array(known.length);
  let total = 0;
  sorted.forEach((place, i) => (upTo[i] = total += weights === undefined ? 1 : weights[known[place]!]!));
  const found = shares.map((share) => {
    // What rounding adds to 0.3 * 10 may not reach for the next value.
    const wanted = share * total * (1 - 1e-12);
    const i = upTo.findIndex((weight) => weight >= wanted);
    return values[known[sorted[i]!]!]!;
  });
  return [...new Set(found)];
}
