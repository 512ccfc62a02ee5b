import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedOrder } from '../../src/numeric/sorting.js';
import { createRandom } from '../../src/numeric/random.js';

const naive = (values: ArrayLike<number>): number[] => {
  const rank = (x: number): number => (Number.isNaN(x) ? 1 : 0);
  return Array.from(values, (_, i) => i).sort((a, b) => {
    const x = values[a]!;
    const y = values[b]!;
    return rank(x) - rank(y) || (x < y ? -1 : x > y ? 1 : a - b);
  });
};

describe('sortedOrder', () => {
  it('gives the indexes in ascending order, ties by row, NaN last', () => {
    expect([...sortedOrder(new Float64Array([3, 1, Number.NaN, 1, 2]))]).toEqual([1, 3, 4, 0, 2]);
    expect([...sortedOrder([])]).toEqual([]);
    expect([...sortedOrder([7])]).toEqual([0]);
  });

  it('takes 0 and -0 as equal, and infinities as the ends', () => {
    expect([...sortedOrder([0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE, 5e-324, -5e-324])]).toEqual([3, 6, 0, 1, 5, 4, 2]);
  });

  it('puts NaN of either sign last', () => {
    const bits = new BigUint64Array([0xfff8000000000000n, 0x7ff8000000000000n, 0x3ff0000000000000n]);
    expect([...sortedOrder(new Float64Array(bits.buffer))]).toEqual([2, 0, 1]);
  });

  it('equals a stable comparison sort for any doubles', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 })), { maxLength: 300 }), (values) => {
        expect([...sortedOrder(values)]).toEqual(naive(values));
        expect([...sortedOrder(Float64Array.from(values))]).toEqual(naive(values));
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it.each([
    ['uniform', (u: number) => u],
    ['a few levels', (u: number) => Math.floor(u * 5)],
    ['equal in the high bits', (u: number) => 1e9 + u * 0.01],
    ['equal in the high bits, in pairs', (u: number) => 1e9 + Math.floor(u * 2000) * 1e-6],
    ['dates', (u: number) => 1.7e12 + Math.floor(u * 1e9)],
    ['ascending but for one', (u: number, i: number) => (i === 900 ? -1 : 1 + i * 1e-12 + u * 0)],
  ])('is right on 3000 values that are %s', (_, make) => {
    const random = createRandom(11);
    const values = Float64Array.from({ length: 3000 }, (_value, i) => make(random.uniform(), i));
    const order = [...sortedOrder(values)];
    expect(order).toEqual(naive(values));
  });

  it('leaves the values as they were', () => {
    const values = Object.freeze([3, 1, 2]);
    sortedOrder(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
