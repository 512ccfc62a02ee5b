import { sortedOrder } from '../../numeric/sorting.js';

/** Rows that differ, each with the weight of all that are equal to it. */
export interface DistinctRows {
  /** Row-major; NaN where missing. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
  readonly count: number;
}

/**
 * The distinct rows in ascending order, without those of weight 0 or of which nothing is known: what is learnt from them depends neither on the order of
 * the rows nor on whether equal rows come once with a weight. O(n x width).
 */
export function distinctRows(points: Float64Array, width: number, weights: Float64Array | null): DistinctRows {
  const order = ascending(points, width, weights);
  const kept = new Float64Array(order.length * width);
  const sums = new Float64Array(order.length);
  let count = 0;
  for (const row of order) {
    const from = row * width;
    const to = count * width;
    let equal = count > 0;
    let known = false;
    for (let j = 0; j < width; j++) {
      const x = (kept[to + j] = points[from + j]!);
      const last = kept[to - width + j]!;
      if (x === x) known = true;
      if (x !== last && (x === x || last === last)) equal = false;
    }
    if (!known) continue;
    if (!equal) count++;
    sums[count - 1]! += weights === null ? 1 : weights[row]!;
  }
  return { points: kept.slice(0, count * width), weights: sums.slice(0, count), count };
}

/** By the first column, then the second and so on; stable sorts from the last column to the first. */
function ascending(points: Float64Array, width: number, weights: Float64Array | null): Uint32Array {
  let order = new Uint32Array(points.length / width).map((_, row) => row).filter((row) => weights === null || weights[row]! > 0);
  const keys = new Float64Array(order.length);
  for (let j = width - 1; j >= 0; j--) {
    for (let i = 0; i < keys.length; i++) keys[i] = points[order[i]! * width + j]!;
    const before = order;
    order = new Uint32Array(sortedOrder(keys));
    for (let i = 0; i < keys.length; i++) order[i] = before[order[i]!]!;
  }
  return order;
}
