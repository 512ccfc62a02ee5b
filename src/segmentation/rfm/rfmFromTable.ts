import { requireKnownOptions } from '../../data/options.js';
import { customersAt, numbersAt, positionsWhere } from '../../data/perCustomer.js';
import { cellOf, numbersOf } from '../../data/replayColumn.js';
import { readTable, type ColumnNameOf, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { scoreCustomers, scoringOptions, type RfmPortfolio, type RfmScoringOptions } from './scoreCustomers.js';

/** Which columns {@link rfmFromTable} reads, and how it cuts. */
export interface RfmTableOptions<Name extends string = string> extends RfmScoringOptions {
  /**
   * The column of identifiers, each once.
   *
   * @defaultValue the number of the row, from 0
   */
  readonly customer?: Name;
  /** The column of days since the last purchase. */
  readonly recencyDays: Name;
  /** The column of the number of purchases; customers with 0 are prospects, in no segment. */
  readonly frequency: Name;
  /** The column of money; scores are by recency and frequency where not given. */
  readonly monetary?: Name;
}

/** An {@link RfmPortfolio} in the order of the rows, without those of frequency 0. */
export interface RfmTableResult extends RfmPortfolio {
  /** Rows of frequency 0: prospects, in no segment. */
  readonly customersWithoutPurchase: number;
}

/**
 * The portfolio by recency, frequency and money from a table that has them already, one row per customer: scores and segments as
 * `rfm` makes them from events. The revenue of a segment is the sum of its money. `O(n log n)`.
 *
 * @param data - a `Frame`, rows or columns
 * @param options - the columns, and how to cut; see {@link RfmTableOptions}
 * @returns arrays in the order of the rows, and a table of segments
 * @throws a {@link ClientelaError} `NON_FINITE_VALUE` for a number that is missing or infinite where there was a purchase; `MISSING_VALUE`,
 * `DUPLICATE_ID`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = { id: ['ann', 'bob', 'cyd'], days: [10, 181, null], orders: [2, 1, 0], paid: [100, 10, 0] };
 * const portfolio = rfmFromTable(customers, { customer: 'id', recencyDays: 'days', frequency: 'orders', monetary: 'paid' });
 * portfolio.customers; // => ['ann', 'bob']
 * portfolio.monetaryScore; // => [5, 1]
 * portfolio.customersWithoutPurchase; // => 1
 * ```
 */
export function rfmFromTable<Data extends TableInput>(data: Data, options: RfmTableOptions<ColumnNameOf<NoInfer<Data>>>): RfmTableResult {
  requireKnownOptions('rfmFromTable', options, ['customer', 'recencyDays', 'frequency', 'monetary', ...scoringOptions]);
  const view = readTable('rfmFromTable', data);
  const read = (column: string): Float64Array => numbersOf('rfmFromTable', column, view.source(column));
  const purchases = read(options.frequency);
  const buyers = positionsWhere(view.rowCount, (row) => purchases[row] !== 0);
  if (buyers.length === 0) throw new ClientelaError('EMPTY_INPUT', 'rfmFromTable needs at least one row with a purchase, found none');
  const finite = (column: string): Float64Array => {
    const all = read(column);
    const bad = buyers.find((row) => !Number.isFinite(all[row]));
    if (bad === undefined) return numbersAt(buyers, (row) => all[row]!);
    throw new ClientelaError('NON_FINITE_VALUE', `rfmFromTable needs "${column}" finite where there was a purchase, found ${all[bad]!} in row ${bad}; set the frequency of prospects to 0`, { column, row: bad });
  };
  const { recencyDays, frequency, monetary } = options;
  const money = monetary === undefined ? numbersAt(buyers, () => NaN) : finite(monetary);
  const values = { customers: customersAt(identifiers(view, options.customer), buyers), recencyDays: finite(recencyDays), frequency: finite(frequency), monetary: money };
  return { ...scoreCustomers('rfmFromTable', values, money, options), customersWithoutPurchase: view.rowCount - buyers.length };
}

// Text and numbers as they are; anything else has no business to be an identifier.
function identifiers(view: TableView, column: string | undefined): (string | number)[] {
  if (column === undefined) return Array.from({ length: view.rowCount }, (_, row) => row);
  const source = view.source(column);
  const seen = new Set<string | number>();
  for (let row = 0; row < view.rowCount; row++) {
    const id = cellOf(source, row) as string | number | null | undefined;
    if (id === null || id === undefined || id === '') {
      throw new ClientelaError('MISSING_VALUE', `rfmFromTable needs an identifier in every row, found none in column "${column}", row ${row}`, { column, row });
    }
    if (seen.has(id)) {
      throw new ClientelaError('DUPLICATE_ID', `rfmFromTable needs one row per customer, found ${JSON.stringify(id)} again in column "${column}", row ${row}; give orders to EventLog.fromRows and rfm`, { column, row, value: id });
    }
    seen.add(id);
  }
  return [...seen];
}
