import { requireKnownOptions } from '../data/options.js';
import type { Estimate } from '../numeric/estimate.js';
import { twoSidedNormalP } from '../numeric/normal.js';
import { normalMultiplier } from './intervals.js';
import { readObservations, type Labels } from '../data/labelsAndScores.js';
import { meanPlacement, placementCovariance, placements } from './placements.js';
import { requireTwoOfEach, type RocAucOptions } from './rocAucInterval.js';

/** What {@link compareRocAuc} returns. */
export interface RocAucComparison {
  /** Area of the first score. */
  readonly aucA: number;
  /** Area of the second score. */
  readonly aucB: number;
  /** aucA - aucB with its interval (`NaN` where `z` is): above 0 when the first ranks better. */
  readonly difference: Estimate;
  /** Standard error of the difference. */
  readonly standardError: number;
  /** Difference over its standard error; 0 when both scores rank alike, `NaN` when they differ and these rows show no spread to judge that by. */
  readonly z: number;
  /** Two-sided p-value of "both rank equally well"; `NaN` where `z` is. */
  readonly p: number;
}

/**
 * Whether one score ranks the same customers better than another: the paired test of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988).
 *
 * Where the standard error is 0 though the areas differ, as between a perfect score and a constant one, the method has nothing to say:
 * interval, z and p are then `NaN`, not a certainty that four customers cannot give; `compareModels` answers by the bootstrap.
 *
 * Paired, because two scores of the same customers are right and wrong together: that makes small differences visible. Weights count customers. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; at least two of each
 * @param scoresA - the first score, one finite number per label
 * @param scoresB - the second score of the same customers, in the same order
 * @param options - confidence, weights
 * @returns both areas, their difference with interval, z and p
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `INVALID_OPTION` or `TARGET_CLASSES`
 * @example
 * ```ts
 * const labels = [0, 0, 0, 0, 1, 1, 1, 1];
 * const comparison = compareRocAuc(labels, [1, 2, 3, 5, 4, 6, 7, 8], [1, 6, 2, 5, 3, 4, 7, 8]);
 * comparison.difference.estimate; // => 0.9375 - 0.75
 * comparison.p; // => 0.267938
 * ```
 */
export function compareRocAuc(
  labels: Labels,
  scoresA: ArrayLike<number>,
  scoresB: ArrayLike<number>,
  options: RocAucOptions = {},
): RocAucComparison {
  requireKnownOptions('compareRocAuc', options, ['confidence', 'weights']);
  const multiplier = normalMultiplier('compareRocAuc', options.confidence ?? 0.95);
  const rows = readObservations('compareRocAuc', labels, scoresA, options.weights);
  const a = placements(rows);
  const b = placements(readObservations('compareRocAuc', labels, scoresB, options.weights));
  requireTwoOfEach('compareRocAuc', rows);
  const aucA = meanPlacement(rows, a);
  const aucB = meanPlacement(rows, b);
  const difference = aucA - aucB;
  // Var(A - B) from the differences of the placements: never negative, and exactly 0 for scores that rank alike.
  const gap = a.map((placement, i) => placement - b[i]!);
  const standardError = Math.sqrt(placementCovariance(rows, gap, difference, gap, difference));
  // What is left of a spread of 0 by rounding; the least true one is far above it.
  const spread = standardError > 1e-15 ? standardError : Math.abs(difference) > 1e-15 ? NaN : 0;
  const half = multiplier * spread;
  const z = spread === 0 ? 0 : difference / spread;
  return { aucA, aucB, difference: { estimate: difference, lower: difference - half, upper: difference + half }, standardError, z, p: twoSidedNormalP(z) };
}
