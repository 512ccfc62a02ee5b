import type { Column } from '../../data/column.js';
import { columnAs } from '../../data/columnAs.js';
import { Frame } from '../../data/frame.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import type { TableInput } from '../../data/table.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { calendarDays } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';

/** What is known of customers beside their events. */
export interface CustomerAttributes {
  /** Rows or columns of attributes. */
  readonly table: TableInput;
  /** The column of identifiers, written as in the log. */
  readonly id: string;
  /**
   * The column of the moment from which each row was known: at every moment the row known last before it counts, and a customer may have several.
   * @defaultValue none: one row a customer, taken to have always been so, with a warning
   */
  readonly knownAt?: string;
  /** The columns to take. @defaultValue all but identifiers */
  readonly columns?: readonly string[];
}

const OPTIONS = ['table', 'id', 'knownAt', 'columns'];

/**
 * The attributes of the customers of a frame with `customer`, each as known before its moment. A date becomes the days from it to the moment
 * (`daysSince=joined`), missing where it lies after: what has not happened yet is not known. O(rows + attributes log attributes).
 */
export function joinAttributes(caller: string, rows: Frame, moments: (row: number) => number, attributes: CustomerAttributes): Frame {
  requireKnownOptions(`${caller} customers`, attributes, OPTIONS);
  const view = parseTable(caller, attributes.table);
  const found = matchRows(caller, rows.ids(), moments, view, attributes);
  const names = attributes.columns ?? view.names.filter((name) => name !== attributes.id && name !== attributes.knownAt && view.source(name).kind !== 'id');
  return names.reduce((frame, name) => {
    const column = columnAt(view.source(name), found, moments);
    const own = column.dated ? `daysSince=${name}` : name;
    if (!frame.names.includes(own)) return frame.withColumn(own, column.values);
    throw new ClientelaError('DUPLICATE_COLUMN', `${caller} cannot take column "${own}" of customers: the rows made from the log have one of that name; rename it, or name the columns to take`, { function: caller, column: own });
  }, rows);
}

/** The row of attributes of each row, -1 where none is known yet. */
function matchRows(caller: string, ids: readonly (string | number)[], moments: (row: number) => number, view: ParsedTable, { id, knownAt }: CustomerAttributes): Int32Array {
  const keys = columnAs(caller, id, view.source(id), 'id') as { readonly values: readonly (string | number)[] };
  const known = knownAt === undefined ? null : (columnAs(caller, knownAt, view.source(knownAt), 'date') as { readonly values: Float64Array }).values;
  const rowsOf = new Map<string, number[]>();
  keys.values.forEach((key, row) => {
    const mine = rowsOf.get(String(key));
    if (mine === undefined) rowsOf.set(String(key), [row]);
    else if (known !== null) mine.push(row);
    else throw new ClientelaError('DUPLICATE_ID', `${caller} needs one row a customer, found ${describeValue(key)} again in row ${row} of customers; say with knownAt from when each row was known`, { function: caller, column: id, row, value: key });
  });
  if (!ids.some((key) => rowsOf.has(String(key)))) {
    throw new ClientelaError('UNKNOWN_ID', `${caller} found no customer of the log in column "${id}" of customers: the log begins with ${describeValue(ids[0])}, the column with ${describeValue(keys.values[0])}; identifiers must be written alike`, { function: caller, column: id });
  }
  return Int32Array.from(ids, (key, row) => {
    const mine = rowsOf.get(String(key)) ?? [];
    if (known === null) return mine[0] ?? -1;
    // The last in time; of two of one moment the later row. A row whose moment is not known was never known.
    return mine.reduce((last, candidate) => (known[candidate]! < moments(row) && (last < 0 || known[candidate]! >= known[last]!) ? candidate : last), -1);
  });
}

function columnAt(column: Column, found: Int32Array, moments: (row: number) => number): { readonly values: Column; readonly dated: boolean } {
  const gather = <Values extends Float64Array | Int32Array | Int8Array>(values: ArrayLike<number>, to: Values, missing: number): Values => {
    for (let row = 0; row < found.length; row++) to[row] = found[row]! < 0 ? missing : values[found[row]!]!;
    return to;
  };
  if (column.kind === 'category') return { values: { ...column, codes: gather(column.codes, new Int32Array(found.length), -1) }, dated: false };
  if (column.kind === 'boolean') return { values: { kind: 'boolean', values: gather(column.values, new Int8Array(found.length), -1) }, dated: false };
  if (column.kind === 'id') return { values: { kind: 'id', values: Array.from(found, (at) => (at < 0 ? '' : column.values[at]!)) }, dated: false };
  const values = gather(column.values, new Float64Array(found.length), NaN);
  if (column.kind === 'number') return { values: { kind: 'number', values }, dated: false };
  return { values: { kind: 'number', values: values.map((date, row) => (date <= moments(row) ? calendarDays(date, moments(row)) : NaN)) }, dated: true };
}
