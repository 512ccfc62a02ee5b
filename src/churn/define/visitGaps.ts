import type { EventColumns } from '../../data/eventRoles.js';
import { DAY_MILLIS } from '../../data/utcDays.js';

/** The gaps between one visit and the next of every customer, the last one of each still open. */
export interface VisitGaps {
  /** Positions in `log.customers` of those with a visit, ascending. */
  readonly customers: Uint32Array;
  /** The gaps of the i-th of them are `starts[i]` to `starts[i + 1]`; the last of these is the open one. */
  readonly starts: Uint32Array;
  /** Days. An open gap is known to be longer. */
  readonly lengths: Float64Array;
}

/** What counts as one visit: all events of a day (UTC), or of a moment. */
export type VisitUnit = 'days' | 'moments';

/**
 * One walk over the events before `until`. By days, gaps are whole days and only days that are over are looked at: on the last of them
 * the silence is known, on the day of `until` itself anything may still happen.
 */
export function visitGaps(log: EventColumns, until: number, isVisit: (event: number) => boolean, unit: VisitUnit): VisitGaps {
  const { times, offsets } = log;
  const byDays = unit === 'days';
  const end = byDays ? Math.floor(until / DAY_MILLIS) - 1 : until / DAY_MILLIS;
  const customers = new Uint32Array(log.customers.length);
  const starts = new Uint32Array(log.customers.length + 1);
  const lengths = new Float64Array(times.length);
  let [count, gaps] = [0, 0];
  for (let c = 0; c < log.customers.length; c++) {
    let last = NaN;
    for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < until; e++) {
      const at = byDays ? Math.floor(times[e]! / DAY_MILLIS) : times[e]! / DAY_MILLIS;
      // A second event of one day is no visit of its own; a day that is not over is not counted.
      if (at === last || (byDays && at > end) || !isVisit(e)) continue;
      if (last === last) lengths[gaps++] = at - last;
      last = at;
    }
    if (last !== last) continue;
    lengths[gaps++] = end - last;
    customers[count++] = c;
    starts[count] = gaps;
  }
  return { customers: customers.slice(0, count), starts: starts.slice(0, count + 1), lengths: lengths.slice(0, gaps) };
}
