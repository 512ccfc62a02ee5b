import { ClientelaError, type ClientelaErrorCode } from '../errors.js';
import { cellText, isBlank, textNumber } from './cell.js';
import type { Column } from './column.js';
import { encodeCells, encodeIntegers, type Encoded } from './eventDictionary.js';
import type { EventRoles } from './eventRoles.js';
import { describeNoInstant, describeValue, instantMillis } from './instant.js';
import { requireKnownOptions } from './options.js';
import type { ColumnValues, TableView } from './table.js';

/** Events as they came, in typed arrays; every row has a customer and a time. */
export interface RawEvents {
  customers: Encoded<string | number>;
  times: Float64Array;
  items: Encoded<string> | undefined;
  amounts: Float64Array | undefined;
  channels: Encoded<string> | undefined;
}

/** How many rows were left out, by the first reason met. */
export interface SkippedRows {
  customer: number;
  time: number;
  amount: number;
}

/** Reads the columns of the roles; doubtful rows are refused by name or, when asked, left out and counted. */
export function readEvents(caller: string, view: TableView, roles: EventRoles, skip: boolean): { events: RawEvents; skipped: SkippedRows } {
  requireRoles(caller, roles);
  const reader = new EventReader(caller, view, skip);
  const customers = reader.customers(roles.customer);
  const times = reader.times(roles.time);
  const amounts = roles.amount === undefined ? undefined : reader.amounts(roles.amount);
  const items = roles.item === undefined ? undefined : reader.levels(roles.item);
  const channels = roles.channel === undefined ? undefined : reader.levels(roles.channel);
  const events = { customers, times, items, amounts, channels };
  return { events: reader.doubtful === undefined ? events : withoutRows(events, reader.doubtful), skipped: reader.skipped };
}

function requireRoles(caller: string, roles: unknown): void {
  if (typeof roles !== 'object' || roles === null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the roles of the columns, { customer, time, item?, amount?, channel? }, found ${describeValue(roles)}`);
  }
  requireKnownOptions(caller, roles, ['customer', 'time', 'item', 'amount', 'channel']);
  for (const role of ['customer', 'time', 'item', 'amount', 'channel'] as const) {
    const name = (roles as Partial<Record<string, unknown>>)[role];
    const optional = role !== 'customer' && role !== 'time';
    if (typeof name === 'string' || (optional && name === undefined)) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the name of a column for ${role}, found ${describeValue(name)}`, { option: role });
  }
}

class EventReader {
  readonly #caller: string;
  readonly #view: TableView;
  readonly #skip: boolean;
  readonly skipped: SkippedRows = { customer: 0, time: 0, amount: 0 };
  doubtful: Uint8Array | undefined;

  constructor(caller: string, view: TableView, skip: boolean) {
    this.#caller = caller;
    this.#view = view;
    this.#skip = skip;
  }

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
    if (this.#skip) for (let row = 0; row < cells.length; row++) if (encoded.codes[row]! < 0) this.#leaveOut('customer', row);
    return withOneIdType(encoded);
  }

  times(name: string): Float64Array {
    const cells = this.#cells(name, true);
    const exact = cells instanceof Float64Array;
    // A column of dates was read before: its numbers are milliseconds.
    const known = isDateColumn(this.#view.source(name));
    const times = exact ? cells : new Float64Array(cells.length);
    for (let row = 0; row < cells.length; row++) {
      const millis = known ? (cells[row] as number) : instantMillis(cells[row]);
      if (!exact) times[row] = millis;
      if (millis === millis) continue;
      if (!this.#skip) throw this.#error(isBlank(cells[row]) ? 'MISSING_VALUE' : 'INVALID_DATE', name, row, cells[row], 'a time (a Date, epoch milliseconds or ISO text such as "2026-06-30T18:00Z")');
      this.#leaveOut('time', row);
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

  amounts(name: string): Float64Array {
    const cells = this.#cells(name, false);
    const exact = cells instanceof Float64Array;
    const amounts = exact ? cells : new Float64Array(cells.length);
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row];
      const amount = amountOf(cell);
      if (!exact) amounts[row] = amount ?? NaN;
      if (amount !== undefined && Math.abs(amount) !== Infinity) continue;
      if (!this.#skip) throw this.#error(amount === undefined ? 'INVALID_VALUE' : 'NON_FINITE_VALUE', name, row, cell, 'a finite amount, or nothing where it is not known');
      this.#leaveOut('amount', row);
    }
    return amounts;
  }

  levels(name: string): Encoded<string> {
    return encodeCells(this.#cells(name, false), (cell, row) => cellText(this.#caller, name, row, cell));
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

  #leaveOut(reason: keyof SkippedRows, row: number): void {
    this.doubtful ??= new Uint8Array(this.#view.rowCount);
    if (this.doubtful[row] === 0) this.skipped[reason]++;
    this.doubtful[row] = 1;
  }
}

/** An identifier is its text: a bigint that a number holds exactly is that number, a larger one is its digits. */
function customerId(cell: unknown): string | number | undefined {
  if (typeof cell === 'string') return isBlank(cell) ? undefined : cell;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell + 0 : undefined;
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell);
  return undefined;
}

/** Where only some identifiers are numbers, all become text, so that 7 and "7" are one customer. */
function withOneIdType(encoded: Encoded<string | number>): Encoded<string | number> {
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

function withoutRows(events: RawEvents, doubtful: Uint8Array): RawEvents {
  const encoded = <Level>({ codes, levels }: Encoded<Level>): Encoded<Level> => ({ codes: codes.filter((_, row) => doubtful[row] === 0), levels });
  const numbers = (values: Float64Array): Float64Array => values.filter((_, row) => doubtful[row] === 0);
  return {
    customers: encoded(events.customers),
    times: numbers(events.times),
    items: events.items && encoded(events.items),
    amounts: events.amounts && numbers(events.amounts),
    channels: events.channels && encoded(events.channels),
  };
}
