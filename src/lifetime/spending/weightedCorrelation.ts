import { sortedOrder } from '../../numeric/sorting.js';

/** The correlation of Pearson of rows that count by weight; NaN where a side is constant. */
export function weightedCorrelation(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  if (a.every((value) => value === a[0]) || b.every((value) => value === b[0])) return NaN;
  let [total, meanA, meanB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    total += weights[i]!;
    meanA += weights[i]! * a[i]!;
    meanB += weights[i]! * b[i]!;
  }
  meanA /= total;
  meanB /= total;
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    both += weights[i]! * x * y;
    squaresA += weights[i]! * x * x;
    squaresB += weights[i]! * y * y;
  }
  return Math.max(-1, Math.min(1, both / Math.sqrt(squaresA * squaresB)));
}

/** Ranks from 1 as if each row stood there as often as it weighs; equal values share the mean of their places. O(n log n). */
export function weightedRanks(values: Float64Array, weights: Float64Array): Float64Array {
  const order = sortedOrder(values);
  const ranks = new Float64Array(values.length);
  let before = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    let tied = 0;
    while (to < order.length && values[order[to]!] === values[order[from]!]) tied += weights[order[to++]!]!;
    for (let place = from; place < to; place++) ranks[order[place]!] = before + (tied + 1) / 2;
    before += tied;
  }
  return ranks;
}
