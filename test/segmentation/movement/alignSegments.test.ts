import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSegments } from '../../../src/segmentation/movement/alignSegments.js';
import { errorCode } from '../../errorCode.js';

describe('alignSegments', () => {
  it('by hand: the segments keep the numbers under which most customers stay', () => {
    // Overlap: [2, 1] and [0, 3]; crossed numbers would keep 1 customer, these keep 5.
    expect(alignSegments([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1])).toEqual({
      numbers: [0, 1],
      agreement: 5 / 6,
      pairs: [
        { before: 0, after: 0, likeness: 2 / 3 },
        { before: 1, after: 1, likeness: 3 / 4 },
      ],
      appeared: [],
      vanished: [],
    });
  });

  it('is the inverse of any permutation of the labels', () => {
    const permuted = fc.integer({ min: 1, max: 8 }).chain((k) =>
      fc.tuple(fc.shuffledSubarray(Array.from({ length: k }, (_, s) => s), { minLength: k, maxLength: k }), fc.array(fc.integer({ min: 0, max: k - 1 }), { maxLength: 40 })),
    );
    fc.assert(
      fc.property(permuted, ([permutation, rest]) => {
        const labels = [...permutation.map((_, s) => s), ...rest];
        const { numbers, agreement } = alignSegments(labels, labels.map((s) => permutation[s]!));
        expect(agreement).toBe(1);
        expect(labels.map((s) => numbers[permutation[s]!])).toEqual(labels);
      }),
      { seed: 20261122, numRuns: 80 },
    );
  });

  it('names what appeared and what vanished when the numbers of segments differ, either way', () => {
    const [three, two] = [[0, 0, 0, 1, 1, 2, 2, 2, 2], [1, 1, 1, 0, 0, 0, 0, 0, 0]];
    expect(alignSegments(three, two)).toMatchObject({ numbers: [2, 0], agreement: 7 / 9, appeared: [], vanished: [1] });
    expect(alignSegments(two, three)).toMatchObject({ numbers: [1, 2, 0], agreement: 7 / 9, appeared: [1], vanished: [] });
  });

  it('two segments without a common customer are no pair', () => {
    expect(alignSegments([0, 0, 1, -1], [0, 0, -1, 1])).toEqual({ numbers: [0, 2], agreement: 1, pairs: [{ before: 0, after: 0, likeness: 1 }], appeared: [1], vanished: [1] });
  });

  it('compares the common customers by identifier', () => {
    const before = { customers: ['a', 'b', 'c', 'gone'], segment: [0, 1, 1, 0] };
    expect(alignSegments(before, { customers: ['new', 'c', 'a', 'b'], segment: [0, 0, 1, 0] })).toMatchObject({ numbers: [1, 0], agreement: 1 });
    expect(alignSegments({ customers: [1, 2], segment: [0, 1] }, { customers: ['2', '1'], segment: [0, 1] })).toMatchObject({ numbers: [1, 0], agreement: 1 });
  });

  it('compares centres by their distance', () => {
    const found = alignSegments([[0, 0], [5, 5]], [Float64Array.of(5, 4), [0, 3], [90, 90]]);
    expect(found).toEqual({ numbers: [1, 0, 2], agreement: null, pairs: [{ before: 1, after: 0, likeness: 1 }, { before: 0, after: 1, likeness: 3 }], appeared: [2], vanished: [] });
  });

  it('gives plain data', () => {
    const found = alignSegments(Int32Array.of(0, 1), Int32Array.of(1, 0));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('refuses what cannot be', () => {
    expect(errorCode(() => alignSegments([], []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => alignSegments([-1, 0], [0, -1]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => alignSegments([0, 1], [0]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => alignSegments([0, NaN], [0, 1]))).toBe('INVALID_VALUE');
    expect(errorCode(() => alignSegments([0, 1], { customers: ['a'], segment: [0] }))).toBe('INVALID_INPUT');
    expect(errorCode(() => alignSegments([0, 1], [[0], [1]]))).toBe('INVALID_INPUT');
    expect(errorCode(() => alignSegments([[0], [1]], [[0, 1]]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => alignSegments([[0]], [[Infinity]]))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => alignSegments({ customers: ['b', 'a', 'b'], segment: [0, 0, 0] }, { customers: ['a'], segment: [0] }))).toBe('DUPLICATE_ID');
  });
});
