import type { Column } from '../../data/column.js';
import { customerId } from '../../data/roleReader.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { cellOf, numbersOf, rowsOf } from '../../data/replayColumn.js';
import { readTable, type ColumnNameOf, type ColumnValues, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { readHistories, type PurchaseHistories } from '../purchaseHistories.js';
import { requireTimeUnit, type TimeUnit } from '../timeUnit.js';

/** Which columns of a table hold what. */
export interface SummaryTableOptions<Names extends string = string> {
  /** The unit of recency and tenure. */
  readonly unit: TimeUnit;
  /** The column of identifiers, each once. @defaultValue none */
  readonly customer?: Names;
  /** The column of repeat purchases. @defaultValue 'frequency' */
  readonly frequency?: Names;
  /** The column of times from the first to the last purchase. @defaultValue 'recency' */
  readonly recency?: Names;
  /** The column of times from the first purchase to the end of observation, often called `T`. @defaultValue 'tenure' */
  readonly tenure?: Names;
  /** The column of mean amounts of a purchase. @defaultValue none */
  readonly monetary?: Names;
  /** Whether these are means of the repeat purchases, or of these and the first. @defaultValue 'excluded' */
  readonly firstPurchase?: 'excluded' | 'included';
  /** The column of sums of the logarithms of the times between purchases. @defaultValue none */
  readonly sumLogGaps?: Names;
  /** The column of how many customers each row stands for. @defaultValue none: 1 each */
  readonly weights?: Names;
  /** Columns of numbers that a model takes as covariates. @defaultValue none */
  readonly covariates?: readonly Names[];
}

/** Histories read from a table; what was not given is absent. */
export interface TableSummary extends PurchaseHistories {
  /** Identifiers, in the order of the rows. */
  readonly customers?: readonly (string | number)[];
  /** Repeat purchases. */
  readonly frequency: Float64Array;
  /** From the first to the last purchase. */
  readonly recency: Float64Array;
  /** From the first purchase to the end of observation. */
  readonly tenure: Float64Array;
  /** Mean amount of a purchase; `NaN` where it was missing or there is no purchase to take the mean of. */
  readonly monetary?: Float64Array;
  /** What `monetary` is the mean of: the repeat purchases, or these and the first. */
  readonly firstPurchase: 'excluded' | 'included';
}

const CALLER = 'summaryFromTable';

/**
 * Purchase histories from a table that has them already: one row a customer, or one row a group of customers with `weights`.
 *
 * Other tools write a mean amount of 0 where there was no repeat purchase; here it is missing, unless `firstPurchase` is `'included'`. O(rows).
 *
 * @param data - rows, columns or a `Frame`
 * @param options - `unit` at least, and the names of columns that are called otherwise
 * @returns frozen histories, in the order of the rows
 * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` (a recency beyond the tenure, …), `DUPLICATE_ID`, `MISSING_VALUE`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * const rows = [{ id: 'ann', x: 2, t: 30.43, T: 38.86, spend: 22.35 }, { id: 'bob', x: 0, t: 0, T: 38.86, spend: 0 }];
 * const summary = summaryFromTable(rows, { unit: 'week', customer: 'id', frequency: 'x', recency: 't', tenure: 'T', monetary: 'spend' });
 * summary.customers; // => ['ann', 'bob']
 * summary.monetary; // => [22.35, NaN]
 * ```
 */
export function summaryFromTable<Data extends TableOf<Data>>(data: Data, options: SummaryTableOptions<ColumnNameOf<Data>>): TableSummary {
  requireKnownOptions(CALLER, options, ['unit', 'customer', 'frequency', 'recency', 'tenure', 'monetary', 'firstPurchase', 'sumLogGaps', 'weights', 'covariates']);
  const given: SummaryTableOptions = options;
  const view = readTable(CALLER, data);
  const firstPurchase = requireChoice(CALLER, 'firstPurchase', given.firstPurchase ?? 'excluded', ['excluded', 'included']);
  const numbers = (name: string): Float64Array => numbersOf(CALLER, name, view.source(name));
  const { frequency, recency, tenure, unit } = readHistories(CALLER, {
    unit: requireTimeUnit(CALLER, given.unit),
    frequency: numbers(given.frequency ?? 'frequency'),
    recency: numbers(given.recency ?? 'recency'),
    tenure: numbers(given.tenure ?? 'tenure'),
  });
  const { customer, monetary, sumLogGaps, weights, covariates } = given;
  return Object.freeze({
    unit, frequency, recency, tenure, firstPurchase,
    ...(customer !== undefined && { customers: readIds(customer, view.source(customer)) }),
    ...(monetary !== undefined && { monetary: readMeans(monetary, numbers(monetary), firstPurchase === 'excluded' ? frequency : null) }),
    ...(sumLogGaps !== undefined && { sumLogGaps: numbers(sumLogGaps) }),
    ...(weights !== undefined && { weights: numbers(weights) }),
    ...(covariates !== undefined && { covariates: Object.freeze(Object.fromEntries(covariates.map((name) => [name, numbers(name)]))) }),
  });
}

function readMeans(column: string, values: Float64Array, frequency: Float64Array | null): Float64Array {
  return values.map((value, row) => {
    if (frequency?.[row] === 0) return NaN;
    if (Number.isNaN(value) || (value >= 0 && value < Infinity)) return value;
    throw new ClientelaError('INVALID_VALUE', `${CALLER} needs mean amounts that are finite and not negative, found ${value} in column "${column}", row ${row}`, { function: CALLER, column, row, value });
  });
}

function readIds(column: string, source: Column | ColumnValues): (string | number)[] {
  const rowOf = new Map<string, number>();
  return Array.from({ length: rowsOf(source) }, (_, row) => {
    const cell = cellOf(source, row);
    const id = customerId(cell);
    if (id === undefined) {
      throw new ClientelaError('MISSING_VALUE', `${CALLER} needs an identifier in column "${column}", found ${describeValue(cell)} in row ${row}`, { function: CALLER, column, row });
    }
    const other = rowOf.get(String(id));
    if (other !== undefined) {
      throw new ClientelaError('DUPLICATE_ID', `${CALLER} needs one row a customer, found ${describeValue(id)} in rows ${other} and ${row} of column "${column}"`, { function: CALLER, column, row });
    }
    rowOf.set(String(id), row);
    return id;
  });
}
