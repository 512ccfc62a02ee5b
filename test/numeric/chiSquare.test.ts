import { describe, expect, it } from 'vitest';
import { chiSquareSurvival } from '../../src/numeric/chiSquare.js';

// mpmath, 30 digits: x, degrees of freedom, survival.
const REFERENCE: readonly (readonly [number, number, number])[] = [
  [0.5, 1, 0.47950012218695346],
  [3.841458820694124, 1, 0.050000000000000057],
  [30, 1, 4.3204630578274973e-8],
  [400, 1, 5.5072482372124674e-89],
  [5.991464547107979, 2, 0.050000000000000074],
  [6.251476434490413, 8, 0.61908549013066802],
  [0.01, 8, 0.99999999997406228],
  [100, 8, 4.2691592051449344e-18],
  [15, 7, 0.035999404763428777],
  [3, 7, 0.88500223164315064],
  [250, 200, 0.0093791316688260961],
  [150, 200, 0.99664755850181301],
  [90, 99, 0.72983441028465107],
  [700, 500, 7.7289921112166518e-9],
];

describe('chiSquareSurvival', () => {
  it.each(REFERENCE)('of %d with %d degrees of freedom agrees with mpmath to 1e-12 relative', (x, degreesOfFreedom, p) => {
    expect(Math.abs(chiSquareSurvival(x, degreesOfFreedom) / p - 1)).toBeLessThan(1e-12);
  });

  it('is 1 from 0 down, 0 at infinity and far out, NaN for NaN', () => {
    expect(chiSquareSurvival(0, 3)).toBe(1);
    expect(chiSquareSurvival(-1, 3)).toBe(1);
    expect(chiSquareSurvival(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(chiSquareSurvival(2000, 8)).toBe(0);
    expect(chiSquareSurvival(Number.NaN, 3)).toBeNaN();
  });

  it('falls in x and rises in the degrees of freedom, across the change of method', () => {
    for (let df = 1; df < 30; df++) {
      for (let x = 0.5; x < 60; x += 0.5) {
        expect(chiSquareSurvival(x + 0.5, df)).toBeLessThanOrEqual(chiSquareSurvival(x, df));
        expect(chiSquareSurvival(x, df + 1)).toBeGreaterThanOrEqual(chiSquareSurvival(x, df));
      }
    }
  });
});
