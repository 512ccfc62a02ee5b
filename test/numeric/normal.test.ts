import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile, normalSurvival, twoSidedNormalP } from '../../src/numeric/normal.js';

// Computed with mpmath at 40 digits.
const SURVIVAL: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [1e-09, 0.49999999960105772],
  [0.1, 0.46017216272297102],
  [0.3, 0.38208857781104737],
  [0.5, 0.3085375387259869],
  [0.67, 0.2514288950953101],
  [0.68, 0.24825223045357051],
  [1, 0.15865525393145705],
  [1.5, 0.066807201268858066],
  [1.959963984540054, 0.025000000000000011],
  [2.5, 0.0062096653257761352],
  [3, 0.0013498980316300945],
  [4, 3.1671241833119921e-5],
  [5, 2.8665157187919391e-7],
  [5.65, 8.0223918506634976e-9],
  [5.66, 7.5686497519977137e-9],
  [6, 9.8658764503769814e-10],
  [8, 6.2209605742717841e-16],
  [9.983180374140678, 9.0291941225731643e-24],
  [12, 1.776482112077679e-33],
  [15, 3.6709661993127509e-51],
  [20, 2.7536241186062337e-89],
  [25, 3.0566967063825609e-138],
  [30, 4.9067139271481871e-198],
  [35, 1.1249107064724062e-268],
  [37, 5.7255712225245768e-300],
];
const QUANTILE: readonly (readonly [number, number])[] = [
  [1e-300, -37.047096299361199],
  [1e-100, -21.273453560965324],
  [1e-20, -9.2623400897984076],
  [1e-10, -6.3613409024040562],
  [1e-05, -4.2648907939228246],
  [0.001, -3.0902323061678135],
  [0.025, -1.9599639845400542],
  [0.07, -1.4757910281791707],
  [0.1, -1.2815515655446004],
  [0.3, -0.52440051270804082],
  [0.5, 0.0],
  [0.6, 0.25334710313579974],
  [0.9, 1.2815515655446006],
  [0.975, 1.9599639845400539],
  [0.99, 2.3263478740408408],
  [0.999999, 4.7534243088170878],
];

const relativeError = (found: number, right: number): number => Math.abs(found - right) / (Math.abs(right) || 1);

describe('normalSurvival and normalCdf', () => {
  it.each(SURVIVAL)('at %d agree with mpmath to 2e-15 relative', (z, p) => {
    expect(relativeError(normalSurvival(z), p)).toBeLessThan(2e-15);
    expect(relativeError(normalCdf(-z), p)).toBeLessThan(2e-15);
    expect(relativeError(normalCdf(z), 1 - p)).toBeLessThan(2e-15);
  });

  it('reach 0 and 1 at the ends and pass NaN on', () => {
    expect(normalSurvival(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalSurvival(Number.NEGATIVE_INFINITY)).toBe(1);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalCdf(50)).toBe(1);
    expect(normalSurvival(38.4)).toBeGreaterThan(0);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });

  it('are monotone and add up to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), fc.double({ min: 1e-9, max: 5, noNaN: true }), (z, step) => {
        expect(normalSurvival(z + step)).toBeLessThanOrEqual(normalSurvival(z));
        expect(normalCdf(z) + normalSurvival(z)).toBeCloseTo(1, 15);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});

describe('twoSidedNormalP', () => {
  it('is the familiar p-value, also far out', () => {
    expect(twoSidedNormalP(1.959963984540054)).toBeCloseTo(0.05, 15);
    expect(twoSidedNormalP(-1.959963984540054)).toBe(twoSidedNormalP(1.959963984540054));
    expect(twoSidedNormalP(0)).toBe(1);
    expect(relativeError(twoSidedNormalP(20), 5.5072482372124674e-89)).toBeLessThan(2e-15);
  });
});

describe('normalQuantile', () => {
  it.each(QUANTILE)('at %d agrees with mpmath to 1e-14 relative', (p, z) => {
    expect(relativeError(normalQuantile(p), z)).toBeLessThan(1e-14);
  });

  it('undoes normalCdf', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (z) => {
        expect(Math.abs(normalQuantile(normalCdf(z)) - z)).toBeLessThan(z > 0 ? 1e-9 : 1e-13 * Math.max(1, Math.abs(z)));
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  it('is infinite at 0 and 1 and NaN outside', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
  });
});
