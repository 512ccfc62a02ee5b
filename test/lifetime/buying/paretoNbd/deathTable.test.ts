import { describe, expect, it } from 'vitest';
import { DeathTable } from '../../../../src/lifetime/buying/paretoNbd/deathTable.js';
import { logOddsOfDeath, timeIntegral } from '../../../../src/lifetime/buying/paretoNbd/paretoNbdLaw.js';

/** Every silence from one of six days to another, with two purchases each. */
const days = [1, 2, 5, 13, 13.5, 30];
const rows = days.flatMap((last) => days.filter((tenure) => tenure >= last).map((tenure) => ({ last, tenure })));
const tuples = {
  count: rows.length,
  x: new Float64Array(rows.length).fill(2),
  last: Float64Array.from(rows, ({ last }) => last),
  tenure: Float64Array.from(rows, ({ tenure }) => tenure),
  weights: new Float64Array(rows.length).fill(1),
  customers: rows.length,
  sumLogGaps: NaN,
};

describe('DeathTable', () => {
  it('has the odds and the means of every history', () => {
    const table = new DeathTable(tuples);
    const theta = Float64Array.of(0.6, 8, 0.7, 12);
    expect(table.make(theta, 2, rows.length)).toBe(true);
    const integral = timeIntegral();
    rows.forEach(({ last, tenure }, i) => {
      const odds = table.logOdds(i);
      const wanted = logOddsOfDeath(theta, 2, last, tenure);
      if (last === tenure) return expect([odds, wanted]).toEqual([-Infinity, -Infinity]);
      expect(odds).toBeCloseTo(wanted, 12);
      for (const name of ['meanLogA', 'meanLogB', 'meanShareA', 'meanShareB'] as const) expect(table[name]).toBeCloseTo(integral[name], 12);
    });
  });

  it('is not made for fewer histories than times, nor where the integrand falls too deep', () => {
    const table = new DeathTable(tuples);
    expect(table.make(Float64Array.of(0.6, 8, 0.7, 12), 2, 6)).toBe(false);
    expect(table.make(Float64Array.of(0.6, 8, 0.7, 12), 2, 7)).toBe(true);
    expect(table.make(Float64Array.of(0.6, 8, 0.7, 12), 1000, rows.length)).toBe(false);
    expect(table.make(Float64Array.of(0.6, 1e-9, 40, 1e-9), 2, rows.length)).toBe(false);
  });
});
