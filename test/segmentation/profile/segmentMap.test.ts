import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { segmentMap } from '../../../src/segmentation/profile/segmentMap.js';
import { learnScaling } from '../../../src/segmentation/space/learnScaling.js';
import { readTable } from '../../../src/data/table.js';
import { errorCode } from '../../errorCode.js';

const portfolio = (seed: number, n: number) => {
  const random = createRandom(seed);
  const rows = Array.from({ length: n }, () => {
    const common = random.normal();
    return { a: common + random.normal() / 3, b: 5 * common + random.normal(), c: random.normal(), student: random.uniform() < 0.5 };
  });
  return { rows, labels: rows.map(() => random.integer(4) - 1), random };
};

describe('segmentMap', () => {
  it('lays points on the axis that two equal columns share (by hand)', () => {
    const map = segmentMap({ spent: [1, 2, 3, 4], visits: [2, 4, 6, 8] }, [0, 0, 1, -1], { scaling: 'standard' });
    const z = [-3, -1, 1, 3].map((x) => x / Math.sqrt(5));
    z.forEach((x, row) => expect(map.x[row]).toBeCloseTo(x * Math.SQRT2, 12));
    map.y.forEach((y) => expect(y).toBeCloseTo(0, 12));
    expect(map.axes[0].share).toBeCloseTo(1, 12);
    expect(map.centers.map(({ segment }) => segment)).toEqual([0, 1]);
    expect(map.centers[0]!.x).toBeCloseTo((-2 / Math.sqrt(5)) * Math.SQRT2, 12);
  });

  it('has centred, uncorrelated axes of unit loadings, the first the longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { rows, labels } = portfolio(seed, 40);
        const { x, y, axes } = segmentMap(rows, labels);
        const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / rows.length;
        const ones = new Float64Array(rows.length).fill(1);
        [dot(x, ones), dot(y, ones), dot(x, y)].forEach((value) => expect(value).toBeCloseTo(0, 9));
        expect(dot(x, x)).toBeGreaterThanOrEqual(dot(y, y));
        axes.forEach(({ loadings }) => {
          expect(loadings.reduce((sum, { loading }) => sum + loading ** 2, 0)).toBeCloseTo(1, 9);
          const largest = loadings.reduce((best, { loading }) => (Math.abs(loading) > Math.abs(best) ? loading : best), 0);
          expect(largest).toBeGreaterThan(0);
        });
        expect(axes[0].share).toBeGreaterThanOrEqual(axes[1].share);
        expect(axes[0].share + axes[1].share).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { seed: 20261122, numRuns: 20 },
    );
  });

  it('moves with the rows and takes weight 2 for the row twice', () => {
    const { rows, labels, random } = portfolio(3, 50);
    const found = segmentMap(rows, labels, { scaling: 'standard' });
    const backwards = segmentMap([...rows].reverse(), [...labels].reverse(), { scaling: 'standard' });
    found.x.forEach((x, row) => expect(backwards.x[rows.length - 1 - row]).toBeCloseTo(x, 9));
    const weights = rows.map(() => 1 + random.integer(2));
    const repeated = weights.flatMap((weight, row) => new Array<number>(weight).fill(row));
    const weighted = segmentMap(rows, labels, { weights, scaling: 'standard' });
    const twice = segmentMap(repeated.map((row) => rows[row]!), repeated.map((row) => labels[row]!), { scaling: 'standard' });
    repeated.forEach((row, i) => expect(twice.y[i]).toBeCloseTo(weighted.y[row]!, 9));
    weighted.centers.forEach(({ x }, i) => expect(twice.centers[i]!.x).toBeCloseTo(x, 9));
  });

  it('takes a missing value for the mean, and the scale of a model where it is given', () => {
    const { x } = segmentMap({ spent: [1, 2, null, 3] }, [0, 0, 0, 0], { scaling: 'none' });
    expect([...x]).toEqual([-1, 0, 0, 1]);
    const data = { spent: [1, 2, 3], other: [9, 1, 5] };
    const scaling = learnScaling('test', readTable('test', data), ['spent'], 'none');
    expect([...segmentMap(data, [0, 1, 1], { scaling }).x]).toEqual([-1, 0, 1]);
  });

  it('answers for one column, one row, constants, and a column nobody knows', () => {
    const one = segmentMap({ spent: [1, 3] }, [0, 1], { scaling: 'none' });
    expect([[...one.x], [...one.y], one.axes.map(({ share }) => share)]).toEqual([[-1, 1], [0, 0], [1, 0]]);
    expect(segmentMap([{ a: 1, b: 2 }], [0])).toMatchObject({ axes: [{ share: 0 }, { share: 0 }], centers: [{ segment: 0, x: 0, y: 0 }] });
    expect([...segmentMap({ a: [1, 1], b: [2, 3], c: [null, null] }, [0, 0], { features: ['a', 'b'] }).x].map(Math.abs)).toEqual([1, 1]);
  });

  it('refuses what it cannot draw', () => {
    const data = { a: [1, 2], plan: ['x', 'y'] };
    expect(errorCode(() => segmentMap(data, [0, 1], { features: ['plan'] }))).toBe('COLUMN_KIND');
    expect(errorCode(() => segmentMap(data, [0]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => segmentMap([], []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => segmentMap({ plan: ['x', 'y'] }, [0, 1]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => segmentMap({ a: [1, -Infinity] }, [0, 1]))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => segmentMap(data, [0, 1], { weights: [-1, 1] }))).toBe('INVALID_VALUE');
    expect(() => segmentMap(data, [0, 1], { colour: 1 } as never)).toThrow(/^segmentMap knows no option "colour"; its options are features, scaling, weights$/);
  });
});
