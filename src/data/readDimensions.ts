import { ClientelaError } from '../errors.js';
import { cellText } from './cell.js';
import type { Column } from './column.js';
import { describeValue } from './instant.js';
import { cellOf, rowsOf } from './replayColumn.js';
import { readTable, type ColumnValues, type TableInput } from './table.js';

/** A column as groups of customers. */
export interface Dimension {
  readonly name: string;
  /** Ascending: numbers by value, other text by code unit; null, of the rows where the cell is missing, last. */
  readonly groups: readonly (string | null)[];
  /** The position in `groups` of each row. */
  readonly codes: Int32Array;
}

/** More than this is no dimension but a measurement, or an identifier. */
const MOST_GROUPS = 10_000;

/** The columns of a table, aligned with the customers, as dimensions: those named, or all but identifiers. */
export function readDimensions(caller: string, by: TableInput, names: readonly string[] | undefined, rowCount: number): readonly Dimension[] {
  const view = readTable(caller, by);
  if (view.names.length > 0 && view.rowCount !== rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs by with one row for each of the ${rowCount} customers, in their order, found ${view.rowCount}`, { expected: rowCount, found: view.rowCount });
  }
  if (!Array.isArray(names ?? [])) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs dimensions as an array of names of columns, found ${describeValue(names)}`, { option: 'dimensions' });
  }
  const isId = (name: string): boolean => (view.source(name) as Partial<Column>).kind === 'id';
  return (names ?? view.names.filter((name) => !isId(name))).map((name) => groupRows(caller, name, view.source(name)));
}

/** One column as a dimension. */
export function groupRows(caller: string, name: string, source: Column | ColumnValues): Dimension {
  const codes = new Int32Array(rowsOf(source));
  const places = new Map<string | undefined, number>();
  for (let row = 0; row < codes.length; row++) {
    const text = cellText(caller, name, row, cellOf(source, row));
    let place = places.get(text);
    if (place === undefined) places.set(text, (place = places.size));
    codes[row] = place;
  }
  if (places.size > MOST_GROUPS) {
    throw new ClientelaError('COLUMN_KIND', `${caller} groups by column "${name}", which has ${places.size} different values; cut it into bands, or leave it out with dimensions`, { column: name });
  }
  const texts = [...places.keys()];
  const known = texts.filter((text) => text !== undefined);
  const numeric = known.every((text) => text.trim() !== '' && Number.isFinite(Number(text)));
  known.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const groups = known.length < texts.length ? [...known, undefined] : known;
  const placeOf = new Map(groups.map((text, place) => [text, place]));
  const sorted = Int32Array.from(texts, (text) => placeOf.get(text)!);
  for (let row = 0; row < codes.length; row++) codes[row] = sorted[codes[row]!]!;
  return { name, groups: groups.map((text) => text ?? null), codes };
}
