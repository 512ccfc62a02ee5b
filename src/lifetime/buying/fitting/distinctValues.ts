import { sortedOrder } from '../../../numeric/sorting.js';

/** Values, and which of them each row has. */
export interface DistinctValues {
  readonly values: Float64Array;
  readonly index: Int32Array;
}

/** The different values of a column, so that what is computed of each is computed once; as they are, where most differ. O(rows). */
export function distinctValues(column: Float64Array): DistinctValues {
  const order = sortedOrder(column);
  const index = new Int32Array(column.length);
  const values: number[] = [];
  for (const row of order) {
    if (values.length === 0 || values[values.length - 1] !== column[row]) values.push(column[row]!);
    if (4 * values.length > column.length + 400) return { values: column, index: index.map((_, i) => i) };
    index[row] = values.length - 1;
  }
  return { values: Float64Array.from(values), index };
}
