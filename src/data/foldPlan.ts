import { ClientelaError } from '../errors.js';
import { sortedOrder } from '../numeric/sorting.js';
import { assignFolds } from './assignFolds.js';
import { addDuration } from './calendar.js';
import { requireDuration, type Duration } from './duration.js';
import type { DateColumn, NumberColumn } from './column.js';
import { requireWhole } from './options.js';
import { readColumn } from './readColumn.js';
import type { TableView } from './table.js';

/** How rows are divided into folds. */
export interface FoldPlanOptions<Names extends string = string> {
  /** How many folds (at least 2), or the fold of every row, numbered from 0. @defaultValue 5 */
  readonly folds?: number | ArrayLike<number>;
  /** Whether both labels are to be equally frequent in all folds. @defaultValue true */
  readonly stratify?: boolean;
  /** A column whose equal values stay in one fold, such as the household or the customer of repeated snapshots. */
  readonly groups?: Names;
  /**
   * A column of dates or numbers: every fold is then later than all rows its model learns from, and the earliest rows are learnt from only. Without
   * `horizon` the outcomes of the last of those rows reach into the fold, and are learnt from although they were not known when it began.
   */
  readonly time?: Names;
  /** With `time` of dates: how long after its moment the outcome of a row was observed. Rows whose outcome was not over when a fold begins are not learnt from. @defaultValue none */
  readonly horizon?: Duration;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** The rows of one fold, and those its model learns from. */
export interface FoldRows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** The folds in the order in which they are worked; `labels` (null where there are none) are spread evenly over them. */
export function planFolds(caller: string, view: TableView, labels: Int8Array | null, options: FoldPlanOptions): FoldRows[] {
  const { folds = 5, stratify = true, groups, time, horizon, seed = 1 } = options;
  const given = typeof folds !== 'number';
  if ((given && (groups ?? time) !== undefined) || (groups !== undefined && time !== undefined)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes one of groups, time and folds given row by row, found several; give one`);
  }
  if (horizon !== undefined && time === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes a horizon with time only, found none; name the column of dates`, { option: 'horizon' });
  }
  const count = given ? foldCount(caller, folds, view.rowCount) : requireWhole(caller, 'folds', folds, 2);
  if (time !== undefined) return timePlan(caller, timesOf(caller, view, time), { time, horizon, count });
  let foldOf: ArrayLike<number>;
  if (given) foldOf = folds;
  else foldOf = assignFolds(stratify && labels !== null ? labels : view.rowCount, { folds: count, seed, ...(groups === undefined ? {} : { groups: groupsOf(caller, view, groups) }) });
  const rows = Uint32Array.from({ length: view.rowCount }, (_, row) => row);
  return Array.from({ length: count }, (_, fold) => ({ train: rows.filter((row) => foldOf[row] !== fold), test: rows.filter((row) => foldOf[row] === fold) }));
}

function foldCount(caller: string, folds: ArrayLike<number>, rowCount: number): number {
  if (folds.length !== rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs a fold for each of the ${rowCount} rows, found ${folds.length}`, {
      expected: rowCount,
      found: folds.length,
    });
  }
  const used = new Set<number>();
  for (let row = 0; row < rowCount; row++) used.add(requireWhole(caller, `the fold of row ${row}`, folds[row]!, 0));
  let count = 0;
  while (used.has(count)) count++;
  if (count === used.size && count >= 2) return count;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs folds numbered 0, 1, 2 … without a gap, at least two, found ${used.size} numbers of which ${count} without a gap`);
}

function groupsOf(caller: string, view: TableView, name: string): ArrayLike<unknown> {
  const column = readColumn(caller, view, name);
  if (column.kind !== 'category' && column.kind !== 'boolean') return column.values;
  return Array.from(column.kind === 'category' ? column.codes : column.values, (code) => (code < 0 ? null : code));
}

function timesOf(caller: string, view: TableView, name: string): DateColumn | NumberColumn {
  const column = readColumn(caller, view, name);
  if (column.kind !== 'date' && column.kind !== 'number') {
    throw new ClientelaError('COLUMN_KIND', `${caller} needs dates or numbers as time, found column "${name}" of kind ${column.kind}`, { column: name });
  }
  const missing = column.values.findIndex((value) => Number.isNaN(value));
  if (missing >= 0) throw new ClientelaError('MISSING_VALUE', `${caller} needs a time in every row, found none in column "${name}", row ${missing}`, { row: missing });
  return column;
}

/** Each fold learns from the rows of earlier stretches; with a horizon from those of them whose outcome was over when it began. */
function timePlan(caller: string, { kind, values }: DateColumn | NumberColumn, { time, horizon, count }: { time: string; horizon: Duration | undefined; count: number }): FoldRows[] {
  if (horizon !== undefined && kind !== 'date') {
    throw new ClientelaError('COLUMN_KIND', `${caller} takes a horizon for a time of dates, found column "${time}" of kind ${kind}; give dates, or leave horizon out`, { column: time });
  }
  const length = horizon && requireDuration(caller, 'horizon', horizon, true);
  const overAt = length === undefined ? values : values.map((value) => addDuration(value, length));
  const foldOf = timeFolds(caller, values, time, count);
  const rows = Uint32Array.from(values.keys());
  return Array.from({ length: count }, (_, fold) => {
    const test = rows.filter((row) => foldOf[row] === fold);
    const begin = test.reduce((least, row) => Math.min(least, values[row]!), Infinity);
    const train = rows.filter((row) => foldOf[row]! < fold && overAt[row]! <= begin);
    if (train.length > 0) return { train, test };
    throw new ClientelaError('INVALID_OPTION', `${caller} needs rows whose outcome is over before fold ${fold} begins, found none in column "${time}"; shorten horizon, or ask for fewer folds`, { column: time, fold });
  });
}

// folds + 1 stretches of nearly equal size along time, the first numbered -1; rows of one moment stay together, so that training is strictly earlier.
// Every stretch takes its share of the rows still left, so that one long moment does not leave the next ones with a row each.
function timeFolds(caller: string, values: Float64Array, name: string, count: number): Int32Array {
  const order = sortedOrder(values);
  const foldOf = new Int32Array(values.length);
  const starts = Array.from(order.keys()).filter((i) => i === 0 || values[order[i]!] !== values[order[i - 1]!]);
  if (starts.length <= count) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot cut column "${name}" into ${count + 1} stretches of time, found ${starts.length} moments; ask for fewer folds`, { column: name });
  }
  let fold = -1;
  let begin = 0;
  starts.forEach((start, moment) => {
    const share = Math.ceil((order.length - begin) / (count - fold));
    const end = starts[moment + 1] ?? order.length;
    // The nearer end: a moment more than half beyond the share goes to the next stretch. None may be left without a moment.
    const full = (start + end) / 2 - begin > share || starts.length - moment < count - fold;
    if (start > begin && fold < count - 1 && full) {
      fold++;
      begin = start;
    }
    for (let i = start; i < end; i++) foldOf[order[i]!] = fold;
  });
  return foldOf;
}
