import { ClientelaError, type ClientelaErrorCode } from '../errors.js';
import { cellText, isBlank, textNumber } from './cell.js';
import type { Column } from './column.js';
import { encodeCells, encodeIntegers, type Encoded } from './eventDictionary.js';
import { describeNoInstant, describeValue, instantMillis } from './instant.js';
import { requireKnownOptions } from './options.js';
import type { ColumnValues, TableView } from './table.js';

/** How many rows were left out, by the first reason met. */
export interface SkippedRows {
  customer: number;
  time: number;
  amount: number;
  item: number;
}

/** The roles of columns: names for the required ones, a name or nothing for the others, and no other role. */
export function requireRoles(caller: string, roles: unknown, required: readonly string[], optional: readonly string[]): void {
  const known = [...required, ...optional];
  if (typeof roles !== 'object' || roles === null) {
    const wanted = [...required, ...optional.map((role) => `${role}?`)].join(', ');
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the roles of the columns, { ${wanted} }, found ${describeValue(roles)}`);
  }
  requireKnownOptions(caller, roles, known);
  for (const role of known) {
    const name = (roles as Partial<Record<string, unknown>>)[role];
    if (typeof name === 'string' || (name === undefined && optional.includes(role))) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the name of a column for ${role}, found ${describeValue(name)}`, { option: role });
  }
}

/** Reads the columns that make events and holdings; what cannot be read is refused by name or, when asked, marked as doubtful and counted. */
export class RoleReader {
  readonly #caller: string;
  readonly #view: TableView;
  readonly #skip: boolean;
  readonly skipped: SkippedRows = { customer: 0, time: 0, amount: 0, item: 0 };
  doubtful: Uint8Array | undefined;

  constructor(caller: string, view: TableView, skip: boolean) {
    this.#caller = caller;
    this.#view = view;
    this.#skip = skip;
  }

  /** Identifiers, all of one type. */
  customers(name: string): Encoded<string | number> {
    const cells = this.#cells(name, false);
    const integers = encodeIntegers(cells);
    if (integers !== undefined) return integers;
    const encoded = encodeCells(cells, (cell, row) => {
      const id = customerId(cell);
      if (id !== undefined) return id;
      if (!this.#skip) {
        throw this.#error(isBlank(cell) ? 'MISSING_VALUE' : 'INVALID_VALUE', name, row, cell, 'a customer identifier (text, a finite number or a bigint)');
      }
      return undefined;
    });
    if (this.#skip) for (let row = 0; row < cells.length; row++) if (encoded.codes[row]! < 0) this.leaveOut('customer', row);
    return withOneIdType(encoded);
  }

  /** Times in epoch milliseconds; `optional` ones may be missing (`NaN`). */
  times(name: string, optional = false): Float64Array {
    const cells = this.#cells(name, true);
    const exact = cells instanceof Float64Array;
    // A column of dates was read before: its numbers are milliseconds.
    const known = isDateColumn(this.#view.source(name));
    const times = exact ? cells : new Float64Array(cells.length);
    for (let row = 0; row < cells.length; row++) {
      const millis = known ? (cells[row] as number) : instantMillis(cells[row]);
      if (!exact) times[row] = millis;
      if (millis === millis || (optional && isBlank(cells[row]))) continue;
      if (!this.#skip) throw this.#error(isBlank(cells[row]) ? 'MISSING_VALUE' : 'INVALID_DATE', name, row, cells[row], 'a time (a Date, epoch milliseconds or ISO text such as "2026-06-30T18:00Z")');
      this.leaveOut('time', row);
    }
    if (!known) this.#refuseSeconds(name, cells);
    return times;
  }

  /** All of them numbers of seconds from 1973 to 2103: as milliseconds they would be the first weeks of 1970. */
  #refuseSeconds(name: string, cells: ColumnValues): void {
    let found = -1;
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row];
      if (isBlank(cell) || this.doubtful?.[row] === 1) continue;
      if ((typeof cell !== 'number' && typeof cell !== 'bigint') || cell < 1e8 || cell > 4.2e9) return;
      found = row;
    }
    if (found < 0) return;
    const value = cells[found];
    throw new ClientelaError(
      'INVALID_DATE',
      `${this.#caller} needs epoch milliseconds in column "${name}", found only times before 1970-02-19, such as ${describeValue(value)} in row ${found}; multiply by 1000 if they are seconds, or give Dates`,
      { function: this.#caller, column: name, row: found, value },
    );
  }

  /** Finite numbers, `NaN` where missing. */
  amounts(name: string): Float64Array {
    const cells = this.#cells(name, false);
    const exact = cells instanceof Float64Array;
    const amounts = exact ? cells : new Float64Array(cells.length);
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row];
      const amount = amountOf(cell);
      if (!exact) amounts[row] = amount ?? NaN;
      if (amount !== undefined && Math.abs(amount) !== Infinity) continue;
      if (!this.#skip) throw this.#error(amount === undefined ? 'INVALID_VALUE' : 'NON_FINITE_VALUE', name, row, cell, 'a finite amount (a number or text such as "1234.50"), or nothing where it is not known');
      this.leaveOut('amount', row);
    }
    return amounts;
  }

  /** Levels of a category, -1 where missing. */
  levels(name: string): Encoded<string> {
    return encodeCells(this.#cells(name, false), (cell, row) => cellText(this.#caller, name, row, cell));
  }

  /** Levels that must be there. */
  requiredLevels(name: string, expected: string): Encoded<string> {
    const encoded = this.levels(name);
    for (let row = 0; row < encoded.codes.length; row++) {
      if (encoded.codes[row]! >= 0) continue;
      if (!this.#skip) throw this.#error('MISSING_VALUE', name, row, undefined, expected);
      this.leaveOut('item', row);
    }
    return encoded;
  }

  /** The cells of a column; a column of dates has no other use than as the time. */
  #cells(name: string, dates: boolean): ColumnValues {
    const source = this.#view.source(name);
    if (!('kind' in source)) return source;
    if (source.kind !== 'date' || dates) return columnCells(source);
    throw new ClientelaError('COLUMN_KIND', `${this.#caller} cannot use column "${name}" of kind date except as time`, { function: this.#caller, column: name, kind: 'date' });
  }

  #error(code: ClientelaErrorCode, column: string, row: number, value: unknown, expected: string): ClientelaError {
    return new ClientelaError(
      code,
      `${this.#caller} needs ${expected} in column "${column}", found ${code === 'INVALID_DATE' ? describeNoInstant(value) : describeValue(value)} in row ${row}; correct the value, or leave such rows out with invalid: 'skip'`,
      { function: this.#caller, column, row, value },
    );
  }

  /** Marks a row that the caller found doubtful. */
  leaveOut(reason: keyof SkippedRows, row: number): void {
    this.doubtful ??= new Uint8Array(this.#view.rowCount);
    if (this.doubtful[row] === 0) this.skipped[reason]++;
    this.doubtful[row] = 1;
  }
}

/** An identifier is its text: a bigint that a number holds exactly is that number, a larger one is its digits. */
export function customerId(cell: unknown): string | number | undefined {
  if (typeof cell === 'string') return isBlank(cell) ? undefined : cell;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell + 0 : undefined;
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell);
  return undefined;
}

/** Where only some identifiers are numbers, all become text, so that 7 and "7" are one customer. */
export function withOneIdType(encoded: Encoded<string | number>): Encoded<string | number> {
  const { codes, levels } = encoded;
  if (levels.every((level) => typeof level === 'string') || levels.every((level) => typeof level === 'number')) return encoded;
  const texts = encodeCells<string>(levels, String);
  return { codes: codes.map((code) => (code < 0 ? code : texts.codes[code]!)), levels: texts.levels };
}

/** `NaN` for missing, undefined for what is no number. */
function amountOf(cell: unknown): number | undefined {
  if (cell === null || cell === undefined) return NaN;
  if (typeof cell === 'string') return textNumber(cell);
  return typeof cell === 'number' || typeof cell === 'bigint' ? Number(cell) : undefined;
}

function isDateColumn(source: object): boolean {
  return 'kind' in source && source.kind === 'date';
}

function columnCells(column: Column): ColumnValues {
  if (column.kind === 'category') return Array.from(column.codes, (code) => column.levels[code]);
  if (column.kind === 'boolean') return Array.from(column.values, (value) => (value < 0 ? undefined : value === 1));
  return column.values;
}
