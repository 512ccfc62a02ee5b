import { ClientelaError } from '../errors.js';
import type { HoldingColumns } from './holdingColumns.js';
import { describeValue } from './instant.js';
import { requireKnownOptions } from './options.js';
import { numbersOf } from './replayColumn.js';
import { RoleReader } from './roleReader.js';
import { readTable, type TableInput } from './table.js';

/** Which column of a table with one row a customer is the customer, and which are the products. */
export interface WideRoles<Name extends string = string> {
  /** Who: the identifier of the customer. @defaultValue the number of the row, from 0 */
  readonly customer?: Name;
  /** The columns that are products. */
  readonly products: readonly Name[];
}

/** From one row a customer with one column a product; customers ascending; O(cells). */
export function holdingsOfTable(caller: string, data: TableInput, roles: WideRoles): HoldingColumns {
  requireKnownOptions(caller, roles, ['customer', 'products']);
  const { customer, products } = roles;
  const given: unknown = products;
  if (!Array.isArray(given) || products.length === 0 || new Set(products).size < products.length) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs products as names of columns, each once, found ${describeValue(products)}`, { function: caller, option: 'products' });
  }
  const view = readTable(caller, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`, { function: caller });
  const { customers, order } = customerRows(caller, customer === undefined ? undefined : new RoleReader(caller, view, false).customers(customer), view.rowCount);
  const cells = products.map((name) => numbersOf(caller, name, view.source(name)));
  const offsets = new Uint32Array(order.length + 1);
  const columns = new Int32Array(cells.reduce((sum, values) => sum + countHeld(values), 0));
  let count = 0;
  for (let c = 0; c < order.length; c++) {
    for (let p = 0; p < cells.length; p++) if (cells[p]![order[c]!]! > 0) columns[count++] = p;
    offsets[c + 1] = count;
  }
  const sparse = { rowCount: order.length, columnCount: products.length, offsets, columns, values: null };
  return { customers, products: [...products], sparse, amounts: undefined, since: undefined, until: undefined, skipped: 0 };
}

function countHeld(values: Float64Array): number {
  let count = 0;
  for (let row = 0; row < values.length; row++) if (values[row]! > 0) count++;
  return count;
}

function customerRows(caller: string, read: { readonly codes: Int32Array; readonly levels: readonly (string | number)[] } | undefined, rowCount: number): { customers: (string | number)[]; order: Uint32Array } {
  const order = new Uint32Array(rowCount).map((_, row) => row);
  if (read === undefined) return { customers: Array.from(order), order };
  const { codes, levels } = read;
  const rowOf = new Int32Array(levels.length).fill(-1);
  for (let row = 0; row < rowCount; row++) {
    const id = levels[codes[row]!]!;
    if (rowOf[codes[row]!]! >= 0) throw new ClientelaError('DUPLICATE_ID', `${caller} needs one row a customer, found ${describeValue(id)} in rows ${rowOf[codes[row]!]!} and ${row}`, { function: caller, customer: id, row });
    rowOf[codes[row]!] = row;
  }
  order.sort((a, b) => (levels[codes[a]!]! < levels[codes[b]!]! ? -1 : 1));
  return { customers: Array.from(order, (row) => levels[codes[row]!]!), order };
}
