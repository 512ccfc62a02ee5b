import { readBinaryTarget, type TargetValue } from '../data/binaryTarget.js';
import { describeValue } from '../data/instant.js';
import { readColumn } from '../data/readColumn.js';
import { numbersOf } from '../data/replayColumn.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { TableView } from '../data/table.js';
import { ClientelaError } from '../errors.js';

/** Which columns say how long each row was observed, and whether that ended with the event. */
export interface SurvivalColumns<Names extends string = string> {
  /** The column of durations: when the event came or observation ended; 0 or more, in any one unit of time. */
  readonly duration: Names;
  /** The column that says whether the event came at the duration; the others were still without it (censored). @defaultValue it came in every row */
  readonly event?: Names;
  /** The value of it that is the event. @defaultValue 1 of 0 and 1, true, or the later of two levels (`yes` of `no` and `yes`) */
  readonly eventValue?: TargetValue;
  /** The column of the times from which each row was observed: it is at risk after its entry, up to and with its duration. @defaultValue 0 */
  readonly entry?: Names;
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
}

/** The options of {@link SurvivalColumns}. */
export const SURVIVAL_COLUMNS: readonly string[] = ['duration', 'event', 'eventValue', 'entry', 'weights'];

/** How long each row was observed, and how that ended. */
export interface SurvivalRows {
  /** When the event came or observation ended. */
  readonly durations: Float64Array;
  /** 1 where the event came at the duration, 0 where it had not yet. */
  readonly events: Uint8Array;
  /** From when each row was observed; null where all were from the start. */
  readonly entries: Float64Array | null;
  /** One a row; null where all are 1. */
  readonly weights: Float64Array | null;
}

/**
 * Reads durations, events, entries and weights of an opened table.
 *
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `MISSING_VALUE`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `TARGET_CLASSES`, `INVALID_OPTION`
 */
export function readSurvivalRows(caller: string, view: TableView, columns: SurvivalColumns): SurvivalRows {
  requireName(caller, 'duration', columns.duration);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs rows, found none`, { function: caller });
  const durations = times(caller, view, columns.duration);
  const events = columns.event === undefined ? new Uint8Array(durations.length).fill(1) : readEvents(caller, view, columns.event, columns.eventValue);
  const entries = columns.entry === undefined ? null : times(caller, view, columns.entry);
  if (entries !== null) requireOrder(caller, columns, entries, durations);
  return { durations, events, entries, weights: columns.weights === undefined ? null : readWeights(caller, view, columns.weights) };
}

function requireName(caller: string, option: string, name: unknown): void {
  if (typeof name === 'string') return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as the name of a column, found ${describeValue(name)}`, { function: caller, option });
}

function times(caller: string, view: TableView, column: string): Float64Array {
  const values = numbersOf(caller, column, view.source(column));
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value >= 0 && value < Infinity) continue;
    const details = { function: caller, column, row, value };
    if (Number.isNaN(value)) throw new ClientelaError('MISSING_VALUE', `${caller} needs a time in every row, found none in column "${column}", row ${row}; leave out such rows`, details);
    if (!Number.isFinite(value)) throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs finite times, found ${value} in column "${column}", row ${row}`, details);
    throw new ClientelaError('INVALID_VALUE', `${caller} needs times of 0 or more, found ${value} in column "${column}", row ${row}; count them from the start of each customer`, details);
  }
  return values;
}

/** Unlike a target, events may be all of one kind: where all came, or none has yet. */
function readEvents(caller: string, view: TableView, column: string, eventValue: TargetValue | undefined): Uint8Array {
  const read = readColumn(caller, view, column);
  const only = eventValue === undefined && (read.kind === 'number' || read.kind === 'boolean') ? read.values : null;
  const labels: ArrayLike<number> = only !== null && only.every((value) => value === 0 || value === 1 || !(value >= 0)) ? only : readBinaryTarget(caller, view, column, eventValue).labels;
  return Uint8Array.from({ length: labels.length }, (_, row) => {
    const label = labels[row]!;
    if (label === 0 || label === 1) return label;
    throw new ClientelaError('MISSING_VALUE', `${caller} needs to know in every row whether the event came, found nothing in column "${column}", row ${row}; leave out such rows, or say that they were still without it`, { function: caller, column, row });
  });
}

function requireOrder(caller: string, { duration, entry }: SurvivalColumns, entries: Float64Array, durations: Float64Array): void {
  const row = entries.findIndex((start, i) => !(start < durations[i]!));
  if (row < 0) return;
  throw new ClientelaError('INVALID_VALUE', `${caller} needs every row to enter before its end, found ${entries[row]} in column "${entry}" and ${durations[row]} in column "${duration}", row ${row}`, { function: caller, column: entry, row, value: entries[row] });
}
