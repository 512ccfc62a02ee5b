import { cellOf, rowsOf } from '../../data/replayColumn.js';
import type { Column } from '../../data/column.js';
import { describeValue } from '../../data/instant.js';
import type { ColumnValues, TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';

/** The column that names the customers: the one said, the only one of kind `id`, or the one called `customer`. */
export function identifierColumn(caller: string, view: TableView, said: string | undefined): string {
  if (said !== undefined) return said;
  const ids = view.names.filter((name) => {
    const source = view.source(name);
    return 'kind' in source && source.kind === 'id';
  });
  if (ids.length === 1) return ids[0]!;
  if (view.names.includes('customer')) return 'customer';
  throw new ClientelaError('INVALID_OPTION', `${caller} needs to know which column names the customer; say it with customer, one of ${view.names.join(', ')}`, { function: caller, option: 'customer' });
}

/** The identifiers in a column; none may stand twice where `once` says so. O(rows). */
export function customersOf(caller: string, name: string, source: Column | ColumnValues, once: boolean): (string | number)[] {
  const ids: (string | number)[] = [];
  const rowOf = new Map<string, number>();
  for (let row = 0, count = rowsOf(source); row < count; row++) {
    const id = cellOf(source, row);
    if ((typeof id !== 'string' && typeof id !== 'number') || id === '' || id !== id) {
      throw new ClientelaError('MISSING_VALUE', `${caller} needs an identifier of the customer in column "${name}", found ${describeValue(id)} in row ${row}`, { function: caller, column: name, row });
    }
    ids.push(id);
    if (!once) continue;
    const other = rowOf.get(String(id));
    if (other !== undefined) {
      throw new ClientelaError('DUPLICATE_ID', `${caller} needs one row a customer, found ${describeValue(id)} in rows ${other} and ${row} of column "${name}"`, { function: caller, column: name, row });
    }
    rowOf.set(String(id), row);
  }
  return ids;
}
