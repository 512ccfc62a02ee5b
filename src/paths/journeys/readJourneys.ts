import type { EventLog } from '../../data/eventLog.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from './journeys.js';
import { packEvents } from './packEvents.js';

/** The journeys behind a source, recognised by shape: neither class comes along. */
export function readJourneys(caller: string, source: JourneySource): JourneyColumns {
  if (typeof source === 'object' && (source as object | null) !== null) {
    if ('itemOffsets' in source) return source;
    if ('momentOf' in source) return plainJourneys(caller, source);
  }
  throw new ClientelaError('INVALID_INPUT', `${caller} needs an EventLog or Journeys, found ${describeValue(source)}; make them with EventLog.fromRows or Journeys.fromLists`, { function: caller });
}

/** What `Journeys.fromLog` gives without options; its options would cost every caller their bytes. */
function plainJourneys(caller: string, log: EventLog): JourneyColumns {
  const { customers, observedUntil } = log;
  const codes = log.items ?? log.channels;
  if (codes === undefined) {
    throw new ClientelaError('INVALID_INPUT', `${caller} names steps by item, which the log does not have; name the column in the roles when the log is made`, { function: caller });
  }
  return { customers, itemLevels: log.items === undefined ? log.channelLevels : log.itemLevels, ...packEvents(log, codes), until: new Float64Array(customers.length).fill(observedUntil), weights: null };
}

/** The same, where the times of steps must be known. */
export function readTimedJourneys(caller: string, source: JourneySource): JourneyColumns & { readonly times: Float64Array; readonly until: Float64Array } {
  const journeys = readJourneys(caller, source);
  const { times, until } = journeys;
  if (times !== null && until !== null) return { ...pick(journeys), times, until };
  throw new ClientelaError('INVALID_INPUT', `${caller} needs to know when steps happened, found journeys from lists; give it an EventLog`, { function: caller });
}

function pick({ customers, itemLevels, offsets, itemOffsets, items, weights, leftOut }: JourneyColumns): Omit<JourneyColumns, 'times' | 'until'> {
  return { customers, itemLevels, offsets, itemOffsets, items, weights, leftOut };
}
