import { describe, expect, it } from 'vitest';
import { hazardAdvice } from '../../../../src/churn/cox/after/hazardAdvice.js';
import { proportionalHazardsTest } from '../../../../src/churn/cox/after/proportionalHazardsTest.js';
import { fitCoxRegression } from '../../../../src/churn/cox/fitCoxRegression.js';
import { createRandom } from '../../../../src/numeric/random.js';

/** Coupon customers leave at a rate that falls with time, others at a steady one; age acts at all times alike. */
function simulate(seed: number, n: number): { time: number; left: number; coupon: string; age: number; weight: number }[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const age = random.normal();
    const coupon = i % 2 === 0;
    const wait = (-Math.log(random.uniform()) / Math.exp(0.5 * age)) ** (coupon ? 2.5 : 1);
    return { time: Math.min(wait, 3), left: Number(wait < 3), coupon: coupon ? 'yes' : 'no', age, weight: 1 + (i % 2) };
  });
}

const ROWS = simulate(1, 400);
const MODEL = fitCoxRegression(ROWS, { duration: 'time', event: 'left', features: ['coupon', 'age'] });

describe('proportionalHazardsTest', () => {
  it('finds the feature whose effect fades, says so, and leaves the other alone', () => {
    const { terms: [coupon, age], global, advice, earlyTime, lateTime, transform } = proportionalHazardsTest(MODEL, ROWS);
    expect([coupon!.feature, coupon!.degreesOfFreedom, age!.feature, global.degreesOfFreedom, transform]).toEqual(['coupon', 1, 'age', 2, 'km']);
    expect(coupon!.p).toBeLessThan(1e-6);
    expect(age!.p).toBeGreaterThan(0.05);
    expect(global.statistic).toBeGreaterThan(coupon!.statistic - 1e-9);
    const [change] = coupon!.changes;
    expect([change!.name, change!.early > 1, change!.late < 1]).toEqual(['coupon=yes', true, true]);
    expect(earlyTime).toBeLessThan(lateTime);
    expect(advice.length).toBe(1);
    expect(advice[0]).toMatch(/^coupon: its effect turns round with time \(p = .*coupon=yes multiplies the hazard by .* give it baseline hazards of its own \(strata: 'coupon'\)/);
  });

  it('finds nothing more once the feature has baseline hazards of its own', () => {
    const strata = fitCoxRegression(ROWS, { duration: 'time', event: 'left', features: ['age'], strata: 'coupon' });
    const { global, advice } = proportionalHazardsTest(strata, ROWS, { transform: 'identity' });
    expect(global.p).toBeGreaterThan(0.05);
    expect(advice).toEqual([expect.stringMatching(/^Nothing speaks against proportional hazards \(p = 0\.\d+, \d+ events\)$/)]);
  });

  it('does not depend on the order of rows, nor on the units of columns and time', () => {
    const found = proportionalHazardsTest(MODEL, ROWS, { transform: 'identity' });
    const moved = [...ROWS].reverse().map((row) => ({ ...row, time: row.time * 1e6, age: 1e9 + row.age * 1e5 }));
    const again = proportionalHazardsTest(fitCoxRegression(moved, { duration: 'time', event: 'left', features: ['coupon', 'age'] }), moved, { transform: 'identity' });
    again.terms.forEach(({ statistic, p }, i) => {
      expect(statistic / found.terms[i]!.statistic).toBeCloseTo(1, 6);
      expect(p).toBeCloseTo(found.terms[i]!.p, 6);
    });
    expect(again.global.statistic / found.global.statistic).toBeCloseTo(1, 6);
  });

  it('counts a row of weight 2 as two rows', () => {
    const columns = { duration: 'time', event: 'left', features: ['coupon', 'age'], ties: 'breslow' } as const;
    const repeated = ROWS.flatMap((row) => Array.from({ length: row.weight }, () => row));
    for (const transform of ['km', 'rank'] as const) {
      const weighted = proportionalHazardsTest(fitCoxRegression(ROWS, { ...columns, weights: 'weight' }), ROWS, { transform });
      const plain = proportionalHazardsTest(fitCoxRegression(repeated, columns), repeated, { transform });
      weighted.terms.forEach(({ statistic }, i) => expect(statistic).toBeCloseTo(plain.terms[i]!.statistic, 6));
    }
  });

  it('has nothing to say where all events come at once', () => {
    const rows = ROWS.map((row) => ({ ...row, time: row.left === 1 ? 1 : 2 }));
    const { global, terms } = proportionalHazardsTest(fitCoxRegression(rows, { duration: 'time', event: 'left', features: ['age'] }), rows);
    expect([global.statistic, global.p, terms[0]!.p]).toEqual([0, 1, 1]);
  });

  it('says what it cannot take', () => {
    expect(() => proportionalHazardsTest(MODEL, ROWS, { transform: 'sqrt' as 'log' })).toThrow(/transform as one of km, rank, log, identity/);
    expect(() => proportionalHazardsTest(MODEL, ROWS, { level: 5 })).toThrow(/level between 0 and 1, found 5/);
    expect(() => proportionalHazardsTest(MODEL, ROWS.map(({ coupon, ...row }) => ({ ...row, coupon, left: 0 })))).toThrow(/some rows that ended with the event/);
    expect(() => proportionalHazardsTest(MODEL, ROWS.map((row) => ({ ...row, age: 1 })))).toThrow(/rows that tell the coefficients apart/);
    const separated = fitCoxRegression([1, 2, 3, 4, 5, 6].map((time) => ({ time, x: Number(time < 4) })), { duration: 'time' });
    expect(() => proportionalHazardsTest(separated, [1, 2, 3].map((time) => ({ time, x: 1 })))).toThrow(/found none for x; fit with penalty/);
  });
});

describe('the advice', () => {
  const term = (feature: string, name: string, p: number, early: number, late: number) => ({ feature, statistic: 1, degreesOfFreedom: 1, p, changes: [{ name, early, late }] });
  const task = { global: { statistic: 1, degreesOfFreedom: 1, p: 0.5 }, earlyTime: 5, lateTime: 20, level: 0.05, strata: null, events: 100 };

  it('says how an effect moves, the surest first', () => {
    const [first, second, third] = hazardAdvice({ ...task, terms: [term('age', 'age', 0.03, 1.2, 1.5), term('plan', 'plan=gold', 0.001, 0.5, 0.8), term('size', 'size', 0.04, 0.9, 1.1), term('other', 'other', 0.2, 1, 3)] });
    expect(first).toMatch(/^plan: its effect fades with time \(p = 0\.001\); plan=gold multiplies the hazard by 0\.5 around 5, by 0\.8 around 20\..*strata: 'plan'/);
    expect(second).toMatch(/^age: its effect grows .*What to do: cut the rows in time \(splitEpisodes\)/);
    expect(third).toMatch(/^size: its effect turns round/);
  });

  it('warns of few events and of many, and of what only shows in all', () => {
    expect(hazardAdvice({ ...task, terms: [], events: 20 })).toEqual(['Nothing speaks against proportional hazards (p = 0.5, 20 events: too few to find any but large departures)']);
    expect(hazardAdvice({ ...task, terms: [term('age', 'age', 0.03, 1.2, 1.5)], events: 5000 }).at(-1)).toMatch(/^With 5000 events small departures/);
    expect(hazardAdvice({ ...task, terms: [], global: { ...task.global, p: 0.01 } })[0]).toMatch(/^All features together speak against/);
  });
});
