import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** Numbers of 0 or more: so many, or (count null) a multiple of `unit`. */
export function lineNumbers(caller: string, option: string, given: ArrayLike<number>, count: number | null, unit: number): Float64Array {
  if (!(Array.isArray(given) || ArrayBuffer.isView(given))) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs ${option} as an array of numbers, found ${describeValue(given)}`, { option });
  }
  const found = given.length;
  if (count === null ? found % unit !== 0 : found !== count) {
    const expected = count === null ? `${unit} numbers for each customer` : `${count} numbers`;
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} as ${expected}, found ${found}`, { option, found });
  }
  const numbers = given instanceof Float64Array ? given : Float64Array.from(given as ArrayLike<unknown>, (value) => (typeof value === 'number' ? value : NaN));
  for (let i = 0; i < found; i++) {
    const value = numbers[i]!;
    if (value >= 0 && value < Infinity) continue;
    throw new ClientelaError(value < 0 ? 'INVALID_VALUE' : 'NON_FINITE_VALUE', `${caller} needs ${option} as finite numbers of 0 or more, found ${describeValue(given[i])} at place ${i}`, { option, place: i });
  }
  return numbers;
}
