import fc from 'fast-check';
import { EventLog } from '../../../src/data/eventLog.js';

export const DAY = 86_400_000;

export interface Event {
  readonly customer: number | string;
  readonly time: number;
  readonly amount: number;
}

/** Purchases, returns and contacts of a few customers within thirty days. */
export const arbitraryEvents: fc.Arbitrary<Event[]> = fc.array(
  fc.record({ customer: fc.integer({ min: 1, max: 5 }), time: fc.integer({ min: 0, max: 30 * 24 - 1 }).map((hour) => hour * 3_600_000), amount: fc.integer({ min: -200, max: 2000 }).map((cents) => cents / 100) }),
  { minLength: 1, maxLength: 40 },
);

/** A log of thirty days. */
export function logOf(events: readonly Event[]): EventLog {
  return EventLog.fromRows(events.map((event) => ({ ...event, time: new Date(event.time) })), { customer: 'customer', time: 'time', amount: 'amount' }, { observedUntil: 31 * DAY });
}
