import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledExponentialIntegral } from '../../src/numeric/scaledExponentialIntegral.js';

describe('scaledExponentialIntegral', () => {
  // mpmath 1.4.1 at 40 digits: exp(z) expint(s, z), by quadrature for s above 100.
  it.each([
    [0.3, 1e-12, 326056756.31436022],
    [0.6, 0.1, 3.4715166771702899],
    [1, 1, 0.59634736232319407],
    [1, 0.001, 6.337874070325488],
    [1.7, 1e-8, 1.4285607412167277],
    [2.5, 300, 0.0033058748557548952],
    [64, 0.02, 0.015867897223551459],
    [3000, 5, 0.00033288929618488096],
    [1e6, 0.001, 1.000000999000997e-6],
    [0.606, 0.13588, 2.8658646122699092],
  ])('of order %s at %s is that of mpmath', (s, z, right) => {
    expect(Math.abs(scaledExponentialIntegral(s, z) / right - 1)).toBeLessThan(1e-14);
  });

  it('at 0 is 1 / (s - 1), or infinite up to order 1; at infinity 0', () => {
    expect([3, 1.25, 1, 0.4].map((s) => scaledExponentialIntegral(s, 0))).toEqual([0.5, 4, Infinity, Infinity]);
    expect(scaledExponentialIntegral(3, 1e-13)).toBeCloseTo(0.5, 12);
    expect(scaledExponentialIntegral(2, Infinity)).toBe(0);
    expect(scaledExponentialIntegral(2, NaN)).toBeNaN();
  });

  it('keeps the recurrence of the exponential integral: s E(s + 1) + z E(s) = 1', () => {
    const check = fc.property(fc.double({ min: 0.01, max: 50, noNaN: true }), fc.double({ min: -20, max: 8, noNaN: true }), (s, logZ) => {
      const z = Math.exp(logZ);
      expect(s * scaledExponentialIntegral(s + 1, z) + z * scaledExponentialIntegral(s, z)).toBeCloseTo(1, 13);
    });
    fc.assert(check, { seed: 20261122, numRuns: 200 });
  });
});
