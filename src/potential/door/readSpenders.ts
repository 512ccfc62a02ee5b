import type { Column } from '../../data/column.js';
import { infinite } from '../../data/infinite.js';
import { describeValue } from '../../data/instant.js';
import { cellOf, numbersOf } from '../../data/replayColumn.js';
import { takeColumn } from '../../data/takeColumn.js';
import type { ColumnValues, TableLike, TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';

/** What each row spends: 0 or more, `NaN` where it is not known. */
export function readPresent(caller: string, view: TableView, column: string): Float64Array {
  const values = numbersOf(caller, column, view.source(column));
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === Infinity || value === -Infinity) throw infinite(caller, column, row, value);
    if (value < 0) {
      throw new ClientelaError('INVALID_VALUE', `${caller} needs a spend of 0 or more, found ${value} in column "${column}", row ${row}; net it of returns over a longer period, or leave the row out`, { column, row, value });
    }
  }
  return values;
}

/** Who the rows are; nobody twice. */
export function readCustomers(caller: string, view: TableView, column: string): (string | number)[] {
  const source = view.source(column);
  const rowOf = new Map<string, number>();
  return Array.from({ length: view.rowCount }, (_, row) => {
    const id = cellOf(source, row);
    if ((typeof id !== 'string' && typeof id !== 'number') || id === '' || id !== id) {
      throw new ClientelaError('MISSING_VALUE', `${caller} needs a customer in every row, found ${describeValue(id)} in column "${column}", row ${row}`, { column, row });
    }
    const other = rowOf.get(String(id));
    if (other !== undefined) {
      throw new ClientelaError('DUPLICATE_ID', `${caller} needs one row a customer, found ${describeValue(id)} in rows ${other} and ${row} of column "${column}"; add up what one customer spends`, { column, row, value: id });
    }
    rowOf.set(String(id), row);
    return id;
  });
}

/** Some rows of an opened table, cells as they came: what parsing would make of a part need not be what it makes of the whole. */
export function someRows(view: TableView, rows: Uint32Array): TableView {
  return { rowCount: rows.length, names: view.names, source: (name) => gather(view.source(name), rows) };
}

function gather(source: Column | ColumnValues, rows: Uint32Array): Column | ColumnValues {
  if ('kind' in source) return takeColumn(source, rows);
  return source instanceof Float64Array ? new Float64Array(rows.length).map((_, i) => source[rows[i]!]!) : Array.from(rows, (row) => source[row]);
}

/** An opened table as functions take it that open tables themselves; columns, bare cells or both. */
export function asTable(view: TableView): TableLike {
  return { rowCount: view.rowCount, names: view.names, column: (name) => view.source(name) as Column };
}
