import { ClientelaError } from '../../errors.js';

/** Amounts of a column, 0 where blank; refuses what is negative or infinite. */
export function knownAmounts(caller: string, column: string, values: Float64Array): Float64Array {
  const amounts = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value >= 0 && value < Infinity) amounts[row] = value;
    else if (value === value) {
      const code = value < 0 ? 'INVALID_VALUE' : 'NON_FINITE_VALUE';
      throw new ClientelaError(code, `${caller} needs amounts of 0 or more, found ${value} in column "${column}", row ${row}; net out what was brought back, or leave it blank`, { column, row, value });
    }
  }
  return amounts;
}
