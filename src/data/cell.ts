import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/** Plain decimals only: neither hexadecimal, nor `Infinity`, nor a thousands separator, nor a unit. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

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
  if (cell === null || cell === undefined) return NaN;
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell);
  const number = typeof cell === 'string' ? textNumber(cell) : undefined;
  if (number !== undefined) return number;
  throw new ClientelaError(
    'INVALID_VALUE',
    `${caller} reads column "${column}" as numbers, found ${describeValue(cell)} in row ${row}; clean the value, or say in the schema what the column holds`,
    { function: caller, column, row, value: cell },
  );
}

/**
 * A cell as the name of a level: numbers and booleans by their text, blank and absent are `undefined`.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE` naming column, row and value
 */
export function cellText(caller: string, column: string, row: number, cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell.trim() === '' ? undefined : cell;
  if (cell === null || cell === undefined || Number.isNaN(cell)) return undefined;
  if (typeof cell === 'number' || typeof cell === 'boolean' || typeof cell === 'bigint') return String(cell);
  throw new ClientelaError(
    'INVALID_VALUE',
    `${caller} reads column "${column}" as categories, found ${describeValue(cell)} in row ${row}; turn it into text or a number`,
    { function: caller, column, row, value: cell },
  );
}
