import { describe, expect, it } from 'vitest';
import { fitParetoNbd } from '../../../../src/lifetime/buying/paretoNbd/fitParetoNbd.js';
import { ParetoNbd } from '../../../../src/lifetime/buying/paretoNbd/paretoNbd.js';
import { fitNbd } from '../../../../src/lifetime/buying/nbd/fitNbd.js';
import { Nbd } from '../../../../src/lifetime/buying/nbd/nbd.js';
import { simulatePurchases } from '../../../../src/lifetime/simulate/simulatePurchases.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { errorCode } from '../../../errorCode.js';

const truth = ParetoNbd.fromParameters({ unit: 'week', r: 0.8, alpha: 6, s: 0.9, beta: 12 });
const company = simulatePurchases(truth, { customers: 800, observation: { weeks: 52 }, arrivals: { weeks: 12 }, seed: 3 });
const { frequency, recency, tenure } = company;
const some = { unit: 'week', frequency, recency, tenure } as const;
const codes = (model: ParetoNbd): string[] => model.fit!.warnings.map(({ code }) => code);
const names = ['r', 'alpha', 's', 'beta'] as const;

describe('fitParetoNbd', () => {
  const model = fitParetoNbd(some);

  it('finds what the customers were made of, within what it says is its error', () => {
    expect(model.fit!.convergence.converged).toBe(true);
    expect(model.fit!.evaluations).toBeLessThan(40);
    expect(codes(model)).toEqual([]);
    for (const { name, lower, upper } of model.fit!.estimates) {
      const { [name as 'r']: wanted } = truth.parameters;
      expect(lower! < wanted && wanted < upper!).toBe(true);
    }
    expect(model.fit!.logLikelihood).toBeGreaterThan(fitNbd(some).fit!.logLikelihood);
  });

  it('finds it again in other units, other orders, by weights for repetition, from elsewhere', () => {
    const near = (found: ParetoNbd, digits: number, unit = 1): void => {
      for (const name of names) expect(found.parameters[name] / (name === 'alpha' || name === 'beta' ? unit : 1) / model.parameters[name]).toBeCloseTo(1, digits);
    };
    const days = fitParetoNbd({ unit: 'day', frequency, recency: recency.map((t) => 7 * t), tenure: tenure.map((t) => 7 * t) });
    near(days, 7, 7);
    expect(days.fit!.logLikelihood).toBeCloseTo(model.fit!.logLikelihood - frequency.reduce((a, b) => a + b, 0) * Math.log(7), 6);
    expect(fitParetoNbd({ unit: 'week', frequency: frequency.slice().reverse(), recency: recency.slice().reverse(), tenure: tenure.slice().reverse() })).toEqual(model);
    const twice = (values: Float64Array): Float64Array => Float64Array.of(...values, ...values);
    const doubled = fitParetoNbd({ unit: 'week', frequency: twice(frequency), recency: twice(recency), tenure: twice(tenure) });
    expect(fitParetoNbd({ ...some, weights: frequency.map(() => 2) })).toEqual(doubled);
    near(doubled, 8);
    near(fitParetoNbd(some, { start: { r: 5, alpha: 0.5, s: 0.1, beta: 200 } }), 7);
    expect(fitParetoNbd(some)).toEqual(model);
  });

  it('learns what covariates do to purchases and to dropout', () => {
    const random = createRandom(5);
    const web = Float64Array.from({ length: 4000 }, () => Number(random.uniform() < 0.5));
    const age = Float64Array.from({ length: 4000 }, () => random.normal());
    const state = { ...(truth.toJSON() as { unit: 'week'; parameters: Record<string, number>; fit: null }), purchaseCovariates: { web: 0.7 }, dropoutCovariates: { web: -0.5, age: 0.3 } };
    const moved = truth.withState(state);
    const sample = simulatePurchases(moved, { customers: 4000, observation: { weeks: 52 }, covariates: { web, age }, seed: 9 });
    const found = fitParetoNbd({ ...sample, covariates: { web, age } }, { purchaseCovariates: ['web'], dropoutCovariates: ['web', 'age'] });
    expect(found.fit!.convergence.converged).toBe(true);
    const wanted = { ...truth.parameters, 'purchase: web': 0.7, 'dropout: web': -0.5, 'dropout: age': 0.3 };
    for (const { name, estimate, standardError } of found.fit!.estimates) {
      expect(standardError! > 0 && standardError! < 5).toBe(true);
      expect(Math.abs(estimate - wanted[name as keyof typeof wanted])).toBeLessThan(3.5 * standardError!);
    }
    expect(found.fit!.logLikelihood).toBeGreaterThan(fitParetoNbd(sample).fit!.logLikelihood + 25);
  });

  it('says when dropout is not needed, and when customers do not differ in it', () => {
    const loyal = simulatePurchases(Nbd.fromParameters({ unit: 'week', r: 0.9, alpha: 8 }), { customers: 400, observation: { weeks: 40 }, seed: 4 });
    const needless = fitParetoNbd(loyal);
    expect(codes(needless)).toContain('DROPOUT_NOT_NEEDED');
    expect(needless.aliveProbability(loyal).every((p) => p > 0.5)).toBe(true);
    const alike = simulatePurchases(ParetoNbd.fromParameters({ unit: 'week', r: 0.9, alpha: 2, s: 3e5, beta: 1e7 }), { customers: 600, observation: { weeks: 40 }, seed: 3 });
    const rated = fitParetoNbd(alike);
    expect(codes(rated)).toContain('DROPOUT_NOT_IDENTIFIED');
    expect(Math.abs(rated.parameters.s / rated.parameters.beta - 0.03)).toBeLessThan(0.005);
    const held = fitParetoNbd(alike, { prior: 'weak' });
    expect(codes(held)).toEqual([]);
    expect(Math.abs(held.parameters.s / held.parameters.beta - 0.03)).toBeLessThan(0.01);
  });

  it('says what no customer tells', () => {
    const nobody = { unit: 'week', frequency: [0, 0, 0], recency: [0, 0, 0], tenure: [4, 5, 6] } as const;
    for (const prior of ['none', 'weak'] as const) {
      const found = fitParetoNbd(nobody, { prior });
      expect(codes(found)).toContain('NO_REPEAT_PURCHASES');
      expect(found.expectedPurchases(some, { weeks: 4 }).every((mean) => mean >= 0 && mean < Infinity)).toBe(true);
    }
    const single = fitParetoNbd({ unit: 'week', frequency: [3], recency: [9], tenure: [10] }, { prior: 'weak' });
    expect(single.fit!.convergence.converged).toBe(true);
    const regular = fitParetoNbd({ unit: 'week', frequency: [5, 5, 5, 5], recency: [9, 9, 9, 9], tenure: [10, 10, 10, 10] });
    expect(codes(regular)).toContain('HETEROGENEITY_NOT_IDENTIFIED');
    const today = fitParetoNbd({ unit: 'week', frequency: [0, 0], recency: [0, 0], tenure: [0, 0] });
    expect(names.every((name) => Number.isFinite(today.parameters[name]))).toBe(true);
  });

  it('learns at any scale of time', () => {
    for (const scale of [1e9, 1e-9]) {
      const found = fitParetoNbd({ unit: 'week', frequency, recency: recency.map((t) => scale * t), tenure: tenure.map((t) => scale * t) });
      expect(found.parameters.r / model.parameters.r).toBeCloseTo(1, 6);
      expect(found.parameters.beta / scale / model.parameters.beta).toBeCloseTo(1, 6);
    }
  });

  it('refuses what it cannot learn from', () => {
    expect(errorCode(() => fitParetoNbd({ unit: 'week', frequency: [], recency: [], tenure: [] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitParetoNbd({ ...some, recency: [1] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => fitParetoNbd({ unit: 'week', frequency: [1.5], recency: [1], tenure: [2] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitParetoNbd({ unit: 'week', frequency: [1], recency: [NaN], tenure: [2] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitParetoNbd({ unit: 'week', frequency: [1], recency: [1], tenure: [Infinity] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitParetoNbd(some, { start: { a: 1 } }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitParetoNbd(some, { penalizer: 1 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitParetoNbd(some, { dropoutCovariates: ['age'] }))).toBe('UNKNOWN_COLUMN');
  });
});
