import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { readLimit } from './stepLimits.js';

/** A length of time that is the same wherever it lies. */
export interface FixedDuration {
  /** Weeks of 7 days. */
  readonly weeks?: number;
  /** Days of 24 hours. */
  readonly days?: number;
  /** Hours. */
  readonly hours?: number;
}

/** A duration as milliseconds; 0 only where nothing is allowed. */
export function requireMillis(caller: string, option: string, value: FixedDuration | undefined, orNothing = false): number {
  const { millis } = readLimit(caller, option, value, new Float64Array(0));
  // What is not given, or given in steps, has no end.
  if (millis < Infinity && (millis > 0 || orNothing)) return millis;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} in weeks, days or hours, such as { days: 90 }, found ${describeValue(value)}`, { option, value });
}
