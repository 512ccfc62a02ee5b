import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { FoldIn } from '../../../src/propensity/factors/foldIn.js';
import { createFoldIn, foldInRows, scoreRows } from '../../../src/propensity/factors/foldInRows.js';
import { dot, drawHeld, heldOf, naiveFactors, rowsOf, setsOf } from './factorCases.js';

const drawFactors = (products: number, width: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: products * width }, () => random.normal());
};

describe('folding a customer in', () => {
  it('gives the factors of the system written out, by way of its cells and by way of its factors', () => {
    const held = drawHeld(40, 12, 3);
    const factors = drawFactors(12, 4, 5);
    const all = foldInRows(createFoldIn(factors, { width: 4, alpha: 7, ridge: 0.3 }), held);
    setsOf(held).forEach((set, r) => {
      const expected = set.length === 0 ? [0, 0, 0, 0] : naiveFactors(rowsOf(factors, 4), set, 7, 0.3);
      expected.forEach((value, k) => expect(all[r * 4 + k]).toBeCloseTo(value, 10));
    });
    expect(new Set(setsOf(held).map((set) => (set.length === 0 ? 'none' : set.length <= 4 ? 'few' : 'many'))).size).toBe(3);
  });

  it('scores a held product exactly as if it were not held, however it is reckoned', () => {
    const check = fc.property(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 1e-6, 0.5, 20), fc.double({ min: 0.01, max: 5, noNaN: true }), fc.integer({ min: 0, max: 99 }), (width, alpha, ridge, seed) => {
      const held = drawHeld(6, 9, seed, 0.4);
      const factors = drawFactors(9, width, seed + 1);
      const twins = rowsOf(factors, width);
      const ones = new Float64Array(9).fill(1);
      for (const [shortest, kernel] of [[0, false], [9, false], [9, true]] as const) {
        const out = new Float64Array(6 * 9);
        scoreRows(new FoldIn(factors, ones, { width, alpha, ridge }, shortest, kernel), held, 0, 6, out);
        setsOf(held).forEach((set, r) => {
          twins.forEach((y, c) => {
            const others = set.filter((other) => other !== c);
            const expected = others.length === 0 ? 0 : dot(y, naiveFactors(twins, others, alpha, ridge));
            expect(out[r * 9 + c]).toBeCloseTo(expected, 9);
          });
        });
      }
    });
    fc.assert(check, { seed: 20261122, numRuns: 12 });
  });

  it('writes only the rows asked for, from the first place on', () => {
    const held = heldOf([[0], [1, 2], [0, 2]], 3);
    const foldIn = createFoldIn(drawFactors(3, 2, 1), { width: 2, alpha: 5, ridge: 1 });
    const all = new Float64Array(9);
    scoreRows(foldIn, held, 0, 3, all);
    const one = new Float64Array(5).fill(-1);
    scoreRows(foldIn, held, 1, 2, one);
    expect([...one]).toEqual([...all.subarray(3, 6), -1, -1]);
  });

  it('splits a score into what each held product adds', () => {
    const factors = drawFactors(7, 3, 8);
    const foldIn = createFoldIn(factors, { width: 3, alpha: 10, ridge: 0.5 });
    const out = new Float64Array(7);
    scoreRows(foldIn, heldOf([[1, 3, 4, 6]], 7), 0, 1, out);
    const parts = foldIn.contributions(Int32Array.of(1, 3, 4, 6), 2);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(out[2]!, 12);
    // What 3 adds: the score it would give alone on the right-hand side, the matrix being that of all.
    const withoutThree = foldIn.contributions(Int32Array.of(1, 4, 6), 2);
    expect(withoutThree[0]).not.toBeCloseTo(parts[0]!, 6);
    expect(foldIn.contributions(new Int32Array(0), 2)).toEqual(new Float64Array(0));
  });

  it('says so when the ridge is lost in rounding', () => {
    const factors = Float64Array.of(1e9, 1e9, 1e9, 1e9);
    expect(() => new FoldIn(factors, Float64Array.of(1, 1), { width: 2, alpha: 1, ridge: 1e-9 }, 2, true)).toThrow('implicit factors are not determined: the ridge is lost in rounding beside what is held; give a larger one');
  });
});
