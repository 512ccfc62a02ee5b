import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purchaseCounts } from '../../../../src/lifetime/buying/answers/purchaseCounts.js';
import { purchaseInterval } from '../../../../src/lifetime/buying/answers/purchaseInterval.js';
import { Nbd } from '../../../../src/lifetime/buying/nbd/nbd.js';
import { errorCode } from '../../../errorCode.js';

const model = Nbd.fromParameters({ unit: 'week', r: 0.5, alpha: 10 });
const customers = { unit: 'week', frequency: [2, 0, 7], recency: [30, 0, 38], tenure: [40, 12, 39] } as const;

describe('purchaseCounts', () => {
  it('is the law of a gamma rate', () => {
    // r = 1: a geometric law with tail (t / (alpha + t))^n.
    const { probabilities, columnCount } = purchaseCounts(Nbd.fromParameters({ unit: 'day', r: 1, alpha: 3 }), { unit: 'day', frequency: [0], recency: [0], tenure: [0] }, { days: 1 }, { most: 3 });
    expect(columnCount).toBe(5);
    [0.75, 0.1875, 0.046875, 0.01171875, 0.00390625].forEach((share, n) => expect(probabilities[n]).toBeCloseTo(share, 14));
  });

  it('adds up to 1 in each row, and to the mean', () => {
    const { probabilities, rowCount, columnCount } = purchaseCounts(model, customers, { weeks: 20 }, { most: 80 });
    expect([rowCount, columnCount]).toEqual([3, 82]);
    const means = model.expectedPurchases(customers, { weeks: 20 });
    for (let row = 0; row < 3; row++) {
      const own = probabilities.subarray(row * 82, row * 82 + 82);
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14);
      expect(own.reduce((sum, share, n) => sum + n * share, 0)).toBeCloseTo(means[row]!, 10);
    }
  });

  it('refuses what is no number of columns, no history', () => {
    expect(errorCode(() => purchaseCounts(model, customers, { weeks: 1 }, { most: -1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => purchaseCounts(model, null as never, { weeks: 1 }))).toBe('INVALID_INPUT');
  });
});

describe('purchaseInterval', () => {
  it('is the shortest of counts that leaves half of the rest on each side', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 400 }), (confidence, weeks) => {
        const { lower, upper } = purchaseInterval(model, customers, { weeks }, { confidence });
        const most = Math.max(...upper) + 1;
        const { probabilities, columnCount } = purchaseCounts(model, customers, { weeks }, { most });
        for (let row = 0; row < 3; row++) {
          const own = [...probabilities.subarray(row * columnCount, (row + 1) * columnCount)];
          const below = own.slice(0, lower[row]!).reduce((sum, share) => sum + share, 0);
          const above = own.slice(upper[row]! + 1).reduce((sum, share) => sum + share, 0);
          const half = (1 - confidence) / 2 + 1e-9;
          expect(below).toBeLessThanOrEqual(half);
          expect(above).toBeLessThanOrEqual(half);
          // One more at either end would be too few.
          expect(below + own[lower[row]!]!).toBeGreaterThan(half - 2e-9);
          if (upper[row]! > 0) expect(above + own[upper[row]!]!).toBeGreaterThan(half - 2e-9);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('refuses a confidence that is none', () => {
    expect(errorCode(() => purchaseInterval(model, customers, { weeks: 1 }, { confidence: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => purchaseInterval(model, customers, 3 as never))).toBe('INVALID_OPTION');
  });
});
