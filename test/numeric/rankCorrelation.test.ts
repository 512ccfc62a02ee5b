import { describe, expect, it } from 'vitest';
import { correlationOf, midRanks, rankCorrelation } from '../../src/numeric/rankCorrelation.js';

describe('rankCorrelation', () => {
  it('gives equal values the mean of their places', () => {
    expect([...midRanks([30, 10, 10, 20])]).toEqual([4, 1.5, 1.5, 3]);
  });

  it('is that of Pearson on the ranks: by hand, ranks 1 2 3 4 and 1 3 2 4 give .8', () => {
    expect(rankCorrelation([1, 2, 3, 4], [5, 70, 60, 800])).toBeCloseTo(0.8, 12);
    expect(correlationOf([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it('does not change with any rising transformation, and is NaN for a constant', () => {
    const [a, b] = [[3, 1, 4, 1.5, 9], [2, 7, 1, 8, 2.8]];
    expect(rankCorrelation(a.map(Math.exp), b.map((x) => x ** 3))).toBeCloseTo(rankCorrelation(a, b), 12);
    // The mean of equal values can miss them by a rounding.
    for (const n of [2, 10, 11, 49, 100]) expect(correlationOf(new Array<number>(n).fill(0.1), Array.from({ length: n }, (_, i) => i))).toBeNaN();
  });
});
