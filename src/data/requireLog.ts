import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';
import { DAY_MILLIS } from './utcDays.js';

/** Refuses what is no event log, by its shape: rows are given to `EventLog.fromRows` first. */
export function requireLog(caller: string, log: unknown): void {
  if (typeof log === 'object' && log !== null && 'momentOf' in log) return;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs an EventLog, found ${describeValue(log)}; make one with EventLog.fromRows`, { function: caller });
}

/**
 * Refuses a moment so long after the end of observation (by more than a year, and by more than the log is long) that it must be
 * a misprint: everybody would look lost.
 */
export function requireObserved(caller: string, { times, observedUntil }: { readonly times: Float64Array; readonly observedUntil: number }, asOf: number): void {
  const late = asOf - observedUntil;
  if (!(late > 366 * DAY_MILLIS)) return;
  // Some event lies as far before the end as asOf lies after it.
  if (times.length === 0 || times.some((time) => late <= observedUntil - time)) return;
  throw new ClientelaError(
    'INVALID_OPTION',
    `${caller} needs asOf near the time observed, found ${describeValue(new Date(asOf))}, where the log ends at ${describeValue(new Date(observedUntil))}; choose an earlier asOf, or give observedUntil when the log is made`,
    { function: caller, option: 'asOf', asOf, observedUntil },
  );
}
