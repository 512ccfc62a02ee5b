import { sortedOrder } from '../numeric/sorting.js';
import type { Observations } from './labelsAndScores.js';

/**
 * For every row the share of the other class that it beats, ties half: an event against the non-events below it, a non-event against the
 * events above it. Their means are both the AUC, and their variances give its variance (DeLong, DeLong and Clarke-Pearson, 1988). O(n), unweighted.
 */
export function placements({ labels, scores, positives, negatives }: Observations): Float64Array {
  const order = sortedOrder(scores);
  const n = order.length;
  const result = new Float64Array(n);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < n; ) {
    const score = scores[order[start]!]!;
    let end = start;
    let tied = 0;
    for (; end < n && scores[order[end]!] === score; end++) tied += labels[order[end]!]!;
    const tiedNegatives = end - start - tied;
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
export function placementCovariance({ labels, positives, negatives }: Observations, a: Float64Array, aucA: number, b: Float64Array, aucB: number): number {
  let events = 0;
  let others = 0;
  for (let i = 0; i < labels.length; i++) {
    const product = (a[i]! - aucA) * (b[i]! - aucB);
    if (labels[i]) events += product;
    else others += product;
  }
  return events / (positives * (positives - 1)) + others / (negatives * (negatives - 1));
}

/** The mean placement of the events: the AUC. */
export function meanPlacement({ labels, positives }: Observations, placement: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i]) sum += placement[i]!;
  return sum / positives;
}
