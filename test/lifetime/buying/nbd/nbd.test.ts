import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitNbd } from '../../../../src/lifetime/buying/nbd/fitNbd.js';
import { Nbd } from '../../../../src/lifetime/buying/nbd/nbd.js';
import { nbdLikelihood } from '../../../../src/lifetime/buying/nbd/nbdLikelihood.js';
import { logGamma } from '../../../../src/numeric/logGamma.js';
import { errorCode } from '../../../errorCode.js';

const model = Nbd.fromParameters({ unit: 'week', r: 0.5, alpha: 10 });
const customers = { unit: 'week', frequency: [2, 0, 7], recency: [30, 0, 38], tenure: [40, 12, 39] } as const;
const frequency = [9, 10, 11, 1, 1, 1, 0, 1, 2, 1];
const some = { unit: 'week', frequency, recency: frequency.map((n) => Math.min(n, 9)), tenure: frequency.map((_, i) => 10 + (i % 3)) } as const;

describe('Nbd', () => {
  it('goes on at the rate that the history says', () => {
    expect(model.expectedPurchases(customers, { weeks: 20 })).toEqual(Float64Array.of((2.5 / 50) * 20, (0.5 / 22) * 20, (7.5 / 49) * 20));
    expect(model.aliveProbability(customers)).toEqual(Float64Array.of(1, 1, 1));
    expect(model.aliveProbabilityAt(customers, { years: 3 })).toEqual(Float64Array.of(1, 1, 1));
  });

  it('knows the probability of no purchase, and the time of the next', () => {
    const none = (50 / 70) ** 2.5;
    expect(model.purchaseProbability(customers, { weeks: 20 })[0]).toBeCloseTo(1 - none, 13);
    expect(model.nextPurchase(customers, 1 - none)[0]).toBeCloseTo(20, 10);
    // The tails add up to the mean.
    let sum = 0;
    for (let atLeast = 1; atLeast < 60; atLeast++) sum += model.purchaseProbability(customers, { weeks: 20 }, { atLeast })[0]!;
    expect(sum).toBeCloseTo(1, 12);
  });

  it('discounts what comes for ever at a constant rate', () => {
    const delta = (Math.log(1.15) * 7) / 365.25;
    expect(model.discountedPurchases(customers, { annualDiscountRate: 0.15 })[0]).toBeCloseTo(2.5 / 50 / delta, 10);
    expect(model.discountedPurchases(customers, { annualDiscountRate: 0, horizon: { weeks: 20 } })[0]).toBeCloseTo(1, 14);
    expect(model.discountedPurchases(customers, { annualDiscountRate: 0 })).toEqual(Float64Array.of(Infinity, Infinity, Infinity));
  });

  it('comes back from JSON to the bit, and reads what version 1 stored', () => {
    const fitted = fitNbd(some);
    const back = Nbd.fromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(back).toEqual(fitted);
    expect(back.expectedPurchases(customers, { weeks: 9 })).toEqual(fitted.expectedPurchases(customers, { weeks: 9 }));
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../../formats/lifetime/Nbd.v1.json'), 'utf8')) as { model: unknown; expected: number[] };
    expect([...Nbd.fromJSON(stored.model).expectedPurchases(customers, { weeks: 20 })]).toEqual(stored.expected);
    const json = model.toJSON() as Record<string, unknown>;
    expect(errorCode(() => Nbd.fromJSON({ ...json, format: 'BgNbd' }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Nbd.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => Nbd.fromJSON({ ...json, parameters: { r: -1, alpha: 1 } }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Nbd.fromJSON({ ...json, purchaseCovariates: { age: 'x' } }))).toBe('MODEL_FORMAT');
  });

  it('refuses what it cannot answer', () => {
    expect(errorCode(() => Nbd.fromParameters({ unit: 'week', r: 0, alpha: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => Nbd.fromParameters({ unit: 'week', r: 1, alpha: 1, s: 2 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.expectedPurchases({ ...customers, unit: 'day' }, { weeks: 1 }))).toBe('INVALID_INPUT');
    expect(errorCode(() => model.expectedPurchases(customers, 39 as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.nextPurchase(customers, 1))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.purchaseProbability(customers, { weeks: 1 }, { atLeast: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.purchaseProbability(customers, { weeks: 1 }, { least: 2 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.discountedPurchases(customers, { annualDiscountRate: 0.1, horizen: { weeks: 3 } } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.discountedPurchases(customers, undefined as never))).toBe('INVALID_OPTION');
    expect(model.expectedPurchases({ unit: 'week', frequency: [], recency: [], tenure: [] }, { weeks: 1 })).toEqual(new Float64Array(0));
  });
});

describe('fitNbd', () => {
  it('has a likelihood that is that of times at gamma rates, and its slope', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), fc.double({ min: 0.05, max: 50, noNaN: true }), (r, alpha) => {
        const tuples = { count: 3, x: Float64Array.of(0, 3, 30), last: Float64Array.of(0, 2, 9), tenure: Float64Array.of(4, 9, 10), weights: Float64Array.of(2, 1, 3), customers: 6, sumLogGaps: NaN };
        const gradient = new Float64Array(2);
        const at = (a: number, b: number): number => nbdLikelihood.evaluate(Float64Array.of(a, b), tuples, null, new Float64Array(2));
        const naive = [0, 3, 30].reduce((sum, x, i) => sum + tuples.weights[i]! * (logGamma(r + x) - logGamma(r) + r * Math.log(alpha) - (r + x) * Math.log(alpha + tuples.tenure[i]!)), 0);
        expect(nbdLikelihood.evaluate(Float64Array.of(r, alpha), tuples, null, gradient)).toBeCloseTo(naive, 9);
        const step = 1e-5;
        expect(gradient[0]).toBeCloseTo((at(r * Math.exp(step), alpha) - at(r * Math.exp(-step), alpha)) / (2 * step), 4);
        expect(gradient[1]).toBeCloseTo((at(r, alpha * Math.exp(step)) - at(r, alpha * Math.exp(-step))) / (2 * step), 4);
      }),
      { numRuns: 30 },
    );
  });

  it('finds the same law in other units, other orders, and with weights for repetition', () => {
    const found = fitNbd(some);
    const days = fitNbd({ ...some, unit: 'day', recency: some.recency.map((t) => t * 7), tenure: some.tenure.map((t) => t * 7) });
    expect(days.parameters.r).toBeCloseTo(found.parameters.r, 6);
    expect(days.parameters.alpha / 7).toBeCloseTo(found.parameters.alpha, 5);
    expect(days.fit!.logLikelihood).toBeCloseTo(found.fit!.logLikelihood - frequency.reduce((a, b) => a + b, 0) * Math.log(7), 8);
    const back = (values: readonly number[]): number[] => [...values].reverse();
    expect(fitNbd({ unit: 'week', frequency: back(frequency), recency: back(some.recency), tenure: back(some.tenure) })).toEqual(found);
    const twice = (values: readonly number[]): number[] => [...values, ...values];
    expect(fitNbd({ ...some, weights: frequency.map(() => 2) })).toEqual(fitNbd({ unit: 'week', frequency: twice(frequency), recency: twice(some.recency), tenure: twice(some.tenure) }));
  });

  it('recovers what a covariate multiplies the rate by', () => {
    // Rates 0.2 and 0.2 e a week, no variation but that: frequencies at their means.
    const days = { unit: 'week', frequency: [20, 20, 54, 55], recency: [99, 98, 99, 98], tenure: [100, 100, 100, 100], covariates: { web: [0, 0, 1, 1] } } as const;
    const found = fitNbd(days, { purchaseCovariates: ['web'] });
    expect(found.purchaseCovariates['web']).toBeCloseTo(Math.log(54.5 / 20), 4);
    expect(found.expectedPurchases(days, { weeks: 100 })[3]! / found.expectedPurchases(days, { weeks: 100 })[0]!).toBeCloseTo(54.5 / 20, 2);
    expect(errorCode(() => found.expectedPurchases(some, { weeks: 1 }))).toBe('UNKNOWN_COLUMN');
  });

  it('says what the customers do not tell', () => {
    const nobody = fitNbd({ unit: 'week', frequency: [0, 0, 0], recency: [0, 0, 0], tenure: [4, 5, 6] }, { prior: 'weak' });
    expect(nobody.fit!.warnings.map(({ code }) => code)).toContain('NO_REPEAT_PURCHASES');
    expect(nobody.expectedPurchases(some, { weeks: 4 }).every((mean) => mean >= 0 && mean < Infinity)).toBe(true);
    const alike = fitNbd({ unit: 'week', frequency: [5, 5, 5, 5], recency: [9, 9, 9, 9], tenure: [10, 10, 10, 10] });
    expect(alike.fit!.warnings.map(({ code }) => code)).toContain('HETEROGENEITY_NOT_IDENTIFIED');
    expect(alike.expectedPurchases(newcomer, { weeks: 10 })[0]).toBeCloseTo(5, 2);
  });

  it('refuses what it cannot learn from', () => {
    expect(errorCode(() => fitNbd({ unit: 'week', frequency: [], recency: [], tenure: [] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitNbd({ ...some, weights: frequency.map(() => 0) }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitNbd({ ...some, weights: frequency.map(() => -1) }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitNbd(some, { dropoutCovariates: ['age'] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitNbd(some, { start: { a: 1 } }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitNbd(some, { prior: 'strong' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitNbd(some, { penalizer: 1 } as never))).toBe('INVALID_OPTION');
  });
});

const newcomer = { unit: 'week', frequency: [0], recency: [0], tenure: [0] } as const;
