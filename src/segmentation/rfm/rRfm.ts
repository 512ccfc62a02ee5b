import { quantileCuts } from './rfmCuts.js';

/**
 * The cut points of the R package `rfm`, for `scoring` of `rfm`: a score opens at the quantile + 1, that value included.
 *
 * To reproduce its figures: equal customers have equal scores, but the + 1 depends on the unit (nothing on whole days, a lot on money in
 * thousands, where a score may be empty). A cut is the greatest number below quantile + 1, as a score here opens above its cut; so
 * the cut points score a later date and a new customer as well. (Hebbali, rfm 0.3.0.)
 *
 * @param values - finite numbers, at least one
 * @param bins - how many scores
 * @returns `bins - 1` ascending numbers
 * @example
 * ```ts
 * rRfm(Float64Array.of(10, 20, 30), 2); // => [20.999999999999996]
 * ```
 */
export function rRfm(values: Float64Array, bins: number): number[] {
  return quantileCuts(values, bins).map((cut) => numberBelow(cut + 1));
}

// As bits, doubles of one sign are in the order of their integers.
function numberBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const double = Float64Array.of(value);
  new BigInt64Array(double.buffer)[0]! += value > 0 ? -1n : 1n;
  return double[0]!;
}
