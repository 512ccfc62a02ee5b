import type { Column } from './column.js';
import { isColumn } from './readColumn.js';
import { readTable, type ColumnValues, type TableInput } from './table.js';
import { takeColumn } from './takeColumn.js';

/** The rows of any table at these positions, in the same form as the table came: for cross-validation and samples. */
export function takeRows(caller: string, data: TableInput, rows: ArrayLike<number>): TableInput {
  if (Array.isArray(data)) return Array.from(rows, (row) => (data as readonly object[])[row]!);
  const view = readTable(caller, data);
  const taken = new Map(view.names.map((name) => [name, takeSource(view.source(name), rows)]));
  if (![...taken.values()].every(isColumn)) return Object.fromEntries(taken) as Record<string, ColumnValues>;
  return { rowCount: rows.length, names: view.names, column: (name) => taken.get(name) as Column };
}

function takeSource(source: Column | ColumnValues, rows: ArrayLike<number>): Column | ColumnValues {
  if (isColumn(source)) return takeColumn(source, rows);
  return source instanceof Float64Array ? Float64Array.from(rows, (row) => source[row]!) : Array.from(rows, (row) => source[row]);
}
