import { ClientelaError } from '../errors.js';
import type { IdColumn } from './column.js';
import type { CustomerValues } from './customerValues.js';
import type { TableLike } from './table.js';

/** Values per customer brought into the order of a table's rows by identifier; a customer without a value is missing. */
export function valuesForCustomers(caller: string, table: TableLike, { customers, values }: CustomerValues): Float64Array {
  const ids = table.names.map((name) => table.column(name)).filter((column): column is IdColumn => column.kind === 'id');
  if (ids.length !== 1) {
    throw new ClientelaError(
      'COLUMN_KIND',
      `${caller} matches values per customer by the column of kind id, found ${ids.length} of them; declare one in the schema, or give an array in the order of the rows`,
      { function: caller, found: ids.length },
    );
  }
  if (customers.length !== values.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one value per customer, found ${customers.length} customers and ${values.length} values`, {
      function: caller,
    });
  }
  const rows = ids[0]!.values;
  // Usually both come from one log and stand in the same order.
  if (rows.length === customers.length && rows.every((id, row) => id === customers[row])) return values;
  const valueOf = new Map(customers.map((customer, i) => [String(customer), values[i]!]));
  return Float64Array.from(rows, (id) => valueOf.get(String(id)) ?? NaN);
}
