import { ClientelaError } from '../errors.js';
import type { IdColumn } from './column.js';
import type { CustomerValues } from './customerValues.js';
import type { TableLike } from './table.js';

/** The identifiers of a table's rows: its one column of kind `id`. */
export function idsOf(caller: string, table: TableLike): readonly (string | number)[] {
  const ids = table.names.map((name) => table.column(name)).filter((column): column is IdColumn => column.kind === 'id');
  if (ids.length === 1) return ids[0]!.values;
  throw new ClientelaError('COLUMN_KIND', `${caller} needs one column of kind id to tell customers apart, found ${ids.length}; declare it in the schema`, {
    found: ids.length,
  });
}

/** Values per customer brought into the order of a table's rows by identifier; a customer without a value is missing. */
export function valuesForCustomers(caller: string, table: TableLike, { customers, values }: CustomerValues): Float64Array {
  if (customers.length !== values.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one value per customer, found ${customers.length} customers and ${values.length} values`);
  }
  const rows = idsOf(caller, table);
  // Usually both come from one log and stand in the same order.
  if (rows.length === customers.length && rows.every((id, row) => id === customers[row])) return values;
  const valueOf = new Map(customers.map((customer, i) => [String(customer), values[i]!]));
  return Float64Array.from(rows, (id) => valueOf.get(String(id)) ?? NaN);
}
