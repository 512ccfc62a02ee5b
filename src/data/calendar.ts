import { utc } from '@date-fns/utc/utc';
import { addMonths } from 'date-fns/addMonths';
import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';
import { DAY_MILLIS } from './utcDays.js';

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
const LETTERS = { years: 'y', months: 'm', weeks: 'w', days: 'd', hours: 'h' } as const;

type Unit = keyof typeof LETTERS;

/**
 * The moment a duration after another (or before it), in milliseconds since 1970-01-01T00:00Z.
 *
 * Years and months move first, then the exact units; all in UTC, so the zone of the machine does not matter.
 * As in every calendar, months do not always lead back: 31 March minus one month is 28 February, plus one is 28 March.
 *
 * @param millis - the moment to start from, UTC milliseconds
 * @param duration - how far; see {@link Duration}
 * @param direction - 1 for later, -1 for earlier
 * @defaultValue direction 1
 * @returns UTC milliseconds
 * @throws a {@link ClientelaError} `INVALID_OPTION` when the duration is not one
 * @example
 * ```ts
 * addDuration(Date.UTC(2026, 0, 31), { months: 1 }); // => Date.UTC(2026, 1, 28)
 * addDuration(Date.UTC(2026, 5, 30), { days: 90 }, -1); // => Date.UTC(2026, 3, 1)
 * ```
 */
export function addDuration(millis: number, duration: Duration, direction: 1 | -1 = 1): number {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0 } = requireDuration('addDuration', 'duration', duration, true);
  const wholeMonths = years * 12 + months;
  const moved = wholeMonths === 0 ? millis : addMonths(millis, direction * wholeMonths, { in: utc }).getTime();
  return moved + direction * ((weeks * 7 + days) * DAY_MILLIS + hours * 3_600_000);
}

/**
 * The duration in short, for the name of a column: `90d`, `12m`, `1y6m`, `2w`, `36h`.
 *
 * @param duration - see {@link Duration}
 * @returns number and letter of every unit given: y(ears), m(onths), w(eeks), d(ays), h(ours)
 * @throws a {@link ClientelaError} `INVALID_OPTION` when the duration is not one
 * @example
 * ```ts
 * durationLabel({ days: 90 }); // => '90d'
 * durationLabel({ years: 1, months: 6 }); // => '1y6m'
 * ```
 */
export function durationLabel(duration: Duration): string {
  requireDuration('durationLabel', 'duration', duration);
  let label = '';
  for (const unit of Object.keys(LETTERS) as Unit[]) {
    const count = duration[unit];
    if (count !== undefined && count !== 0) label += `${count}${LETTERS[unit]}`;
  }
  return label;
}

/** The duration behind a label of {@link durationLabel}, or undefined when it is none. */
export function parseDurationLabel(label: string): Duration | undefined {
  const match = /^(?:([\d.]+)y)?(?:([\d.]+)m)?(?:([\d.]+)w)?(?:([\d.]+)d)?(?:([\d.]+)h)?$/.exec(label);
  if (match === null || label === '') return undefined;
  const units = Object.keys(LETTERS) as Unit[];
  return Object.fromEntries(units.flatMap((unit, i) => (match[i + 1] === undefined ? [] : [[unit, Number(match[i + 1])]])));
}

/** The duration of an option, when it is one: known units, not negative, and longer than nothing unless `{ days: 0 }` is allowed. */
export function requireDuration(caller: string, option: string, value: unknown, orNothing = false): Duration {
  const fail = (found: string): ClientelaError =>
    new ClientelaError(
      'INVALID_OPTION',
      `${caller} needs ${option} as a duration such as { days: 90 } or { months: 12 }, found ${found}; the units are ${Object.keys(LETTERS).join(', ')}`,
      { option, value },
    );
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail(describeValue(value));
  let length = orNothing && Object.values(value).some((count) => count === 0) ? Number.MIN_VALUE : 0;
  for (const [unit, count] of Object.entries(value)) {
    if (!Object.hasOwn(LETTERS, unit)) throw fail(`the unit "${unit}"`);
    if (count === undefined) continue;
    if (typeof count !== 'number' || !Number.isFinite(count) || count < 0) throw fail(`${unit}: ${describeValue(count)}`);
    if ((unit === 'years' || unit === 'months') && !Number.isInteger(count)) throw fail(`${unit}: ${count}, where only whole ones exist`);
    length += count;
  }
  if (length === 0) throw fail('a duration of nothing');
  return value;
}
