import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from '../../../src/segmentation/quality/adjustedRandIndex.js';
import { calinskiHarabasz } from '../../../src/segmentation/quality/calinskiHarabasz.js';
import { daviesBouldin } from '../../../src/segmentation/quality/daviesBouldin.js';
import { normalisedMutualInformation } from '../../../src/segmentation/quality/normalisedMutualInformation.js';

const none = { scaling: 'none' } as const;
const data = { x: [0, 2, 10, 12, 14], y: [1, 1, 1, 1, 1] };
const labels = [0, 0, 1, 1, 1];

describe('calinskiHarabasz', () => {
  it('is the ratio of variances between and within, by hand', () => {
    // Centres 1 and 12 around 7.6; within 1 + 1 + 4 + 0 + 4.
    expect(calinskiHarabasz(data, labels, none)).toBeCloseTo((2 * 6.6 ** 2 + 3 * 4.4 ** 2) / 1 / (10 / 3), 12);
  });

  it('is infinite when the rows of every segment are equal, 0 when all are', () => {
    expect(calinskiHarabasz({ x: [1, 1, 2, 2] }, [0, 0, 1, 1], none)).toBe(Infinity);
    expect(calinskiHarabasz({ x: [1, 1, 1, 1] }, [0, 0, 1, 1], none)).toBe(0);
  });

  it('needs two segments and more rows than segments', () => {
    expect(() => calinskiHarabasz({ x: [1, 2] }, [0, 1])).toThrow('calinskiHarabasz needs more rows than segments, found 2 of each');
    expect(() => calinskiHarabasz({ x: [1, 2] }, [0, 0])).toThrow('at least 2 segment(s)');
    expect(() => calinskiHarabasz({ x: [1, 2] }, [0, 0], { kind: 'exact' } as object)).toThrow('knows no option "kind"');
  });
});

describe('daviesBouldin', () => {
  it('is the mean of the worst ratios of spread to separation, by hand', () => {
    expect(daviesBouldin(data, labels, none)).toBeCloseTo((1 + 4 / 3) / 11, 12);
    // Centres 0, 4, 10 with spreads 0, 1, 0: worst ratios 1/4, 1/4, 1/6.
    expect(daviesBouldin({ x: [0, 3, 5, 10] }, [0, 1, 1, 2], none)).toBeCloseTo((1 / 4 + 1 / 4 + 1 / 6) / 3, 12);
  });

  it('is 0 when the rows of every segment are equal, infinite when spread segments share a centre', () => {
    expect(daviesBouldin({ x: [1, 1, 2, 2] }, [0, 0, 1, 1], none)).toBe(0);
    expect(daviesBouldin({ x: [1, 3, 0, 4] }, [0, 0, 1, 1], none)).toBe(Infinity);
  });
});

describe('both', () => {
  it('do not depend on the order of rows, the numbers of segments, place or size, nor on rows of no segment', () => {
    const x = [1, 2, 4, 9, 11, 12, 20, 22, 23];
    const y = [3, 1, 4, 1, 5, 9, 2, 6, 5];
    const group = [0, 0, 0, 1, 1, 1, 2, 2, 2];
    const order = x.map((_, i) => (i * 4) % 9);
    const moved = { x: [...order.map((i) => x[i]! * 3 + 100), 5000], y: [...order.map((i) => y[i]! * 3 - 7), 5000] };
    for (const index of [calinskiHarabasz, daviesBouldin]) {
      expect(index(moved, [...order.map((i) => (group[i]! + 1) % 3), -1], none)).toBeCloseTo(index({ x, y }, group, none), 10);
    }
  });
});

describe('adjustedRandIndex', () => {
  it('corrects the pairs in common for chance, by hand', () => {
    // Pairs together in both 2, in a 6, in b 3, of 15: expected 18 / 15.
    expect(adjustedRandIndex([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])).toBeCloseTo((2 - 18 / 15) / (4.5 - 18 / 15), 14);
    expect(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 14);
  });

  it('is 1 for two single groups, for all rows apart, and for one row', () => {
    expect(adjustedRandIndex([1, 1], [2, 2])).toBe(1);
    expect(adjustedRandIndex([1, 2, 3], [3, 1, 2])).toBe(1);
    expect(adjustedRandIndex([1], ['a'])).toBe(1);
    expect(adjustedRandIndex([1, 1, 1], [1, 2, 3])).toBe(0);
  });

  it('takes -1 for a group like others', () => {
    expect(adjustedRandIndex([-1, -1, 0, 0], [5, 5, 7, 7])).toBe(1);
  });

  it('lies between -0.5 and 1, is symmetric, and does not see names or order', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), (rows) => {
        const a = rows.map(([x]) => x);
        const b = rows.map(([, y]) => y);
        const found = adjustedRandIndex(a, b);
        expect(found).toBeGreaterThanOrEqual(-0.5 - 1e-12);
        expect(found).toBeLessThanOrEqual(1 + 1e-12);
        expect(adjustedRandIndex(b, a)).toBeCloseTo(found, 12);
        expect(adjustedRandIndex(a.map((x) => `g${9 - x}`).reverse(), b.slice().reverse())).toBeCloseTo(found, 12);
        expect(adjustedRandIndex(a, a)).toBe(1);
        const shared = normalisedMutualInformation(a, b);
        expect(shared).toBeGreaterThanOrEqual(0);
        expect(shared).toBeLessThanOrEqual(1);
        expect(normalisedMutualInformation(b, a)).toBeCloseTo(shared, 12);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('refuses labels of different rows, and none', () => {
    expect(() => adjustedRandIndex([1, 2], [1])).toThrow('adjustedRandIndex needs both labels of the same rows, found 2 and 1 of them');
    expect(() => adjustedRandIndex([], [])).toThrow('adjustedRandIndex needs at least one row');
  });
});

describe('normalisedMutualInformation', () => {
  it('is the information in common over the mean entropy, by hand', () => {
    // a halves, b quarters, nested: information log 2, entropies log 2 and log 4.
    expect(normalisedMutualInformation([0, 0, 1, 1], [0, 1, 2, 3])).toBeCloseTo(2 / 3, 14);
    expect(normalisedMutualInformation([1, 1], [2, 2])).toBe(1);
    expect(normalisedMutualInformation([1, 1], [1, 2])).toBe(0);
    expect(() => normalisedMutualInformation([1], [1, 2])).toThrow('both labels of the same rows');
  });
});
