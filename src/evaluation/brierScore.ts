import { readProbabilities, type Labels } from '../data/labelsAndScores.js';

/**
 * The Brier score: the average squared distance between the probability and what happened (Brier, 1950).
 *
 * 0 is certainty that was right, 1/4 a coin for everybody; base rate x (1 - base rate) is what knowing only the base rate gives. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param weights - one per label, finite, from 0 up; all 1 by default
 * @returns a number in [0, 1]; lower is better
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * brierScore([1, 0], [0.8, 0.4]); // => 0.1
 * ```
 */
export function brierScore(labels: Labels, probabilities: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const { labels: y, scores: p, weights: w, positives, negatives } = readProbabilities('brierScore', labels, probabilities, weights);
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += w[i]! * (p[i]! - y[i]!) ** 2;
  return sum / (positives + negatives);
}
