import { sortedOrder } from '../../numeric/sorting.js';

/** Rows of which no two are equal, in ascending order of their coordinates. */
export interface DistinctRows {
  /** One row of each kind, the first. */
  readonly rows: Int32Array;
  /** What all rows of the kind weigh. */
  readonly weights: Float64Array;
}

/**
 * The kinds of rows (row-major, NaN where missing), without those of weight 0 or of which nothing is known: what is learnt from them depends neither on the order of
 * the rows nor on whether equal rows come once with a weight. O(n x width).
 */
export function distinctRows(values: Float64Array, width: number, weights: Float64Array | null): DistinctRows {
  const order = ascending(values, width, weights);
  const rows = new Int32Array(order.length);
  const sums = new Float64Array(order.length);
  let count = 0;
  for (const row of order) {
    let equal = count > 0;
    let known = false;
    for (let j = 0, at = row * width, to = equal ? rows[count - 1]! * width : 0; j < width; j++) {
      const x = values[at + j]!;
      const last = values[to + j]!;
      if (x === x) known = true;
      if (x !== last && (x === x || last === last)) equal = false;
    }
    if (!known) continue;
    if (!equal) rows[count++] = row;
    sums[count - 1]! += weights === null ? 1 : weights[row]!;
  }
  return { rows: rows.slice(0, count), weights: sums.slice(0, count) };
}

/** These rows of row-major values, into an array of their length. */
export function rowsFrom<Values extends Float64Array | Int32Array>(values: Values, width: number, rows: ArrayLike<number>, into: Values): Values {
  for (let i = 0, to = 0; i < rows.length; i++) for (let j = 0, at = rows[i]! * width; j < width; j++) into[to++] = values[at + j]!;
  return into;
}

/** By the first column, then the second and so on; stable sorts from the last column to the first. */
function ascending(values: Float64Array, width: number, weights: Float64Array | null): Uint32Array {
  let order = new Uint32Array(values.length / width).map((_, row) => row).filter((row) => weights === null || weights[row]! > 0);
  const keys = new Float64Array(order.length);
  for (let j = width - 1; j >= 0; j--) {
    for (let i = 0; i < keys.length; i++) keys[i] = values[order[i]! * width + j]!;
    const before = order;
    order = new Uint32Array(sortedOrder(keys));
    for (let i = 0; i < keys.length; i++) order[i] = before[order[i]!]!;
  }
  return order;
}
