import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import { cellAt } from '../../data/cellAt.js';
import type { Column } from '../../data/column.js';
import { infinite } from '../../data/infinite.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import type { BoostingLoss } from './boostedTreesState.js';
import type { BoostedTreesOptions } from './boostingOptions.js';
import { isOfClasses } from './respond.js';

/** What is to be predicted, for the rows of weight above 0. */
export interface BoostingTarget {
  readonly loss: BoostingLoss;
  readonly positive: TargetValue | null;
  readonly classes: readonly string[];
  /** The target of each row as a number: 1 and 0 for two classes, the position for several. */
  readonly y: Float64Array;
}

/** Reads the target as the loss needs it, or the loss as the target shows it. `rows` are those of weight above 0. */
export function readBoostingTarget(caller: string, view: ParsedTable, { target, positive, loss: wanted }: BoostedTreesOptions, rows: Int32Array): BoostingTarget {
  const column = view.source(target);
  const loss = wanted ?? inferLoss(column, positive, rows);
  if (positive !== undefined && loss !== 'logistic') {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes positive for two classes only, and the loss is ${loss}; leave it out`, { option: 'positive' });
  }
  if (loss === 'logistic') {
    const found = readBinaryTarget(caller, view, target, positive);
    const y = takeKnown(caller, target, found.labels, rows, true);
    requireClasses(caller, target, y.includes(0) && y.includes(1) ? 2 : 1);
    return { loss, positive: found.positive, classes: [], y };
  }
  const ofClasses = loss === 'multinomial';
  if (column.kind === 'date' || column.kind === 'id' || (!ofClasses && column.kind !== 'number')) {
    throw new ClientelaError('COLUMN_KIND', `${caller} with loss ${loss} cannot predict column "${target}" of kind ${column.kind}; choose another loss`, { column: target, kind: column.kind });
  }
  const y = takeKnown(caller, target, column.kind === 'category' ? column.codes : column.values, rows, column.kind !== 'number');
  if (!ofClasses) {
    requireDomain(caller, target, loss, y, rows);
    return { loss, positive: null, classes: [], y };
  }
  const names = new Map<number, string>();
  y.forEach((value, i) => names.has(value) || names.set(value, String(cellAt(column, rows[i]!))));
  const classes = [...names.values()].sort();
  requireClasses(caller, target, classes.length);
  return { loss, positive: null, classes, y: y.map((value) => classes.indexOf(names.get(value)!)) };
}

/** What remains beside the rows held out must still have two classes, or something above 0: otherwise there is nothing to start from. */
export function requireLearnable(caller: string, { target }: BoostedTreesOptions, { loss, y }: BoostingTarget, learn: Int32Array): void {
  const ofClasses = isOfClasses(loss);
  if (!ofClasses && loss !== 'poisson' && loss !== 'tweedie') return;
  const first = ofClasses ? y[learn[0]!]! : 0;
  if (learn.some((row) => y[row] !== first)) return;
  const needs = ofClasses ? 'two classes' : 'some above 0';
  throw new ClientelaError(ofClasses ? 'TARGET_CLASSES' : 'INVALID_VALUE', `${caller} needs ${needs} of "${target}" among the rows that earlyStopping does not hold out, found ${ofClasses ? 'one' : 'none'}; hold out others`, { column: target });
}

function inferLoss(column: Column, positive: TargetValue | undefined, rows: Int32Array): BoostingLoss {
  if (positive !== undefined || (column.kind !== 'number' && column.kind !== 'category')) return 'logistic';
  const found = new Set<number>();
  const cells = column.kind === 'number' ? column.values : column.codes;
  for (let i = 0; i < rows.length && found.size < 4; i++) if (cells[rows[i]!]! >= 0 || column.kind === 'number') found.add(cells[rows[i]!]!);
  if (column.kind === 'number') return found.size === 2 && found.has(0) && found.has(1) ? 'logistic' : 'squared';
  return found.size > 2 ? 'multinomial' : 'logistic';
}

function requireClasses(caller: string, target: string, count: number): void {
  if (count > 1) return;
  throw new ClientelaError('TARGET_CLASSES', `${caller} needs two classes of "${target}" or more among the rows of weight above 0, found ${count}`, { column: target });
}

function takeKnown(caller: string, column: string, values: ArrayLike<number>, rows: Int32Array, isCode: boolean): Float64Array {
  return Float64Array.from(rows, (row) => {
    const value = values[row]!;
    if (value - value !== 0 && value === value) throw infinite(caller, column, row, value);
    if (value === value && !(isCode && value < 0)) return value;
    throw new ClientelaError('MISSING_VALUE', `${caller} needs a target in every row, found none in column "${column}", row ${row}; leave out rows that are not labelled`, { column, row });
  });
}

/** Counts and amounts have a range of their own; some must be above 0, or there is no logarithm of their mean. */
function requireDomain(caller: string, column: string, loss: BoostingLoss, y: Float64Array, rows: Int32Array): void {
  if (loss === 'squared' || loss === 'absolute' || loss === 'quantile') return;
  const wrong = y.findIndex((value) => value < 0 || (loss === 'gamma' && value === 0));
  const at = wrong < 0 && y.every((value) => value === 0) ? 0 : wrong;
  if (at < 0) return;
  const needs = loss === 'gamma' ? 'a target above 0 (tweedie takes 0 too)' : 'a target of 0 or more, and some above 0';
  throw new ClientelaError('INVALID_VALUE', `${caller} with loss ${loss} needs ${needs}, found ${y[at]!} in column "${column}", row ${rows[at]!}`, { column, row: rows[at], value: y[at] });
}
