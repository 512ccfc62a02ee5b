import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerPosteriors } from '../../../../src/lifetime/buying/answers/customerPosteriors.js';
import { purchaseCounts } from '../../../../src/lifetime/buying/answers/purchaseCounts.js';
import { purchaseInterval } from '../../../../src/lifetime/buying/answers/purchaseInterval.js';
import { BgBb } from '../../../../src/lifetime/buying/bgBb/bgBb.js';
import { fitBgBb } from '../../../../src/lifetime/buying/bgBb/fitBgBb.js';
import { logGamma } from '../../../../src/numeric/logGamma.js';
import { errorCode } from '../../../errorCode.js';
import { donors } from './donors.js';

const uniform = BgBb.fromParameters({ unit: 'year', alpha: 1, beta: 1, gamma: 1, delta: 1 });
const one = (frequency: number, recency: number, tenure: number) => ({ unit: 'year', frequency: [frequency], recency: [recency], tenure: [tenure] }) as const;
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);
const positive = fc.double({ min: 0.05, max: 8, noNaN: true });
const history = fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)).map(([a, b, c]) => {
  const [x, last, n] = [a, b, c].sort((p, q) => p - q) as [number, number, number];
  return x === 0 ? one(0, 0, n) : one(x, last, n);
});

/** The likelihood of a history as the paper has it, in beta functions. */
function naiveLikelihood({ alpha, beta, gamma, delta }: BgBb['parameters'], x: number, last: number, n: number): number {
  let sum = Math.exp(logBeta(alpha + x, beta + n - x) + logBeta(gamma, delta + n));
  for (let i = 0; i < n - last; i++) sum += Math.exp(logBeta(alpha + x, beta + last - x + i) + logBeta(gamma + 1, delta + last + i));
  return sum * Math.exp(-logBeta(alpha, beta) - logBeta(gamma, delta));
}

describe('BgBb', () => {
  it('is worked out by hand where all probabilities are alike', () => {
    // Alive at the first opportunity: 1/2. Silent there: 1/2 dead and 1/4 not buying; alive and silent, and alive at the second too: 1/3 · 1/2.
    expect(uniform.aliveProbability(one(0, 0, 0))[0]).toBeCloseTo(1 / 2, 14);
    expect(uniform.expectedPurchases(one(0, 0, 0), { years: 1 })[0]).toBeCloseTo(1 / 4, 14);
    expect(uniform.expectedPurchases(one(0, 0, 0), { years: 2 })[0]).toBeCloseTo(1 / 4 + 1 / 6, 14);
    expect(uniform.aliveProbability(one(0, 0, 1))[0]).toBeCloseTo(1 / 6 / (3 / 4), 14);
    // Who bought at the only opportunity was alive at it, and buys with 2/3.
    expect(uniform.aliveProbability(one(1, 1, 1))[0]).toBeCloseTo(2 / 3, 14);
    expect(uniform.purchaseProbability(one(1, 1, 1), { years: 1 })[0]).toBeCloseTo(4 / 9, 14);
    expect(uniform.nextPurchase(one(1, 1, 1), 0.44)[0]).toBe(1);
    expect(uniform.nextPurchase(one(1, 1, 1), 0.45)[0]).toBe(2);
    expect(uniform.nextPurchase(one(1, 1, 1), 0.66)[0]).toBe(Infinity);
  });

  it('agrees with the formulas of the paper', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, history, fc.integer({ min: 1, max: 90 }), (alpha, beta, gamma, delta, customer, ahead) => {
        const model = BgBb.fromParameters({ unit: 'year', alpha, beta, gamma, delta });
        const [x, last, n] = [customer.frequency[0]!, customer.recency[0]!, customer.tenure[0]!];
        const history = naiveLikelihood(model.parameters, x, last, n) * Math.exp(logBeta(alpha, beta) + logBeta(gamma, delta));
        const buys = Math.exp(logBeta(alpha + x, beta + n - x));
        const near = (found: Float64Array, expected: number): void => expect(Math.abs(found[0]! - expected)).toBeLessThan(1e-10 * (1 + expected));
        near(model.aliveProbability(customer), (buys * Math.exp(logBeta(gamma, delta + n + 1))) / history);
        near(model.aliveProbabilityAt(customer, { years: ahead }), (buys * Math.exp(logBeta(gamma, delta + n + 1 + ahead))) / history);
        let [expected, discounted] = [0, 0];
        for (let k = 1; k <= ahead; k++) {
          const buysThen = Math.exp(logBeta(alpha + x + 1, beta + n - x) + logBeta(gamma, delta + n + k)) / history;
          expected += buysThen;
          discounted += buysThen * 1.1 ** -k;
        }
        near(model.expectedPurchases(customer, { years: ahead }), expected);
        near(model.discountedPurchases(customer, { annualDiscountRate: 0.1, horizon: { years: ahead } }), discounted);
        near(model.discountedPurchases(customer, { annualDiscountRate: 0, horizon: { years: ahead } }), expected);
      }),
      { numRuns: 50 },
    );
  });

  it('has a distribution of purchases whose tails add up to the expected purchases, and a wait that is where it says', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, history, (alpha, beta, gamma, delta, customer) => {
        const model = BgBb.fromParameters({ unit: 'year', alpha, beta, gamma, delta });
        const tails = Array.from({ length: 15 }, (_, i) => model.purchaseProbability(customer, { years: 15 }, { atLeast: i + 1 })[0]!);
        expect(tails.reduce((sum, tail) => sum + tail, 0)).toBeCloseTo(model.expectedPurchases(customer, { years: 15 })[0]!, 11);
        expect(model.purchaseProbability(customer, { years: 15 }, { atLeast: 16 })[0]).toBe(0);
        const within = model.purchaseProbability(customer, { years: 6 })[0]!;
        expect(model.nextPurchase(customer, within * (1 - 1e-9))[0]).toBe(6);
        expect(model.nextPurchase(customer, within * (1 + 1e-9))[0]).toBeGreaterThan(6);
      }),
      { numRuns: 50 },
    );
  });

  it('is smooth where gamma is 1, and has no end where gamma is not above 1 and nothing is discounted', () => {
    const at = (gamma: number): number => BgBb.fromParameters({ unit: 'year', alpha: 1, beta: 1, gamma, delta: 2 }).expectedPurchases(one(3, 4, 6), { years: 500 })[0]!;
    expect(at(1)).toBeCloseTo(at(1 + 1e-12), 10);
    expect(at(1)).toBeCloseTo((at(1 + 1e-4) + at(1 - 1e-4)) / 2, 6);
    expect(uniform.discountedPurchases(one(3, 4, 6), { annualDiscountRate: 0 })[0]).toBe(Infinity);
    const short = BgBb.fromParameters({ unit: 'year', alpha: 1, beta: 1, gamma: 3, delta: 1 });
    expect(short.discountedPurchases(one(3, 4, 6), { annualDiscountRate: 0 })[0]).toBeCloseTo(short.expectedPurchases(one(3, 4, 6), { years: 100_000 })[0]!, 8);
    expect(short.discountedPurchases(one(3, 4, 6), { annualDiscountRate: 0.2 })[0]).toBeCloseTo(short.discountedPurchases(one(3, 4, 6), { annualDiscountRate: 0.2, horizon: { years: 400 } })[0]!, 12);
  });

  it('knows the probabilities behind a history as a mixture of the times of death', () => {
    const theta = Float64Array.of(1.2, 0.75, 0.66, 2.8);
    const parts = uniform.law.posterior(theta, 2, 4, 6);
    expect(parts.map(({ purchaseRate, dropout }) => [...purchaseRate, ...dropout!])).toEqual([
      [3.2, 2.75, 1.6600000000000001, 6.8],
      [3.2, 3.75, 1.6600000000000001, 7.8],
      [3.2, 4.75, 0.66, 8.8],
    ]);
    expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 14);
    // Alive so far, and not dying before the next opportunity.
    expect((parts[2]!.weight * 8.8) / (8.8 + 0.66)).toBeCloseTo(uniform.law.alive(theta, 2, 4, 6), 14);
  });

  it('answers what is asked of any model of purchases', () => {
    const { probabilities } = purchaseCounts(uniform, one(1, 1, 1), { years: 2 }, { most: 2 });
    // Dead at once 1/3; then 2/3 buys of two opportunities with the second reached by 3/4.
    [1 - 2 / 3 + (2 / 3) * (1 / 3 - (3 / 4) * (1 / 3 - 1 / 6)), (2 / 3) * (1 / 4 * 2 / 3 + 3 / 4 * 1 / 3), (2 / 3) * (3 / 4) * (1 / 2), 0].forEach((probability, k) => expect(probabilities[k]).toBeCloseTo(probability, 14));
    expect(purchaseInterval(uniform, one(1, 1, 1), { years: 2 }, { confidence: 0.2 }).upper[0]).toBe(1);
    const { purchaseRate, dropout, dropoutKind } = customerPosteriors(uniform, one(1, 1, 1));
    expect(dropoutKind).toBe('probability');
    expect(purchaseRate.mean[0]).toBeCloseTo(2 / 3, 14);
    // Beta(2, 1) has the distribution p², beta(1, 2) the complement.
    expect(purchaseRate.lower[0]).toBeCloseTo(Math.sqrt(0.025), 9);
    expect(dropout!.upper[0]).toBeCloseTo(1 - Math.sqrt(0.025), 9);
  });

  it('neither over- nor underflows in histories that are long or laws that are extreme', () => {
    const long = { unit: 'day', frequency: [0, 1, 300, 40_000], recency: [0, 1, 300, 50_000], tenure: [100_000, 100_000, 5000, 50_001] } as const;
    for (const parameters of [{ alpha: 1e-3, beta: 1e3, gamma: 1e-3, delta: 1e3 }, { alpha: 50, beta: 1e-3, gamma: 30, delta: 1e-2 }, { alpha: 1e5, beta: 1e6, gamma: 1, delta: 1e4 }]) {
      const model = BgBb.fromParameters({ unit: 'day', ...parameters });
      const answers = [model.aliveProbability(long), model.expectedPurchases(long, { days: 1000 }), model.discountedPurchases(long, { annualDiscountRate: 0.1 }), model.nextPurchase(long, 0.5)];
      for (const values of answers) expect(values.every((value) => value >= 0)).toBe(true);
      expect(answers[0]!.every((value) => value <= 1)).toBe(true);
    }
  });

  it('takes horizons that are whole periods, however said', () => {
    const [model, customer] = [uniform, one(1, 1, 3)];
    expect(model.expectedPurchases(customer, { months: 24 })).toEqual(model.expectedPurchases(customer, { years: 2 }));
    expect(errorCode(() => model.expectedPurchases(customer, { months: 6 }))).toBe('INVALID_OPTION');
    expect(() => model.expectedPurchases(customer, { weeks: 52 })).toThrow('whole years, one opportunity to buy each, found 0.99657768651608');
    expect(() => model.discountedPurchases(customer, { annualDiscountRate: 0.1, horizon: { days: 30 } })).toThrow('say { years: 1 }');
  });

  it('comes back from JSON to the bit, and reads what version 1 stored', () => {
    const fitted = fitBgBb(donors);
    const back = BgBb.fromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(back).toEqual(fitted);
    expect(back.expectedPurchases(donors, { years: 9 })).toEqual(fitted.expectedPurchases(donors, { years: 9 }));
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../../formats/lifetime/BgBb.v1.json'), 'utf8')) as { model: unknown; expected: number[] };
    expect([...BgBb.fromJSON(stored.model).expectedPurchases(one(4, 5, 6), { years: 5 })]).toEqual(stored.expected);
    const json = uniform.toJSON() as Record<string, unknown>;
    expect(errorCode(() => BgBb.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => BgBb.fromJSON({ ...json, parameters: { alpha: 1, beta: 1, gamma: 1 } }))).toBe('MODEL_FORMAT');
  });

  it('teaches what a history in periods is', () => {
    expect(() => uniform.aliveProbability(one(1, 1.5, 3))).toThrow('BgBb.aliveProbability needs recency as a whole number of years, found 1.5 in row 0');
    expect(() => uniform.aliveProbability(one(1, 1, 3.2))).toThrow('tenure as a whole number of years');
    expect(() => uniform.aliveProbability(one(3, 2, 4))).toThrow('frequency not above the recency 2, found 3 in row 0; a customer buys in a year or not');
    expect(() => uniform.aliveProbability(one(3, 5, 1e9))).toThrow('at most 1000000 periods');
    for (const bad of [one(1, 0, 3), one(0, 1, 3), one(1, 4, 3), one(NaN, 1, 3), one(1, 1, Infinity), one(-1, 1, 3)]) expect(errorCode(() => uniform.aliveProbability(bad))).toBe('INVALID_VALUE');
  });
});
