import { readObservations, requireBothClasses, type Labels } from '../data/labelsAndScores.js';
import { scoreGroups } from './scoreGroups.js';

/** The corners of the convex hull above a ROC curve: the depths that can be best for some cost, from nobody to everybody. */
export interface RocHull {
  /** Events among those contacted, as a share of all customers. */
  readonly events: Float64Array;
  /** Others among those contacted, as a share of all customers. */
  readonly others: Float64Array;
  /** The score to contact from; Infinity for nobody. */
  readonly thresholds: Float64Array;
}

/** One pass down the ranking; a corner that no longer bends outwards is taken back. O(n). */
export function rocHull(caller: string, labels: Labels, scores: ArrayLike<number>, weights: ArrayLike<number> | undefined): RocHull {
  const observations = readObservations(caller, labels, scores, weights);
  requireBothClasses(caller, observations);
  const groups = scoreGroups(observations);
  const corners = [-1];
  const eventsAt = (i: number): number => (i < 0 ? 0 : groups.events[i]!);
  const othersAt = (i: number): number => (i < 0 ? 0 : groups.weight[i]! - groups.events[i]!);
  for (let i = 0; i < groups.scores.length; i++) {
    while (corners.length > 1) {
      const last = corners[corners.length - 1]!;
      const before = corners[corners.length - 2]!;
      // In counts, so that whole weights compare without rounding.
      const first = (eventsAt(last) - eventsAt(before)) * (othersAt(i) - othersAt(last));
      const second = (eventsAt(i) - eventsAt(last)) * (othersAt(last) - othersAt(before));
      if (first > second) break;
      corners.pop();
    }
    corners.push(i);
  }
  const all = groups.weight[groups.weight.length - 1]!;
  return {
    events: Float64Array.from(corners, (i) => eventsAt(i) / all),
    others: Float64Array.from(corners, (i) => othersAt(i) / all),
    thresholds: Float64Array.from(corners, (i) => (i < 0 ? Infinity : groups.scores[i]!)),
  };
}
