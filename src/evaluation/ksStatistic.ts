import { readObservations, requireBothClasses, type Labels } from '../data/labelsAndScores.js';
import { scoreGroups } from './scoreGroups.js';

/** What {@link ksStatistic} returns. */
export interface KsStatistic {
  /** Largest distance between the two distributions, in [0, 1]. */
  readonly statistic: number;
  /** The score at which they lie farthest apart, the highest such: contact from it upwards. */
  readonly threshold: number;
}

/**
 * The Kolmogorov-Smirnov distance: how far apart the scores of customers with and without the event lie at best, and at which score.
 *
 * The largest |share of events at or above a score - share of non-events at or above it| over all scores; the usual figure on
 * credit scorecards. It does not tell which side is higher: a score turned round has the same distance. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; both must occur
 * @param scores - one finite number per label
 * @param weights - one per label, finite, from 0 up; all 1 by default
 * @returns the distance and its threshold
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `TARGET_CLASSES`
 * @example
 * ```ts
 * ksStatistic([0, 0, 1, 0, 1], [0.1, 0.2, 0.6, 0.7, 0.9]); // => { statistic: 2 / 3, threshold: 0.6 }
 * ```
 */
export function ksStatistic(labels: Labels, scores: ArrayLike<number>, weights?: ArrayLike<number>): KsStatistic {
  const observations = readObservations('ksStatistic', labels, scores, weights);
  requireBothClasses('ksStatistic', observations);
  const groups = scoreGroups(observations);
  const total = groups.weight[groups.weight.length - 1]!;
  const positives = groups.events[groups.events.length - 1]!;
  let widest = 0;
  let threshold = groups.scores[0]!;
  for (let i = 0; i < groups.scores.length; i++) {
    // tp/P - fp/N over the common denominator: whole numbers for whole weights, so that equal distances compare equal.
    const distance = Math.abs(groups.events[i]! * total - groups.weight[i]! * positives);
    if (distance > widest) {
      widest = distance;
      threshold = groups.scores[i]!;
    }
  }
  return { statistic: widest / (positives * (total - positives)), threshold };
}
