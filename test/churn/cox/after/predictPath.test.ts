import { describe, expect, it } from 'vitest';
import { predictPath } from '../../../../src/churn/cox/after/predictPath.js';
import { splitEpisodes } from '../../../../src/churn/cox/after/splitEpisodes.js';
import { fitCoxRegression } from '../../../../src/churn/cox/fitCoxRegression.js';
import { createRandom } from '../../../../src/numeric/random.js';

const random = createRandom(4);
const ROWS = Array.from({ length: 80 }, (_, i) => ({ from: i % 4, to: 4 + Math.floor(12 * random.uniform()), left: Number(random.uniform() < 0.7), x: random.normal(), region: i % 2 === 0 ? 'n' : 's' }));
const MODEL = fitCoxRegression(ROWS, { entry: 'from', duration: 'to', event: 'left', features: ['x'] });

describe('predictPath', () => {
  it('of one row is what the model says of it', () => {
    const path = predictPath(MODEL, [{ from: 2, to: 9, x: 0.5 }], { assume: 'carryForward', horizon: 4 });
    expect(path.from).toBe(2);
    expect(path.survival[0]).toBeCloseTo(MODEL.predictSurvival([{ x: 0.5 }], 7, { elapsed: 2 })[0]!, 13);
    expect(path.cumulativeHazard[0]).toBeCloseTo(-Math.log(path.survival[0]!), 13);
    expect(path.after?.median).toBe(MODEL.predictQuantile([{ x: 0.5 }], 0.5, { elapsed: 9 })[0]);
    expect(path.after?.restrictedMean).toBe(MODEL.predictRestrictedMean([{ x: 0.5 }], 4, { elapsed: 9 })[0]);
    expect(path.after?.curve).toEqual(MODEL.survivalCurve({ x: 0.5 }, { elapsed: 9 }));
  });

  it('is the same however a row is cut, and in whatever order the pieces come', () => {
    const pieces = splitEpisodes([{ from: 0, to: 11, x: -1 }], { duration: 'to', entry: 'from', at: [3, 4, 7.5] });
    const path = predictPath(MODEL, pieces.toRows().reverse());
    expect(path.stops).toEqual(Float64Array.of(3, 4, 7.5, 11));
    expect(path.survival.at(-1)).toBeCloseTo(MODEL.predictSurvival([{ x: -1 }], 11)[0]!, 13);
    expect(path.after).toBeNull();
  });

  it('adds up hazards of the features of each stretch, and carries the last forward', () => {
    const path = predictPath(MODEL, { from: [0, 6], to: [6, 10], x: [2, -2] }, { assume: 'carryForward' });
    const first = MODEL.predictSurvival([{ x: 2 }], 6)[0]!;
    const second = MODEL.predictSurvival([{ x: -2 }], 4, { elapsed: 6 })[0]!;
    expect(Array.from(path.survival)).toEqual([expect.closeTo(first, 12), expect.closeTo(first * second, 12)]);
    expect(path.after?.median).toBe(MODEL.predictQuantile([{ x: -2 }], 0.5, { elapsed: 10 })[0]);
    expect(path.after?.restrictedMean).toBeNull();
  });

  it('follows strata, and a fit without entries where the column is named', () => {
    const strata = fitCoxRegression(ROWS, { entry: 'from', duration: 'to', event: 'left', features: ['x'], strata: 'region' });
    const moved = predictPath(strata, [{ from: 0, to: 8, x: 0, region: 'n' }, { from: 8, to: 12, x: 0, region: 's' }]);
    const after = strata.predictSurvival([{ x: 0, region: 's' }], 4, { elapsed: 8 })[0]!;
    expect(moved.survival[1]).toBeCloseTo(strata.predictSurvival([{ x: 0, region: 'n' }], 8)[0]! * after, 12);
    const plain = fitCoxRegression(ROWS, { duration: 'to', event: 'left', features: ['x'] });
    expect(() => predictPath(plain, [{ from: 0, to: 8, x: 0 }])).toThrow(/needs entry as the column/);
    expect(predictPath(plain, [{ from: 0, to: 8, x: 0 }], { entry: 'from' }).survival[0]).toBeCloseTo(plain.predictSurvival([{ x: 0 }], 8)[0]!, 13);
  });

  it('refuses gaps, overlaps and a horizon without an assumption', () => {
    expect(() => predictPath(MODEL, [])).toThrow(/rows, found none/);
    expect(() => predictPath(MODEL, { from: [0, 7], to: [6, 9], x: [1, 1] })).toThrow(/one to 6 and the next from 7 in row 1/);
    expect(() => predictPath(MODEL, { from: [0, 5], to: [6, 9], x: [1, 1] })).toThrow(/follow each other/);
    expect(() => predictPath(MODEL, { from: [3], to: [3], x: [1] })).toThrow(/found 3 to 3 in row 0/);
    expect(() => predictPath(MODEL, { from: [NaN], to: [3], x: [1] })).toThrow(/found NaN to 3/);
    expect(() => predictPath(MODEL, { from: [0], to: [3], x: [1] }, { horizon: 3 })).toThrow(/assume: 'carryForward' with a horizon/);
    expect(() => predictPath(MODEL, { from: [0], to: [3], x: [1] }, { assume: 'last' as 'carryForward' })).toThrow(/assume as one of carryForward/);
  });
});
