import type { GapTable } from './gapTable.js';
import { regainAt, regainEstimate } from './regain.js';
import type { VisitGaps } from './visitGaps.js';

/** A threshold in whole days, with the days between which it lies. */
export interface SuggestedDays {
  /** The first whole day on which the share that comes back is down to the level. */
  readonly days: number;
  /** The day on which the lower end of the interval of that share is. */
  readonly lower: number;
  /** The day on which the upper end is; null where it is not before the end of what was observed. */
  readonly upper: number | null;
}

/** The first whole day on which the share that comes back is down to the level, and where its interval crosses it; null where it is never down. */
export function suggestDays(gaps: VisitGaps, table: GapTable, { horizonDays, level, z }: { readonly horizonDays: number; readonly level: number; readonly z: number }): SuggestedDays | null {
  const last = Math.floor(table.lengths[table.lengths.length - 1]! - horizonDays);
  let days = 0;
  while (days <= last && !(regainAt(table, days, horizonDays) <= level)) days++;
  if (days > last) return null;
  const ends = (day: number): { readonly lower: number; readonly upper: number } => regainEstimate(gaps, table, day, horizonDays, z) ?? { lower: 0, upper: 0 };
  return {
    days,
    lower: crossing(0, days, (day) => ends(day).lower <= level),
    upper: ends(last).upper > level ? null : crossing(days, last, (day) => ends(day).upper <= level),
  };
}

/** Where a condition that holds at `high` begins to hold, by halving: the ends of an interval need no more. */
function crossing(low: number, high: number, holds: (day: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
