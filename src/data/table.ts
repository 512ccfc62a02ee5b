import { ClientelaError } from '../errors.js';
import type { Column } from './column.js';
import { describeValue } from './instant.js';
import { unknownColumn } from './unknownColumn.js';

/** One column as people have it: an array of cells, or a typed array; text, which has a length too, is none. */
export type ColumnValues = ArrayLike<unknown> & object;

/** What a `Frame` is to those who only read it. */
export interface TableLike<Names extends string = string> {
  /** How many rows. */
  readonly rowCount: number;
  /** The names of the columns, in their order. */
  readonly names: readonly Names[];
  /** The column of that name. */
  column(name: Names): Column;
}

/**
 * Data as people have it: a `Frame`, an array of row objects, or a record of columns (arrays or typed arrays of one length).
 */
export type TableInput<Names extends string = string> =
  | TableLike<Names>
  | readonly object[]
  | Readonly<Record<Names, ColumnValues>>;

/**
 * What functions take that check names against the data: a {@link TableInput}, or a record of columns declared as an interface, which
 * TypeScript lets pass only where its own names are asked for.
 */
export type TableOf<Data> = TableInput | { readonly [Name in keyof Data]: ColumnValues };

/**
 * The names of the columns as far as the compiler knows them: a misspelt feature does not compile. Of rows of several types any of
 * their names; of rows of which nothing is known any text.
 */
export type ColumnNameOf<Data> = Data extends TableLike<infer Names>
  ? Names
  : Data extends readonly (infer Row)[]
    ? [Row] extends [never]
      ? string
      : Row extends unknown
        ? [keyof Row] extends [never]
          ? string
          : keyof Row & string
        : never
    : keyof Data & string;

/** One way to look at the three forms of data, without copying what need not be copied. */
export interface TableView {
  readonly rowCount: number;
  /** All names, in the order of the columns (for rows: of their first appearance). */
  readonly names: readonly string[];
  /** The column when the data are a frame, otherwise its cells as they came. Throws `UNKNOWN_COLUMN`. */
  source(name: string): Column | ColumnValues;
}

/**
 * Opens data of any of the three forms. A frame is known by its shape, not by its class: so the class stays out of what only
 * predicts, and two copies of the library agree.
 *
 * @throws a {@link ClientelaError} `INVALID_INPUT` or `LENGTH_MISMATCH`
 */
export function readTable<Data>(caller: string, data: TableOf<Data>): TableView {
  const [rowCount, names, read]: Opened = Array.isArray(data)
    ? [data.length, namesOfRows(caller, data), (name) => data.map((row: Readonly<Record<string, unknown>>) => row[name])]
    : openColumns(caller, data as TableLike);
  return {
    rowCount,
    names,
    source(name) {
      // No rows have no names, and any column of theirs is empty.
      if (names.includes(name) || (data as Partial<readonly object[]>).length === 0) return read(name);
      throw unknownColumn(caller, name, names);
    },
  };
}

type Opened = [rowCount: number, names: readonly string[], read: (name: string) => Column | ColumnValues];

function openColumns(caller: string, data: TableLike | Readonly<Record<string, ColumnValues>>): Opened {
  const given = Object(data) as object;
  if (given !== data || 'getChild' in given) {
    const found = given === data ? 'an Arrow table; use Frame.fromArrow' : describeValue(data);
    throw new ClientelaError('INVALID_INPUT', `${caller} needs a Frame, rows as objects or columns as arrays, found ${found}`);
  }
  if (typeof data.column === 'function') return [(data as TableLike).rowCount, (data as TableLike).names, (name) => (data as TableLike).column(name)];
  const columns = data as Readonly<Record<string, ColumnValues>>;
  const names = Object.keys(columns);
  let rowCount = 0;
  names.forEach((column, at) => {
    const values = columns[column];
    if (!Array.isArray(values) && !ArrayBuffer.isView(values)) {
      throw new ClientelaError('INVALID_INPUT', `${caller} needs every column as an array, found ${describeValue(values)} for "${column}"; one row goes in an array`, { column });
    }
    const { length } = values as ColumnValues;
    if (at === 0) rowCount = length;
    if (length === rowCount) return;
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs columns of one length, found ${rowCount} values in "${names[0]!}" and ${length} in "${column}"`, { column });
  });
  return [rowCount, names, (name) => columns[name]!];
}

/** The names of all rows, in the order of first appearance; rows of one shape cost one comparison a key. */
export function namesOfRows(caller: string, rows: readonly object[]): readonly string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  rows.forEach((row, index) => {
    if (row !== Object(row) || Array.isArray(row)) {
      throw new ClientelaError('INVALID_INPUT', `${caller} needs rows as objects, found ${describeValue(row)} in row ${index}`, { row: index });
    }
    let position = 0;
    for (const key in row) {
      if (names[position++] === key || seen.has(key)) continue;
      seen.add(key);
      names.push(key);
    }
  });
  return names;
}
