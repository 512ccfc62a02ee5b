import { requireDuration, type Duration } from '../../data/duration.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';

/** Purchases of one period count as one; where nothing is merged a period is a moment, counted in milliseconds. */
export interface Periods {
  /** The length of a period; that of the count where periods are moments: 1. */
  readonly millis: number;
  readonly areMoments: boolean;
}

/** The periods behind `mergeWithin`. */
export function readPeriods(caller: string, mergeWithin: Duration = { days: 1 }): Periods {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0 } = requireDuration(caller, 'mergeWithin', mergeWithin, true);
  if (years + months > 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs mergeWithin in weeks, days or hours, found months or years, which differ in length; give { days: 30 }`, { option: 'mergeWithin', value: mergeWithin });
  }
  const millis = (weeks * 7 + days) * DAY_MILLIS + hours * 3_600_000;
  return millis === 0 ? { millis: 1, areMoments: true } : { millis, areMoments: false };
}

/** The number of the period that a moment lies in. */
export function periodOf({ millis, areMoments }: Periods, time: number): number {
  return areMoments ? time : Math.floor((time - startOf(millis)) / millis);
}

/** The last period that begins before a moment; where periods are moments, that moment. */
export function periodBefore({ millis, areMoments }: Periods, time: number): number {
  return areMoments ? time : Math.ceil((time - startOf(millis)) / millis) - 1;
}

/** The moment that a period begins at. */
export function periodStart({ millis, areMoments }: Periods, period: number): number {
  return areMoments ? period : period * millis + startOf(millis);
}

/** Periods begin at midnight of 1970-01-01, those of whole weeks on the Monday after: ISO weeks. */
function startOf(millis: number): number {
  return millis % (7 * DAY_MILLIS) === 0 ? 4 * DAY_MILLIS : 0;
}
