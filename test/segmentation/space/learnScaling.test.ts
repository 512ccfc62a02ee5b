import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/data/table.js';
import { ClientelaError } from '../../../src/errors.js';
import { learnScaling } from '../../../src/segmentation/space/learnScaling.js';
import { scaledPoints } from '../../../src/segmentation/space/scaledPoints.js';
import { scaled, unscaled, type ScalingOption } from '../../../src/segmentation/space/scaling.js';
import { sharesOf } from '../../../src/segmentation/space/weightedShares.js';

const learn = (values: readonly (number | null)[], option: ScalingOption = 'auto', weights: Float64Array | null = null) =>
  learnScaling('fit', readTable('fit', { x: values }), ['x'], option, weights)[0]!;

/** Spending as it is: a few giants, most small. */
const spending = Array.from({ length: 200 }, (_, i) => Math.exp(i / 25));

describe('learnScaling', () => {
  it('gives mean 0 and standard deviation 1 to 1, 2, 3', () => {
    const feature = learn([1, 2, 3], 'standard');
    expect(feature).toEqual({ column: 'x', scaling: 'standard', unit: 1, center: 2, scale: Math.sqrt(2 / 3), limit: null });
    expect(scaled(feature, 3)).toBe(1 / Math.sqrt(2 / 3));
  });

  it('leaves numbers alone where asked to', () => {
    expect(scaled(learn([5, 9, 400], 'none'), 17)).toBe(17);
  });

  it('takes the logarithm of skewed money by itself, and says so; symmetric values stay as they are', () => {
    expect(learn(spending).scaling).toBe('log');
    expect(learn(spending.map((_, i) => i)).scaling).toBe('standard');
  });

  it('takes robust scaling for a skewed column that no logarithm helps', () => {
    // Skewed to the left, far from 0: the logarithm makes it worse.
    const feature = learn(spending.map((x) => 10_000 - x));
    expect(feature.scaling).toBe('robust');
    expect(scaled(feature, -1e9)).toBe(-4);
  });

  it('centres robust values at the median, with the interquartile range of a normal distribution', () => {
    const feature = learn([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'robust');
    expect(feature.center).toBe(5.5);
    expect(feature.scale).toBeCloseTo(6 / 1.3489795, 6);
  });

  it('falls back to the standard deviation where half the values are equal, and to 1 where all are', () => {
    expect(learn([0, 0, 0, 0, 0, 9], 'robust')).toMatchObject({ scaling: 'standard', center: 1.5 });
    expect(learn([7, 7, 7])).toMatchObject({ center: 7, scale: 1 });
    expect(learn([1e9 + 0.1, 1e9 + 0.1], 'log').scale).toBe(1);
    expect(learn([null, null])).toMatchObject({ center: 0, scale: 1 });
    expect(learn([0, 0], 'log')).toMatchObject({ unit: 1, center: 0, scale: 1 });
  });

  it('gives the same points whatever the currency', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 30 }), fc.constantFrom('log' as const, 'standard' as const, 'robust' as const), (values, option) => {
        const cents = values.map((x) => x * 128);
        const [a, b] = [learn(values, option), learn(cents, option)];
        values.forEach((x, i) => expect(scaled(b, cents[i]!)).toBeCloseTo(scaled(a, x), 6));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('takes a weight of 2 for the value twice, and a weight of 0 for none', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -5_000, max: 1_000_000 }).map((cents) => cents / 100), fc.integer({ min: 0, max: 3 })), { minLength: 4, maxLength: 25 }), fc.constantFrom('log' as const, 'robust' as const, 'standard' as const), (rows, option) => {
        const repeated = rows.flatMap(([x, weight]) => Array.from({ length: weight }, () => x));
        fc.pre(new Set(repeated).size > 3);
        const weighted = learn(rows.map(([x]) => x), option, Float64Array.from(rows, ([, weight]) => weight));
        const plain = learn(repeated, option);
        expect(weighted.scaling).toBe(plain.scaling);
        expect(weighted.unit).toBeCloseTo(plain.unit, 9);
        expect(weighted.center).toBeCloseTo(plain.center, 6);
        expect(weighted.scale / plain.scale).toBeCloseTo(1, 6);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('gives back the number a place on the scale stands for', () => {
    for (const option of ['none', 'standard', 'log', 'robust'] as const) {
      const feature = learn(spending, option);
      for (const x of [spending[20]!, spending[90]!]) expect(unscaled(feature, scaled(feature, x))).toBeCloseTo(x, 9);
    }
    const withReturns = learn([-200, -3, 1, 2, 5, 900], 'log');
    expect(unscaled(withReturns, scaled(withReturns, -200))).toBeCloseTo(-200, 9);
  });

  it('takes a scaling per column, and refuses one nobody knows', () => {
    const view = readTable('fit', { x: spending, y: spending });
    expect(learnScaling('fit', view, ['x', 'y'], { x: 'none' }).map(({ scaling }) => scaling)).toEqual(['none', 'log']);
    expect(() => learnScaling('fit', view, ['x'], { y: 'log' })).toThrow('fit scaling knows no option "y"');
    expect(() => learnScaling('fit', view, ['x'], 'loga' as 'log')).toThrow('fit needs scaling as one of auto, none, standard, robust, log, found "loga"');
  });

  it('names the row of an infinite number', () => {
    expect(() => learn([1, Infinity])).toThrow('column "x", row 1');
    expect(() => learn([1, Infinity])).toThrow(ClientelaError);
  });
});

describe('scaledPoints', () => {
  it('is row-major, missing as NaN', () => {
    const view = readTable('fit', { a: [1, 3, null], b: [10, 10, 10] });
    expect(Array.from(scaledPoints('fit', learnScaling('fit', view, ['a', 'b'], 'standard'), view))).toEqual([-1, 0, 1, 0, NaN, 0]);
  });

  it('refuses an infinite number, naming column and row', () => {
    const view = readTable('fit', { a: [1, -Infinity] });
    expect(() => scaledPoints('KMeans.assign', [learn([1, 2])].map((feature) => ({ ...feature, column: 'a' })), view)).toThrow('KMeans.assign needs finite numbers, found -Infinity in column "a", row 1');
  });
});

describe('sharesOf', () => {
  it('is the mean of both sides where a share falls between two values', () => {
    expect(sharesOf(Float64Array.of(4, 1, 3, 2), null, [0.25, 0.5, 0.75])).toEqual([1.5, 2.5, 3.5]);
    expect(sharesOf(Float64Array.of(5, NaN), null, [0.5])).toEqual([5]);
    expect(sharesOf(Float64Array.of(NaN), null, [0.5])).toEqual([]);
  });
});
