import { describe, expect, it } from 'vitest';
import { fitNbd } from '../../../src/lifetime/buying/nbd/fitNbd.js';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import { deltaInterval } from '../../../src/lifetime/uncertainty/deltaInterval.js';
import { drawInterval } from '../../../src/lifetime/uncertainty/drawInterval.js';
import { parameterDraws } from '../../../src/lifetime/uncertainty/parameterDraws.js';
import { errorCode } from '../../errorCode.js';
import { simulateSpend } from '../spending/spendRows.js';
import { nbdHistories } from './nbdHistories.js';

const model = fitNbd(nbdHistories({ r: 0.8, alpha: 8 }, 400, 1));

describe('parameterDraws', () => {
  it('has the mean and the covariance of the fit', () => {
    const { models } = parameterDraws(model, { draws: 4000, seed: 5 });
    const logs = models.map(({ parameters: { r, alpha } }) => [Math.log(r), Math.log(alpha)] as const);
    const centre = [0, 1].map((j) => logs.reduce((sum, log) => sum + log[j]!, 0) / 4000);
    const [rr, ra, , aa] = model.fit!.logCovariance!;
    const found = (j: number, k: number): number => logs.reduce((sum, log) => sum + (log[j]! - centre[j]!) * (log[k]! - centre[k]!), 0) / 3999;
    expect(Math.abs(centre[0]! - Math.log(model.parameters.r))).toBeLessThan(4.5 * Math.sqrt(rr! / 4000));
    expect(Math.abs(centre[1]! - Math.log(model.parameters.alpha))).toBeLessThan(4.5 * Math.sqrt(aa! / 4000));
    // A variance of 4000 draws is known to 2.2 per cent.
    expect(Math.abs(found(0, 0) / rr! - 1)).toBeLessThan(0.1);
    expect(Math.abs(found(1, 1) / aa! - 1)).toBeLessThan(0.1);
    expect(Math.abs(found(0, 1) / ra! - 1)).toBeLessThan(0.1);
  });

  it('is the same for the same seed, and keeps what is no parameter', () => {
    const [one, two, other] = [parameterDraws(model, { draws: 3, seed: 2 }), parameterDraws(model, { draws: 3, seed: 2 }), parameterDraws(model, { draws: 3, seed: 4 })];
    expect(one.models).toEqual(two.models);
    expect(one.models[0]!.parameters).not.toEqual(other.models[0]!.parameters);
    expect(one.model).toBe(model);
    expect(one.warnings).toEqual([]);
    for (const drawn of one.models) expect(drawn).toMatchObject({ unit: 'week', fit: null });
  });

  it('takes models of spend, and keeps how they count', () => {
    const { frequency, monetary } = simulateSpend({ p: 6, q: 4, v: 15 }, 500, 2);
    const spending = fitGammaGamma({ frequency: frequency.map((n) => n - 1), monetary, firstPurchase: 'included' });
    const draws = parameterDraws(spending, { draws: 800 });
    expect(draws.models.every(({ firstPurchase }) => firstPurchase === 'included')).toBe(true);
    const mean = (one: typeof spending): number => one.spendQuantile({ frequency: [0], monetary: [20], firstPurchase: 'included' }, 0.5)[0]!;
    const [byDraws, byDelta] = [drawInterval(draws, mean), deltaInterval(spending, mean)];
    expect(byDraws.standardError / byDelta.standardError).toBeCloseTo(1, 0.8);
  });

  it('says which parameters are known badly', () => {
    const wide = new Nbd({ ...model, fit: { ...model.fit!, logCovariance: [4, 0, 0, 0.01] } });
    expect(parameterDraws(wide, { draws: 2 }).warnings).toEqual([expect.stringMatching(/^r is known so badly.*bootstrapModel/)]);
  });

  it('refuses what it cannot draw', () => {
    const indefinite = new Nbd({ ...model, fit: { ...model.fit!, logCovariance: [1, 2, 2, 1] } });
    expect(errorCode(() => parameterDraws(indefinite))).toBe('NOT_IDENTIFIED');
    expect(errorCode(() => parameterDraws(Nbd.fromParameters({ unit: 'week', r: 1, alpha: 2 })))).toBe('INVALID_INPUT');
    expect(errorCode(() => parameterDraws(model, { draws: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => parameterDraws(model, { seed: 0.5 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => parameterDraws(model, { samples: 3 } as never))).toBe('INVALID_OPTION');
  });
});

describe('drawInterval', () => {
  const draws = (values: readonly number[]): { readonly model: number; readonly models: readonly number[]; readonly warnings: readonly string[] } => ({ model: 10, models: values, warnings: [] });

  it('is made of percentiles, of one number or of several', () => {
    expect(drawInterval(draws([5, 1, 3, 2, 4]), (value) => value, { confidence: 0.5 })).toEqual({ estimate: 10, standardError: Math.sqrt(2.5), lower: 2, upper: 4 });
    const several = drawInterval(draws([5, 1, 3, 2, 4]), (value) => [value, 2 * value], { confidence: 0.5 });
    expect([several.lower, several.upper]).toEqual([Float64Array.of(2, 4), Float64Array.of(4, 8)]);
    expect(drawInterval(draws([1, 2]), (value) => value, { confidence: 0.9 }).upper).toBeCloseTo(1.95, 14);
  });

  it('bears answers without an end', () => {
    expect(drawInterval(draws([1, 2, 3, Infinity, Infinity]), (value) => value, { confidence: 0.9 })).toEqual({ estimate: 10, standardError: Infinity, lower: 1.2, upper: Infinity });
  });

  it('refuses what has no percentiles', () => {
    expect(errorCode(() => drawInterval(draws([1]), (value) => value))).toBe('EMPTY_INPUT');
    expect(errorCode(() => drawInterval(draws([1, NaN]), (value) => value))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => drawInterval(draws([1, 2]), (value) => new Float64Array(value)))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => drawInterval(draws([1, 2]), (value) => value, { confidence: 1 }))).toBe('INVALID_OPTION');
  });
});
