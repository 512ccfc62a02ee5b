import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeValue, instantMillis, requireInstant } from '../../src/data/instant.js';

describe('instantMillis', () => {
  it.each([
    ['2026-06-30', Date.UTC(2026, 5, 30)],
    ['20260630', Date.UTC(2026, 5, 30)],
    ['19970101', Date.UTC(1997, 0, 1)],
    [' 2026-06-30 ', Date.UTC(2026, 5, 30)],
    ['2026-06-30T18:00', Date.UTC(2026, 5, 30, 18)],
    ['2026-06-30 18:00:05', Date.UTC(2026, 5, 30, 18, 0, 5)],
    ['2026-06-30T18:00:05.25Z', Date.UTC(2026, 5, 30, 18, 0, 5, 250)],
    ['2026-06-30T18:00:05.123456789Z', Date.UTC(2026, 5, 30, 18, 0, 5, 123)],
    ['2026-06-30T18:00:00+02:00', Date.UTC(2026, 5, 30, 16)],
    ['2026-06-30T18:00:00-0530', Date.UTC(2026, 5, 30, 23, 30)],
    ['2026-06-30T18:00:00+02', Date.UTC(2026, 5, 30, 16)],
    ['2026-06-30t18:00:00.5 z', Date.UTC(2026, 5, 30, 18, 0, 0, 500)],
    ['2026-06-30 18:00 -03', Date.UTC(2026, 5, 30, 21)],
    ['2026-06-30T18:00:05,007', Date.UTC(2026, 5, 30, 18, 0, 5, 7)],
    ['20260630T1800', NaN],
    ['2026-06-30T24:00:00Z', Date.UTC(2026, 6, 1)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['1900-02-28', Date.UTC(1900, 1, 28)],
    ['0001-01-01', -62135596800000],
  ])('reads %j', (text, millis) => {
    expect(instantMillis(text)).toBe(millis);
  });

  it.each([
    '', 'today', '2025-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '03/04/2026', '2026-6-3', '2026-0630',
    '2026-06-30T25:00', '2026-06-30T18:60', '2026-06-30T18:00:60', '2026-06-30T24:00:01', '2026-06-30T18:00+24:00', '2026-06-30T18:00+01:60', '2026-06-30X', '202606', '2026-06-30T18:00+02:00:00', '2026-06-30T18:00:05.', '2026-06-30T18:00:05.1234567890', '2026-06-30T24:00:00.5', '2026-06-30T1800', '2026-06-30x18:00',
  ])('does not understand %j', (text) => {
    expect(instantMillis(text)).toBeNaN();
  });

  it('takes Dates, also those of another realm, epoch milliseconds and bigints', () => {
    expect(instantMillis(new Date(5))).toBe(5);
    expect(instantMillis({ getTime: () => 7 })).toBe(7);
    expect(instantMillis(1e12)).toBe(1e12);
    expect(instantMillis(12n)).toBe(12);
  });

  it('does not take what is beyond the calendar, nor other things', () => {
    for (const value of [1e17, Infinity, NaN, null, undefined, true, {}, [], new Date(NaN)]) expect(instantMillis(value)).toBeNaN();
  });

  it('does not take a day written as a number for the first hours of 1970', () => {
    for (const day of [19970101, 20260630, 19000101, 21001231, 20240229, 20260630n]) expect(instantMillis(day)).toBeNaN();
    for (const millis of [20261301, 20230229, 18991231, 21010101, 19970101.5, 19970100]) expect(instantMillis(millis)).toBe(millis);
    expect(instantMillis(new Date(20260630))).toBe(20260630);
  });

  it('agrees with the engine on every ISO text that the engine writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        expect(instantMillis(iso)).toBe(date.getTime());
        expect(instantMillis(iso.slice(0, 10))).toBe(Date.parse(iso.slice(0, 10)));
        expect(instantMillis(iso.slice(0, 10).replaceAll('-', ''))).toBe(Date.parse(iso.slice(0, 10)));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

describe('requireInstant', () => {
  it('names function, option, value and remedy', () => {
    expect(() => requireInstant('rfm', 'asOf', '30/06/2026')).toThrow(
      'rfm needs asOf as a Date, epoch milliseconds or ISO text such as "2026-06-30", found "30/06/2026"',
    );
    expect(() => requireInstant('rfm', 'asOf', 20260630)).toThrow('found the number 20260630; give text "20260630" or epoch milliseconds');
    expect(requireInstant('rfm', 'asOf', '2026-06-30')).toBe(Date.UTC(2026, 5, 30));
  });
});

describe('describeValue', () => {
  it('shows values as they should stand in a message', () => {
    const shown = ['x', 3, null, undefined, NaN, [1, 2], {}, new Date(0), new Date(NaN), () => 1, 'y'.repeat(99)].map(describeValue);
    expect(shown).toEqual([
      '"x"', '3', 'null', 'undefined', 'NaN', 'an array of 2', 'an object', '1970-01-01T00:00:00.000Z', 'an invalid Date', 'a function', `"${'y'.repeat(57)}..."`,
    ]);
  });
});
