import { readObservations, requireBothClasses, type Labels } from '../data/labelsAndScores.js';
import { scoreGroups } from './scoreGroups.js';

/** What {@link rocCurve} returns: three arrays of one length. */
export interface RocCurve {
  /** Infinity, then the distinct scores, falling: at each, everybody with at least that score is contacted. */
  readonly thresholds: Float64Array;
  /** Share of the customers with the event who are contacted, rising from 0 to 1. */
  readonly truePositiveRate: Float64Array;
  /** Share of the customers without it who are contacted, rising from 0 to 1. */
  readonly falsePositiveRate: Float64Array;
}

/**
 * The ROC curve: for every distinct score as threshold, which share of events and of non-events lies at or above it.
 *
 * Equal scores make one point, so that the area under the straight lines between the points is `rocAuc`. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; both must occur
 * @param scores - one finite number per label, higher for the event
 * @param weights - one per label, finite, from 0 up; all 1 by default
 * @returns thresholds and the two rates; the first point is (0, 0) at the threshold Infinity, the last is (1, 1)
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `TARGET_CLASSES`
 * @example
 * ```ts
 * const curve = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * curve.thresholds; // => [Infinity, 0.8, 0.4, 0.35, 0.1]
 * curve.truePositiveRate; // => [0, 0.5, 0.5, 1, 1]
 * curve.falsePositiveRate; // => [0, 0, 0.5, 0.5, 1]
 * ```
 */
export function rocCurve(labels: Labels, scores: ArrayLike<number>, weights?: ArrayLike<number>): RocCurve {
  const observations = readObservations('rocCurve', labels, scores, weights);
  requireBothClasses('rocCurve', observations);
  const groups = scoreGroups(observations);
  const points = groups.scores.length + 1;
  const thresholds = new Float64Array(points).fill(Infinity, 0, 1);
  thresholds.set(groups.scores, 1);
  const truePositiveRate = new Float64Array(points);
  const falsePositiveRate = new Float64Array(points);
  // Divided by the last running sum, not by a total summed in another order: the curve ends at 1 to the bit.
  const positives = groups.events[points - 2]!;
  const negatives = groups.weight[points - 2]! - positives;
  for (let i = 1; i < points; i++) {
    truePositiveRate[i] = groups.events[i - 1]! / positives;
    falsePositiveRate[i] = (groups.weight[i - 1]! - groups.events[i - 1]!) / negatives;
  }
  return { thresholds, truePositiveRate, falsePositiveRate };
}
