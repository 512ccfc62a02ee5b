import { ClientelaError } from '../errors.js';
import { timeRange } from './describeEvents.js';
import { eventQuality, type EventLogQuality } from './eventQuality.js';
import type { EventColumns, EventLogOptions, EventRoles } from './eventRoles.js';
import { describeValue, requireInstant } from './instant.js';
import { requireChoice, requireKnownOptions } from './options.js';
import { readEvents } from './readEvents.js';
import { sortEvents } from './sortEvents.js';
import { readTable, type TableInput } from './table.js';
import { DAY_MILLIS } from './utcDays.js';

/** All that an `EventLog` is. */
export interface EventLogState {
  readonly columns: EventColumns;
  readonly observedUntil: number;
  readonly quality: EventLogQuality;
}

/** From data of any form to sorted columns, with what was found on the way. */
export function readEventLog(caller: string, data: TableInput, roles: EventRoles, options: EventLogOptions): EventLogState {
  requireKnownOptions(caller, options, ['invalid', 'duplicates', 'observedUntil']);
  const skip = requireChoice(caller, 'invalid', options.invalid ?? 'throw', ['throw', 'skip']) === 'skip';
  const drop = requireChoice(caller, 'duplicates', options.duplicates ?? 'keep', ['keep', 'drop']) === 'drop';
  const view = readTable(caller, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one event, found none`);
  const { events, skipped } = readEvents(caller, view, roles, skip);
  if (events.times.length === 0) {
    throw new ClientelaError(
      'EMPTY_INPUT',
      `${caller} found no usable event in ${view.rowCount} rows: all were left out (${Object.entries(skipped).filter(([, count]) => count > 0).map(([role, count]) => `${String(count)} for the ${role}`).join(', ')}); read the first refusal with invalid: 'throw'`,
      { skipped },
    );
  }
  const { columns, dropped } = sortEvents(events, drop);
  const observedUntil = endOfObservation(caller, options, columns.times);
  return { columns, observedUntil, quality: eventQuality(columns, view.rowCount, skipped, dropped) };
}

function endOfObservation(caller: string, options: EventLogOptions, times: Float64Array): number {
  const lastTime = timeRange(times).last;
  // Dates without a time of day stand for whole days: the last one was observed to its end.
  if (options.observedUntil === undefined) return areMidnights(times) ? lastTime + DAY_MILLIS : lastTime;
  const observedUntil = requireInstant(caller, 'observedUntil', options.observedUntil);
  if (observedUntil >= lastTime) return observedUntil;
  throw new ClientelaError(
    'INVALID_OPTION',
    `${caller} needs observedUntil not before the last event at ${describeValue(new Date(lastTime))}, found ${describeValue(
      new Date(observedUntil),
    )}; cut the log with between({ to })`,
    { option: 'observedUntil', observedUntil, lastTime },
  );
}

// A loop without a remainder takes a tenth of the time that `every` with one does.
function areMidnights(times: Float64Array): boolean {
  for (let e = 0; e < times.length; e++) if (Math.floor(times[e]! / DAY_MILLIS) * DAY_MILLIS !== times[e]) return false;
  return true;
}
