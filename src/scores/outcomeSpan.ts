import type { Duration } from '../data/duration.js';

/** Months after a gap can end up to three days later than the sum of both says: those days are purged too, rather than learnt from. */
export function outcomeSpan(gap: Duration | undefined, horizon: Duration): Duration {
  if (gap === undefined) return horizon;
  const units = [...new Set([...Object.keys(gap), ...Object.keys(horizon)])] as (keyof Duration)[];
  const sum: Duration = Object.fromEntries(units.map((unit) => [unit, (gap[unit] ?? 0) + (horizon[unit] ?? 0)]));
  return sum.months === undefined && sum.years === undefined ? sum : { ...sum, days: (sum.days ?? 0) + 3 };
}
