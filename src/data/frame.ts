import { ClientelaError } from '../errors.js';
import { arrowColumns } from './arrow.js';
import type { Column, ColumnKind } from './column.js';
import { cellAt } from './cellAt.js';
import { columnAs } from './columnAs.js';
import { concatColumns } from './concatColumns.js';
import type { CustomerValues } from './customerValues.js';
import { describeColumn, type ColumnSummary } from './describeColumn.js';
import { describeValue } from './instant.js';
import { splitIndexes, type SplitOptions } from './splitIndexes.js';
import { numberColumns } from './numberColumns.js';
import { namesOfRows, type ColumnValues } from './table.js';
import { rowsOf } from './replayColumn.js';
import { takeColumn } from './takeColumn.js';
import { unknownColumn } from './unknownColumn.js';
import { idsOf, valuesForCustomers } from './valuesForCustomers.js';

/** One cell of a `Frame` as a plain value; missing is `null`. */
export type CellValue = number | string | boolean | Date | null;

/** The kind of each column that should not be guessed. */
export type Schema<Names extends string = string> = { readonly [Name in Names]?: ColumnKind };

/**
 * A table held by columns: typed arrays of numbers, dates and booleans, and codes into named levels. It never changes;
 * every method that seems to change it gives a new one that shares the columns it can.
 *
 * One rule says what a column holds, unless the schema says it. Blank text, `null`, `undefined` and `NaN` are missing.
 * Numbers are a column of numbers; so is text all of whose known values are plain decimals (`"29.85"`). Digits that a number would
 * not give back are none: with a leading zero (`"007"`), or whole and beyond 2^53. Booleans are
 * booleans, `Date`s dates. Everything else is a column of categories. Dates written as text are read only when the
 * schema says `'date'`; `'id'` marks what names the row, which no model takes as a feature; a bigint beyond 2^53 needs a schema.
 * Words such as `"yes"` are booleans only when the schema says so: then it must say so too of the rows that a model scores later.
 *
 * The typed arrays of its columns are shared, not copied: read them, do not write to them.
 *
 * @example
 * ```ts
 * const frame = Frame.fromRows([
 *   { customer: 'c1', plan: 'gold', spend: '29.85', since: '2024-02-29' },
 *   { customer: 'c2', plan: 'basic', spend: ' ', since: '2025-01-31' },
 * ], { customer: 'id', since: 'date' });
 * frame.names; // => ['customer', 'plan', 'spend', 'since']
 * frame.row(1); // => { customer: 'c2', plan: 'basic', spend: null, since: new Date('2025-01-31T00:00:00Z') }
 * ```
 */
export class Frame<Names extends string = string> {
  readonly #columns: ReadonlyMap<string, Column>;
  /** How many rows. */
  readonly rowCount: number;
  /** The names of the columns, in their order. */
  readonly names: readonly Names[];

  /** @internal */
  constructor(columns: ReadonlyMap<string, Column>, rowCount: number) {
    if (!(columns instanceof Map)) throw new ClientelaError('INVALID_INPUT', 'Frame is made by Frame.fromRows, Frame.fromColumns or Frame.fromArrow, not by new');
    this.#columns = columns;
    this.rowCount = rowCount;
    this.names = [...columns.keys()] as Names[];
  }

  /**
   * A frame from row objects; its columns are all the names that occur, in the order of first appearance.
   *
   * Linear in the number of cells: 1M rows of 20 numbers take about as long as a bare loop that fills typed arrays.
   *
   * @param rows - objects, one a row; an absent property is missing
   * @param schema - the kind of each column that should not be guessed
   * @returns a frame of as many rows
   * @throws a {@link ClientelaError} `INVALID_INPUT` for what is no row, `INVALID_VALUE` or `INVALID_DATE` for a value that the schema
   * (or, of a bigint beyond 2^53, a number) does not allow, `COLUMN_KIND` for dates beside other values, `UNKNOWN_COLUMN` for a name of the schema that no row has
   */
  static fromRows<Row extends object>(rows: readonly Row[], schema: Schema<keyof Row & string> = {}): Frame<keyof Row & string> {
    const caller = 'Frame.fromRows';
    if (!Array.isArray(rows)) {
      throw new ClientelaError('INVALID_INPUT', `${caller} needs an array of row objects, found ${describeValue(rows)}${typeof rows === 'string' ? '; parse the text first' : ''}`);
    }
    const names = namesOfRows(caller, rows);
    requireSchema(caller, schema, names);
    const kinds = kindsOf(schema);
    const numbers = numberColumns(rows, names.map((name) => ((kinds.get(name) ?? 'number') === 'number' ? name : undefined)));
    return new Frame(
      new Map(names.map((name, c) => [name, numbers[c] ?? columnAs(caller, name, rows.map((row) => (row as Record<string, unknown>)[name]), kinds.get(name))])),
      rows.length,
    );
  }

  /**
   * A frame from a record of columns. A `Float64Array` is taken as it is, without a copy, so that a million rows cost nothing.
   * JavaScript puts names that are whole numbers (`2024`) before all others in a record.
   *
   * @param columns - arrays, typed arrays or columns of another frame, all of one length
   * @param schema - the kind of each column that should not be guessed
   * @returns a frame of as many rows as the columns are long
   * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `INVALID_INPUT` for a column that cannot be one, or as {@link Frame.fromRows}
   * @example
   * ```ts
   * const frame = Frame.fromColumns({ spend: new Float64Array([12, 7.5]), plan: ['gold', 'basic'] });
   * frame.column('spend').kind; // => 'number'
   * ```
   */
  static fromColumns<Names extends string>(
    columns: Readonly<Record<Names, ColumnValues | Column>>,
    schema: Schema<NoInfer<Names>> = {},
  ): Frame<Names> {
    return new Frame(...heldColumns('Frame.fromColumns', Object.entries(columns), schema));
  }

  /**
   * A frame from an Apache Arrow table, as apache-arrow, DuckDB and Parquet readers give it, or from an Arquero table. The table
   * is known by its shape, so that any version serves and none is a dependency. Float64 columns without nulls in one chunk are not copied.
   *
   * @param table - an Arrow `Table` or an Arquero `ColumnTable`
   * @param schema - the kind of each column that should not be taken from the table
   * @returns a frame of as many rows
   * @throws a {@link ClientelaError} `INVALID_INPUT` when it is neither, `DUPLICATE_COLUMN`, or as {@link Frame.fromColumns}
   */
  static fromArrow(table: unknown, schema: Schema = {}): Frame {
    const caller = 'Frame.fromArrow';
    return new Frame(...heldColumns(caller, [...arrowColumns(caller, table)], schema));
  }

  /**
   * The column of that name: its kind and typed arrays.
   *
   * @param name - the name of a column
   * @returns the column itself, shared
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, with the nearest name
   */
  column(name: Names): Column {
    const column = this.#columns.get(name);
    if (column === undefined) throw unknownColumn('Frame.column', name, this.names);
    return column;
  }

  /**
   * The values of a column as plain values; missing is `null`.
   *
   * @param name - the name of a column
   * @returns numbers, text, booleans or `Date`s, one a row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`
   */
  values(name: Names): CellValue[] {
    const column = this.column(name);
    return Array.from({ length: this.rowCount }, (_, row) => cellAt(column, row));
  }

  /**
   * Who the rows are: the values of the column of kind `id`.
   *
   * @returns one identifier a row
   * @throws a {@link ClientelaError} `COLUMN_KIND` when the frame has no such column, or several
   */
  ids(): readonly (string | number)[] {
    return idsOf('Frame.ids', this);
  }

  /**
   * One row as an object; missing is `null`.
   *
   * @param index - from 0 to `rowCount - 1`
   * @returns a new object with every column
   * @throws a {@link ClientelaError} `INVALID_OPTION` for an index that is no row
   */
  row(index: number): Record<Names, CellValue> {
    this.#requireIndex('Frame.row', index);
    return this.#rowAt(index);
  }

  /**
   * All rows as objects; missing is `null`.
   *
   * @returns one new object a row
   */
  toRows(): Record<Names, CellValue>[] {
    return Array.from({ length: this.rowCount }, (_, index) => this.#rowAt(index));
  }

  /**
   * The frame with these columns only, in the order given.
   *
   * @param names - names of columns
   * @returns a frame that shares those columns
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN` or `DUPLICATE_COLUMN`
   */
  select<Name extends Names>(names: readonly Name[]): Frame<Name> {
    const columns = new Map<string, Column>();
    for (const name of names) {
      if (columns.has(name)) throw new ClientelaError('DUPLICATE_COLUMN', `Frame.select names column "${name}" twice`, { column: name });
      columns.set(name, this.column(name));
    }
    return new Frame(columns, this.rowCount);
  }

  /**
   * The frame without these columns.
   *
   * @param names - names of columns
   * @returns a frame that shares the others
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`
   */
  without<Name extends Names>(names: readonly Name[]): Frame<Exclude<Names, Name>> {
    for (const name of names) this.column(name);
    const dropped = new Set<string>(names);
    return this.select(this.names.filter((name): name is Exclude<Names, Name> => !dropped.has(name)));
  }

  /**
   * The rows for which a test holds, in their order.
   *
   * @param test - called with each row as an object and its index
   * @returns a new frame
   */
  filter(test: (row: Record<Names, CellValue>, index: number) => boolean): Frame<Names> {
    const kept: number[] = [];
    for (let index = 0; index < this.rowCount; index++) if (test(this.#rowAt(index), index)) kept.push(index);
    return this.take(kept);
  }

  /**
   * The rows at these positions, in the order given; a position may occur more than once.
   *
   * @param indexes - positions from 0 to `rowCount - 1`
   * @returns a new frame of as many rows as positions
   * @throws a {@link ClientelaError} `INVALID_OPTION` for an index that is no row
   */
  take(indexes: ArrayLike<number>): Frame<Names> {
    for (let i = 0; i < indexes.length; i++) this.#requireIndex('Frame.take', indexes[i]!);
    return new Frame(new Map([...this.#columns].map(([name, column]) => [name, takeColumn(column, indexes)])), indexes.length);
  }

  /**
   * The frame with one column more, or with that column replaced.
   *
   * @param name - the name of the column
   * @param values - one value a row, a column, or what an `EventLog` gives per customer (`{ customers, values }`): that is matched by
   * identifier with the frame's `id` column, never by position
   * @param kind - what the column holds; guessed from its values by default
   * @returns a new frame that shares the other columns
   * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, or `COLUMN_KIND` when the frame has no `id` column to match by
   */
  withColumn<Name extends string>(name: Name, values: ColumnValues | Column | CustomerValues, kind?: ColumnKind): Frame<Names | Name> {
    const caller = 'Frame.withColumn';
    const matched = 'customers' in values ? valuesForCustomers(caller, this, values) : values;
    const column = asColumn(caller, name, matched, kind);
    requireLength(caller, name, column, this.rowCount, 'the frame');
    return new Frame(new Map([...this.#columns, [name, column]]), this.rowCount);
  }

  /**
   * The rows of this frame, then those of the others.
   *
   * @param others - frames with the same columns of the same kinds, in any order
   * @returns a new frame
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN` or `COLUMN_KIND` when the columns differ
   */
  concat(...others: readonly Frame<Names>[]): Frame<Names> {
    const rowCount = others.reduce((sum, other) => sum + other.rowCount, this.rowCount);
    return new Frame(concatColumns('Frame.concat', [this, ...others]), rowCount);
  }

  /**
   * Two frames: a share of the rows drawn by chance, and the rest, both in the order of the rows.
   *
   * @param options - `fraction` of the first (0.5), `seed` (1), `stratify`: a column whose values are to be equally frequent in both
   * @returns the drawn rows and the others
   * @throws a {@link ClientelaError} `INVALID_OPTION` or `UNKNOWN_COLUMN`
   * @example
   * ```ts
   * const frame = Frame.fromColumns({ age: [31, 42, 53, 64], bought: [0, 1, 0, 1] });
   * const [train, test] = frame.split({ fraction: 0.5, seed: 7, stratify: 'bought' });
   * [train.rowCount, test.rowCount]; // => [2, 2]
   * ```
   */
  split(options: SplitOptions<Names> = {}): [Frame<Names>, Frame<Names>] {
    const [first, second] = splitIndexes('Frame.split', this, options);
    return [this.take(first), this.take(second)];
  }

  /**
   * What each column holds, in figures: counts, missing values, mean, spread and quartiles, or the most frequent levels.
   *
   * @returns one summary a column
   */
  describe(): ColumnSummary<Names>[] {
    return this.names.map((name) => describeColumn(name, this.column(name)));
  }

  #rowAt(index: number): Record<Names, CellValue> {
    const row: Record<string, CellValue> = {};
    for (const [name, column] of this.#columns) row[name] = cellAt(column, index);
    return row;
  }

  #requireIndex(caller: string, index: number): void {
    if (Number.isInteger(index) && index >= 0 && index < this.rowCount) return;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs an index from 0 to ${this.rowCount - 1}, found ${describeValue(index)}`, { value: index });
  }
}

function requireSchema(caller: string, schema: object, names: readonly string[]): void {
  for (const name of Object.keys(schema)) if (!names.includes(name)) throw unknownColumn(caller, name, names);
}

// As a map, so that a column called `constructor` finds no kind.
function kindsOf(schema: Schema): Map<string, ColumnKind> {
  return new Map(Object.entries(schema as Readonly<Record<string, ColumnKind>>));
}

function heldColumns(caller: string, columns: readonly [name: string, values: ColumnValues | Column][], schema: Schema): [Map<string, Column>, rowCount: number] {
  const names = columns.map(([name]) => name);
  requireSchema(caller, schema, names);
  const kinds = kindsOf(schema);
  const held = new Map(columns.map(([name, values]) => [name, asColumn(caller, name, values, kinds.get(name))]));
  const rowCount = held.size === 0 ? 0 : rowsOf(held.get(names[0]!)!);
  for (const [name, column] of held) requireLength(caller, name, column, rowCount, `"${names[0]!}"`);
  return [held, rowCount];
}

function asColumn(caller: string, name: string, values: ColumnValues | Column, kind: ColumnKind | undefined): Column {
  if (typeof values !== 'object' || (values as object | null) === null || !('kind' in values || 'length' in values)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs column "${name}" as an array or typed array, found ${describeValue(values)}`, { column: name });
  }
  return columnAs(caller, name, values, kind);
}

function requireLength(caller: string, name: string, column: Column, rowCount: number, other: string): void {
  const found = rowsOf(column);
  if (found === rowCount) return;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one value a row: ${other} has ${rowCount} rows, column "${name}" has ${found}`, {
    column: name,
    expected: rowCount,
    found,
  });
}
