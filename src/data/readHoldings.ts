import { ClientelaError } from '../errors.js';
import { encodeCells, sortLevels, type Encoded } from './eventDictionary.js';
import type { HoldingColumns, HoldingRoles, HoldingsOptions } from './holdingColumns.js';
import { describeValue } from './instant.js';
import { requireChoice, requireKnownOptions } from './options.js';
import { customerId, requireRoles, RoleReader, withOneIdType } from './roleReader.js';
import { readTable, type TableInput } from './table.js';

/** One holding a row, as it came: codes of customer and product, and what else is known. */
export interface RawHoldings {
  readonly customers: Encoded<string | number>;
  readonly products: Encoded<string>;
  readonly amounts: Float64Array | undefined;
  readonly since: Float64Array | undefined;
  readonly until: Float64Array | undefined;
}

const NOBODY: RawHoldings = {
  customers: { codes: /*#__PURE__*/ new Int32Array(0), levels: [] },
  products: { codes: /*#__PURE__*/ new Int32Array(0), levels: [] },
  amounts: undefined,
  since: undefined,
  until: undefined,
};

/** From rows of any form to sorted compressed rows; O(n log m), m being the holdings of one customer. */
export function readHoldings(caller: string, data: TableInput, roles: HoldingRoles, options: HoldingsOptions): HoldingColumns {
  requireKnownOptions(caller, options, ['customers', 'products', 'invalid']);
  const skip = requireChoice(caller, 'invalid', options.invalid ?? 'throw', ['throw', 'skip']) === 'skip';
  requireRoles(caller, roles, ['customer', 'product'], ['amount', 'since', 'until']);
  const view = readTable(caller, data);
  if (view.rowCount === 0) return compressHoldings(caller, NOBODY, options, 0);
  const reader = new RoleReader(caller, view, skip);
  const timesOf = (name: string | undefined): Float64Array | undefined => (name === undefined ? undefined : reader.times(name, true));
  const raw: RawHoldings = {
    customers: reader.customers(roles.customer),
    products: reader.requiredLevels(roles.product, 'a product'),
    amounts: roles.amount === undefined ? undefined : reader.amounts(roles.amount),
    since: timesOf(roles.since),
    until: timesOf(roles.until),
  };
  requireOrder(caller, raw, reader, skip);
  const doubtful = reader.doubtful;
  if (doubtful !== undefined) for (let row = 0; row < doubtful.length; row++) if (doubtful[row] === 1) raw.customers.codes[row] = raw.products.codes[row] = -1;
  return compressHoldings(caller, raw, options, doubtful === undefined ? 0 : doubtful.reduce((sum, bad) => sum + bad, 0));
}

function requireOrder(caller: string, { since, until }: RawHoldings, reader: RoleReader, skip: boolean): void {
  if (since === undefined || until === undefined) return;
  for (let row = 0; row < since.length; row++) {
    if (!(until[row]! < since[row]!)) continue;
    if (skip) reader.leaveOut('time', row);
    else throw new ClientelaError('INVALID_VALUE', `${caller} needs holdings that end after they begin, found ${describeValue(new Date(since[row]!))} to ${describeValue(new Date(until[row]!))} in row ${row}; correct the dates, or leave such rows out with invalid: 'skip'`, { function: caller, row });
  }
}

/** Rows with a customer code of -1 are left out. Several rows of one customer and product are one holding: amounts added, from the first since to the last until. */
export function compressHoldings(caller: string, raw: RawHoldings, options: HoldingsOptions, skipped: number): HoldingColumns {
  const customers = withExisting(raw.customers, readCustomers(caller, options.customers));
  const products = withExisting(raw.products, readProducts(caller, options.products));
  if (products.levels.length === 0 || customers.levels.length === 0) {
    throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer and one product, found ${customers.levels.length} and ${products.levels.length}`, { function: caller });
  }
  const { offsets, order } = groupRows(customers.codes, customers.levels.length, products.codes);
  const starts = new Uint32Array(offsets.length);
  const columns = new Int32Array(order.length);
  const { amounts, since, until } = merged(raw, order.length);
  let count = 0;
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      const row = order[i]!;
      const isNew = i === offsets[c] || products.codes[row] !== columns[count - 1];
      if (isNew) columns[count++] = products.codes[row]!;
      const h = count - 1;
      if (amounts !== undefined) amounts[h] = isNew ? raw.amounts![row]! : addKnown(amounts[h]!, raw.amounts![row]!);
      if (since !== undefined) since[h] = isNew ? raw.since![row]! : Math.min(since[h]!, raw.since![row]!);
      if (until !== undefined) until[h] = isNew ? raw.until![row]! : Math.max(until[h]!, raw.until![row]!);
    }
    starts[c + 1] = count;
  }
  const cut = (values: Float64Array | undefined): Float64Array | undefined => values?.slice(0, count);
  return {
    customers: customers.levels,
    products: products.levels,
    sparse: { rowCount: customers.levels.length, columnCount: products.levels.length, offsets: starts, columns: columns.slice(0, count), values: null },
    amounts: cut(amounts),
    since: cut(since),
    until: cut(until),
    skipped,
  };
}

function merged(raw: RawHoldings, count: number): Pick<HoldingColumns, 'amounts' | 'since' | 'until'> {
  const room = (values: Float64Array | undefined): Float64Array | undefined => values && new Float64Array(count);
  return { amounts: room(raw.amounts), since: room(raw.since), until: room(raw.until) };
}

/** A missing amount adds nothing to a known one. */
function addKnown(sum: number, amount: number): number {
  if (Number.isNaN(sum)) return amount;
  return Number.isNaN(amount) ? sum : sum + amount;
}

/** Rows by customer, within a customer by product; the last time of equal ones is not sorted, the merge does not care. */
function groupRows(customers: Int32Array, customerCount: number, products: Int32Array): { offsets: Uint32Array; order: Uint32Array } {
  const offsets = new Uint32Array(customerCount + 1);
  for (let row = 0; row < customers.length; row++) if (customers[row]! >= 0) offsets[customers[row]! + 1]!++;
  for (let c = 0; c < customerCount; c++) offsets[c + 1]! += offsets[c]!;
  const next = offsets.slice();
  const order = new Uint32Array(offsets[customerCount]!);
  for (let row = 0; row < customers.length; row++) if (customers[row]! >= 0) order[next[customers[row]!]!++] = row;
  for (let c = 0; c < customerCount; c++) sortByProduct(order, offsets[c]!, offsets[c + 1]!, products);
  return { offsets, order };
}

function sortByProduct(order: Uint32Array, from: number, to: number, products: Int32Array): void {
  if (to - from > 24) {
    order.subarray(from, to).sort((a, b) => products[a]! - products[b]!);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = order[i]!;
    let k = i - 1;
    while (k >= from && products[order[k]!]! > products[row]!) {
      order[k + 1] = order[k]!;
      k--;
    }
    order[k + 1] = row;
  }
}

/** Codes into all levels, the ones that exist without a row among them, ascending. */
function withExisting<Level extends string | number>({ codes, levels }: Encoded<Level>, existing: readonly Level[]): Encoded<Level> {
  // Levels of rows left out, and of nothing else, go.
  const occurs = new Uint8Array(levels.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) occurs[codes[row]!] = 1;
  const all = withOneIdType(encodeCells<string | number>([...levels, ...existing], (cell) => cell as Level)) as Encoded<Level>;
  const kept = sortLevels({ codes: all.codes.map((code, i) => (occurs[i] === 0 ? -1 : code)), levels: all.levels });
  const used = new Int32Array(codes.length);
  for (let row = 0; row < used.length; row++) used[row] = codes[row]! < 0 ? -1 : kept.codes[codes[row]!]!;
  return { codes: used, levels: kept.levels };
}

function readCustomers(caller: string, given: ArrayLike<unknown> | undefined): (string | number)[] {
  if (given === undefined) return [];
  requireList(caller, 'customers', given);
  return Array.from(given, (value, i) => {
    const id = customerId(value);
    if (id !== undefined) return id;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs customers as identifiers (text or finite numbers), found ${describeValue(value)} at position ${i}`, { function: caller, option: 'customers', position: i });
  });
}

function readProducts(caller: string, given: readonly unknown[] | undefined): string[] {
  if (given === undefined) return [];
  requireList(caller, 'products', given);
  return given.map((value, i) => {
    if (typeof value === 'string' && value.trim() !== '') return value;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs products as names, found ${describeValue(value)} at position ${i}`, { function: caller, option: 'products', position: i });
  });
}

function requireList(caller: string, option: string, given: unknown): void {
  if (Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView))) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as an array, found ${describeValue(given)}`, { function: caller, option });
}
