import type { Column } from './column.js';

/** The column at these rows, in their order; levels are kept as they are. */
export function takeColumn(column: Column, rows: ArrayLike<number>): Column {
  switch (column.kind) {
    case 'category':
      return { kind: 'category', codes: gather(column.codes, rows, new Int32Array(rows.length)), levels: column.levels };
    case 'boolean':
      return { kind: 'boolean', values: gather(column.values, rows, new Int8Array(rows.length)) };
    case 'id':
      return { kind: 'id', values: Array.from(rows, (row) => column.values[row]!) };
    default:
      return { kind: column.kind, values: gather(column.values, rows, new Float64Array(rows.length)) };
  }
}

function gather<Values extends Int8Array | Int32Array | Float64Array>(from: Values, rows: ArrayLike<number>, to: Values): Values {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
  return to;
}
