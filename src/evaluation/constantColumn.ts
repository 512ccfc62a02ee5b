import type { Column } from '../data/column.js';

/** A column as `like`, with one value in all rows: a number, the code of a level, or 1 and 0. */
export function constantColumn(like: Exclude<Column, { kind: 'id' }>, value: number, rows: number): Column {
  switch (like.kind) {
    case 'category':
      return { kind: 'category', codes: new Int32Array(rows).fill(value), levels: like.levels };
    case 'boolean':
      return { kind: 'boolean', values: new Int8Array(rows).fill(value) };
    default:
      return { kind: like.kind, values: new Float64Array(rows).fill(value) };
  }
}
