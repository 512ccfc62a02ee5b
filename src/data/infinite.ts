import { ClientelaError } from '../errors.js';

/** The error for an infinite number. */
export function infinite(caller: string, column: string, row: number, value: number): ClientelaError {
  return new ClientelaError('NON_FINITE_VALUE', `${caller} needs finite numbers, found ${value} in column "${column}", row ${row}; use null where it is not known`, {
    column,
    row,
    value,
  });
}
