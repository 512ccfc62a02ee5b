/**
 * What went wrong, as a stable word a program can branch on. Codes are only ever added.
 */
export type ClientelaErrorCode =
  /** There are no rows, events or values to work on. */
  | 'EMPTY_INPUT'
  /** The input is not of a shape this function takes (not a table, not an array, not an object). */
  | 'INVALID_INPUT'
  /** An option is unknown, contradictory or out of its range. */
  | 'INVALID_OPTION'
  /** A cell cannot be read as what its column is said to hold. */
  | 'INVALID_VALUE'
  /** A date is not understood, or does not exist in the calendar. */
  | 'INVALID_DATE'
  /** A value is infinite, or not a number where a number is required. */
  | 'NON_FINITE_VALUE'
  /** A value is missing where it must be known. */
  | 'MISSING_VALUE'
  /** Two things that must be equally long are not. */
  | 'LENGTH_MISMATCH'
  /** A column that was named is not in the data. */
  | 'UNKNOWN_COLUMN'
  /** Two columns carry the same name. */
  | 'DUPLICATE_COLUMN'
  /** A column is of a kind that cannot serve here. */
  | 'COLUMN_KIND'
  /** Two rows carry the same identifier where each must be unique. */
  | 'DUPLICATE_ID'
  /** An identifier is not in the data. */
  | 'UNKNOWN_ID'
  /** The target holds one class only, or more than two. */
  | 'TARGET_CLASSES'
  /** The classes are separated perfectly, so that the estimate does not exist. */
  | 'PERFECT_SEPARATION'
  /** The data cannot determine what is asked. */
  | 'NOT_IDENTIFIED'
  /** Stored JSON is not a model of the format asked for, or is damaged. */
  | 'MODEL_FORMAT'
  /** Stored JSON was written by a newer version of the library. */
  | 'MODEL_VERSION';

/**
 * The one error the library throws for input it cannot use; the message names the function, what was found and the remedy.
 *
 * @example
 * ```ts
 * const error = new ClientelaError('UNKNOWN_COLUMN', 'rfm found no column "amont"; did you mean "amount"?', { column: 'amont' });
 * error.code; // => 'UNKNOWN_COLUMN'
 * error.details.column; // => 'amont'
 * ```
 */
export class ClientelaError extends Error {
  /** `ClientelaError`, in every copy of the library. */
  override readonly name: string = 'ClientelaError';
  /** The stable word for what went wrong. */
  declare readonly code: ClientelaErrorCode;
  /** The figures and names behind the message: `column`, `row`, `value` and the like. */
  declare readonly details: Readonly<Record<string, unknown>>;

  /**
   * @param code - the stable word for what went wrong
   * @param message - function, requirement, what was found, remedy; no final period
   * @param details - the same facts for a program to read
   */
  constructor(code: ClientelaErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/**
 * Whether something caught is an error of this library, also when it comes from another copy (ESM beside CommonJS, another realm).
 *
 * @param error - anything caught
 * @returns true for a {@link ClientelaError}, whichever copy of the library made it
 * @example
 * ```ts
 * isClientelaError(new ClientelaError('EMPTY_INPUT', 'rfm needs at least one event')); // => true
 * isClientelaError(new TypeError('x is not a function')); // => false
 * ```
 */
export function isClientelaError(error: unknown): error is ClientelaError {
  // By name and shape, not by instanceof: two copies of the package have two classes.
  return error instanceof Error
    ? error.name === 'ClientelaError' && 'code' in error
    : typeof error === 'object' && error !== null && 'code' in error && 'name' in error && error.name === 'ClientelaError';
}
