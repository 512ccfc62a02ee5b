import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** Probabilities, one a customer; as many as there are customers, where that is known already. */
export function readProbabilities(caller: string, option: string, given: ArrayLike<number>, customerCount?: number): Float64Array {
  const length: unknown = typeof (given as unknown) === 'object' ? (given as ArrayLike<number> | null)?.length : undefined;
  if (typeof length !== 'number') throw new ClientelaError('INVALID_INPUT', `${caller} needs ${option} as an array of probabilities, found ${describeValue(given)}`, { function: caller, option });
  if (length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer, found none`, { function: caller, option });
  if (customerCount !== undefined && length !== customerCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} for each of the ${customerCount} customers, found ${length}`, { function: caller, option, expected: customerCount, found: length });
  }
  return Float64Array.from({ length }, (_, row) => {
    const p = given[row]!;
    if (p >= 0 && p <= 1) return p;
    const code = Number.isNaN(p) ? 'MISSING_VALUE' : 'INVALID_VALUE';
    throw new ClientelaError(code, `${caller} needs ${option} between 0 and 1, found ${describeValue(p)} in row ${row}; give calibrated probabilities, such as the predict of a ChurnScore, and leave out customers without`, { function: caller, option, row, value: p });
  });
}
