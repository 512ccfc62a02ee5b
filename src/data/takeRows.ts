import type { Column } from './column.js';
import { readColumn } from './readColumn.js';
import { readTable, type TableLike, type TableOf, type TableView } from './table.js';
import { takeColumn } from './takeColumn.js';

/** A table whose columns have the kind that all its rows show. */
export interface ParsedTable extends TableView {
  source(name: string): Column;
}

/** Opens data of any form; a column is parsed when first asked for, and once. */
export function parseTable<Data>(caller: string, data: TableOf<Data>): ParsedTable {
  const view = readTable(caller, data);
  return { ...view, source: once((name) => readColumn(caller, view, name)) };
}

/** The rows at these positions as a table of their own, its columns of the kind they have in the whole: a part may show another. */
export function takeRows<Names extends string>(table: ParsedTable, rows: ArrayLike<number>): TableLike<Names> {
  return { rowCount: rows.length, names: table.names as readonly Names[], column: once((name) => takeColumn(table.source(name), rows)) };
}

/** All rows of a parsed table, as functions that open tables themselves take them. */
export function everyRow<Names extends string>(table: ParsedTable): TableLike<Names> {
  return { rowCount: table.rowCount, names: table.names as readonly Names[], column: (name) => table.source(name) };
}

function once(read: (name: string) => Column): (name: string) => Column {
  const known = new Map<string, Column>();
  return (name) => {
    const column = known.get(name) ?? read(name);
    known.set(name, column);
    return column;
  };
}
