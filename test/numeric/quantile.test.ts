import fc from 'fast-check';
import { quantileSorted } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { quantileOfSorted } from '../../src/numeric/quantile.js';

describe('quantileOfSorted', () => {
  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], 0.5, 9],
    [[5], 0.9, 5],
    [[1, 9], 0, 1],
    [[1, 9], 1, 9],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(quantileOfSorted(values, p)).toBe(expected);
  });

  it('is what simple-statistics gives', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.double({ noNaN: true, min: 0, max: 1 }), (unsorted, p) => {
        const sorted = Float64Array.from(unsorted).sort();
        expect(quantileOfSorted(sorted, p)).toBe(quantileSorted([...sorted], p));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
