import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import { cellAt } from '../../data/cellAt.js';
import { readColumn } from '../../data/readColumn.js';
import { rowsOf } from '../../data/replayColumn.js';
import { readWeights } from '../../data/rowNumbers.js';
import { everyRow, takeRows, type ParsedTable } from '../../data/takeRows.js';
import type { TableLike, TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { BinningOptions } from './binningOptions.js';
import type { BinCounts, ClassTotals } from './binRules.js';

/** The rows that count: those of weight above 0. */
export interface BinningSample {
  readonly table: TableLike;
  readonly positive: TargetValue;
  /** 1 for an event, 0 for none. */
  readonly labels: Int8Array;
  readonly weights: Float64Array | null;
  readonly totals: ClassTotals;
  /** The period of each row, from 0; null where there are none. */
  readonly periods: Int32Array | null;
  readonly periodCount: number;
}

/** Reads target, weights and periods. */
export function readBinningSample(caller: string, parsed: ParsedTable, options: BinningOptions): BinningSample {
  if (parsed.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const given = options.weights === undefined ? null : readWeights(caller, parsed, options.weights);
  const all = Int32Array.from({ length: parsed.rowCount }, (_, row) => row);
  const rows = given?.includes(0) ? all.filter((row) => given[row]! > 0) : all;
  const table = rows === all ? everyRow(parsed) : takeRows(parsed, rows);
  const view: TableView = { ...parsed, rowCount: rows.length, source: (name) => (parsed.names.includes(name) ? table.column(name) : parsed.source(name)) };
  const { labels, positive } = readBinaryTarget(caller, view, options.target, options.positive);
  const row = labels.indexOf(-1);
  if (row >= 0) {
    throw new ClientelaError('MISSING_VALUE', `${caller} needs a target in every row, found none in column "${options.target}", row ${rows[row]!}; leave out rows that are not labelled`, {
      column: options.target,
      row: rows[row]!,
    });
  }
  const weights = given === null ? null : new Float64Array(rows.length).map((_, i) => given[rows[i]!]!);
  let [events, total] = [0, 0];
  labels.forEach((label, i) => {
    total += weights?.[i] ?? 1;
    events += label * (weights?.[i] ?? 1);
  });
  const periods = options.periods === undefined ? null : readPeriods(caller, parsed, options.periods);
  return {
    table,
    positive,
    labels,
    weights,
    totals: { events, nonEvents: total - events },
    periods: periods && periods.codes.length > rows.length ? new Int32Array(rows.length).map((_, i) => periods.codes[rows[i]!]!) : (periods?.codes ?? null),
    periodCount: periods?.count ?? 0,
  };
}

function readPeriods(caller: string, view: ParsedTable, given: string | ArrayLike<string | number>): { readonly codes: Int32Array; readonly count: number } {
  const name = typeof given === 'string' ? given : 'periods';
  const column = typeof given === 'string' ? view.source(given) : readColumn(caller, { ...view, source: () => given }, name);
  if (rowsOf(column) !== view.rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs periods as one value for each of the ${view.rowCount} rows, found ${rowsOf(column)}`, { option: 'periods' });
  }
  const known = new Map<string, number>();
  const codes = new Int32Array(view.rowCount).map((_, row) => {
    const cell = cellAt(column, row);
    if (cell === null) throw new ClientelaError('MISSING_VALUE', `${caller} needs a period in every row, found none in row ${row}`, { option: 'periods', row });
    const period = String(cell);
    if (!known.has(period)) known.set(period, known.size);
    return known.get(period)!;
  });
  if (known.size <= 100) return { codes, count: known.size };
  throw new ClientelaError('INVALID_OPTION', `${caller} needs periods of few values such as months, found ${known.size} in "${name}"`, { option: 'periods', found: known.size });
}

/** Events and non-events at each index a row can have, of all rows or of those of one period. */
export function countIndexes(indexes: Int32Array, size: number, { labels, weights, periods }: BinningSample, period?: number): BinCounts {
  const events = new Float64Array(size);
  const nonEvents = new Float64Array(size);
  for (let row = 0; row < indexes.length; row++) {
    if (period !== undefined && periods![row] !== period) continue;
    const weight = weights === null ? 1 : weights[row]!;
    const index = indexes[row]!;
    // Both are written: a branch on the class could not be guessed.
    events[index]! += weight * labels[row]!;
    nonEvents[index]! += weight * (1 - labels[row]!);
  }
  return { events, nonEvents };
}
