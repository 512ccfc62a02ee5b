import { ClientelaError } from '../errors.js';
import { cellAt } from './cellAt.js';
import type { Column } from './column.js';
import { describeValue } from './instant.js';
import { readColumn } from './readColumn.js';
import type { TableView } from './table.js';
import { rowsOf } from './replayColumn.js';

/** A value of a target column. */
export type TargetValue = string | number | boolean;

/** A target of two classes, read from a column. */
export interface BinaryTarget {
  /** 1 for the positive value, 0 for any other, -1 where it is missing. */
  readonly labels: Int8Array;
  /** The value that counts as 1. */
  readonly positive: TargetValue;
}

/**
 * Reads a target of two classes. The positive value is the one asked for; otherwise 1 of 0 and 1, true, or the later of two levels by
 * code unit (`yes` of `no` and `yes`). With a value asked for, every other value counts as 0.
 *
 * @throws a {@link ClientelaError} `TARGET_CLASSES` when there are not two classes, `COLUMN_KIND`, `UNKNOWN_COLUMN`
 */
export function readBinaryTarget(caller: string, view: TableView, target: string, positive?: TargetValue): BinaryTarget {
  const column = readColumn(caller, view, target);
  if (column.kind === 'date' || column.kind === 'id') {
    throw new ClientelaError('COLUMN_KIND', `${caller} needs a target of two classes, found column "${target}" of kind ${column.kind}`, {
      column: target,
    });
  }
  const values = distinctValues(column);
  const wanted = positive === undefined ? usualPositive(caller, target, values) : knownPositive(caller, target, values, positive);
  if (values.length < 2) throw notTwoClasses(caller, target, values);
  return { labels: labelsOf(column, wanted), positive: wanted };
}

/** At most 20 different known values, sorted by code unit or size. */
function distinctValues(column: Column): TargetValue[] {
  const values = new Set<TargetValue>();
  const cells: ArrayLike<unknown> = column.kind === 'category' ? column.codes : column.values;
  let before: unknown;
  let last: unknown;
  for (let row = 0; row < rowsOf(column) && values.size < 20; row++) {
    // Two classes alternate: what was seen a moment ago need not be looked up.
    if (cells[row] === last || cells[row] === before) continue;
    before = last;
    last = cells[row];
    const value = cellAt(column, row);
    if (value !== null) values.add(value as TargetValue);
  }
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function usualPositive(caller: string, target: string, values: readonly TargetValue[]): TargetValue {
  const [low, high] = values;
  // Numbers other than 0 and 1 are more likely a measure than a class.
  if (values.length !== 2 || (typeof high === 'number' && (low !== 0 || high !== 1))) throw notTwoClasses(caller, target, values);
  return high!;
}

/** The value as the column holds it: `'1'` asks for 1, `true` for 'true'. */
function knownPositive(caller: string, target: string, values: readonly TargetValue[], positive: TargetValue): TargetValue {
  const found = values.find((value) => String(value) === String(positive));
  if (found !== undefined) return found;
  throw new ClientelaError('TARGET_CLASSES', `${caller} found no row where "${target}" is ${describeValue(positive)}; its values are ${listed(values)}`, {
    column: target,
    positive,
  });
}

function notTwoClasses(caller: string, target: string, values: readonly TargetValue[]): ClientelaError {
  const remedy = ['give labels, whose horizon ends before the log', 'add rows of the other class'][values.length] ?? 'say with positive which value counts as 1';
  return new ClientelaError('TARGET_CLASSES', `${caller} needs a target of two classes, found ${listed(values)} in column "${target}"; ${remedy}`, {
    column: target,
    values,
  });
}

function listed(values: readonly TargetValue[]): string {
  if (values.length === 0) return 'no known value';
  return values.slice(0, 5).map(describeValue).join(', ') + (values.length > 5 ? ', …' : '');
}

function labelsOf(column: Column, positive: TargetValue): Int8Array {
  const cells: ArrayLike<unknown> = column.kind === 'category' ? column.codes : column.values;
  const wanted = column.kind === 'category' ? column.levels.indexOf(String(positive)) : Number(positive);
  const labels = new Int8Array(cells.length);
  for (let row = 0; row < labels.length; row++) {
    const cell = cells[row] as number;
    // Missing is a negative code, -1 for booleans, and NaN for numbers.
    labels[row] = cell === wanted ? 1 : cell !== cell || (cell < 0 && column.kind !== 'number') ? -1 : 0;
  }
  return labels;
}
