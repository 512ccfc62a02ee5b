import { readObservations, requireEvents, type Labels } from '../data/labelsAndScores.js';
import { scoreGroups } from './scoreGroups.js';

/**
 * Average precision: the share of events among those contacted, averaged over the events as the threshold falls.
 *
 * The sum over distinct scores of (recall gained) x (precision there), without interpolation, as scikit-learn defines it. A score by
 * chance gives about the base rate, a perfect one 1. Equal scores make one step. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; at least one event
 * @param scores - one finite number per label, higher for the event
 * @param weights - one per label, finite, from 0 up; all 1 by default
 * @returns a number in (0, 1]
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `TARGET_CLASSES`
 * @example
 * ```ts
 * averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // => 0.5 * 1 + 0.5 * (2 / 3)
 * ```
 */
export function averagePrecision(labels: Labels, scores: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const observations = readObservations('averagePrecision', labels, scores, weights);
  requireEvents('averagePrecision', observations);
  const { events, weight } = scoreGroups(observations);
  let sum = 0;
  let before = 0;
  for (let i = 0; i < events.length; i++) {
    sum += (events[i]! - before) * (events[i]! / weight[i]!);
    before = events[i]!;
  }
  return sum / before;
}
