import { ClientelaError } from '../errors.js';
import { textNumber } from './cell.js';
import type { Column, ColumnKind } from './column.js';
import { convertColumn } from './convertColumn.js';
import { describeValue } from './instant.js';

/**
 * Builds one column from cells as they come, block by block.
 *
 * The first known cell says what to expect (numbers, or text); as long as that holds, cells go straight into a typed
 * array or a dictionary. The first cell that breaks it moves the column to a list of raw cells, judged at the end.
 */
export class ColumnBuilder {
  readonly #caller: string;
  readonly #name: string;
  readonly #rowCount: number;
  #mode: 'unknown' | 'number' | 'text' | 'raw' = 'unknown';
  #row = 0;
  #numbers: Float64Array = new Float64Array(0);
  #codes: Int32Array = new Int32Array(0);
  #codeOf: Map<string, number> = new Map();
  #raw: unknown[] = [];

  constructor(caller: string, name: string, rowCount: number) {
    this.#caller = caller;
    this.#name = name;
    this.#rowCount = rowCount;
  }

  /** Takes `count` cells from the start of `cells`. */
  push(cells: ArrayLike<unknown>, count: number): void {
    let done = 0;
    while (done < count) {
      if (this.#mode === 'number') done = this.#pushNumbers(cells, done, count);
      else if (this.#mode === 'text') done = this.#pushTexts(cells, done, count);
      else if (this.#mode === 'raw') done = this.#pushRaw(cells, done, count);
      else done = this.#start(cells, done, count);
    }
  }

  /** The column, of the kind asked for or of the kind the cells show. */
  finish(kind?: ColumnKind): Column {
    return convertColumn(this.#caller, this.#name, this.#inferred(kind), kind);
  }

  /** Skips what is missing at the start; the first known cell chooses the mode. */
  #start(cells: ArrayLike<unknown>, from: number, count: number): number {
    let i = from;
    while (i < count && isBlank(cells[i])) i++;
    this.#row += i - from;
    if (i === count) return i;
    const first = cells[i];
    if (typeof first === 'number') {
      this.#mode = 'number';
      this.#numbers = new Float64Array(this.#rowCount).fill(NaN);
    } else if (typeof first === 'string') {
      this.#mode = 'text';
      this.#codes = new Int32Array(this.#rowCount).fill(-1);
    } else this.#toRaw();
    return i;
  }

  #pushNumbers(cells: ArrayLike<unknown>, from: number, count: number): number {
    const numbers = this.#numbers;
    let row = this.#row;
    let i = from;
    for (; i < count; i++, row++) {
      const cell = cells[i];
      if (typeof cell === 'number') numbers[row] = cell;
      else if (!isBlank(cell)) break;
    }
    this.#row = row;
    if (i < count) this.#toRaw();
    return i;
  }

  #pushTexts(cells: ArrayLike<unknown>, from: number, count: number): number {
    const codes = this.#codes;
    const codeOf = this.#codeOf;
    let row = this.#row;
    let i = from;
    for (; i < count; i++, row++) {
      const cell = cells[i];
      if (typeof cell === 'string') {
        let code = codeOf.get(cell);
        if (code === undefined) {
          code = isBlank(cell) ? -1 : codeOf.size;
          if (code >= 0) codeOf.set(cell, code);
        }
        codes[row] = code;
      } else if (!isBlank(cell)) break;
    }
    this.#row = row;
    if (i < count) this.#toRaw();
    return i;
  }

  #pushRaw(cells: ArrayLike<unknown>, from: number, count: number): number {
    for (let i = from; i < count; i++) this.#raw[this.#row++] = cells[i];
    return count;
  }

  #toRaw(): void {
    const raw: unknown[] = new Array(this.#rowCount).fill(undefined);
    if (this.#mode === 'number') for (let i = 0; i < this.#row; i++) raw[i] = this.#numbers[i];
    if (this.#mode === 'text') {
      const levels = [...this.#codeOf.keys()];
      for (let i = 0; i < this.#row; i++) raw[i] = this.#codes[i]! < 0 ? undefined : levels[this.#codes[i]!];
    }
    this.#mode = 'raw';
    this.#raw = raw;
  }

  #inferred(kind: ColumnKind | undefined): Column {
    if (this.#mode === 'unknown') return { kind: 'number', values: new Float64Array(this.#rowCount).fill(NaN) };
    if (this.#mode === 'number') return { kind: 'number', values: this.#numbers };
    if (this.#mode === 'raw') return rawColumn(this.#caller, this.#name, this.#raw, kind);
    const levels = [...this.#codeOf.keys()];
    return (kind === undefined ? numericLevels(this.#codes, levels) : undefined) ?? { kind: 'category', codes: this.#codes, levels };
  }
}

/** Missing in every kind of column: absent, `NaN`, and text of nothing but blanks. */
function isBlank(cell: unknown): boolean {
  if (cell === undefined || cell === null) return true;
  if (typeof cell === 'number') return Number.isNaN(cell);
  // The first character settles it for nearly every text.
  return typeof cell === 'string' && (cell.length === 0 || (cell.charCodeAt(0) <= 32 && cell.trim() === ''));
}

/** Text all of whose levels are plain decimals is a column of numbers. */
function numericLevels(codes: Int32Array, levels: readonly string[]): Column | undefined {
  const numbers = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    const number = textNumber(levels[i]!);
    if (number === undefined) return undefined;
    numbers[i] = number;
  }
  const values = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = codes[i]! < 0 ? NaN : numbers[codes[i]!]!;
  return { kind: 'number', values };
}

/** What mixed cells are: booleans, dates, numbers (some written as text or bigint), else categories. */
function rawColumn(caller: string, name: string, raw: readonly unknown[], kind: ColumnKind | undefined): Column {
  const kinds = new Set<string>();
  for (let i = 0; i < raw.length; i++) kinds.add(cellKind(caller, name, raw[i], i));
  kinds.delete('blank');
  if (kinds.size === 1 && kinds.has('boolean')) {
    return { kind: 'boolean', values: Int8Array.from(raw, (cell) => (isBlank(cell) ? -1 : Number(cell))) };
  }
  if (kinds.size === 1 && kinds.has('date')) {
    return { kind: 'date', values: Float64Array.from(raw, (cell) => (isBlank(cell) ? NaN : (cell as Date).getTime())) };
  }
  if (kinds.has('date') && kind !== 'date') {
    throw new ClientelaError('COLUMN_KIND', `${caller} found dates beside other values in column "${name}"; say in the schema what it holds`, {
      function: caller,
      column: name,
    });
  }
  if (!kinds.has('text') && !kinds.has('boolean') && !kinds.has('date')) {
    return { kind: 'number', values: Float64Array.from(raw, (cell) => (isBlank(cell) ? NaN : Number(cell))) };
  }
  const codes = new Int32Array(raw.length);
  const codeOf = new Map<string, number>();
  for (let i = 0; i < raw.length; i++) {
    const cell = raw[i];
    codes[i] = isBlank(cell) ? -1 : codeFor(codeOf, cell instanceof Date ? cell.toISOString() : String(cell));
  }
  const levels = [...codeOf.keys()];
  return (kind === undefined && !kinds.has('boolean') ? numericLevels(codes, levels) : undefined) ?? { kind: 'category', codes, levels };
}

function codeFor(codeOf: Map<string, number>, text: string): number {
  const code = codeOf.get(text) ?? codeOf.size;
  if (code === codeOf.size) codeOf.set(text, code);
  return code;
}

function cellKind(caller: string, name: string, cell: unknown, row: number): string {
  if (isBlank(cell)) return 'blank';
  if (typeof cell === 'number' || typeof cell === 'bigint') return 'number';
  if (typeof cell === 'string') return 'text';
  if (typeof cell === 'boolean') return 'boolean';
  if (cell instanceof Date) {
    if (!Number.isNaN(cell.getTime())) return 'date';
    throw new ClientelaError('INVALID_DATE', `${caller} found an invalid Date in column "${name}", row ${row}; use null where the date is not known`, {
      function: caller,
      column: name,
      row,
    });
  }
  throw new ClientelaError(
    'INVALID_VALUE',
    `${caller} takes numbers, text, booleans and Dates in a cell, found ${describeValue(cell)} in column "${name}", row ${row}`,
    { function: caller, column: name, row, value: cell },
  );
}
