import { numbersOf } from '../../data/replayColumn.js';
import { readRowNumbers, type RowNumbers } from '../../data/rowNumbers.js';
import type { TableView } from '../../data/table.js';
import { ClientelaError, type ClientelaErrorCode } from '../../errors.js';
import type { GlmFamilyName } from './glmFamily.js';

/** The target as numbers the family can have produced; a row of weight 0 may hold anything, and holds 1 then. */
export function readAmounts(caller: string, view: TableView, column: string, family: GlmFamilyName, weights: Float64Array | null): Float64Array {
  const y = numbersOf(caller, column, view.source(column)).slice();
  for (let row = 0; row < y.length; row++) {
    if (weights?.[row] === 0) y[row] = 1;
    else requireAmount(caller, column, family, row, y[row]!);
  }
  if (family === 'gaussian' || y.some((value, row) => value > 0 && weights?.[row] !== 0)) return y;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs some "${column}" above 0, found only 0: the mean has no finite logarithm`, { column });
}

function requireAmount(caller: string, column: string, family: GlmFamilyName, row: number, value: number): void {
  const refuse = (code: ClientelaErrorCode, needs: string, remedy: string): ClientelaError =>
    new ClientelaError(code, `${caller} needs ${needs}, found ${Number.isNaN(value) ? 'none' : value} in column "${column}", row ${row}; ${remedy}`, { column, row, value });
  if (Number.isNaN(value)) throw refuse('MISSING_VALUE', 'a target in every row', 'leave out rows where it is not known');
  if (Math.abs(value) === Infinity) throw refuse('NON_FINITE_VALUE', 'finite numbers', 'leave out rows where it is not known');
  if (family === 'gaussian') return;
  if (value < 0) throw refuse('INVALID_VALUE', `a target of 0 or more for family "${family}"`, "net out returns beforehand, or use family 'gaussian'");
  if (family === 'gamma' && value === 0) throw refuse('INVALID_VALUE', 'a target above 0 for family "gamma"', "use family 'tweedie', or model whether there is an amount apart");
  if (family === 'negative-binomial' && !Number.isInteger(value)) {
    throw refuse('INVALID_VALUE', 'whole counts for family "negative-binomial"', "use family 'poisson' with standardErrors: 'robust', or 'tweedie'");
  }
}

/** Logarithms of the exposures, which must be above 0; 0 in rows of weight 0. */
export function readLogExposures(caller: string, view: TableView, exposure: RowNumbers, weights: Float64Array | null): Float64Array {
  return readRowNumbers(caller, 'exposure', view, exposure).map((value, row) => {
    if (weights?.[row] === 0) return 0;
    if (value > 0) return Math.log(value);
    throw new ClientelaError('INVALID_VALUE', `${caller} needs an exposure above 0 in every row, found ${value} in row ${row}; leave out rows that were not exposed`, { row, value });
  });
}
