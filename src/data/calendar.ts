import { utc } from '@date-fns/utc/utc';
import { addMonths } from 'date-fns/addMonths';
import { DURATION_LETTERS, requireDuration, type Duration } from './duration.js';
import { DAY_MILLIS } from './utcDays.js';

type Unit = keyof typeof DURATION_LETTERS;

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
  for (const unit of Object.keys(DURATION_LETTERS) as Unit[]) {
    const count = duration[unit];
    if (count !== undefined && count !== 0) label += `${count}${DURATION_LETTERS[unit]}`;
  }
  return label;
}

/** The duration behind a label of {@link durationLabel}, or undefined when it is none. */
export function parseDurationLabel(label: string): Duration | undefined {
  const match = /^(?:([\d.]+)y)?(?:([\d.]+)m)?(?:([\d.]+)w)?(?:([\d.]+)d)?(?:([\d.]+)h)?$/.exec(label);
  if (match === null || label === '') return undefined;
  const units = Object.keys(DURATION_LETTERS) as Unit[];
  return Object.fromEntries(units.flatMap((unit, i) => (match[i + 1] === undefined ? [] : [[unit, Number(match[i + 1])]])));
}
