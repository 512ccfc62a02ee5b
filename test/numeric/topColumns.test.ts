import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topColumns } from '../../src/numeric/topColumns.js';

const top = (scores: readonly number[], count: number, barred: readonly number[] | null = null): number[] => {
  const columns = new Int32Array(scores.length + 3).fill(-9);
  const found = topColumns(Float64Array.from([99, ...scores, 99]), 1, scores.length, count, barred && Uint8Array.from([0, 0, ...barred, 0]), 2, columns, 2);
  // Nothing is written outside.
  expect([...columns.subarray(0, 2)]).toEqual([-9, -9]);
  expect([...columns.subarray(2 + found)].every((x) => x === -9)).toBe(true);
  return [...columns.subarray(2, 2 + found)];
};

describe('topColumns', () => {
  it('gives the highest first and ties to the lowest column', () => {
    expect(top([1, 3, 2, 3, 0], 3)).toEqual([1, 3, 2]);
    expect(top([5, 5, 5, 5], 2)).toEqual([0, 1]);
    expect(top([0, -0, 0], 3)).toEqual([0, 1, 2]);
  });

  it('never chooses what is barred or NaN, and gives fewer where fewer are left', () => {
    expect(top([1, NaN, 2, -Infinity], 9)).toEqual([2, 0, 3]);
    expect(top([1, 4, 2, 3], 9, [0, 1, 0, 1])).toEqual([2, 0]);
    expect(top([NaN, NaN], 1)).toEqual([]);
    expect(top([1, 2], 0)).toEqual([]);
  });

  it('equals a full sort', () => {
    const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(NaN));
    fc.assert(
      fc.property(fc.array(fc.tuple(score, fc.integer({ min: 0, max: 1 })), { maxLength: 30 }), fc.integer({ min: 0, max: 35 }), (cells, count) => {
        const scores = cells.map(([x]) => x);
        const barred = cells.map(([, b]) => b);
        const expected = scores
          .map((_, c) => c)
          .filter((c) => !Number.isNaN(scores[c]) && barred[c] === 0)
          .sort((a, b) => scores[b]! - scores[a]! || a - b)
          .slice(0, count);
        expect(top(scores, count, barred)).toEqual(expected);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});
