import type { ComponentChildren } from 'preact';
import type { Table } from '../data/dataset.js';
import { count } from '../ui/format.js';
import { DataTable } from '../ui/DataTable.js';

interface Props {
  table: Table;
  title: string;
  remove: () => void;
  children: ComponentChildren;
}

/** A file as it was read: its first rows, what was odd in it, and the mapping of its columns. */
export function Preview({ table, title, remove, children }: Props) {
  const rows = Array.from({ length: Math.min(5, table.rowCount) }, (_, row) => table.names.map((name) => table.columns[name]?.[row] ?? ''));
  return (
    <fieldset>
      <legend>{title}: {table.source}, {count(table.rowCount)} rows</legend>
      {table.notes.map((note) => <p class="notice" key={note}>{note}</p>)}
      <div class="mapping">{children}</div>
      <DataTable caption={`First rows of ${table.source}`} head={table.names} rows={rows} />
      <p><button type="button" onClick={remove}>Remove {table.source}</button></p>
    </fieldset>
  );
}
