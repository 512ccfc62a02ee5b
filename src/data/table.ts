import { ClientelaError } from '../errors.js';
import type { Column } from './column.js';
import { describeValue } from './instant.js';
import { unknownColumn } from './unknownColumn.js';

/** One column as people have it: an array of cells, or a typed array. */
export type ColumnValues = ArrayLike<unknown>;

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

/** The names of the columns as far as the compiler knows them: a misspelt feature does not compile. */
export type ColumnNameOf<Data> =
  Data extends TableLike<infer Names> ? Names : Data extends readonly (infer Row)[] ? keyof Row & string : keyof Data & string;

/** One way to look at the three forms of data, without copying what need not be copied. */
export interface TableView {
  readonly rowCount: number;
  /** All names, in the order of the columns (for rows: of their first appearance). */
  names(): readonly string[];
  /** Whether a column of that name exists. */
  has(name: string): boolean;
  /** The column when the data are a frame, otherwise its cells as they came. Throws `UNKNOWN_COLUMN`. */
  source(name: string): Column | ColumnValues;
}

/**
 * Opens data of any of the three forms.
 *
 * @throws a {@link ClientelaError} `INVALID_INPUT` or `LENGTH_MISMATCH`
 */
export function readTable(caller: string, data: TableInput): TableView {
  if (Array.isArray(data)) return rowsView(caller, data as readonly object[]);
  if (typeof data === 'object' && (data as object | null) !== null) {
    if (isTableLike(data)) return frameView(caller, data);
    if (!('getChild' in data) && !ArrayBuffer.isView(data)) return columnsView(caller, data as Readonly<Record<string, ColumnValues>>);
  }
  throw new ClientelaError(
    'INVALID_INPUT',
    `${caller} needs a Frame, an array of row objects or a record of columns, found ${describeValue(data)}${
      typeof data === 'object' && (data as object | null) !== null && 'getChild' in data ? '; open an Arrow table with Frame.fromArrow' : ''
    }`,
    { function: caller },
  );
}

/** By shape, not by class: the class of frames stays out of what only predicts, and two copies of the library agree. */
export function isTableLike(data: object): data is TableLike {
  return 'rowCount' in data && typeof data.rowCount === 'number' && 'column' in data && typeof data.column === 'function';
}

function frameView(caller: string, frame: TableLike): TableView {
  return {
    rowCount: frame.rowCount,
    names: () => frame.names,
    has: (name) => frame.names.includes(name),
    source(name) {
      if (!frame.names.includes(name)) throw unknownColumn(caller, name, frame.names);
      return frame.column(name);
    },
  };
}

function columnsView(caller: string, columns: Readonly<Record<string, ColumnValues>>): TableView {
  const names = Object.keys(columns);
  const rowCount = names.length === 0 ? 0 : columnLength(caller, names[0]!, columns[names[0]!]);
  for (const name of names) {
    const length = columnLength(caller, name, columns[name]);
    if (length !== rowCount) {
      throw new ClientelaError(
        'LENGTH_MISMATCH',
        `${caller} needs columns of one length, found ${rowCount} values in "${names[0]!}" and ${length} in "${name}"`,
        { function: caller, column: name, expected: rowCount, found: length },
      );
    }
  }
  return {
    rowCount,
    names: () => names,
    has: (name) => Object.hasOwn(columns, name),
    source(name) {
      if (!Object.hasOwn(columns, name)) throw unknownColumn(caller, name, names);
      return columns[name]!;
    },
  };
}

function columnLength(caller: string, name: string, values: unknown): number {
  if (Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values)) return (values as ColumnValues).length;
  throw new ClientelaError(
    'INVALID_INPUT',
    `${caller} needs every column as an array or typed array, found ${describeValue(values)} for "${name}"; a single row goes in an array`,
    { function: caller, column: name },
  );
}

function rowsView(caller: string, rows: readonly object[]): TableView {
  let names: readonly string[] | undefined;
  return {
    rowCount: rows.length,
    names: () => (names ??= namesOfRows(caller, rows)),
    has: (name) => rows.some((row) => name in row),
    source(name) {
      const cells: unknown[] = new Array(rows.length);
      let absent = 0;
      for (let i = 0; i < rows.length; i++) {
        const row = requireRow(caller, rows[i], i);
        const cell = row[name];
        if (cell === undefined) absent++;
        cells[i] = cell;
      }
      // Absent everywhere is a misspelt name, not a column of missing values: those are null.
      if (absent === rows.length && absent > 0 && !rows.some((row) => name in row)) {
        throw unknownColumn(caller, name, namesOfRows(caller, rows));
      }
      return cells;
    },
  };
}

/** The names of all rows, in the order of first appearance; rows of one shape cost one comparison a key. */
export function namesOfRows(caller: string, rows: readonly object[]): readonly string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < rows.length; i++) {
    let position = 0;
    for (const key in requireRow(caller, rows[i], i)) {
      if (names[position] !== key && !seen.has(key)) {
        seen.add(key);
        names.push(key);
      }
      position++;
    }
  }
  return names;
}

/** The row as a record, or the error that names it. */
export function requireRow(caller: string, row: unknown, index: number): Readonly<Record<string, unknown>> {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Readonly<Record<string, unknown>>;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs rows as objects, found ${describeValue(row)} in row ${index}`, {
    function: caller,
    row: index,
  });
}
