import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/** Plain decimals only: neither hexadecimal, nor `Infinity`, nor a thousands separator, nor a unit. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Text as a number: blank is missing (`NaN`); what is no plain decimal is `undefined`. */
export function textNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return NaN;
  return DECIMAL.test(trimmed) ? Number(trimmed) : undefined;
}

/**
 * A cell as a number: booleans are 1 and 0, blank and absent are `NaN`.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE` naming column, row and value
 */
export function cellNumber(caller: string, column: string, row: number, cell: unknown): number {
  if (typeof cell === 'number') return cell;
  if (isBlank(cell)) return NaN;
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell);
  const number = typeof cell === 'string' ? textNumber(cell) : undefined;
  return number ?? refuse(caller, column, row, cell, 'numbers', 'clean the value, or say in the schema what the column holds');
}

/**
 * A cell as the name of a level: numbers and booleans by their text, blank and absent are `undefined`.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE` naming column, row and value
 */
export function cellText(caller: string, column: string, row: number, cell: unknown): string | undefined {
  if (isBlank(cell)) return undefined;
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' || typeof cell === 'bigint') return String(cell);
  return refuse(caller, column, row, cell, 'categories', 'turn it into text or a number');
}

/** Missing in every kind of column: absent, `NaN`, and text of nothing but white space (that of Unicode: a no-break space too). */
export function isBlank(cell: unknown): boolean {
  // A first character of ASCII settles it for nearly every text.
  if (typeof cell === 'string') return !(cell.charCodeAt(0) > 32 && cell.charCodeAt(0) < 128) && cell.trim() === '';
  return Number.isNaN(cell ?? NaN);
}

function refuse(caller: string, column: string, row: number, value: unknown, as: string, remedy: string): never {
  throw new ClientelaError('INVALID_VALUE', `${caller} reads column "${column}" as ${as}, found ${describeValue(value)} in row ${row}; ${remedy}`, { column, row, value });
}
