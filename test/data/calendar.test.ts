import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, durationLabel, parseDurationLabel } from '../../src/data/calendar.js';
import type { Duration } from '../../src/data/duration.js';
import { calendarDays } from '../../src/data/utcDays.js';
import { isClientelaError } from '../../src/errors.js';

const iso = (text: string): number => Date.parse(`${text}Z`);
const day = (text: string): number => Date.parse(`${text}T00:00Z`);

describe('addDuration', () => {
  it.each([
    ['2026-01-31', { months: 1 }, 1, '2026-02-28'],
    ['2024-01-31', { months: 1 }, 1, '2024-02-29'],
    ['2026-03-31', { months: 1 }, -1, '2026-02-28'],
    ['2024-02-29', { years: 1 }, 1, '2025-02-28'],
    ['2024-02-29', { years: 4 }, 1, '2028-02-29'],
    ['2026-06-30', { months: 12 }, -1, '2025-06-30'],
    ['2026-11-30', { months: 3 }, 1, '2027-02-28'],
    ['2026-06-30', { days: 90 }, -1, '2026-04-01'],
    ['2026-01-01', { weeks: 2, days: 1 }, 1, '2026-01-16'],
    // Months move first: 28 February + 1 day, not 1 February + 1 month.
    ['2026-01-31', { months: 1, days: 1 }, 1, '2026-03-01'],
    ['2026-03-01', { years: 1, months: 6 }, -1, '2024-09-01'],
  ] as [string, Duration, 1 | -1, string][])('%s, %j, direction %i gives %s', (from, duration, direction, to) => {
    expect(addDuration(day(from), duration, direction)).toBe(day(to));
  });

  it('keeps the hour over the nights when clocks change somewhere', () => {
    expect(addDuration(iso('2026-03-07T23:30'), { days: 1 })).toBe(iso('2026-03-08T23:30'));
    expect(addDuration(iso('2026-10-31T02:30:00.125'), { months: 1 })).toBe(iso('2026-11-30T02:30:00.125'));
    expect(addDuration(iso('2026-03-29T00:30'), { hours: 3 })).toBe(iso('2026-03-29T03:30'));
    expect(addDuration(day('2026-01-01'), { days: 0.5 })).toBe(iso('2026-01-01T12:00'));
  });

  it('days and weeks are exact, and lead back', () => {
    const moment = fc.integer({ min: -1e13, max: 1e13 });
    fc.assert(
      fc.property(moment, fc.nat(5000), fc.nat(500), (millis, days, weeks) => {
        fc.pre(days + weeks > 0);
        const later = addDuration(millis, { days, weeks });
        return later - millis === (days + 7 * weeks) * 86_400_000 && addDuration(later, { days, weeks }, -1) === millis;
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('months move the calendar month by as many, and the day only where the month is shorter', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), fc.integer({ min: 1, max: 500 }), fc.constantFrom(1 as const, -1 as const), (millis, months, direction) => {
        const before = new Date(millis);
        const after = new Date(addDuration(millis, { months }, direction));
        const monthOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
        const lastDay = new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() + 1, 0)).getUTCDate();
        expect(monthOf(after) - monthOf(before)).toBe(direction * months);
        expect(after.getUTCDate()).toBe(Math.min(before.getUTCDate(), lastDay));
        expect(after.getTime() - Math.floor(after.getTime() / 86_400_000) * 86_400_000).toBe(millis - Math.floor(millis / 86_400_000) * 86_400_000);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it.each([
    [{}, 'found a duration of nothing'],
    [{ days: undefined }, 'found a duration of nothing'],
    [{ days: -1 }, 'found days: -1'],
    [{ days: NaN }, 'found days: NaN'],
    [{ days: '3' }, 'found days: "3"'],
    [{ months: 1.5 }, 'found months: 1.5, where only whole ones exist'],
    [{ day: 3 }, 'found the unit "day"; the units are years, months, weeks, days, hours'],
    [30, 'found 30'],
    [null, 'found null'],
    [[30], 'found an array of 1'],
  ])('refuses %j as a duration', (duration, message) => {
    const run = (): number => addDuration(0, duration as Duration);
    expect(run).toThrow(message);
    try {
      run();
    } catch (error) {
      expect(isClientelaError(error) && error.code).toBe('INVALID_OPTION');
    }
  });

  it('moves nothing by nothing', () => {
    expect(addDuration(5, { days: 0 })).toBe(5);
    expect(addDuration(5, { months: 0, days: 0 }, -1)).toBe(5);
  });

  it('takes a unit that is undefined as absent', () => {
    expect(addDuration(0, { days: 1, hours: undefined } as unknown as Duration)).toBe(86_400_000);
  });
});

describe('durationLabel', () => {
  it.each([
    [{ days: 90 }, '90d'],
    [{ months: 12 }, '12m'],
    [{ months: 6, years: 1 }, '1y6m'],
    [{ hours: 36 }, '36h'],
    [{ weeks: 2, days: 0 }, '2w'],
    [{ days: 0.5 }, '0.5d'],
  ] as [Duration, string][])('%j is %s, and reads back', (duration, label) => {
    expect(durationLabel(duration)).toBe(label);
    expect(addDuration(0, parseDurationLabel(label)!)).toBe(addDuration(0, duration));
  });

  it.each(['', '90', 'd', '90x', '6m1y', '30d Change'])('%j is the label of no duration', (text) => {
    expect(parseDurationLabel(text)).toBeUndefined();
  });
});

describe('calendarDays', () => {
  it('counts midnights, not hours', () => {
    expect(calendarDays(iso('2026-06-29T23:59'), iso('2026-06-30T00:00'))).toBe(1);
    expect(calendarDays(iso('2026-06-30T00:00'), iso('2026-06-30T23:59'))).toBe(0);
    expect(calendarDays(iso('1969-12-31T12:00'), iso('1970-01-01T01:00'))).toBe(1);
    expect(calendarDays(NaN, 0)).toBeNaN();
  });
});
