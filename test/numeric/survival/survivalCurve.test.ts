import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivalAt, survivalCurve, survivalQuantile } from '../../../src/numeric/survival/survivalCurve.js';

// R 4.2.2, survival 3.5-3: survfit(Surv(t, s == 1) ~ 1)
const TIMES = Float64Array.of(2, 3, 3, 4, 5, 5, 5, 7, 8, 9, 9, 10);
const CAUSES = [1, 2, 0, 1, 1, 2, 0, 1, 0, 2, 1, 0];
const HAPPENED = CAUSES.map((cause) => (cause === 1 ? 1 : 0));

describe('survivalCurve', () => {
  it('multiplies the shares that go on, censored ones leaving after the events of their time', () => {
    // 4 of whom one goes at 1, one is censored at 2 and one goes at 2: 3/4, then 2/3 of it.
    const curve = survivalCurve(Float64Array.of(1, 2, 2, 3), [1, 1, 0, 0]);
    expect(curve).toEqual({ times: Float64Array.of(1, 2), survival: Float64Array.of(3 / 4, (3 / 4) * (2 / 3)), atRisk: Float64Array.of(4, 3), events: Float64Array.of(1, 1), variance: expect.any(Float64Array) as Float64Array });
    expect(curve.variance[0]).toBeCloseTo((3 / 4) ** 2 * (1 / (4 * 3)), 15);
  });

  it('has the survival, standard errors and numbers at risk of R survfit', () => {
    const { times, survival, atRisk, events, variance } = survivalCurve(TIMES, HAPPENED);
    expect(Array.from(times)).toEqual([2, 4, 5, 7, 9]);
    expect(Array.from(atRisk)).toEqual([12, 9, 8, 5, 3]);
    expect(Array.from(events)).toEqual([1, 1, 1, 1, 1]);
    [0.91666667, 0.81481481, 0.71296296, 0.57037037, 0.38024691].forEach((figure, i) => expect(survival[i]).toBeCloseTo(figure, 8));
    [0.079785592313, 0.119377034604, 0.141378576866, 0.170465173122, 0.192387073348].forEach((figure, i) => expect(Math.sqrt(variance[i]!)).toBeCloseTo(figure, 11));
  });

  it('has the weighted survival of R survfit', () => {
    const { times, survival, atRisk, events } = survivalCurve(TIMES, HAPPENED, Float64Array.of(1, 2, 1, 0.5, 1, 3, 1, 1, 2, 1, 1, 1));
    expect(Array.from(times)).toEqual([2, 4, 5, 7, 9]);
    expect(Array.from(atRisk)).toEqual([15.5, 11.5, 11, 6, 3]);
    expect(Array.from(events)).toEqual([1, 0.5, 1, 1, 1]);
    [0.935483870968, 0.894810659187, 0.813464235624, 0.67788686302, 0.451924575347].forEach((figure, i) => expect(survival[i]).toBeCloseTo(figure, 11));
  });

  it('ends at 0 without variance where the last one goes, and is empty where nothing happens', () => {
    const all = survivalCurve(Float64Array.of(1, 2), [1, 1]);
    expect([all.survival[1], all.variance[1]]).toEqual([0, 0]);
    expect(survivalCurve(Float64Array.of(1, 2), [0, 0]).times).toHaveLength(0);
    expect(survivalCurve(new Float64Array(0), []).survival).toHaveLength(0);
  });

  it('is the share still without it where nobody is censored, and a weight of 2 is two customers', () => {
    const cases = fc.array(fc.record({ time: fc.integer({ min: 0, max: 6 }), weight: fc.integer({ min: 1, max: 3 }), happened: fc.constantFrom(0, 1) }), { minLength: 1, maxLength: 12 });
    fc.assert(fc.property(cases, (rows) => {
      const times = Float64Array.from(rows, ({ time }) => time);
      const whole = survivalCurve(times, rows.map(() => 1));
      whole.times.forEach((time, i) => expect(whole.survival[i]).toBeCloseTo(rows.filter((row) => row.time > time).length / rows.length, 12));
      const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
      const weighted = survivalCurve(times, rows.map(({ happened }) => happened), Float64Array.from(rows, ({ weight }) => weight));
      const plain = survivalCurve(Float64Array.from(repeated, ({ time }) => time), repeated.map(({ happened }) => happened));
      expect(weighted.times).toEqual(plain.times);
      plain.survival.forEach((share, i) => expect(weighted.survival[i]).toBeCloseTo(share, 12));
    }), { seed: 20261122, numRuns: 100 });
  });
});

describe('survivalQuantile and survivalAt', () => {
  const curve = survivalCurve(TIMES, HAPPENED);

  it('gives the median of R survfit, and Infinity where the curve does not come so far', () => {
    expect(survivalQuantile(curve, 0.5)).toBe(9);
    expect(survivalQuantile(curve, 0.9)).toBe(Infinity);
    // Ten of ten, one a day: half have gone by day 5, whatever rounding makes of the product.
    expect(survivalQuantile(survivalCurve(Float64Array.from({ length: 10 }, (_, i) => i + 1), new Array<number>(10).fill(1)), 0.5)).toBe(5);
  });

  it('reads the curve just after a time', () => {
    expect([survivalAt(curve, 1.9), survivalAt(curve, 2), survivalAt(curve, 6.9), survivalAt(curve, 99)]).toEqual([1, curve.survival[0], curve.survival[2], curve.survival[4]]);
  });
});
