import type { Column } from '../../data/column.js';
import { describeValue } from '../../data/instant.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';

/** The columns that form segments, and what was left out, in words. */
export interface SegmentationColumns {
  /** Numbers and booleans, in the order of the data. */
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly notes: readonly string[];
}

/** A category with so many levels hardly says who is alike. */
const MOST_LEVELS = 50;
const ONE_VALUE = 'it has one value';

/**
 * The columns named, or all that can tell customers apart: not dates, names of rows, columns of one value, categories of hundreds of levels.
 *
 * @throws a ClientelaError `EMPTY_INPUT`, `COLUMN_KIND`, `DUPLICATE_COLUMN` or `UNKNOWN_COLUMN`
 */
export function segmentationColumns(caller: string, view: ParsedTable, features: readonly string[] | undefined, except: readonly unknown[]): SegmentationColumns {
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  if (features !== undefined && !Array.isArray(features)) throw new ClientelaError('INVALID_OPTION', `${caller} needs features as an array of names, found ${describeValue(features)}`, { option: 'features' });
  const chosen: [string, Column][] = [];
  const constant: [string, Column][] = [];
  let notes: string[] = [];
  for (const name of (features as readonly string[] | undefined) ?? view.names.filter((column) => !except.includes(column))) {
    const column = view.source(name);
    if (chosen.some(([known]) => known === name)) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${name}" twice in features; name it once`, { column: name });
    const fault = faultOf(name, column);
    if (features === undefined && fault !== null) {
      notes.push(`left out ${name === '' ? '""' : name}: ${fault}`);
      if (fault === ONE_VALUE) constant.push([name, column]);
    } else if (column.kind === 'date' || column.kind === 'id') {
      throw new ClientelaError('COLUMN_KIND', `${caller} cannot use column "${name}": ${fault!}; leave it out of features`, { column: name, kind: column.kind });
    } else chosen.push([name, column]);
  }
  // One customer, or customers that are all alike, are one segment.
  if (chosen.length === 0 && constant.length > 0) {
    chosen.push(...constant);
    notes = notes.filter((note) => !note.endsWith(ONE_VALUE));
  }
  if (chosen.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} found no column that tells customers apart${notes.map((note) => `; ${note}`).join('')}; name columns in features`);
  const namesOf = (isCategory: boolean): string[] => chosen.filter(([, { kind }]) => (kind === 'category') === isCategory).map(([name]) => name);
  return { numbers: namesOf(false), categories: namesOf(true), notes };
}

/** Why a column says nothing of who is alike; null when it may. */
function faultOf(name: string, column: Column): string | null {
  if (column.kind === 'id') return 'it names rows';
  if (column.kind === 'date') return 'it is a date; turn it into days before a moment to use it';
  const values = column.kind === 'category' ? column.codes : column.values;
  const seen = new Set(column.kind === 'number' ? values.filter((x) => !Number.isNaN(x)) : values.filter((code) => code >= 0));
  if (seen.size < 2) return seen.size === 0 ? 'it has no value' : ONE_VALUE;
  if (column.kind === 'category' && seen.size > MOST_LEVELS) return seen.size === values.length ? 'it names rows' : `it has ${seen.size} levels; group them, or name it in features`;
  return column.kind === 'number' && seen.size === values.length && namesRows(name, column.values) ? 'it names rows' : null;
}

/** Whether whole numbers that are all different are names: by the name of the column, or as a running number of more rows than an age or a score has values. */
function namesRows(name: string, values: Float64Array): boolean {
  if (!values.every((x) => Number.isInteger(x))) return false;
  if (/(^id|[_\s.-]id|Id|ID)$/.test(name)) return true;
  const sorted = values.slice().sort();
  return values.length > 20 && sorted.at(-1)! - sorted[0]! === values.length - 1;
}
