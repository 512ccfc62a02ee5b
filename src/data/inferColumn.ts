import { ClientelaError } from '../errors.js';
import { isBlank, textNumber } from './cell.js';
import type { CategoryColumn, Column } from './column.js';
import { describeValue } from './instant.js';
import type { ColumnValues } from './table.js';

/**
 * The column that cells show by themselves: all numbers (or text that is all plain decimals), all booleans, all dates, otherwise
 * categories. A `Float64Array` is taken as it is. Two passes over the cells: what they are, then what they hold.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE` or `COLUMN_KIND`
 */
export function inferColumn(caller: string, name: string, cells: ColumnValues): Column {
  if (cells instanceof Float64Array) return { kind: 'number', values: cells };
  const { numbers, texts, booleans, dates } = countKinds(caller, name, cells);
  if (dates > 0 && numbers + texts + booleans > 0) {
    throw new ClientelaError('COLUMN_KIND', `${caller} found dates beside other values in column "${name}"; say in the schema what it holds`, { column: name });
  }
  if (booleans > 0 && numbers + texts === 0) return { kind: 'boolean', values: fill(caller, name, cells, new Int8Array(cells.length), -1) };
  if (booleans + texts === 0) return { kind: dates > 0 ? 'date' : 'number', values: fill(caller, name, cells, new Float64Array(cells.length), NaN) };
  const column = categoryColumn(cells.length, (row) => (isBlank(cells[row]) ? undefined : String(cells[row])));
  return (booleans === 0 ? numericColumn(column) : undefined) ?? column;
}

/** By a loop: `from` with a function takes several times as long. */
function fill<Values extends Int8Array | Float64Array>(caller: string, name: string, cells: ColumnValues, values: Values, missing: number): Values {
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    values[row] = isBlank(cell) ? missing : Number(cell);
    if (typeof cell === 'bigint' && !Number.isSafeInteger(values[row])) throw unsafeInteger(caller, name, row, cell);
  }
  return values;
}

function unsafeInteger(caller: string, column: string, row: number, value: bigint): ClientelaError {
  const remedy = 'give it kind "id" in the schema, or "category" or "number"';
  return new ClientelaError('INVALID_VALUE', `${caller} cannot hold ${value} in column "${column}", row ${row}, exactly as a number; ${remedy}`, { column, row, value });
}

/** Categories from the text of each row, levels in the order of first appearance; `undefined` is missing. */
export function categoryColumn(rowCount: number, textOf: (row: number) => string | undefined): CategoryColumn {
  const codes = new Int32Array(rowCount);
  const codeOf = new Map<string, number>();
  for (let row = 0; row < rowCount; row++) {
    const text = textOf(row);
    let code = text === undefined ? -1 : codeOf.get(text);
    if (code === undefined) codeOf.set(text!, (code = codeOf.size));
    codes[row] = code;
  }
  return { kind: 'category', codes, levels: [...codeOf.keys()] };
}

/** Digits that a number would not give back: with a leading zero (`007`), or whole and beyond 2^53. They name something. */
function isIdentifier(text: string): boolean {
  return /^[+-]?0\d/.test(text) || (/^[+-]?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text)));
}

interface KindCounts {
  numbers: number;
  texts: number;
  booleans: number;
  dates: number;
}

function countKinds(caller: string, name: string, cells: ColumnValues): KindCounts {
  const counts: KindCounts = { numbers: 0, texts: 0, booleans: 0, dates: 0 };
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (typeof cell === 'number') counts.numbers++;
    else if (isBlank(cell)) continue;
    else if (typeof cell === 'string') counts.texts++;
    else if (typeof cell === 'boolean') counts.booleans++;
    else if (typeof cell === 'bigint') counts.numbers++;
    else if (cell instanceof Date && !Number.isNaN(cell.getTime())) counts.dates++;
    else {
      throw new ClientelaError(
        'INVALID_VALUE',
        `${caller} takes numbers, text, booleans and Dates in a cell, found ${describeValue(cell)} in column "${name}", row ${row}; use null where it is not known`,
        { column: name, row, value: cell },
      );
    }
  }
  return counts;
}

/** Categories all of whose levels are plain decimals are numbers. */
function numericColumn({ codes, levels }: CategoryColumn): Column | undefined {
  const numbers: number[] = [];
  for (const level of levels) {
    const number = textNumber(level);
    if (number === undefined || isIdentifier(level.trim())) return undefined;
    numbers.push(number);
  }
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = numbers[codes[row]!] ?? NaN;
  return { kind: 'number', values };
}
