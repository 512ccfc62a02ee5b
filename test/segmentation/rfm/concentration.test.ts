import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentration } from '../../../src/segmentation/rfm/concentration.js';
import { errorCode as codeOf } from '../../errorCode.js';

const SEED = { seed: 20261122, numRuns: 150 };
const amounts = fc.array(fc.constantFrom(-7, 0, 0.5, 1, 1, 2, 3, 8.25, 40, 1000), { minLength: 1, maxLength: 50 });

describe('concentration', () => {
  it('gives the figures one counts by hand', () => {
    const result = concentration([10, 160, 20, 10]);
    expect(result.total).toBe(200);
    expect(result.gini).toBeCloseTo(0.575, 14);
    expect([...result.lorenz.customerShare]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([...result.lorenz.valueShare]).toEqual([0, 0.05, 0.1, 0.2, 1]);
    expect([...result.classOf]).toEqual([1, 0, 1, 1]);
    expect(result.classes).toEqual([
      { name: 'A', customers: 1, share: 0.25, value: 160, valueShare: 0.8 },
      { name: 'B', customers: 3, share: 0.75, value: 40, valueShare: 0.2 },
      { name: 'C', customers: 0, share: 0, value: 0, valueShare: 0 },
    ]);
    expect(result.top.map(({ customerShare }) => customerShare)).toEqual([0.01, 0.05, 0.1, 0.2, 0.5]);
    expect(result.top[3]!.valueShare).toBeCloseTo(0.64, 14);
  });

  it('the extremes: all equal, and one has everything', () => {
    const equal = concentration(new Float64Array(8).fill(3));
    expect([equal.gini, equal.top[4]!.valueShare]).toEqual([0, 0.5]);
    expect(new Set(equal.classOf)).toEqual(new Set([0]));
    const one = concentration([0, 0, 0, 5]);
    expect(one.gini).toBe(0.75);
    expect([...one.classOf]).toEqual([2, 2, 2, 0]);
    expect(concentration([5])).toMatchObject({ gini: 0, total: 5 });
  });

  it('counts values below 0 as 0 and says so; without any value shares are undefined', () => {
    const { negative, ...net } = concentration([-5, 10, 30, -1]);
    expect(negative).toEqual({ customers: 2, value: -6 });
    expect(net).toEqual((({ negative: _, ...rest }) => rest)(concentration([0, 10, 30, 0])));
    const none = concentration([0, -3, 0]);
    expect([none.total, none.gini, none.top[0]!.valueShare, none.classes[2]!.valueShare]).toEqual([0, NaN, NaN, NaN]);
    expect([...none.classOf]).toEqual([2, 2, 2]);
  });

  it('equals the mean difference of all pairs, and is order free, scale free, and the same for everybody twice', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 9 }), (values, factor) => {
        const { gini, total, classOf, classes, top } = concentration(values);
        fc.pre(total > 0);
        const kept = values.map((value) => Math.max(0, value));
        const differences = kept.reduce((sum, a) => sum + kept.reduce((inner, b) => inner + Math.abs(a - b), 0), 0);
        expect(gini).toBeCloseTo(differences / (2 * kept.length * total), 12);
        expect(concentration(values.map((value) => value * factor)).gini).toBeCloseTo(gini, 12);
        expect(concentration([...values, ...values]).gini).toBeCloseTo(gini, 12);
        const reversed = concentration(values.slice().reverse());
        expect([...reversed.classOf].reverse()).toEqual([...classOf]);
        expect(reversed.gini).toBeCloseTo(gini, 12);
        values.forEach((a, i) => values.forEach((b, j) => expect(Math.max(a, 0) >= Math.max(b, 0) && classOf[i]! > classOf[j]!).toBe(false)));
        expect(classes.reduce((sum, { customers }) => sum + customers, 0)).toBe(values.length);
        expect(classes.reduce((sum, { valueShare }) => sum + valueShare, 0)).toBeCloseTo(1, 12);
        expect(top.every(({ customerShare, valueShare }) => valueShare >= customerShare - 1e-12 && valueShare <= 1 + 1e-12)).toBe(true);
      }),
      SEED,
    );
  });

  it('class A with the ties at its border holds at least the cut-off, and less without its smallest', () => {
    fc.assert(
      fc.property(amounts.filter((values) => values.some((value) => value > 0)), (values) => {
        const { classes, classOf, total } = concentration(values);
        expect(classes[0]!.valueShare).toBeGreaterThanOrEqual(0.8 - 1e-9);
        const inA = values.filter((_, i) => classOf[i] === 0);
        const smallest = Math.min(...inA);
        const greater = inA.filter((value) => value > smallest).reduce<number>((sum, value) => sum + value, 0);
        expect(greater / total).toBeLessThan(0.8 + 1e-9);
      }),
      SEED,
    );
  });

  it('takes cut-offs of one\'s own', () => {
    const { classes, classOf } = concentration([50, 30, 15, 5], { cutOffs: [0.5] });
    expect(classes.map(({ name }) => name)).toEqual(['A', 'B']);
    expect([...classOf]).toEqual([0, 1, 1, 1]);
    expect(concentration([1, 2], { top: [] }).top).toEqual([]);
  });

  it.each([
    [[], {}, 'EMPTY_INPUT', 'concentration needs at least one value, found none'],
    [[1, NaN], {}, 'NON_FINITE_VALUE', 'concentration needs finite values, found NaN in row 1; leave out who has none'],
    [[1, undefined], {}, 'NON_FINITE_VALUE', 'found undefined in row 1'],
    [[1], { cutOffs: [0.8, 0.8] }, 'INVALID_OPTION', 'concentration needs cutOffs as ascending shares between 0 and 1, found [0.8,0.8]'],
    [[1], { cutOffs: [80, 95] }, 'INVALID_OPTION', 'found [80,95]'],
    [[1], { top: 0.2 }, 'INVALID_OPTION', 'concentration needs top as ascending shares between 0 and 1, found 0.2'],
    [[1], { tops: [0.2] }, 'INVALID_OPTION', 'knows no option "tops"'],
  ])('refuses %j with %j', (values, options, code, message) => {
    const run = (): unknown => concentration(values as never, options as never);
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe(code);
  });
});
