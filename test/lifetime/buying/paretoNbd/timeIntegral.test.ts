import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeIntegral } from '../../../../src/lifetime/buying/paretoNbd/timeIntegral.js';

const integral = new TimeIntegral();
const positive = (least: number, most: number): fc.Arbitrary<number> => fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);

describe('TimeIntegral', () => {
  // mpmath 1.4.1 at 40 digits: its own quadrature over ln(1 + u / min(a, b)) in sixty parts, the integrand scaled by its largest value.
  it.each([
    [2e-5, 0.5, 80_000, 0.6, 100_000, 0, 0, 0.86170119937186521],
    [5, 1.5, 6, 0.9, 30, 3, 0.1, 6.4658552411420237],
    [0.01, 30, 0.02, 40, 5, 12, 0.5, -89.190251548951561],
    [10.5, 5.3, 12, 1.6, 30, 0, 0, 0.60581913306063389],
    [2e-5, 5000, 80_000, 3, 37, 0, 0, -19.336771455824003],
    [80_000, 5000, 2e-5, 3, 37, 0, 0, -11.512926714950682],
    [100_000_000, 100_000_000, 50, 1.6, 30, 0, 0, -0.030918972199207005],
    [50, 0.55, 1_000_000_000, 20_000_000, 30, 0, 0, 2.9923797328436802],
    [49, 13, 50, 0.6, 39, 2, 0, 4.9890876764119939],
    [49, 40, 50, 0.6, 39, 25, 0, 69.287502170499541],
    [3, 700, 0.2, 0.6, 3900, 600, 0, 370.96671729596186],
    [0.02, 1.2, 300, 5, 1_000_000, 7, 0, 48.101278465522796],
    [1000, 0.01, 1000, 0.3, 10_000, 0, 0.0027, 5.8285602418709526],
    [5, 0, 5, 64, 1000, 0, 3, -2.7497526947906946],
    [0.008, 400, 3, 64, 0.0001, 8, 0, -89.439588223434127],
    [49, 12, 50, 0.606, 1_000_000_000, 9, 0, 33.093406218554794],
    [49, 9, 50, 0.606, 1_000_000_000, 8, 0, 34.108434799964398],
    [2, 1.5, 1, 0.3, 0.001, 8, 0, -64.367966807655287],
    [2, 1.5, 1, 0.3, 0.001, 30, 0, -217.57541772302891],
  ])('a %s ^ -%s, b %s ^ -%s, length %s, power of time %s, rate %s', (a, aPower, b, bPower, length, timePower, rate, wanted) => {
    expect(Math.abs(integral.log({ a, aPower, b, bPower, length, timePower, rate }) - wanted)).toBeLessThan(2e-14 + 1e-15 * Math.abs(wanted));
  });

  it('is that of one power where a and b are equal, and has the means of its density', () => {
    const check = fc.property(positive(1e-4, 1e5), positive(0.05, 300), positive(0.05, 300), positive(1e-3, 1e3), (a, aPower, bPower, length) => {
      const found = integral.log({ a, aPower, b: a, bPower, length, start: 0 });
      const steps = aPower + bPower - 1;
      const whole = Math.log1p(length / a);
      // Of an exponential law of ln(1 + u / a), cut at its end.
      const wanted = Math.log(Math.abs(steps) < 1e-9 ? a * whole : (-a * Math.expm1(-steps * whole)) / steps);
      expect(Math.abs(found - wanted)).toBeLessThan(1e-12);
      const mean = Math.abs(steps * whole) < 1e-3 ? whole * (0.5 - (steps * whole) / 12) : 1 / steps - whole / Math.expm1(steps * whole);
      expect(Math.abs(integral.meanLogA / mean - 1)).toBeLessThan(1e-6);
      expect(integral.meanLogB).toBeCloseTo(integral.meanLogA, 12);
      expect(integral.meanShareA).toBeCloseTo(integral.meanShareB, 12);
    });
    fc.assert(check, { seed: 20261123, numRuns: 100 });
  });

  it('does not care which of the two is called a, and adds up over pieces', () => {
    const check = fc.property(positive(1e-3, 1e4), positive(0.1, 200), positive(1e-3, 1e4), positive(0.1, 200), positive(1e-2, 1e3), fc.double({ min: 0.1, max: 0.9, noNaN: true }), (a, aPower, b, bPower, length, share) => {
      const whole = integral.log({ a, aPower, b, bPower, length });
      const [logA, shareB] = [integral.meanLogA, integral.meanShareB];
      expect(integral.log({ a: b, aPower: bPower, b: a, bPower: aPower, length })).toBeCloseTo(whole, 12);
      expect(integral.meanLogB).toBeCloseTo(logA, 12);
      expect(integral.meanShareA).toBeCloseTo(shareB, 12);
      const cut = share * length;
      const after = integral.log({ a: a + cut, aPower, b: b + cut, bPower, length: length - cut }) - aPower * Math.log1p(cut / a) - bPower * Math.log1p(cut / b);
      const before = integral.log({ a, aPower, b, bPower, length: cut });
      expect(Math.abs(Math.log(Math.exp(before - whole) + Math.exp(after - whole)))).toBeLessThan(1e-12);
    });
    fc.assert(check, { seed: 20261123, numRuns: 100 });
  });

  it('goes to infinity, and is nothing over no time', () => {
    // Beta functions, such as u^2 (1 + u)^-5 giving B(3, 2); (1 + u / 2)^-0.01 (1 + u)^-1 falls slowly.
    expect(integral.log({ a: 1, aPower: 3, b: 1, bPower: 2, length: Infinity, timePower: 2 })).toBeCloseTo(Math.log(1 / 12), 13);
    expect(integral.log({ a: 1, aPower: 1.01, b: 1, bPower: 0, length: Infinity })).toBeCloseTo(Math.log(100), 12);
    expect(integral.log({ a: 1, aPower: 12, b: 1, bPower: 13, length: Infinity, timePower: 20 })).toBeCloseTo(-Math.log(42_504), 12);
    expect(integral.log({ a: 1, aPower: 3, b: 2, bPower: 2, length: 0 })).toBe(-Infinity);
  });

  it('tells its points', () => {
    let [parts, times] = [0, 0];
    integral.log({ a: 3, aPower: 2, b: 4, bPower: 2, length: 9, start: 0 }, (u, part) => {
      parts += part;
      times += (part * u) / (3 + u);
    });
    expect(times / parts).toBeCloseTo(integral.meanShareA, 14);
  });
});
