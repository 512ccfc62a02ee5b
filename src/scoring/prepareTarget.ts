import { readBinaryTarget, type TargetValue } from '../data/binaryTarget.js';
import type { CategoryColumn, Column } from '../data/column.js';
import { columnAs } from '../data/columnAs.js';
import { Frame } from '../data/frame.js';
import { readColumn } from '../data/readColumn.js';
import { readTable, type TableInput, type TableView } from '../data/table.js';
import { ClientelaError } from '../errors.js';

/** A column that was not used, and why. */
export interface LeftOutColumn {
  /** The name of the column. */
  readonly column: string;
  /** Why a score should not use it. */
  readonly reason: string;
}

/** The name under which the labels stand in a prepared frame: no column of data can carry it. */
export const LABEL = '\u0000label';

/** Data ready to learn a score from: labelled rows only, usable columns only. */
export interface PreparedTarget {
  /** The features, and the labels (0 or 1) under {@link LABEL}. */
  readonly frame: Frame;
  readonly features: readonly string[];
  readonly labels: Uint8Array;
  readonly positive: TargetValue;
  /** Moments for validation out of time, in the order of the frame. */
  readonly times?: Float64Array;
  readonly unlabelledRows: number;
  readonly leftOut: readonly LeftOutColumn[];
}

/** What {@link prepareTarget} needs of the options of a score. */
export interface PrepareOptions {
  readonly target: string;
  readonly positive?: TargetValue;
  readonly features?: readonly string[];
  readonly exclude?: readonly string[];
  readonly time?: string;
  readonly minLevelCount: number;
}

/** Reads target, features and moments once, so that every fit afterwards works on the same typed columns. */
export function prepareTarget(caller: string, data: TableInput, options: PrepareOptions): PreparedTarget {
  const view = readTable(caller, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const { labels, positive } = readBinaryTarget(caller, view, options.target, options.positive);
  const labelled = Uint32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const time = options.time ?? momentColumn(view);
  const { columns, leftOut } = chooseFeatures(caller, view, options, time);
  const known = Float64Array.from(labelled, (row) => labels[row]!);
  const frame = Frame.fromColumns(Object.fromEntries(columns)).take(labelled).withColumn(LABEL, known);
  return {
    frame,
    features: [...columns.keys()],
    labels: Uint8Array.from(known),
    positive,
    ...(time === undefined ? {} : { times: moments(caller, view, time, labelled) }),
    unlabelledRows: view.rowCount - labelled.length,
    leftOut,
  };
}

/** The date column that `snapshots` writes; any other date has to be named, for it may be a birthday. */
function momentColumn(view: TableView): string | undefined {
  if (!view.names.includes('asOf')) return undefined;
  const source = view.source('asOf');
  return 'kind' in source && source.kind === 'date' ? 'asOf' : undefined;
}

function moments(caller: string, view: TableView, time: string, rows: Uint32Array): Float64Array {
  const { values } = columnAs(caller, time, view.source(time), 'date') as { values: Float64Array };
  return Float64Array.from(rows, (row) => {
    const millis = values[row]!;
    if (Number.isFinite(millis)) return millis;
    throw new ClientelaError('MISSING_VALUE', `${caller} validates out of time by column "${time}", found no date in row ${row}`, { column: time, row });
  });
}

interface ChosenFeatures {
  readonly columns: ReadonlyMap<string, Column>;
  readonly leftOut: readonly LeftOutColumn[];
}

function chooseFeatures(caller: string, view: TableView, options: PrepareOptions, time: string | undefined): ChosenFeatures {
  const columns = new Map<string, Column>();
  const leftOut: LeftOutColumn[] = [];
  const apart = [options.target, time];
  for (const name of options.features ?? view.names) {
    if (apart.includes(name)) {
      if (options.features === undefined) continue;
      throw new ClientelaError('INVALID_OPTION', `${caller} cannot use column "${name}" as a feature: it is the ${name === time ? 'time' : 'target'}`, { column: name });
    }
    if (options.exclude?.includes(name) === true) {
      leftOut.push({ column: name, reason: 'excluded' });
      continue;
    }
    const column = readColumn(caller, view, name);
    const unusable = unusableColumn(column, view.rowCount, options.minLevelCount);
    if (unusable === undefined || (unusable.why === 'doubtful' && options.features !== undefined)) columns.set(name, column);
    else if (unusable.why !== 'constant' && options.features !== undefined) throw refused(caller, name, column, unusable.reason);
    else leftOut.push({ column: name, reason: unusable.reason });
  }
  if (columns.size > 0) return { columns, leftOut };
  throw new ClientelaError('EMPTY_INPUT', `${caller} found no column it can use as a feature; ${leftOut.map(({ column, reason }) => `"${column}": ${reason}`).join('; ')}`, {
    leftOut,
  });
}

function refused(caller: string, column: string, { kind }: Column, reason: string): ClientelaError {
  return new ClientelaError('COLUMN_KIND', `${caller} cannot use column "${column}" as a feature: ${reason}`, { column, kind });
}

/** Why a column should not be used: it cannot, it tells nothing, or it looks as if nobody meant it. */
interface Unusable {
  readonly why: 'impossible' | 'constant' | 'doubtful';
  readonly reason: string;
}

function unusableColumn(column: Column, rowCount: number, minLevelCount: number): Unusable | undefined {
  if (column.kind === 'id') return { why: 'impossible', reason: 'identifier' };
  if (column.kind === 'date') return { why: 'impossible', reason: 'date: turn it into days before the moment of scoring, or give it as time' };
  if (column.kind === 'category') return unusableCategory(column, rowCount, minLevelCount);
  const values: ArrayLike<number> = column.values;
  if (isRunningNumber(values)) return { why: 'doubtful', reason: 'looks like an identifier: it numbers the rows' };
  for (let row = 1; row < values.length; row++) if (!Object.is(values[row], values[0])) return undefined;
  return { why: 'constant', reason: 'the same in every row' };
}

function unusableCategory({ codes, levels }: CategoryColumn, rowCount: number, minLevelCount: number): Unusable | undefined {
  if (levels.length > 50 && levels.length > rowCount / 5) {
    return { why: 'impossible', reason: `looks like an identifier: ${levels.length} levels in ${rowCount} rows` };
  }
  const counts = new Uint32Array(levels.length + 1);
  for (const code of codes) counts[code + 1]!++;
  if (counts.filter((count) => count > 0).length < 2) return { why: 'constant', reason: 'the same in every row' };
  if (counts.every((count) => count < minLevelCount)) return { why: 'impossible', reason: `every level has fewer than ${minLevelCount} rows` };
  return undefined;
}

/** Whole numbers that only ever grow down the rows, of twenty rows or more. */
function isRunningNumber(values: ArrayLike<number>): boolean {
  if (values.length < 20) return false;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isInteger(values[row]!) || (row > 0 && values[row]! <= values[row - 1]!)) return false;
  }
  return true;
}
