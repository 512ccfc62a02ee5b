import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../src/numeric/sigmoid.js';

describe('sigmoid', () => {
  it('gives known values', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 15);
    // The lower tail is relative, not absolute: e^-700 survives.
    expect(sigmoid(-700)).toBe(Math.exp(-700));
  });

  it('is finite, in range and monotone to |x| = 1e6 and beyond', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e3, noNaN: true }), (x, step) => {
        expect(sigmoid(x)).toBeGreaterThanOrEqual(0);
        expect(sigmoid(x)).toBeLessThanOrEqual(1);
        expect(sigmoid(x + step)).toBeGreaterThanOrEqual(sigmoid(x));
        expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 15);
      }),
      { seed: 20261122, numRuns: 500 },
    );
    for (const x of [1e6, -1e6, 1e308, -1e308]) {
      expect(Number.isFinite(sigmoid(x))).toBe(true);
    }
  });
});
