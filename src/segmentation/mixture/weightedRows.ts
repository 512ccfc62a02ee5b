import { distinctRows, rowsFrom } from '../space/distinctRows.js';

/** Rows that differ, each with the weight of all that are equal to it. */
export interface WeightedRows {
  /** Row-major; NaN where missing. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
  readonly count: number;
}

/** The distinct rows in ascending order, without those of weight 0 or of which nothing is known. O(n x width). */
export function weightedRows(points: Float64Array, width: number, given: Float64Array | null): WeightedRows {
  const { rows, weights } = distinctRows(points, width, given);
  return { points: rowsFrom(points, width, rows, new Float64Array(rows.length * width)), weights, count: rows.length };
}
