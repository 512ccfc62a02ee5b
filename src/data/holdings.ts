import { columnCounts, type SparseRows } from '../numeric/sparseRows.js';
import { ClientelaError } from '../errors.js';
import { customerIndexOf } from './customerIndex.js';
import type { EventLog } from './eventLog.js';
import { arrangeHoldings, filterHoldings, type HoldingColumns, type HoldingRoles, type HoldingsOptions } from './holdingColumns.js';
import { holdingsOfLog, type LogHoldingsOptions } from './holdingsOfLog.js';
import { holdingsOfTable, type WideRoles } from './holdingsOfTable.js';
import { describeValue, requireInstant, type Instant } from './instant.js';
import { readHoldings } from './readHoldings.js';
import type { ColumnNameOf, ColumnValues, TableLike, TableOf } from './table.js';

/** One holding as an object. */
export interface HoldingRow {
  /** Who. */
  readonly customer: string | number;
  /** What. */
  readonly product: string;
  /** How much; present when amounts are known, `null` where this one is not. */
  readonly amount?: number | null;
  /** Since when; present when dates are known, `null` where this one is not. */
  readonly since?: Date | null;
  /** Until when; present when ends are known, `null` where it has not ended. */
  readonly until?: Date | null;
}

/**
 * Which customer holds which product: customers × products, of which only what is held is stored (compressed sparse rows).
 *
 * Customers stand ascending (numbers by value, otherwise text by code unit), products by code unit: the order of the rows given leaves no trace.
 * The holdings of `customers[c]` are `sparse.offsets[c]` to `sparse.offsets[c + 1]`. 4 bytes a holding, 8 more each with amounts, since and until.
 *
 * - Several rows of one customer and product are one holding: amounts added, from the first `since` to the last `until`.
 * - A holding without `since` was there from the beginning, one without `until` has not ended. One that has ended is in until `heldAt` leaves it out.
 * - Identifiers are their text, as in an `EventLog`.
 *
 * The typed arrays are shared, not copied: read them, do not write to them.
 *
 * @example
 * ```ts
 * const holdings = Holdings.fromRows([
 *   { who: 'ann', what: 'card', from: '2025-03-01' },
 *   { who: 'bob', what: 'loan', from: '2026-02-11' },
 *   { who: 'ann', what: 'loan', from: '2026-05-20' },
 * ], { customer: 'who', product: 'what', since: 'from' });
 * holdings.products; // => ['card', 'loan']
 * holdings.productsOf('ann'); // => ['card', 'loan']
 * holdings.heldAt('2026-01-01').productsOf('ann'); // => ['card']
 * holdings.takenBetween('2026-01-01', '2026-07-01').productCounts; // => Float64Array.of(0, 2)
 * ```
 */
export class Holdings {
  /** One a row of `sparse`: ascending, or in the order asked for with `forCustomers`. */
  readonly customers: readonly (string | number)[];
  /** One a column of `sparse`: ascending by code unit, or in the order asked for with `forProducts`. */
  readonly products: readonly string[];
  /** Which cells are held: the columns of `customers[c]` are `columns[offsets[c]]` to `columns[offsets[c + 1] - 1]`, ascending. */
  readonly sparse: SparseRows;
  /** One a holding, `NaN` where missing; undefined when amounts are not known. */
  readonly amounts: Float64Array | undefined;
  /** UTC epoch milliseconds, one a holding, `NaN` where not known; undefined when no beginnings are known. */
  readonly since: Float64Array | undefined;
  /** UTC epoch milliseconds, one a holding, `NaN` where it has not ended; undefined when no ends are known. */
  readonly until: Float64Array | undefined;
  /** Rows left out with `invalid: 'skip'`. */
  readonly skipped: number;
  #ascending: boolean | undefined;
  #rowOf: Map<string, number> | undefined;
  #columnOf: Map<string, number> | undefined;
  #counts: Float64Array | undefined;

  /** @internal */
  constructor({ customers, products, sparse, amounts, since, until, skipped }: HoldingColumns) {
    this.customers = customers;
    this.products = products;
    this.sparse = sparse;
    this.amounts = amounts;
    this.since = since;
    this.until = until;
    this.skipped = skipped;
  }

  /**
   * Holdings from row objects, one a holding, in any order.
   *
   * @param rows - any number; none needs `customers` and `products` in the options
   * @param roles - which property is the customer, the product, the amount, since when, until when
   * @param options - who and what exists without a holding, doubtful rows
   * @returns the holdings
   * @throws a {@link ClientelaError} `MISSING_VALUE`, `INVALID_DATE`, `NON_FINITE_VALUE` or `INVALID_VALUE` naming column, row and value;
   * `UNKNOWN_COLUMN`, `EMPTY_INPUT`, `INVALID_OPTION`
   */
  static fromRows<Row extends object>(rows: readonly Row[], roles: HoldingRoles<keyof Row & string>, options: HoldingsOptions = {}): Holdings {
    if (!Array.isArray(rows)) {
      throw new ClientelaError('INVALID_INPUT', `Holdings.fromRows needs an array of row objects, found ${describeValue(rows)}`, { function: 'Holdings.fromRows' });
    }
    return new Holdings(readHoldings('Holdings.fromRows', rows, roles, options));
  }

  /**
   * Holdings from columns of one length, or from a `Frame`, one row a holding; the fast way in.
   *
   * @param columns - a `Frame`, or arrays and typed arrays by name
   * @param roles - which column is the customer, the product, the amount, since when, until when
   * @param options - who and what exists without a holding, doubtful rows
   * @returns the holdings
   * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `COLUMN_KIND`, or as {@link Holdings.fromRows}
   * @example
   * ```ts
   * const holdings = Holdings.fromColumns({ basket: Int32Array.of(2, 1, 2), item: ['milk', 'milk', 'bread'] }, { customer: 'basket', product: 'item' });
   * holdings.productsOf(2); // => ['bread', 'milk']
   * ```
   */
  static fromColumns<Name extends string>(
    columns: TableLike<Name> | Readonly<Record<Name, ColumnValues>>,
    roles: HoldingRoles<NoInfer<Name>>,
    options: HoldingsOptions = {},
  ): Holdings {
    return new Holdings(readHoldings('Holdings.fromColumns', columns, roles, options));
  }

  /**
   * Holdings from a table with one row a customer and one column a product.
   *
   * @param data - a `Frame`, rows or columns
   * @param roles - the column of the customer, and those of the products: held where a number is above 0 or a boolean is true, not held where it is missing
   * @returns the holdings, products in the order given
   * @throws a {@link ClientelaError} `DUPLICATE_ID` for a customer with two rows, `INVALID_VALUE`, `UNKNOWN_COLUMN`, `EMPTY_INPUT`, `INVALID_OPTION`
   * @example
   * ```ts
   * const holdings = Holdings.fromTable([{ id: 7, card: 1, loan: 0 }, { id: 3, card: 1, loan: 1 }], { customer: 'id', products: ['card', 'loan'] });
   * holdings.productsOf(7); // => ['card']
   * ```
   */
  static fromTable<Data extends TableOf<Data>>(data: Data, roles: WideRoles<ColumnNameOf<Data>>): Holdings {
    return new Holdings(holdingsOfTable('Holdings.fromTable', data, roles));
  }

  /**
   * What the customers of an event log have bought: one holding for each customer and item with enough purchases, since the one that made it enough, with the sum paid.
   *
   * @param log - who did what, when, for how much
   * @param options - until when, which items, how often at least
   * @returns the holdings of all customers with an event before `asOf`, those with no purchase among them
   * @throws a {@link ClientelaError} `INVALID_INPUT` for a log without items; `INVALID_DATE`, `INVALID_OPTION`, `EMPTY_INPUT`
   * @example
   * ```ts
   * import { EventLog } from 'clientela/data';
   * const log = EventLog.fromRows([
   *   { id: 'ann', at: '2026-01-10', item: 'card', paid: 5 }, { id: 'ann', at: '2026-02-10', item: 'card', paid: 5 }, { id: 'bob', at: '2026-02-20', item: 'loan', paid: 9 },
   * ], { customer: 'id', time: 'at', item: 'item', amount: 'paid' });
   * Holdings.fromEventLog(log).amounts; // => Float64Array.of(10, 9)
   * ```
   */
  static fromEventLog(log: EventLog, options: LogHoldingsOptions = {}): Holdings {
    return new Holdings(holdingsOfLog('Holdings.fromEventLog', log, options));
  }

  /** How many holdings. */
  get count(): number {
    return this.sparse.columns.length;
  }

  /** How many customers hold each product, in the order of `products`. */
  get productCounts(): Float64Array {
    this.#counts ??= columnCounts(this.sparse);
    return this.#counts;
  }

  /**
   * The row of a customer, or -1.
   *
   * @param customer - an identifier, as text or number
   * @returns 0 to `customers.length - 1`, or -1
   */
  indexOf(customer: string | number | bigint): number {
    this.#ascending ??= isAscending(this.customers);
    if (this.#ascending) return customerIndexOf(this.customers, customer);
    this.#rowOf ??= new Map(this.customers.map((id, row) => [String(id), row]));
    return this.#rowOf.get(String(customer)) ?? -1;
  }

  /**
   * The column of a product, or -1.
   *
   * @param product - its name
   * @returns 0 to `products.length - 1`, or -1
   */
  productIndexOf(product: string): number {
    this.#columnOf ??= new Map(this.products.map((name, column) => [name, column]));
    return this.#columnOf.get(product) ?? -1;
  }

  /**
   * What a customer holds.
   *
   * @param customer - an identifier, as text or number
   * @returns names of products, in the order of `products`
   * @throws a {@link ClientelaError} `UNKNOWN_ID` for a customer that is not there; ask `indexOf` first
   */
  productsOf(customer: string | number | bigint): string[] {
    const row = this.indexOf(customer);
    if (row < 0) throw new ClientelaError('UNKNOWN_ID', `Holdings.productsOf found no customer ${describeValue(customer)}; ask indexOf first`, { function: 'Holdings.productsOf', customer });
    return Array.from(this.sparse.columns.subarray(this.sparse.offsets[row], this.sparse.offsets[row + 1]), (column) => this.products[column]!);
  }

  /**
   * Whether a customer holds a product; false for customers and products that are not there.
   *
   * @param customer - an identifier, as text or number
   * @param product - a name
   * @returns true or false
   */
  holds(customer: string | number | bigint, product: string): boolean {
    const row = this.indexOf(customer);
    const column = this.productIndexOf(product);
    return row >= 0 && column >= 0 && this.sparse.columns.subarray(this.sparse.offsets[row], this.sparse.offsets[row + 1]).includes(column);
  }

  /**
   * What was held just before a moment: begun before it (or nobody knows when), and not ended before it.
   *
   * @param moment - a `Date`, epoch milliseconds or ISO 8601 text
   * @returns holdings of the same customers and products
   * @throws a {@link ClientelaError} `INVALID_DATE`
   */
  heldAt(moment: Instant): Holdings {
    const at = requireInstant('Holdings.heldAt', 'moment', moment);
    const { since, until } = this;
    return this.filter((h) => !(since !== undefined && since[h]! >= at) && !(until !== undefined && until[h]! < at));
  }

  /**
   * What began in a span of time; a holding of which the beginning is not known did not.
   *
   * @param from - the first moment of the span
   * @param to - the first moment after it
   * @returns holdings of the same customers and products
   * @throws a {@link ClientelaError} `INVALID_DATE`, `INVALID_OPTION` where `to` is before `from`, `INVALID_INPUT` for holdings without dates
   */
  takenBetween(from: Instant, to: Instant): Holdings {
    const caller = 'Holdings.takenBetween';
    const [first, end] = [requireInstant(caller, 'from', from), requireInstant(caller, 'to', to)];
    const { since } = this;
    if (since === undefined) throw new ClientelaError('INVALID_INPUT', `${caller} needs to know since when products are held, found no dates; name their column as since when the holdings are made`, { function: caller });
    if (end < first) throw new ClientelaError('INVALID_OPTION', `${caller} needs from not after to, found ${describeValue(from)} and ${describeValue(to)}`, { function: caller });
    return this.filter((h) => since[h]! >= first && since[h]! < end);
  }

  /**
   * Some of the holdings.
   *
   * @param keep - asked for each holding by its number, the position in `sparse.columns`, `amounts`, `since` and `until`
   * @returns holdings of the same customers and products
   * @example
   * ```ts
   * const holdings = Holdings.fromRows([{ who: 1, what: 'card', much: 5 }, { who: 1, what: 'loan', much: 0 }], { customer: 'who', product: 'what', amount: 'much' });
   * holdings.filter((holding) => holdings.amounts[holding] > 0).productsOf(1); // => ['card']
   * ```
   */
  filter(keep: (holding: number) => boolean): Holdings {
    return new Holdings(filterHoldings(this, keep));
  }

  /**
   * The rows of these customers, in this order; a customer that is not there holds nothing.
   *
   * @param customers - identifiers
   * @returns holdings with `customers` as given
   */
  forCustomers(customers: ArrayLike<string | number>): Holdings {
    if (isSame(customers, this.customers)) return this;
    const { offsets } = this.sparse;
    const rows = Array.from(customers, (customer) => this.indexOf(customer));
    const starts = new Uint32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) starts[i + 1] = starts[i]! + (rows[i]! < 0 ? 0 : offsets[rows[i]! + 1]! - offsets[rows[i]!]!);
    const taken = new Uint32Array(starts[rows.length]!);
    for (let i = 0; i < rows.length; i++) for (let k = starts[i]!; k < starts[i + 1]!; k++) taken[k] = offsets[rows[i]!]! + k - starts[i]!;
    return new Holdings({ ...arrangeHoldings(this, starts, taken, this.sparse.columnCount), customers: Array.from(customers) });
  }

  /**
   * The columns of these products, in this order; a product that is not there is held by nobody, and holdings of others are left out.
   *
   * @param products - names, each once
   * @returns holdings with `products` as given
   */
  forProducts(products: readonly string[]): Holdings {
    if (isSame(products, this.products)) return this;
    const columnOf = new Int32Array(this.products.length).fill(-1);
    products.forEach((product, column) => {
      const found = this.productIndexOf(product);
      if (found >= 0) columnOf[found] = column;
    });
    const { offsets, columns } = this.sparse;
    const starts = new Uint32Array(offsets.length);
    const taken = new Uint32Array(columns.length);
    let count = 0;
    for (let c = 0; c + 1 < offsets.length; c++) {
      const first = count;
      for (let h = offsets[c]!; h < offsets[c + 1]!; h++) if (columnOf[columns[h]!]! >= 0) taken[count++] = h;
      taken.subarray(first, count).sort((a, b) => columnOf[columns[a]!]! - columnOf[columns[b]!]!);
      starts[c + 1] = count;
    }
    return new Holdings({ ...arrangeHoldings(this, starts, taken.subarray(0, count), products.length, columnOf), products: [...products] });
  }

  /**
   * One object a holding, by customer and product.
   *
   * @returns as many as `count`
   */
  toRows(): HoldingRow[] {
    const { amounts, since, until, sparse } = this;
    const dateOf = (millis: number): Date | null => (Number.isNaN(millis) ? null : new Date(millis));
    return this.customers.flatMap((customer, c) =>
      Array.from(sparse.columns.subarray(sparse.offsets[c], sparse.offsets[c + 1]), (column, i): HoldingRow => {
        const h = sparse.offsets[c]! + i;
        return {
          customer,
          product: this.products[column]!,
          ...(amounts && { amount: Number.isNaN(amounts[h]!) ? null : amounts[h]! }),
          ...(since && { since: dateOf(since[h]!) }),
          ...(until && { until: dateOf(until[h]!) }),
        };
      }),
    );
  }
}

function isAscending(customers: readonly (string | number)[]): boolean {
  for (let c = 1; c < customers.length; c++) if (!(customers[c - 1]! < customers[c]!)) return false;
  return true;
}

function isSame(a: ArrayLike<string | number>, b: readonly (string | number)[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
