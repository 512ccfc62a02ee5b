import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/**
 * A length of time in calendar units, one or several, such as `{ days: 90 }` or `{ years: 1, months: 6 }`.
 *
 * Weeks, days and hours have one length in UTC (a day is 86,400,000 ms) and may be fractions; months and years follow the
 * calendar, are whole, and stop at the last day of a shorter month (31 January plus one month is 28 or 29 February).
 */
export interface Duration {
  /** Whole calendar years. */
  readonly years?: number;
  /** Whole calendar months. */
  readonly months?: number;
  /** Weeks of 7 days. */
  readonly weeks?: number;
  /** Days of 24 hours. */
  readonly days?: number;
  /** Hours. */
  readonly hours?: number;
}

/** Units and their letter in a label, longest first. */
export const DURATION_LETTERS : { readonly years: 'y'; readonly months: 'm'; readonly weeks: 'w'; readonly days: 'd'; readonly hours: 'h' } = { years: 'y', months: 'm', weeks: 'w', days: 'd', hours: 'h' };

/** The duration of an option, when it is one: known units, not negative, and longer than nothing unless `{ days: 0 }` is allowed. */
export function requireDuration(caller: string, option: string, value: unknown, orNothing = false): Duration {
  const fail = (found: string): ClientelaError =>
    new ClientelaError(
      'INVALID_OPTION',
      `${caller} needs ${option} as a duration such as { days: 90 } or { months: 12 }, found ${found}; the units are ${Object.keys(DURATION_LETTERS).join(', ')}`,
      { option, value },
    );
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail(describeValue(value));
  let length = orNothing && Object.values(value).some((count) => count === 0) ? Number.MIN_VALUE : 0;
  for (const [unit, count] of Object.entries(value)) {
    if (!Object.hasOwn(DURATION_LETTERS, unit)) throw fail(`the unit "${unit}"`);
    if (count === undefined) continue;
    if (typeof count !== 'number' || !Number.isFinite(count) || count < 0) throw fail(`${unit}: ${describeValue(count)}`);
    if ((unit === 'years' || unit === 'months') && !Number.isInteger(count)) throw fail(`${unit}: ${count}, where only whole ones exist`);
    length += count;
  }
  if (length === 0) throw fail('a duration of nothing');
  return value;
}
