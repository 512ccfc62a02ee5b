import type { Column } from '../data/column.js';
import type { TableLike } from '../data/table.js';
import type { ParsedTable } from '../data/takeRows.js';

/** The same table with a few columns exchanged; no other column is copied. */
export function replaceColumns<Names extends string>(table: ParsedTable | TableLike, columns: ReadonlyMap<string, Column>): TableLike<Names> {
  const read = (name: string): Column => ('source' in table ? table.source(name) : table.column(name));
  return { rowCount: table.rowCount, names: table.names as readonly Names[], column: (name) => columns.get(name) ?? read(name) };
}
