import { requireKnownOptions, requireWhole } from '../data/options.js';
import { chiSquareSurvival } from '../numeric/chiSquare.js';
import { calibrationBins } from './calibrationBins.js';
import type { Labels } from '../data/labelsAndScores.js';

/** What {@link hosmerLemeshow} returns. */
export interface HosmerLemeshowTest {
  /** Sum over the bins of (observed - expected)^2 / (n p (1 - p)). */
  readonly statistic: number;
  /** Degrees of freedom of the chi-square law the statistic is held against. */
  readonly degreesOfFreedom: number;
  /** Probability of a statistic as large when the probabilities are right. */
  readonly p: number;
}

/** Options of {@link hosmerLemeshow}. */
export interface HosmerLemeshowOptions {
  /** How many bins of equal mass. @defaultValue 10 */
  readonly bins?: number;
  /** bins - 2 for the customers the model was fitted on; bins for customers it has not seen. @defaultValue bins - 2 */
  readonly degreesOfFreedom?: number;
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/**
 * The Hosmer-Lemeshow test of calibration: whether observed and promised events differ more between bins of equal mass than chance allows.
 *
 * A small p says that the probabilities are off; with very many customers it does so for differences that do not matter, so read it beside
 * {@link calibrationTable} (Hosmer and Lemeshow, 1980). A bin promised exactly 0 or 1 throughout makes the statistic infinite when it
 * is wrong and counts nothing when it is right. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param options - bins, degreesOfFreedom, weights
 * @returns statistic, degrees of freedom and p
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const test = hosmerLemeshow([0, 1, 0, 0, 1, 1, 0, 1, 1], [0.2, 0.2, 0.2, 0.5, 0.5, 0.5, 0.7, 0.7, 0.7], { bins: 3 });
 * test.statistic; // => 0.4 ** 2 / 0.48 + 0.5 ** 2 / 0.75 + 0.1 ** 2 / 0.63
 * test.degreesOfFreedom; // => 1
 * ```
 */
export function hosmerLemeshow(labels: Labels, probabilities: ArrayLike<number>, options: HosmerLemeshowOptions = {}): HosmerLemeshowTest {
  requireKnownOptions('hosmerLemeshow', options, ['bins', 'degreesOfFreedom', 'weights']);
  const bins = requireWhole('hosmerLemeshow', 'bins', options.bins ?? 10, 3);
  const degreesOfFreedom = requireWhole('hosmerLemeshow', 'degreesOfFreedom', options.degreesOfFreedom ?? bins - 2, 1);
  let statistic = 0;
  for (const { weight, events, scoreSum } of calibrationBins('hosmerLemeshow', labels, probabilities, { ...options, method: 'mass' })) {
    const difference = events - scoreSum;
    if (difference !== 0) statistic += (difference * difference) / (scoreSum * (1 - scoreSum / weight));
  }
  return { statistic, degreesOfFreedom, p: chiSquareSurvival(statistic, degreesOfFreedom) };
}
