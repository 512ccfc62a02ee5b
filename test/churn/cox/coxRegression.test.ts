import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CoxRegression } from '../../../src/churn/cox/coxRegression.js';
import { fitCoxRegression } from '../../../src/churn/cox/fitCoxRegression.js';
import { errorCode } from '../../errorCode.js';

// All coefficients 0: the curve is that of the customers at large.
const flat = fitCoxRegression({ months: [1, 2, 3, 4], x: [1, 0, 0, 1] }, { duration: 'months', penalty: { lambda: 100 } });
const rows = [3, 5, 8, 2, 7, 7, 4, 9, 1, 6].map((months, i) => ({ months, left: i % 4 > 0, x: i % 2, group: i < 5 ? 'a' : 'b' }));
const model = fitCoxRegression(rows, { duration: 'months', event: 'left', features: ['x'] });
const stratified = fitCoxRegression(rows, { duration: 'months', event: 'left', features: ['x'], strata: 'group' });

describe('CoxRegression', () => {
  it('adds up the hazards of those at risk', () => {
    // 1 of 4, of 3, of 2, of 1.
    expect(flat.baseline()).toEqual([{ stratum: null, times: [1, 2, 3, 4], cumulative: [1 / 4, 1 / 4 + 1 / 3, 1 / 4 + 1 / 3 + 1 / 2, 1 / 4 + 1 / 3 + 1 / 2 + 1] }]);
    const any = [{ x: 1 }];
    const share = (time: number, elapsed = 0): number => flat.predictSurvival(any, time, { elapsed })[0]!;
    expect(share(0.999)).toBe(1);
    expect(share(1)).toBeCloseTo(Math.exp(-1 / 4), 14);
    expect(share(2.5)).toBeCloseTo(Math.exp(-1 / 4 - 1 / 3), 14);
    expect(share(1.5, 1)).toBeCloseTo(Math.exp(-1 / 3), 14);
    expect(share(100)).toBeCloseTo(Math.exp(-25 / 12), 14);
    expect(share(Infinity)).toBe(share(100));
  });

  it('finds the time by which a share has gone, and the area under the curve', () => {
    const any = [{ x: 0 }];
    expect(flat.predictQuantile(any, 0.5)[0]).toBe(3);
    expect(flat.predictQuantile(any, 0.5, { elapsed: 1.5 })[0]).toBe(1.5);
    expect(flat.predictQuantile(any, 0.9)[0]).toBe(Infinity);
    // Exactly at the step.
    expect(flat.predictQuantile(any, 1 - Math.exp(-1 / 4))[0]).toBe(1);
    expect(flat.predictRestrictedMean(any, 2.5)[0]).toBeCloseTo(1 + Math.exp(-1 / 4) + 0.5 * Math.exp(-1 / 4 - 1 / 3), 14);
    expect(flat.predictRestrictedMean(any, 1, { elapsed: 1.5 })[0]).toBeCloseTo(0.5 + 0.5 * Math.exp(-1 / 3), 14);
    expect(flat.predictRestrictedMean(any, 0.5)[0]).toBe(0.5);
  });

  it('raises hazards by what the features say', () => {
    const [low, high] = Array.from(model.predictRisk([{ x: 0 }, { x: 1 }])) as [number, number];
    expect(high - low).toBeCloseTo(model.coefficients[0]!.estimate, 12);
    const [first, second] = Array.from(model.predictSurvival([{ x: 0 }, { x: 1 }], 5)) as [number, number];
    expect(Math.log(second) / Math.log(first)).toBeCloseTo(model.coefficients[0]!.hazardRatio, 12);
    // A number that is missing stands at the average.
    expect(model.predictRisk([{ x: null }])[0]).toBe(0);
    const { baseline, contributions, margin, prediction } = model.explain({ x: 1 });
    expect(baseline).toBe(0);
    expect(contributions).toEqual([{ feature: 'x', value: 1, contribution: high, direction: high > 0 ? 'raises' : 'lowers' }]);
    expect([margin, prediction]).toEqual([high, Math.exp(high)]);
  });

  it('keeps a baseline for each stratum', () => {
    expect(stratified.baseline().map(({ stratum }) => stratum)).toEqual(['a', 'b']);
    const [a, b] = Array.from(stratified.predictSurvival([{ x: 0, group: 'a' }, { x: 0, group: 'b' }], 4)) as [number, number];
    expect(stratified.predictSurvival([{ x: 0, group: 'b' }, { x: 0, group: 'a' }], 4)).toEqual(Float64Array.of(b, a));
    expect(a).not.toBe(b);
    const curve = stratified.survivalCurve({ x: 0, group: 'b' }, { elapsed: 4.5 });
    expect(Array.from(curve.times).every((time) => time > 0)).toBe(true);
    const at = stratified.predictSurvival([{ x: 0, group: 'b' }], curve.times[1]!, { elapsed: 4.5 })[0];
    expect(curve.survival[1]).toBe(at);
    // Ranking within strata needs no stratum.
    expect(stratified.predictRisk([{ x: 1 }]).length).toBe(1);
    expect(errorCode(() => stratified.predictSurvival([{ x: 1, group: 'c' }], 4))).toBe('INVALID_VALUE');
    expect(errorCode(() => stratified.predictSurvival([{ x: 1, group: null }], 4))).toBe('MISSING_VALUE');
    expect(errorCode(() => stratified.predictSurvival([{ x: 1 }], 4))).toBe('UNKNOWN_COLUMN');
  });

  it('keeps its answers where exp of a sum is no number', () => {
    const far = fitCoxRegression({ months: [1, 2, 3, 4, 5, 6], x: [1, 0, 1, 0, 0, 1] }, { duration: 'months' });
    const [top, bottom] = Array.from(far.predictSurvival([{ x: 1e5 }, { x: -1e5 }], 3)) as [number, number];
    expect([top, bottom].sort()).toEqual([0, 1]);
    expect(far.predictRestrictedMean([{ x: 1e5 }, { x: -1e5 }], 3).every((mean) => mean >= 1 && mean <= 3)).toBe(true);
    expect([far.explain({ x: 1e5 }).prediction, far.explain({ x: -1e5 }).prediction].sort((a, b) => a - b)).toEqual([0, Number.MAX_VALUE]);
  });

  it('gives its baseline as a copy', () => {
    const before = JSON.stringify(model);
    (model.baseline()[0]!.cumulative as number[])[0] = 99;
    expect(JSON.stringify(model)).toBe(before);
  });

  it('comes back from JSON to the bit, without rows', () => {
    for (const one of [model, stratified, flat]) {
      const text = JSON.stringify(one);
      const back = CoxRegression.fromJSON(JSON.parse(text));
      expect(JSON.stringify(back)).toBe(text);
      expect(back.predictSurvival(rows, 4, { elapsed: 1 })).toEqual(one.predictSurvival(rows, 4, { elapsed: 1 }));
      expect(back.predictRestrictedMean(rows, 4)).toEqual(one.predictRestrictedMean(rows, 4));
      expect(back.covariance()).toEqual(one.covariance());
    }
    expect(errorCode(() => CoxRegression.fromJSON({ ...model.toJSON(), formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => CoxRegression.fromJSON({ ...model.toJSON(), baseline: 1 }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => CoxRegression.fromJSON({ format: 'Glm' }))).toBe('MODEL_FORMAT');
  });

  it('reads what version 1 stored, and predicts what it predicted then', () => {
    const { model: stored, probe, predictions } = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/churn/CoxRegression.v1.json'), 'utf8')) as { model: unknown; probe: object[]; predictions: number[] };
    const found = CoxRegression.fromJSON(stored).predictSurvival(probe, 6, { elapsed: 2 });
    expect(found.length).toBe(predictions.length);
    found.forEach((value, i) => expect(value).toBeCloseTo(predictions[i]!, 12));
  });

  it.each([
    () => model.predictSurvival(rows, -1),
    () => model.predictSurvival(rows, NaN),
    () => model.predictSurvival(rows, 1, { elapsed: -1 }),
    () => model.predictSurvival(rows, 1, { elapsd: 1 } as never),
    () => model.predictQuantile(rows, 1),
    () => model.predictQuantile(rows, 0),
    () => model.predictRestrictedMean(rows, -1),
    () => model.survivalCurve(rows[0]!, { elapsed: NaN }),
  ])('refuses what is no time or share: %s', (run) => {
    expect(errorCode(run)).toBe('INVALID_OPTION');
  });

  it('refuses other lengths of elapsed times, and rows it cannot read', () => {
    expect(errorCode(() => model.predictSurvival(rows, 1, { elapsed: [1, 2] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => model.predictRisk([{ y: 1 }]))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => model.explain({ x: Infinity }))).toBe('NON_FINITE_VALUE');
  });
});
