import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseDiscoveryQ } from '../../src/numeric/falseDiscovery.js';
import { hypergeometricP } from '../../src/numeric/hypergeometric.js';

// mpmath: found, drawn, marked, total, twice the smaller tail.
const REFERENCE: readonly (readonly [number, number, number, number, number])[] = [
  [3, 5, 4, 10, 0.523809523809524],
  [0, 5, 4, 10, 0.0476190476190476],
  [20, 40, 100, 400, 0.000552579335849324],
  [40, 40, 100, 400, 1.39531778536257e-27],
  [0, 40, 100, 400, 9.94091558254393e-6],
  [10, 40, 100, 400, 1],
  [300, 1000, 2000, 10000, 2.21762203825074e-15],
  [150, 1000, 2000, 10000, 2.16416656606427e-5],
  [5, 10, 10, 20, 1],
];

describe('hypergeometricP', () => {
  it.each(REFERENCE)('%d of %d drawn, %d of %d marked: agrees with exact sums', (found, drawn, marked, total, p) => {
    expect(Math.abs(hypergeometricP(found, drawn, marked, total) / p - 1)).toBeLessThan(1e-11);
  });

  it('does not change when group and mark, or marked and unmarked, change places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.nat(), (drawn, marked, roll) => {
        const total = Math.max(drawn, marked) + 20;
        const least = Math.max(0, drawn + marked - total);
        const found = least + (roll % (Math.min(drawn, marked) - least + 1));
        const p = hypergeometricP(found, drawn, marked, total);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(hypergeometricP(found, marked, drawn, total)).toBeCloseTo(p, 9);
        expect(hypergeometricP(drawn - found, drawn, total - marked, total)).toBeCloseTo(p, 9);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('keeps its digits for a million customers', () => {
    // The normal approximation with continuity is good to a few per cent here.
    expect(hypergeometricP(20_300, 100_000, 200_000, 1_000_000) / 0.01243).toBeCloseTo(1, 1);
  });
});

describe('falseDiscoveryQ', () => {
  it('is the step-up of Benjamini and Hochberg, in the order given', () => {
    const q = falseDiscoveryQ(new Float64Array([0.04, 0.001, 0.03, 0.5]));
    [0.04 * (4 / 3), 0.004, 0.04 * (4 / 3), 0.5].forEach((right, i) => expect(q[i]).toBeCloseTo(right, 12));
    expect(falseDiscoveryQ(new Float64Array(0)).length).toBe(0);
  });

  it('is never below p and never above 1', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (p) => {
        falseDiscoveryQ(Float64Array.from(p)).forEach((q, i) => {
          expect(q).toBeGreaterThanOrEqual(p[i]!);
          expect(q).toBeLessThanOrEqual(1);
        });
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});
