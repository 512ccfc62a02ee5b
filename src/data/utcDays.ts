/** Milliseconds of a UTC day; there is no other length, UTC knows no summer time. */
export const DAY_MILLIS = 86_400_000;

/** Midnights (UTC) between two moments: the days a calendar counts, whatever the hour. */
export function calendarDays(fromMillis: number, toMillis: number): number {
  return Math.floor(toMillis / DAY_MILLIS) - Math.floor(fromMillis / DAY_MILLIS);
}
