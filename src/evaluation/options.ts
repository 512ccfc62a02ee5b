import { ClientelaError } from '../errors.js';

/** A whole number of at least `least`, or the error that names the option. */
export function requireWhole(caller: string, option: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a whole number of at least ${least}, found ${value}`, { option, value });
}

/** A finite number, or the error that names the option. */
export function requireFinite(caller: string, option: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a finite number, found ${value}`, { option, value });
}
