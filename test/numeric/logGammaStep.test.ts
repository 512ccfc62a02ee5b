import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma } from '../../src/numeric/digamma.js';
import { logGamma } from '../../src/numeric/logGamma.js';
import { logGammaStep } from '../../src/numeric/logGammaStep.js';

describe('logGammaStep', () => {
  it('is the logarithm of x for a step of one', () => {
    for (const x of [0.01, 0.7, 3, 11.5, 40, 1e6, 1e12]) expect(Math.abs(logGammaStep(x, 1) - Math.log(x))).toBeLessThan(2e-14 * (1 + Math.abs(Math.log(x))));
  });

  it('is digamma times a step that is tiny, of which the difference of log gammas has no digit', () => {
    for (const x of [0.2, 5, 300, 1e5]) expect(logGammaStep(x, 1e-30) / (1e-30 * digamma(x))).toBeCloseTo(1, 12);
  });

  it('is the difference of log gammas', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1000, noNaN: true }), fc.double({ min: 0.001, max: 1000, noNaN: true }), (x, y) => {
        const [from, to] = [logGamma(x), logGamma(y)];
        expect(Math.abs(logGammaStep(x, y - x) - (to - from))).toBeLessThan(1e-13 * (10 + Math.abs(from) + Math.abs(to)));
      }),
      { numRuns: 200 },
    );
  });
});
