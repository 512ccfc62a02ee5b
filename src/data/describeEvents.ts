import { quantileSorted } from 'simple-statistics';
import type { EventLogQuality } from './eventQuality.js';
import type { EventColumns } from './eventRoles.js';

/** An `EventLog` at a glance. */
export interface EventLogSummary {
  /** Distinct customers. */
  readonly customers: number;
  /** Events of all kinds. */
  readonly events: number;
  /** Events with an amount above 0, or all of a log without amounts. */
  readonly purchases: number;
  /** Events with an amount below 0. */
  readonly returns: number;
  /** The first event; null when there is none. */
  readonly from: Date | null;
  /** The last event; null when there is none. */
  readonly to: Date | null;
  /** Everything before this moment is known; null when there is no event. */
  readonly observedUntil: Date | null;
  /** Sum of all known amounts, returns subtracted; null when the log has no amounts. */
  readonly amountTotal: number | null;
  /** Distinct items. */
  readonly items: number;
  /** Distinct channels. */
  readonly channels: number;
  /** Spread of the number of events over customers (quantiles of type 7); null when there is none. */
  readonly eventsPerCustomer: { readonly min: number; readonly median: number; readonly mean: number; readonly max: number } | null;
}

/** First and last time, `NaN` when there is none. */
export function timeRange(times: Float64Array): { first: number; last: number } {
  let first = times.length === 0 ? NaN : Infinity;
  let last = times.length === 0 ? NaN : -Infinity;
  for (let e = 0; e < times.length; e++) {
    const time = times[e]!;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return { first, last };
}

/** The figures of {@link EventLogSummary}. */
export function describeEvents(columns: EventColumns, observedUntil: number, quality: EventLogQuality): EventLogSummary {
  const { customers, offsets, times, amounts } = columns;
  const { first, last } = timeRange(times);
  const perCustomer = Float64Array.from(customers, (_, c) => offsets[c + 1]! - offsets[c]!).sort();
  return {
    customers: customers.length,
    events: times.length,
    purchases: quality.purchases,
    returns: quality.returns,
    from: times.length === 0 ? null : new Date(first),
    to: times.length === 0 ? null : new Date(last),
    observedUntil: Number.isFinite(observedUntil) ? new Date(observedUntil) : null,
    amountTotal: amounts === undefined ? null : amounts.reduce((sum, amount) => (Number.isNaN(amount) ? sum : sum + amount), 0),
    items: columns.itemLevels.length,
    channels: columns.channelLevels.length,
    eventsPerCustomer:
      customers.length === 0
        ? null
        : {
            min: perCustomer[0]!,
            // The typings ask for number[]; the function reads by index only.
            median: quantileSorted(perCustomer as unknown as number[], 0.5),
            mean: times.length / customers.length,
            max: perCustomer[perCustomer.length - 1]!,
          },
  };
}
