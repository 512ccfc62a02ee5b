import { ClientelaError } from '../errors.js';
import type { IdColumn } from './column.js';
import type { CustomerValues } from './customerValues.js';
import { describeValue } from './instant.js';
import type { TableLike } from './table.js';

/** The identifiers of a table's rows: its one column of kind `id`. */
export function idsOf(caller: string, table: TableLike): readonly (string | number)[] {
  const ids = table.names.map((name) => table.column(name)).filter((column): column is IdColumn => column.kind === 'id');
  if (ids.length === 1) return ids[0]!.values;
  throw new ClientelaError('COLUMN_KIND', `${caller} needs one column of kind id to tell customers apart, found ${ids.length}; declare it in the schema`, {
    found: ids.length,
  });
}

/**
 * Values per customer brought into the order of a table's rows by identifier; a customer without a value is missing. A value that
 * belongs to a moment goes only with rows of that moment, where the table has a date column `asOf` that says theirs.
 */
export function valuesForCustomers(caller: string, table: TableLike, { customers, values, asOf }: CustomerValues): Float64Array {
  if (customers.length !== values.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one value per customer, found ${customers.length} customers and ${values.length} values`);
  }
  const rows = idsOf(caller, table);
  if (asOf !== undefined) requireSameMoment(caller, table, asOf);
  const valueOf = valuesById(caller, customers, values);
  if (rows.length > 0 && !rows.some((id) => valueOf.has(String(id)))) {
    throw new ClientelaError(
      'UNKNOWN_ID',
      `${caller} found no customer of the values among the rows: the rows begin with ${describeValue(rows[0])}, the values with ${describeValue(customers[0])}; identifiers must be written alike`,
      { row: rows[0], customer: customers[0] },
    );
  }
  return Float64Array.from(rows, (id) => valueOf.get(String(id)) ?? NaN);
}

/** The value of each customer by the text of the identifier; two of one customer are refused. */
export function valuesById(caller: string, customers: readonly (string | number)[], values: ArrayLike<number>): Map<string, number> {
  const valueOf = new Map<string, number>();
  customers.forEach((customer, i) => {
    const id = String(customer);
    if (valueOf.has(id)) {
      throw new ClientelaError('DUPLICATE_ID', `${caller} needs one value per customer, found customer ${describeValue(customer)} again at ${i}`, { customer, index: i });
    }
    valueOf.set(id, values[i]!);
  });
  return valueOf;
}

function requireSameMoment(caller: string, table: TableLike, asOf: number): void {
  const moments = table.names.includes('asOf') ? table.column('asOf') : undefined;
  if (moments?.kind !== 'date') return;
  const row = moments.values.findIndex((moment) => moment !== asOf);
  if (row < 0) return;
  throw new ClientelaError(
    'INVALID_INPUT',
    `${caller} cannot give values as of ${describeValue(new Date(asOf))} to rows as of ${describeValue(new Date(moments.values[row]!))} (row ${row}); label each moment with snapshots, or keep the rows of one`,
    { row, asOf },
  );
}
