import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incompleteBeta } from '../../src/numeric/incompleteBeta.js';
import { logGamma } from '../../src/numeric/logGamma.js';

describe('incompleteBeta', () => {
  // scipy 1.17.1, scipy.special.betainc(a, b, x).
  it.each([
    [0.3, 6, 14, 0.5261374757264855],
    [0.01, 6, 14, 2.426238354667946e-8],
    [0.2, 200, 800, 0.5063088533798626],
    [0.75, 0.3, 4.5, 0.9997385154929294],
    [1e-5, 2, 3, 5.999920000300001e-10],
    [0.99, 6, 14, 1],
  ])('at %s with shapes %s and %s is that of scipy', (x, a, b, right) => {
    expect(Math.abs(incompleteBeta(x, a, b) / right - 1)).toBeLessThan(2e-13);
  });

  // mpmath 1.4.1 with 50 digits: I = x^a (1 - x)^b / (a B(a, b)) times 2F1(a + b, 1; a + 1; x). Customers who are all alike have such shapes.
  it.each([
    [3e-12, 2.5, 1e12, 0.69378108158803524],
    [1e-11, 2.5, 1e12, 0.99875026943703072],
    [4e-9, 12, 3e9, 0.538402672197306],
    [0.999999999998, 1e12, 3, 0.67668839157901216],
  ])('keeps its digits at %s where one shape is huge: %s and %s', (x, a, b, right) => {
    expect(Math.abs(incompleteBeta(x, a, b) / right - 1)).toBeLessThan(1e-13);
  });

  it('is x for shapes 1 and 1, and x^a for shapes a and 1', () => {
    expect(incompleteBeta(0.37, 1, 1)).toBeCloseTo(0.37, 14);
    expect(incompleteBeta(0.37, 3.5, 1)).toBeCloseTo(0.37 ** 3.5, 14);
  });

  it('is 0 up to 0 and 1 from 1 on, and NaN for NaN', () => {
    expect([-1, 0, 1, 2].map((x) => incompleteBeta(x, 2, 3))).toEqual([0, 0, 1, 1]);
    expect(incompleteBeta(NaN, 2, 3)).toBeNaN();
  });

  it('is the complement of itself turned round, and rises', () => {
    const shape = fc.double({ min: 0.1, max: 50, noNaN: true });
    const check = fc.property(fc.integer({ min: 0, max: 127 }), shape, shape, (step, a, b) => {
      // A part of which 1 - x is exact.
      const x = step / 128;
      expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 11);
      expect(incompleteBeta(x + 1 / 128, a, b)).toBeGreaterThanOrEqual(incompleteBeta(x, a, b) - 1e-13);
    });
    fc.assert(check, { seed: 20261122, numRuns: 200 });
  });
});

describe('logGamma', () => {
  // scipy 1.17.1, scipy.special.gammaln.
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [3.7, 1.428072326665388],
    [11.9, 17.25847745059552],
    [150.5, 602.5139548705853],
    [1e6, 12815504.569147611],
  ])('at %s is that of scipy', (x, right) => {
    expect(Math.abs(logGamma(x) / right - 1)).toBeLessThan(1e-13);
  });

  it('is the logarithm of a factorial at whole numbers', () => {
    expect([1, 2, 5, 9].map((x) => Math.exp(logGamma(x)))).toEqual([1, 1, 24, 40320].map((value) => expect.closeTo(value, 9) as number));
  });
});
