import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HazardCurve } from '../../../src/churn/hazards/hazardCurve.js';

const curveOf = (cuts: readonly number[], hazards: readonly number[]): HazardCurve => new HazardCurve(Float64Array.from(cuts)).read(Float64Array.from(hazards), 0);
const intervals = fc.array(fc.record({ length: fc.integer({ min: 1, max: 9 }), hazard: fc.constantFrom(0, 0.05, 0.3, 0.8, 1) }), { minLength: 1, maxLength: 6 });
const built = (parts: readonly { length: number; hazard: number }[]): [HazardCurve, number[], number[]] => {
  const cuts = parts.reduce((ends, { length }) => [...ends, ends.at(-1)! + length], [0]);
  return [curveOf(cuts, parts.map(({ hazard }) => hazard)), cuts, parts.map(({ hazard }) => hazard)];
};

describe('HazardCurve', () => {
  it('multiplies by hand', () => {
    const curve = curveOf([0, 10, 20], [0.5, 0.2]);
    expect(curve.survival(0, 10)).toBeCloseTo(0.5, 12);
    expect(curve.survival(0, 20)).toBeCloseTo(0.4, 12);
    expect(curve.survival(0, 5)).toBeCloseTo(Math.sqrt(0.5), 12);
    expect(curve.survival(10, 10)).toBeCloseTo(0.8, 12);
    expect(curve.survival(0, 99)).toBeCloseTo(0.4, 12);
    expect(curve.quantile(0, 0.5)).toBeCloseTo(10, 9);
    expect(curve.quantile(0, 0.7)).toBe(Infinity);
    expect(curve.restrictedMean(0, 10)).toBeCloseTo((10 * 0.5) / Math.log(2), 9);
    expect(Array.from(curve.points(4).times)).toEqual([6, 16]);
  });

  it('has quantiles and means that are what its survival says', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 12 }), fc.constantFrom(0.1, 0.5, 0.9), (parts, elapsed, share) => {
        const [curve, cuts] = built(parts);
        const time = curve.quantile(elapsed, share);
        if (time === Infinity) expect(curve.survival(elapsed, cuts.at(-1)!)).toBeGreaterThan(1 - share - 1e-9);
        else {
          expect(curve.survival(elapsed, time + 1e-9)).toBeLessThanOrEqual(1 - share + 1e-6);
          if (time > 1e-6) expect(curve.survival(elapsed, time - 1e-6)).toBeGreaterThanOrEqual(1 - share - 1e-3);
        }
        const horizon = 15;
        let area = 0;
        for (let k = 0; k < 3000; k++) area += (curve.survival(elapsed, ((k + 0.5) * horizon) / 3000) * horizon) / 3000;
        expect(Math.abs(curve.restrictedMean(elapsed, horizon) - area)).toBeLessThan(0.02);
      }),
      { numRuns: 60 },
    );
  });

  it('draws points on its own curve', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 12 }), (parts, elapsed) => {
        const [curve] = built(parts);
        const { times, survival } = curve.points(elapsed);
        times.forEach((time, k) => expect(survival[k]!).toBeCloseTo(curve.survival(elapsed, time), 12));
      }),
      { numRuns: 30 },
    );
  });
});
