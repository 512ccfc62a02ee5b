import type { Column, ColumnKind } from './column.js';
import { ColumnBuilder } from './columnBuilder.js';
import { convertColumn } from './convertColumn.js';
import type { ColumnValues, TableView } from './table.js';

/** The column of a table, of the kind asked for or of the kind its cells show. */
export function readColumn(caller: string, view: TableView, name: string, kind?: ColumnKind): Column {
  const source = view.source(name);
  return isColumn(source) ? convertColumn(caller, name, source, kind) : columnOf(caller, name, source, kind);
}

/** A column from an array of cells; a `Float64Array` is taken as it is, without a copy. */
export function columnOf(caller: string, name: string, cells: ColumnValues, kind?: ColumnKind): Column {
  if (cells instanceof Float64Array) return convertColumn(caller, name, { kind: 'number', values: cells }, kind);
  if (ArrayBuffer.isView(cells)) {
    return convertColumn(caller, name, { kind: 'number', values: Float64Array.from(cells as ArrayLike<number>, Number) }, kind);
  }
  const builder = new ColumnBuilder(caller, name, cells.length);
  builder.push(cells, cells.length);
  return builder.finish(kind);
}

/** Whether a source is a column of a frame rather than bare cells. */
export function isColumn(source: Column | ColumnValues): source is Column {
  return 'kind' in source;
}
