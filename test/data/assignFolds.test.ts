import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignFolds } from '../../src/evaluation/index.js';
import { isClientelaError } from '../../src/errors.js';

const counts = (values: Iterable<number>, folds: number): number[] => {
  const result = new Array<number>(folds).fill(0);
  for (const value of values) result[value]!++;
  return result;
};
const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return isClientelaError(error) ? error.code : error;
  }
  return 'no error';
};

describe('assignFolds', () => {
  it('makes folds of equal size, with every label equally frequent, to one row', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 10, maxLength: 80 }), fc.integer({ min: 2, max: 10 }), fc.nat(), (labels, folds, seed) => {
        const fold = assignFolds(labels, { folds, seed });
        expect(spread(counts(fold, folds))).toBeLessThanOrEqual(1);
        for (const label of ['a', 'b', 'c']) {
          expect(spread(counts(fold.filter((_, row) => labels[row] === label), folds))).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('takes a number of rows, repeats itself with the seed, and differs with another', () => {
    const fold = assignFolds(101, { folds: 4, seed: 3 });
    expect(counts(fold, 4).sort()).toEqual([25, 25, 25, 26]);
    expect(assignFolds(101, { folds: 4, seed: 3 })).toEqual(fold);
    expect(assignFolds(101, { folds: 4, seed: 4 })).not.toEqual(fold);
    expect(counts(assignFolds(10), 5)).toEqual([2, 2, 2, 2, 2]);
  });

  it('keeps the rows of a group in one fold and folds about equal', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 60, maxLength: 200 }), fc.nat(), (groups, seed) => {
        const labels = groups.map((group) => group % 2);
        const fold = assignFolds(labels, { folds: 3, seed, groups });
        const foldOf = new Map<number, number>();
        groups.forEach((group, row) => {
          expect(foldOf.get(group) ?? fold[row]).toBe(fold[row]);
          foldOf.set(group, fold[row]!);
        });
        const largest = Math.max(...counts(groups, 31));
        expect(spread(counts(fold, 3))).toBeLessThanOrEqual(3 * largest);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('spreads the labels evenly even when they belong to groups', () => {
    // 40 groups of 5 rows, every fourth group all events: 10 groups of events over 5 folds.
    const groups = Array.from({ length: 200 }, (_, row) => `household ${Math.floor(row / 5)}`);
    const labels = groups.map((_, row) => (Math.floor(row / 5) % 4 === 0 ? 1 : 0));
    const fold = assignFolds(labels, { groups });
    expect(counts(fold, 5)).toEqual([40, 40, 40, 40, 40]);
    expect(counts(fold.filter((_, row) => labels[row] === 1), 5)).toEqual([10, 10, 10, 10, 10]);
  });

  it('takes groups of any value: dates by their moment', () => {
    const groups = [0, 1, 2, 3].flatMap((day) => [new Date(day * 864e5), new Date(day * 864e5)]);
    const fold = assignFolds(8, { folds: 2, groups });
    for (let i = 0; i < 8; i += 2) expect(fold[i]).toBe(fold[i + 1]);
  });

  it('refuses fewer rows or groups than folds, a missing group and unequal lengths', () => {
    expect(codeOf(() => assignFolds(3))).toBe('EMPTY_INPUT');
    expect(codeOf(() => assignFolds(10, { groups: new Array(10).fill('one') }))).toBe('EMPTY_INPUT');
    expect(codeOf(() => assignFolds(10, { groups: [1, 2] }))).toBe('LENGTH_MISMATCH');
    for (const missing of [null, undefined, Number.NaN]) {
      expect(codeOf(() => assignFolds(5, { folds: 2, groups: [1, 2, missing, 3, 4] }))).toBe('MISSING_VALUE');
    }
  });
});
