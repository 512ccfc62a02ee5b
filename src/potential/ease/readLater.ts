import type { CustomerValues } from '../../data/customerValues.js';
import { describeValue } from '../../data/instant.js';
import { numbersOf } from '../../data/replayColumn.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import type { TableView } from '../../data/table.js';
import { valuesById } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';

/** What each row spent later, NaN where nobody knows, and how many customers are only found later. */
export interface LaterSpend {
  readonly spend: Float64Array;
  readonly newCustomers: number;
}

/** The later spend in the order of the rows. */
export function readLater(caller: string, view: TableView, later: RowNumbers | CustomerValues, ids: readonly (string | number)[] | null): LaterSpend {
  const given: unknown = later;
  if (Object(given) === given && 'customers' in (given as object)) return matched(caller, later as CustomerValues, ids);
  if (typeof later === 'string') return { spend: requireAmounts(caller, numbersOf(caller, later, view.source(later))), newCustomers: 0 };
  if (!Array.isArray(given) && !ArrayBuffer.isView(given)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs later as one number a row, the name of a column, or values of customers, found ${describeValue(given)}`, { option: 'later' });
  }
  const cells = given as ArrayLike<unknown>;
  if (cells.length !== view.rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs later as one number for each of the ${view.rowCount} rows, found ${cells.length}; give values of customers where the later period has others`, { option: 'later', expected: view.rowCount, found: cells.length });
  }
  const spend = Float64Array.from(cells, (cell, row) => {
    if (cell === null || cell === undefined || typeof cell === 'number') return cell ?? NaN;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs later as numbers, found ${describeValue(cell)} in row ${row}`, { option: 'later', row });
  });
  return { spend: requireAmounts(caller, spend), newCustomers: 0 };
}

function matched(caller: string, { customers, values }: CustomerValues, ids: readonly (string | number)[] | null): LaterSpend {
  if (ids === null) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs to know who the rows are to match the later spend by customer, found nobody named; name the column with customer`);
  }
  if (customers.length !== values.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one later spend a customer, found ${customers.length} customers and ${values.length} values`);
  }
  const spendOf = valuesById(caller, customers, values);
  const spend = new Float64Array(ids.length);
  let found = 0;
  ids.forEach((id, row) => {
    const amount = spendOf.get(String(id));
    if (amount !== undefined) found++;
    spend[row] = amount ?? NaN;
  });
  if (found === 0 && ids.length > 0) {
    throw new ClientelaError('UNKNOWN_ID', `${caller} found no customer of later among the rows: the rows begin with ${describeValue(ids[0])}, later with ${describeValue(customers[0])}; identifiers must be written alike`, { row: ids[0], customer: customers[0] });
  }
  return { spend: requireAmounts(caller, spend), newCustomers: customers.length - found };
}

function requireAmounts(caller: string, spend: Float64Array): Float64Array {
  for (let row = 0; row < spend.length; row++) {
    const amount = spend[row]!;
    if (amount !== amount || (amount >= 0 && amount < Infinity)) continue;
    const code = amount < 0 && amount > -Infinity ? 'INVALID_VALUE' : 'NON_FINITE_VALUE';
    throw new ClientelaError(code, `${caller} needs a later spend that is finite and not negative, found ${amount} in row ${row}; net it of returns over a longer period`, { option: 'later', row, value: amount });
  }
  return spend;
}

/** Who the rows are: by the column, by the potentials, or by both, which must then agree; nobody twice. */
export function requireSamePeople(caller: string, named: readonly (string | number)[] | null, ofPotentials: readonly (string | number)[] | null): readonly (string | number)[] | null {
  const ids = named ?? ofPotentials;
  if (ids === null) return null;
  if (ofPotentials !== null) {
    const row = ids.findIndex((id, i) => String(id) !== String(ofPotentials[i]));
    if (row >= 0) {
      throw new ClientelaError('INVALID_INPUT', `${caller} needs potentials in the order of the rows, found customer ${describeValue(ids[row])} in row ${row} of the data and ${describeValue(ofPotentials[row])} there; predict the potentials from these rows`, { row });
    }
  }
  const rowOf = new Map<string, number>();
  ids.forEach((id, row) => {
    const other = rowOf.get(String(id));
    if (other !== undefined) throw new ClientelaError('DUPLICATE_ID', `${caller} needs one row a customer, found ${describeValue(id)} in rows ${other} and ${row}; keep one snapshot of each`, { row, value: id });
    rowOf.set(String(id), row);
  });
  return ids;
}
