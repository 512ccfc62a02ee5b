import type { EventColumns } from './eventRoles.js';
import type { SkippedRows } from './roleReader.js';

/** What an `EventLog` found in the rows it was made from: a page to read before any model. */
export interface EventLogQuality {
  /** Rows given. */
  readonly rows: number;
  /** Events held. */
  readonly events: number;
  /** Rows left out because the customer is missing or unreadable (`invalid: 'skip'`). */
  readonly skippedCustomers: number;
  /** Rows left out because the time is missing or unreadable (`invalid: 'skip'`). */
  readonly skippedTimes: number;
  /** Rows left out because the amount is infinite or unreadable (`invalid: 'skip'`). */
  readonly skippedAmounts: number;
  /** Events equal to another one in every role; held with `duplicates: 'keep'`, left out with `'drop'`. */
  readonly duplicates: number;
  /** Events with an amount above 0, or all events of a log without amounts. */
  readonly purchases: number;
  /** Events with an amount below 0. */
  readonly returns: number;
  /** Events with an amount of exactly 0. */
  readonly zeroAmounts: number;
  /** Events without an amount, in a log that has amounts: contacts, complaints, visits. */
  readonly missingAmounts: number;
}

/** Counts the kinds of events in one pass; `dropped` duplicates are no longer among the columns. */
export function eventQuality(
  columns: EventColumns,
  rows: number,
  skipped: SkippedRows = { customer: 0, time: 0, amount: 0, item: 0 },
  dropped = 0,
): EventLogQuality {
  const { times, amounts } = columns;
  const events = times.length;
  let purchases = amounts === undefined ? events : 0;
  let returns = 0;
  let zeroAmounts = 0;
  if (amounts !== undefined) {
    for (let e = 0; e < events; e++) {
      const amount = amounts[e]!;
      if (amount > 0) purchases++;
      else if (amount < 0) returns++;
      else if (amount === 0) zeroAmounts++;
    }
  }
  return {
    rows,
    events,
    skippedCustomers: skipped.customer,
    skippedTimes: skipped.time,
    skippedAmounts: skipped.amount,
    duplicates: dropped + duplicatesHeld(columns),
    purchases,
    returns,
    zeroAmounts,
    missingAmounts: amounts === undefined ? 0 : events - purchases - returns - zeroAmounts,
  };
}

/** Events equal to the one before; equal events stand side by side. */
function duplicatesHeld({ offsets, times, items, amounts, channels }: EventColumns): number {
  let duplicates = 0;
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let e = offsets[c]! + 1; e < offsets[c + 1]!; e++) {
      if (times[e] !== times[e - 1]) continue;
      if (items !== undefined && items[e] !== items[e - 1]) continue;
      if (channels !== undefined && channels[e] !== channels[e - 1]) continue;
      if (amounts === undefined || Object.is(amounts[e], amounts[e - 1])) duplicates++;
    }
  }
  return duplicates;
}
