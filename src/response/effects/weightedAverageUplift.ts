import { cutRows, type UpliftByDecileOptions } from './upliftByDecile.js';
import { compareArms } from './armSums.js';
import type { Outcomes, Treated } from './upliftRows.js';

/**
 * The mean of the uplifts by decile, each weighted by its treated customers: `weighted_average_uplift` of scikit-uplift.
 *
 * Close to the average effect for any ranking, so that it says little about one; it is here because it is in use. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur in every bin
 * @param scores - one finite number per row, higher for more uplift
 * @param options - bins, by, weights, ties
 * @returns the weighted mean
 * @throws a {@link ClientelaError} as `upliftByDecile`
 * @example
 * ```ts
 * weightedAverageUplift([1, 0, 1, 0, 1, 1], [1, 0, 1, 0, 1, 0], [6, 5, 4, 3, 2, 1], { bins: 2 }); // => 5 / 6
 * ```
 */
export function weightedAverageUplift(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: Omit<UpliftByDecileOptions, 'confidence'> = {}): number {
  const { bins, scale } = cutRows('weightedAverageUplift', outcomes, treated, scores, options);
  let [sum, count] = [0, 0];
  for (const { sums } of bins) {
    sum += sums.treated * compareArms('weightedAverageUplift', sums, scale).uplift.estimate;
    count += sums.treated;
  }
  return sum / count;
}
