import type { Column } from './column.js';
import { inferColumn } from './inferColumn.js';
import type { ColumnValues, TableView } from './table.js';

/** The column of a table, of the kind its cells show. */
export function readColumn(caller: string, view: TableView, name: string): Column {
  const source = view.source(name);
  return isColumn(source) ? source : inferColumn(caller, name, source);
}

/** Whether a source is a column of a frame rather than bare cells. */
export function isColumn(source: Column | ColumnValues): source is Column {
  return 'kind' in source;
}
