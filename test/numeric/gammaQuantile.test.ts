import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaQuantile, gammaUpperQuantile } from '../../src/numeric/gammaQuantile.js';
import { incompleteGamma, incompleteGammaComplement } from '../../src/numeric/incompleteGamma.js';

describe('gammaQuantile', () => {
  it('is that of the exponential law for shape 1', () => {
    expect(gammaQuantile(0.5, 1) / Math.LN2).toBeCloseTo(1, 13);
    expect(gammaUpperQuantile(1e-200, 1) / (200 * Math.LN10)).toBeCloseTo(1, 13);
  });

  // scipy 1.17.1, scipy.special.gammaincinv(shape, p).
  it.each([
    [0.025, 0.5, 0.0004910345585876278],
    [0.5, 0.01, 4.465535018910562e-31],
    [0.975, 10, 17.084803451419166],
    [1e-10, 3, 0.0008436105624847267],
  ])('of %s with shape %s is that of scipy', (p, shape, right) => {
    expect(gammaQuantile(p, shape) / right).toBeCloseTo(1, 10);
  });

  it('ends at 0 and Infinity, and is not defined beyond', () => {
    expect([0, 1, -0.1, 1.1, NaN].map((p) => gammaQuantile(p, 2))).toEqual([0, Infinity, NaN, NaN, NaN]);
    expect([0, 1, -0.1].map((q) => gammaUpperQuantile(q, 2))).toEqual([Infinity, 0, NaN]);
    expect(gammaQuantile(0.01, 0.001)).toBe(0);
  });

  it('is the inverse of either tail, however small', () => {
    const logP = fc.double({ min: -300, max: -0.01, noNaN: true });
    const logShape = fc.double({ min: -6, max: 10, noNaN: true });
    const check = fc.property(logP, logShape, (exponent, logOfShape) => {
      const [p, shape] = [Math.exp(exponent), Math.exp(logOfShape)];
      const low = gammaQuantile(p, shape);
      if (low > 0) expect(Math.abs(incompleteGamma(low, shape) / p - 1)).toBeLessThan(1e-9);
      const high = gammaUpperQuantile(p, shape);
      if (high > 0) expect(Math.abs(incompleteGammaComplement(high, shape) / p - 1)).toBeLessThan(1e-9);
    });
    fc.assert(check, { seed: 20261123, numRuns: 300 });
  });
});
