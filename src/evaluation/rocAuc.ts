import { readObservations, requireBothClasses, type Labels, type Observations } from '../data/labelsAndScores.js';

/**
 * The area under the ROC curve: the probability that a random customer with the event scores above a random one without, ties counting half.
 *
 * 1/2 is a ranking by chance, 1 a perfect one. Exact under ties and weights (the Mann-Whitney count, Hanley and McNeil, 1982): a weight of 2
 * is the row twice, a weight of 0 is the row left out. Only the order of the scores matters. O(n log n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; both must occur
 * @param scores - one finite number per label, higher for the event
 * @param weights - one per label, finite, from 0 up; all 1 by default
 * @returns a number in [0, 1]
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `TARGET_CLASSES`
 * @example
 * ```ts
 * rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // => 0.75
 * rocAuc([false, true, true], [0.2, 0.2, 0.9]); // => 0.75
 * ```
 */
export function rocAuc(labels: Labels, scores: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const observations = readObservations('rocAuc', labels, scores, weights);
  requireBothClasses('rocAuc', observations);
  return (weights ? weightedWins : wins)(observations) / (2 * observations.positives * observations.negatives);
}

// Twice the pairs that an event wins, ties once: events from the front, the others from the back of one array, either part sorted, one merge.
function wins({ labels, scores }: Observations): number {
  const parted = new Float64Array(labels.length);
  let front = 0;
  let back = labels.length;
  for (let i = 0; i < labels.length; i++) parted[labels[i] ? front++ : --back] = scores[i]!;
  // Doubles from 0 up are in the order of their bits, which sort twice as fast as integers.
  const keys = scores.every((score) => 1 / score > 0) ? new BigInt64Array(parted.buffer) : parted;
  const below = parted.subarray(back);
  keys.subarray(back).sort();
  keys.subarray(0, back).sort();
  let lower = 0;
  let notHigher = 0;
  let sum = 0;
  for (const score of parted.subarray(0, back)) {
    while (below[lower]! < score) lower++;
    while (below[notHigher]! <= score) notHigher++;
    sum += lower + notHigher;
  }
  return sum;
}

// The same in sums of weights, in one walk up the ranking; among equal scores the non-events come first, so that all of them are counted by then.
function weightedWins({ labels, scores, weights }: Observations): number {
  let lower = 0;
  let notHigher = 0;
  let sum = 0;
  let previous;
  for (const row of Uint32Array.from(labels.keys()).sort((a, b) => scores[a]! - scores[b]! || labels[a]! - labels[b]!)) {
    if (scores[row] !== previous) lower = notHigher;
    previous = scores[row];
    if (labels[row]) sum += weights[row]! * (lower + notHigher);
    else notHigher += weights[row]!;
  }
  return sum;
}
