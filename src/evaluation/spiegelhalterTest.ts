import { readProbabilities, type Labels } from '../data/labelsAndScores.js';
import { twoSidedNormalP } from '../numeric/normal.js';

/** What {@link spiegelhalterTest} returns. */
export interface SpiegelhalterTest {
  /** Standard normal when the probabilities are right; above 0 when the Brier score is worse than they promise. */
  readonly z: number;
  /** Two-sided probability of a z as far from 0 when they are right. */
  readonly p: number;
}

/**
 * Spiegelhalter's test of calibration: whether the Brier score is what the probabilities themselves promise, without any bins.
 *
 * z is the sum of (label - p)(1 - 2 p) over the root of the sum of (1 - 2 p)^2 p (1 - p) (Spiegelhalter, Statistics in Medicine 5, 1986). For
 * customers the model has not seen. A small p says that probabilities are off, mostly too bold (z above 0) or too timid (below 0); with very many
 * customers also by differences that do not matter. Where all probabilities are 0, 0.5 or 1 nothing can vary: z is 0, or infinite when a
 * certainty was wrong. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param weights - one per label, finite, from 0 up: a weight of 2 is the customer twice; all 1 by default
 * @returns z and p
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * // Everybody was promised 10 %, and one in four did it.
 * const test = spiegelhalterTest([0, 0, 0, 1], [0.1, 0.1, 0.1, 0.1]);
 * test.z; // => (4 * 0.25 - 4 * 0.1) / Math.sqrt(4 * 0.1 * 0.9)
 * test.p; // => 0.317311
 * ```
 */
export function spiegelhalterTest(labels: Labels, probabilities: ArrayLike<number>, weights?: ArrayLike<number>): SpiegelhalterTest {
  const { labels: y, scores: p, weights: w } = readProbabilities('spiegelhalterTest', labels, probabilities, weights);
  let surprise = 0;
  let variance = 0;
  for (let i = 0; i < y.length; i++) {
    const lean = 1 - 2 * p[i]!;
    surprise += w[i]! * (y[i]! - p[i]!) * lean;
    variance += w[i]! * lean * lean * p[i]! * (1 - p[i]!);
  }
  const z = surprise === 0 ? 0 : surprise / Math.sqrt(variance);
  return { z, p: twoSidedNormalP(z) };
}
