import { sortedOrder } from '../numeric/sorting.js';
import type { Observations } from '../data/labelsAndScores.js';

/**
 * For every row the share of the other class that it beats, ties half: an event against the non-events below it, a non-event against the
 * events above it. Their means are both the AUC, and their variances give its variance (DeLong, DeLong and Clarke-Pearson, 1988). O(n).
 */
export function placements({ labels, scores, weights, positives, negatives }: Observations): Float64Array {
  const order = sortedOrder(scores);
  const n = order.length;
  const result = new Float64Array(n);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < n; ) {
    const score = scores[order[start]!]!;
    let end = start;
    let tied = 0;
    let tiedNegatives = 0;
    for (; end < n && scores[order[end]!] === score; end++) {
      const row = order[end]!;
      if (labels[row]) tied += weights[row]!;
      else tiedNegatives += weights[row]!;
    }
    const ofEvent = (negativesBelow + tiedNegatives / 2) / negatives;
    const ofNonEvent = 1 - (positivesBelow + tied / 2) / positives;
    for (let i = start; i < end; i++) result[order[i]!] = labels[order[i]!] ? ofEvent : ofNonEvent;
    positivesBelow += tied;
    negativesBelow += tiedNegatives;
    start = end;
  }
  return result;
}

/** Covariance of two AUCs from their placements over the same rows: cov(events)/m + cov(non-events)/n; with itself the variance. */
export function placementCovariance({ labels, weights, positives, negatives }: Observations, a: Float64Array, aucA: number, b: Float64Array, aucB: number): number {
  let events = 0;
  let others = 0;
  for (let i = 0; i < labels.length; i++) {
    const product = weights[i]! * (a[i]! - aucA) * (b[i]! - aucB);
    if (labels[i]) events += product;
    else others += product;
  }
  return events / (positives * (positives - 1)) + others / (negatives * (negatives - 1));
}

/** The mean placement of the events: the AUC. */
export function meanPlacement({ labels, weights, positives }: Observations, placement: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i]) sum += weights[i]! * placement[i]!;
  return sum / positives;
}
