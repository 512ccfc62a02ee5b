import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { requireAsMany } from './upliftRows.js';

/** For each arm a number, or one per row. */
export interface ArmNumbers {
  readonly [arm: string]: number | ArrayLike<number>;
}

/** One number for all rows, or one per row; finite, and at least `least`. */
export function readArmNumbers(caller: string, what: string, given: number | ArrayLike<number> | undefined, n: number, least: number = -Infinity): number | Float64Array {
  if (typeof given === 'number') {
    if (Number.isFinite(given) && given >= least) return given;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${what} as ${least > -Infinity ? `a finite number of at least ${least}` : 'a finite number'}, found ${given}`, { option: what, value: given });
  }
  if (typeof given !== 'object') throw new ClientelaError('INVALID_OPTION', `${caller} needs ${what} as a number or one per row, found ${describeValue(given)}`, { option: what });
  requireAsMany(caller, `values of ${what}`, given, n);
  const values = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const value = given[row]!;
    if (!Number.isFinite(value) || value < least) {
      throw new ClientelaError('NON_FINITE_VALUE', `${caller} found ${describeValue(value)} in ${what}, row ${row}; it must be ${least > -Infinity ? `finite and at least ${least}` : 'finite'}`, { option: what, row, value });
    }
    values[row] = value;
  }
  return values;
}

/** The number of every row. */
export function columnOf(given: number | Float64Array, n: number): Float64Array {
  return typeof given === 'number' ? new Float64Array(n).fill(given) : given;
}

/** The numbers of every arm, row by row: one for all arms, or by arm; arms not named have the default. */
export function amountsOf(caller: string, what: string, given: number | ArmNumbers, arms: readonly string[], n: number, otherwise: number): Float64Array[] {
  if (typeof given === 'number') {
    const one = columnOf(readArmNumbers(caller, what, given, n), n);
    return arms.map(() => one);
  }
  const unknown = Object.keys(given).find((arm) => !arms.includes(arm));
  if (unknown !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} found ${what} for ${describeValue(unknown)}, which is no action here; they are ${arms.map(describeValue).join(', ')}`, { option: what, value: unknown });
  }
  return arms.map((arm) => columnOf(readArmNumbers(caller, `${what}.${arm}`, given[arm] ?? otherwise, n), n));
}
