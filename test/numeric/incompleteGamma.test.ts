import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incompleteGamma, incompleteGammaComplement } from '../../src/numeric/incompleteGamma.js';

// mpmath, 50 digits: x, shape, P, Q.
const REFERENCE: readonly (readonly [number, number, number, number])[] = [
  [0.3, 2.5, 0.011996757205906265, 0.98800324279409373],
  [1e-8, 0.7, 2.76445008378494e-6, 0.99999723554991622],
  [5, 0.01, 0.99998824648058725, 1.1753519412750849e-5],
  [0.2, 1e-10, 0.99999999987773495, 1.2226505441736948e-10],
  [0.9, 1e-6, 0.99999973981581483, 2.6018418516621042e-7],
  [1.05, 0.2, 0.95145244184022016, 0.048547558159779844],
  [0.5, 0.4, 0.74801855472601049, 0.25198144527398951],
  [30, 4, 0.9999999995338968, 4.661032000779291e-10],
  [600, 3.5, 1, 7.0619247466332937e-255],
  [3, 40, 8.0030950925218916e-31, 1],
  [95, 100, 0.3173568111698, 0.6826431888302],
  [130, 100, 0.99724959163269347, 0.0027504083673065263],
  [10300, 10000, 0.99852950510361432, 0.0014704948963856813],
  [9500, 10000, 1.8624546517951551e-7, 0.99999981375453482],
  [998000, 1000000, 0.022696114006736803, 0.9773038859932632],
  [0.999, 0.999, 0.63218445434806553, 0.36781554565193447],
  [2, 1, 0.86466471676338731, 0.13533528323661269],
];

describe('incompleteGamma', () => {
  it.each(REFERENCE)('at %s with shape %s has both tails to their last digits', (x, shape, lower, upper) => {
    expect(Math.abs(incompleteGamma(x, shape) / lower - 1)).toBeLessThan(1e-12);
    expect(Math.abs(incompleteGammaComplement(x, shape) / upper - 1)).toBeLessThan(1e-12);
  });

  it('is the exponential law for shape 1', () => {
    expect(incompleteGamma(0.7, 1)).toBeCloseTo(1 - Math.exp(-0.7), 14);
    expect(incompleteGammaComplement(40, 1) / Math.exp(-40)).toBeCloseTo(1, 13);
  });

  it('ends at 0 and Infinity, and is NaN for NaN', () => {
    expect([-1, 0, Infinity].map((x) => incompleteGamma(x, 2))).toEqual([0, 0, 1]);
    expect([-1, 0, Infinity].map((x) => incompleteGammaComplement(x, 2))).toEqual([1, 1, 0]);
    expect([incompleteGamma(NaN, 2), incompleteGammaComplement(NaN, 2)]).toEqual([NaN, NaN]);
  });

  it('adds up to 1, and falls with the shape', () => {
    const number = fc.double({ min: 0.001, max: 200, noNaN: true });
    const check = fc.property(number, number, (x, shape) => {
      expect(incompleteGamma(x, shape) + incompleteGammaComplement(x, shape)).toBeCloseTo(1, 13);
      // P(a, x) falls with the shape.
      expect(incompleteGamma(x, shape + 0.5)).toBeLessThanOrEqual(incompleteGamma(x, shape) * (1 + 1e-12));
    });
    fc.assert(check, { seed: 20261123, numRuns: 200 });
  });
});
