import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/** Costs and benefits by one rule wherever they are asked for: one amount for everybody or one a customer, finite and not negative. */
export function perCustomerAmounts(caller: string, option: string, given: number | ArrayLike<number>, customerCount: number): Float64Array {
  if (typeof given === 'number') {
    if (!isAmount(given)) throw noAmount(caller, option, given);
    return new Float64Array(customerCount).fill(given);
  }
  const length: unknown = typeof (given as unknown) === 'object' ? (given as ArrayLike<number> | null)?.length : undefined;
  if (typeof length !== 'number') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as one amount or as one for each of the ${customerCount} customers, found ${describeValue(given)}`, {
      option,
    });
  }
  if (length !== customerCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} as one amount or as one for each of the ${customerCount} customers, found ${length}`, {
      option,
      found: length,
      expected: customerCount,
    });
  }
  const amounts = new Float64Array(customerCount);
  for (let row = 0; row < customerCount; row++) {
    const value = given[row]!;
    if (!isAmount(value)) throw noAmount(caller, option, value, row);
    amounts[row] = value;
  }
  return amounts;
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function noAmount(caller: string, option: string, value: unknown, row?: number): ClientelaError {
  const where = row === undefined ? '' : ` in row ${row}; a prediction that is missing or below 0 has to become 0, or its customer be left out`;
  return new ClientelaError('INVALID_OPTION', `${caller} needs ${option} finite and not negative, found ${describeValue(value)}${where}`, {
    option,
    ...(row === undefined ? {} : { row }),
    value,
  });
}
