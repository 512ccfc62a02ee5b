/** Calendar periods, in UTC; weeks begin on Monday. */
export type CalendarPeriod = 'week' | 'month' | 'quarter' | 'year';

/** In milliseconds. */
const WEEK = 604_800_000;
/** The first Monday of 1970. */
const MONDAY = 345_600_000;

/** The starts of all periods from the one that holds a moment to the first that begins at or after another; epoch milliseconds. */
export function periodStarts(by: CalendarPeriod, from: number, to: number): number[] {
  const starts = [startOf(by, from)];
  while (starts[starts.length - 1]! < to) starts.push(nextStart(by, starts[starts.length - 1]!));
  return starts;
}

/** The name of the period that begins at a moment: `2026`, `2026-Q1`, `2026-01`, or the Monday of a week. */
export function periodName(by: CalendarPeriod, start: number): string {
  const day = new Date(start).toISOString().slice(0, 10);
  if (by === 'week') return day;
  if (by === 'quarter') return `${day.slice(0, -6)}-Q${Math.floor(new Date(start).getUTCMonth() / 3) + 1}`;
  return by === 'year' ? day.slice(0, -6) : day.slice(0, -3);
}

function startOf(by: CalendarPeriod, moment: number): number {
  if (by === 'week') return Math.floor((moment - MONDAY) / WEEK) * WEEK + MONDAY;
  const date = new Date(moment);
  const length = monthsIn(by);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / length) * length, 1);
}

function nextStart(by: CalendarPeriod, start: number): number {
  if (by === 'week') return start + WEEK;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsIn(by), 1);
}

function monthsIn(by: CalendarPeriod): 1 | 3 | 12 {
  return by === 'month' ? 1 : by === 'quarter' ? 3 : 12;
}
