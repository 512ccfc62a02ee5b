import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';
import { numbersOf } from './replayColumn.js';
import type { TableView } from './table.js';

/** One number a row, given by the name of a column or as an array: `weights`, `offset`. */
export type RowNumbers<Names extends string = string> = Names | ArrayLike<number>;

/**
 * The numbers of an option that names a column or gives one number a row; all finite.
 *
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `UNKNOWN_COLUMN`, `INVALID_OPTION`
 */
export function readRowNumbers(caller: string, option: string, view: TableView, given: RowNumbers): Float64Array {
  const values = typeof given === 'string' ? numbersOf(caller, given, view.source(given)) : fromArray(caller, option, given);
  if (values.length !== view.rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} as one number for each of the ${view.rowCount} rows, found ${values.length}`, {
      option,
      expected: view.rowCount,
      found: values.length,
    });
  }
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row])) continue;
    throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs ${option} finite in every row, found ${describeValue(values[row])} in row ${row}`, {
      option,
      row,
    });
  }
  return values;
}

function fromArray(caller: string, option: string, given: unknown): Float64Array {
  if (given instanceof Float64Array) return given;
  if (Array.isArray(given) || ArrayBuffer.isView(given)) return Float64Array.from(given as ArrayLike<unknown>, (value) => Number(value ?? NaN));
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as the name of a column or an array of numbers, found ${describeValue(given)}`, {
    option,
  });
}

/**
 * Weights of the rows: not negative, and some above 0.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE`, or as {@link readRowNumbers}
 */
export function readWeights(caller: string, view: TableView, given: RowNumbers): Float64Array {
  const weights = readRowNumbers(caller, 'weights', view, given);
  const row = weights.findIndex((weight) => weight < 0);
  if (row >= 0) {
    throw new ClientelaError('INVALID_VALUE', `${caller} needs weights that are not negative, found ${weights[row]!} in row ${row}`, { row });
  }
  if (weights.some((weight) => weight > 0)) return weights;
  throw new ClientelaError('EMPTY_INPUT', `${caller} needs some weight above 0, found none`);
}
