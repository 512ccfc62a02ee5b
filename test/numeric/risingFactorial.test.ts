import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma } from '../../src/numeric/digamma.js';
import { logGamma } from '../../src/numeric/logGamma.js';
import { logRising, risingSlope } from '../../src/numeric/risingFactorial.js';

describe('logRising', () => {
  it('is the logarithm of a product', () => {
    expect(logRising(0.5, 3)).toBeCloseTo(Math.log(0.5 * 1.5 * 2.5), 14);
    expect(logRising(7, 0)).toBe(0);
    // mpmath 1.4, 40 digits: loggamma(100.243) - loggamma(0.243); loggamma(1e8 + 1000) - loggamma(1e8).
    expect(logRising(0.243, 100) / 358.93429759997937).toBeCloseTo(1, 13);
    expect(logRising(1e8, 1000) / 18420.685738935724).toBeCloseTo(1, 13);
  });

  it('is the difference of two logarithms of gamma functions, its slope that of two digammas', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 50, noNaN: true }), fc.integer({ min: 0, max: 400 }), (r, x) => {
        expect(logRising(r, x)).toBeCloseTo(logGamma(r + x) - logGamma(r), 9);
        expect(risingSlope(r, x)).toBeCloseTo(digamma(r + x) - digamma(r), 9);
      }),
    );
  });

  it('goes on smoothly where the sum hands over to the series', () => {
    for (const r of [1e-3, 0.4, 30, 1e12]) {
      expect((logRising(r, 17) - logRising(r, 16)) / Math.log(r + 16)).toBeCloseTo(1, 11);
      expect((risingSlope(r, 17) - risingSlope(r, 16)) * (r + 16)).toBeCloseTo(1, r > 1e6 ? 3 : 11);
    }
  });
});
