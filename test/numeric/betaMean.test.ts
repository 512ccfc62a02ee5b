import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaMean } from '../../src/numeric/betaMean.js';
import { logGammaStep } from '../../src/numeric/logGammaStep.js';

const shape = fc.double({ min: -7, max: 7, noNaN: true }).map((log) => Math.exp(log));

describe('betaMean', () => {
  it('knows the moments of any beta law', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        expect(betaMean(a, b, (p) => p) / (a / (a + b))).toBeCloseTo(1, 12);
        expect(betaMean(a, b, (p) => p * p) / ((a * (a + 1)) / ((a + b) * (a + b + 1)))).toBeCloseTo(1, 12);
        expect(betaMean(a, b, () => 3)).toBeCloseTo(3, 14);
      }),
      { numRuns: 50 },
    );
  });

  it('knows means of powers, where the ends matter', () => {
    // E p^s = B(a + s, b) / B(a, b).
    for (const [a, b, s] of [[0.3, 2, 1.7], [0.8, 30, -0.3], [5, 0.1, 0.5], [2, 3, -0.6]] as const) {
      const wanted = Math.exp(logGammaStep(a, s) - logGammaStep(a + b, s));
      expect(betaMean(a, b, (p) => p ** s) / wanted).toBeCloseTo(1, 11);
    }
  });

  it('is exact for a function that falls at a point far from the middle', () => {
    // E 1 / (1 + p / c) with a = b = 1 is c ln(1 + 1 / c).
    for (const c of [1e-9, 1e-4, 0.1, 10]) expect(betaMean(1, 1, (p) => c / (c + p)) / (c * Math.log1p(1 / c))).toBeCloseTo(1, 11);
  });
});
