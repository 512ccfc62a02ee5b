import { readProbabilities, type Labels } from '../data/labelsAndScores.js';

/**
 * The log loss: the average of -log(probability given to what happened). 0 is certainty that was right, log 2 = 0.693 a coin.
 *
 * Probabilities are first moved into [2.2e-16, 1 - 2.2e-16] (the machine epsilon, as scikit-learn does), so that one probability of exactly 0 or 1 that was
 * wrong costs 36 and not infinity. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param weights - one per label, finite, from 0 up; all 1 by default
 * @returns a number from 0 to 36.04; lower is better
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * logLoss([1, 0], [0.8, 0.4]); // => -(Math.log(0.8) + Math.log(0.6)) / 2
 * ```
 */
export function logLoss(labels: Labels, probabilities: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const { labels: y, scores: p, weights: w, positives, negatives } = readProbabilities('logLoss', labels, probabilities, weights);
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const likelihood = y[i] ? Math.log(Math.max(p[i]!, Number.EPSILON)) : Math.log1p(-Math.min(p[i]!, 1 - Number.EPSILON));
    sum -= w[i]! * likelihood;
  }
  return sum / (positives + negatives);
}
