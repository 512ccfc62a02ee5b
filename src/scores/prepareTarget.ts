import { readBinaryTarget, type TargetValue } from '../data/binaryTarget.js';
import type { CategoryColumn, Column } from '../data/column.js';
import { columnAs } from '../data/columnAs.js';
import { Frame } from '../data/frame.js';
import { readColumn } from '../data/readColumn.js';
import { describeValue } from '../data/instant.js';
import { readTable, type TableInput, type TableView } from '../data/table.js';
import { takeColumn } from '../data/takeColumn.js';
import { unknownColumn } from '../data/unknownColumn.js';
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
/** The name under which customers stand there who occur more than once. */
export const CUSTOMER = '\u0000customer';

/** Data ready to learn a score from: labelled rows only, usable columns only. */
export interface PreparedTarget {
  /** The features, and the labels (0 or 1) under {@link LABEL}. */
  readonly frame: Frame;
  readonly features: readonly string[];
  readonly labels: Uint8Array;
  readonly positive: TargetValue;
  /** Moments for validation out of time, in the order of the frame. */
  readonly times?: Float64Array;
  /** The column of kind `id` when customers occur more than once: they stand in the frame under {@link CUSTOMER}. */
  readonly groupedBy?: string;
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
  /** The column of customers. @defaultValue the one of kind `id` */
  readonly customer?: string;
  readonly minLevelCount: number;
  /** More levels than this are an identifier. @defaultValue no limit but a fifth of the rows */
  readonly mostLevels?: number;
}

/** Reads target, features and moments once, so that every fit afterwards works on the same typed columns. */
export function prepareTarget(caller: string, data: TableInput, options: PrepareOptions): PreparedTarget {
  const view = readTable(caller, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  requireExcluded(caller, view, options.exclude);
  const { labels, positive } = readBinaryTarget(caller, view, options.target, options.positive);
  const labelled = Uint32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const time = options.time ?? momentColumn(caller, view);
  const { columns, leftOut } = chooseFeatures(caller, view, labelled, options, time);
  const known = Float64Array.from(labelled, (row) => labels[row]!);
  const repeated = repeatedCustomers(caller, view, labelled, options.customer);
  const frame = Frame.fromColumns(Object.fromEntries(columns)).withColumn(LABEL, known);
  return {
    frame: repeated === undefined ? frame : frame.withColumn(CUSTOMER, repeated.codes),
    features: [...columns.keys()],
    labels: Uint8Array.from(known),
    positive,
    ...(time === undefined ? {} : { times: moments(caller, view, time, labelled) }),
    ...(repeated === undefined ? {} : { groupedBy: repeated.name }),
    unlabelledRows: view.rowCount - labelled.length,
    leftOut,
  };
}

/** Some of the rows of prepared data. */
export function takePrepared(prepared: PreparedTarget, rows: Uint32Array): PreparedTarget {
  const { frame, labels, times } = prepared;
  return { ...prepared, frame: frame.take(rows), labels: Uint8Array.from(rows, (row) => labels[row]!), ...(times && { times: Float64Array.from(rows, (row) => times[row]!) }) };
}

/** A name to leave out that is not there is a slip that would let a leak through. */
function requireExcluded(caller: string, view: TableView, exclude: readonly string[] | undefined): void {
  if (exclude === undefined) return;
  if (!Array.isArray(exclude)) throw new ClientelaError('INVALID_OPTION', `${caller} needs exclude as an array of column names, found ${describeValue(exclude)}`, { option: 'exclude' });
  for (const name of exclude as readonly string[]) if (!view.names.includes(name)) throw unknownColumn(caller, name, view.names);
}

/** The date column that `snapshots` writes; any other date has to be named, for it may be a birthday. */
function momentColumn(caller: string, view: TableView): string | undefined {
  return view.names.includes('asOf') && readColumn(caller, view, 'asOf').kind === 'date' ? 'asOf' : undefined;
}

/** Customers by number, when the column that tells them apart names some of them more than once. */
function repeatedCustomers(caller: string, view: TableView, rows: Uint32Array, customer: string | undefined): { readonly name: string; readonly codes: Float64Array } | undefined {
  const ids = customer === undefined ? idColumns(view) : [{ name: customer, values: cellsOf(readColumn(caller, view, customer)) }];
  if (ids.length !== 1) return undefined;
  const codeOf = new Map<unknown, number>();
  const codes = Float64Array.from(rows, (row) => {
    const id = ids[0]!.values[row];
    const code = codeOf.get(id) ?? codeOf.size;
    codeOf.set(id, code);
    return code;
  });
  return codeOf.size < rows.length ? { name: ids[0]!.name, codes } : undefined;
}

function idColumns(view: TableView): { readonly name: string; readonly values: ArrayLike<unknown> }[] {
  return view.names.flatMap((name) => {
    const source = view.source(name);
    return 'kind' in source && source.kind === 'id' ? [{ name, values: source.values }] : [];
  });
}

function cellsOf(column: Column): ArrayLike<unknown> {
  return column.kind === 'category' ? column.codes : column.values;
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

function chooseFeatures(caller: string, view: TableView, rows: Uint32Array, options: PrepareOptions, time: string | undefined): ChosenFeatures {
  const columns = new Map<string, Column>();
  const leftOut: LeftOutColumn[] = [];
  const apart = [options.target, time];
  for (const name of options.features ?? view.names) {
    if (apart.includes(name)) {
      if (options.features === undefined) continue;
      throw new ClientelaError('INVALID_OPTION', `${caller} cannot use column "${name}" as a feature: it is the ${name === time ? 'time' : 'target'}`, { column: name });
    }
    if (options.exclude?.includes(name) === true || name === options.customer) {
      leftOut.push({ column: name, reason: name === options.customer ? 'identifier' : 'excluded' });
      continue;
    }
    const column = takeColumn(readColumn(caller, view, name), rows);
    const unusable = unusableColumn(name, column, rows.length, options);
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

function unusableColumn(name: string, column: Column, rowCount: number, options: PrepareOptions): Unusable | undefined {
  if (column.kind === 'id') return { why: 'impossible', reason: 'identifier' };
  if (column.kind === 'date') return { why: 'impossible', reason: 'date: turn it into days before the moment of scoring, or give it as time' };
  if (column.kind === 'category') return unusableCategory(column, rowCount, options);
  const values: ArrayLike<number> = column.values;
  if (looksLikeIdentifier(name, values)) return { why: 'doubtful', reason: 'looks like an identifier: a different whole number in every row' };
  for (let row = 1; row < values.length; row++) if (values[row] !== values[0] && !(Number.isNaN(values[row]) && Number.isNaN(values[0]))) return undefined;
  return { why: 'constant', reason: 'the same in every row' };
}

function unusableCategory({ codes, levels }: CategoryColumn, rowCount: number, { minLevelCount, mostLevels = Infinity }: PrepareOptions): Unusable | undefined {
  if (levels.length > mostLevels || (levels.length > 50 && levels.length > rowCount / 5)) {
    return { why: 'impossible', reason: `looks like an identifier: ${levels.length} levels in ${rowCount} rows` };
  }
  const counts = new Uint32Array(levels.length + 1);
  for (const code of codes) counts[code + 1]!++;
  if (counts.filter((count) => count > 0).length < 2) return { why: 'constant', reason: 'the same in every row' };
  if (counts.every((count) => count < minLevelCount)) return { why: 'impossible', reason: `every level has fewer than ${minLevelCount} rows (see minLevelCount)` };
  return undefined;
}

/**
 * A different whole number in each of twenty rows or more, and either all numbers of a range or a name that says so. (Neither looks at the
 * order of the rows; different numbers alone are no proof: incomes are.)
 */
function looksLikeIdentifier(name: string, values: ArrayLike<number>): boolean {
  const seen = new Set<number>();
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isInteger(value) || seen.has(value)) return false;
    seen.add(value);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return seen.size >= 20 && (high - low === seen.size - 1 || /(^|[^a-z])(id|no|nr|number|key|code)$/i.test(name) || /[a-z](I[dD]|No|Nr|Number|Key|Code)$/.test(name));
}
