import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParetoNbd } from '../../../../src/lifetime/buying/paretoNbd/paretoNbd.js';
import { newCustomer } from '../../../../src/lifetime/newCustomer.js';
import type { PurchaseHistories } from '../../../../src/lifetime/purchaseHistories.js';
import { simulatePurchases } from '../../../../src/lifetime/simulate/simulatePurchases.js';
import { errorCode } from '../../../errorCode.js';

const model = ParetoNbd.fromParameters({ unit: 'week', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 });
const customers = { unit: 'week', frequency: [2, 0, 7, 1], recency: [30, 0, 38, 2], tenure: [40, 12, 39, 90] } as const;
const one = (x: number, last: number, tenure: number): PurchaseHistories => ({ unit: 'week', frequency: [x], recency: [last], tenure: [tenure] });
const log = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
const anything = fc.record({
  parameters: fc.record({ unit: fc.constant('week' as const), r: log(0.05, 20), alpha: log(0.1, 100), s: log(0.05, 20), beta: log(0.1, 100) }),
  history: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true })).map(([x, share, tenure]) => one(x, x === 0 ? 0 : share * tenure, tenure)),
});

describe('ParetoNbd', () => {
  it('at equal alpha and beta is what can be done by hand', () => {
    const even = ParetoNbd.fromParameters({ unit: 'week', r: 1, alpha: 2, s: 1, beta: 2 });
    // Nobody seen again in 2 weeks. Life: (1/2)(1/2); death before: the integral of 4 (2 + u)^-3 from 0 to 2, 3/8. Alive 1/4 of 5/8.
    expect(even.aliveProbability(one(0, 0, 2))[0]).toBeCloseTo(0.4, 14);
    expect(even.aliveProbabilityAt(one(0, 0, 2), { weeks: 4 })[0]).toBeCloseTo(0.2, 14);
    // Alive, one purchase in 4 weeks, lived for 4 ln 2 of the next 4 weeks.
    expect(even.expectedPurchases(one(0, 0, 2), { weeks: 4 })[0]).toBeCloseTo(0.4 * Math.LN2, 14);
    // Purchase before death and before 4 weeks: the integral of (1/4) (1 + u/4)^-3, half of 3/4.
    expect(even.purchaseProbability(one(0, 0, 2), { weeks: 4 })[0]).toBeCloseTo(0.4 * 0.375, 14);
    expect(even.nextPurchase(one(0, 0, 2), 0.4 * 0.375)[0]).toBeCloseTo(4, 12);
    // They return at all with probability 1/2.
    expect(even.nextPurchase(one(0, 0, 2), 0.21)[0]).toBe(Infinity);
    expect(even.aliveProbability(one(3, 5, 5))[0]).toBe(1);
    expect(even.aliveProbability(newCustomer('week'))[0]).toBe(1);
  });

  it('expects what the distribution of the number of purchases says, for any parameters', () => {
    const check = fc.property(anything, fc.integer({ min: 1, max: 80 }), ({ parameters, history }, weeks) => {
      const any = ParetoNbd.fromParameters(parameters);
      let [sum, before] = [0, 1];
      for (let atLeast = 1; atLeast < 5000; atLeast++) {
        const [tail = 0] = any.purchaseProbability(history, { weeks }, { atLeast });
        expect(tail).toBeLessThanOrEqual(before);
        sum += tail;
        before = tail;
        if (tail <= 1e-15 * sum) break;
      }
      const [expected = 0] = any.expectedPurchases(history, { weeks });
      // What 5000 purchases leave out is left out.
      expect(Math.abs(sum - expected)).toBeLessThan(1e-12 * (1 + expected) + 1e4 * before);
    });
    fc.assert(check, { seed: 20261123, numRuns: 25 });
  });

  it('waits for the next purchase as long as its probability takes', () => {
    const check = fc.property(anything, fc.double({ min: 1e-6, max: 0.999, noNaN: true }), ({ parameters, history }, share) => {
      const any = ParetoNbd.fromParameters(parameters);
      const [weeks = 0] = any.nextPurchase(history, share);
      if (weeks < 1e12) expect(Math.abs(any.purchaseProbability(history, { weeks })[0]! / share - 1)).toBeLessThan(1e-12);
      else expect(any.purchaseProbability(history, { weeks: 1e11 })[0]!).toBeLessThan(share);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('discounts what it expects', () => {
    const check = fc.property(anything, ({ parameters, history }) => {
      const any = ParetoNbd.fromParameters(parameters);
      const worth = (annualDiscountRate: number, weeks?: number): number => any.discountedPurchases(history, { annualDiscountRate, ...(weeks === undefined ? {} : { horizon: { weeks } }) })[0]!;
      const [expected = 0] = any.expectedPurchases(history, { weeks: 50 });
      const near = (found: number, wanted: number, within: number): void => expect(Math.abs(found - wanted)).toBeLessThanOrEqual(within * wanted);
      expect(worth(0, 50)).toBe(expected);
      near(worth(1e-12, 50), expected, 1e-11);
      expect(worth(0.1, 50)).toBeLessThan(expected);
      expect(worth(0.3)).toBeLessThan(worth(0.1));
      near(worth(0.3, 1e5), worth(0.3), 1e-12);
      // Nothing discounted: purchases have an end where s is above 1.
      if (parameters.s > 1.5) near(worth(1e-13), worth(0), 1e-4);
      else if (parameters.s <= 1) expect(worth(0)).toBe(Infinity);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('has no pole at s = 1', () => {
    const at = (s: number): number[] => {
      const any = ParetoNbd.fromParameters({ unit: 'week', r: 0.553, alpha: 10.578, s, beta: 11.669 });
      return [any.expectedPurchases(customers, { weeks: 39 })[0]!, any.discountedPurchases(customers, { annualDiscountRate: 0.1 })[0]!, any.aliveProbability(customers)[0]!];
    };
    const exact = at(1);
    // 50.578 weeks of life behind and to come: their logarithm.
    expect(exact[0]).toBeCloseTo(((exact[2]! * 2.553) / 50.578) * 51.669 * Math.log1p(39 / 51.669), 12);
    for (const s of [1 - 1e-13, 1 + 1e-13]) at(s).forEach((value, i) => expect(value).toBeCloseTo(exact[i]!, 9));
  });

  it('mixes posteriors whose weights and means are those of its answers', () => {
    const check = fc.property(anything, ({ parameters, history }) => {
      const any = ParetoNbd.fromParameters(parameters);
      const theta = Float64Array.of(parameters.r, parameters.alpha, parameters.s, parameters.beta);
      const parts = any.law.posterior(theta, history.frequency[0]!, history.recency[0]!, history.tenure[0]!);
      expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(parts[0]!.weight).toBeCloseTo(any.aliveProbability(history)[0]!, 14);
      // Bayes: the mean of mu is a ratio of likelihoods, as mu f(mu; s, beta) is s / beta f(mu; s + 1, beta).
      const ratioOf = (x: number, last: number, tenure: number): number => {
        const of = (s: number): number => {
          const odds = any.law.alive(Float64Array.of(parameters.r, parameters.alpha, s, parameters.beta), x, last, tenure);
          return (1 + tenure / parameters.beta) ** -s / odds;
        };
        return (parameters.s / parameters.beta) * (of(parameters.s + 1) / of(parameters.s));
      };
      const mean = parts.reduce((sum, { weight, dropout }) => sum + (weight * dropout![0]) / dropout![1], 0);
      expect(mean / ratioOf(history.frequency[0]!, history.recency[0]!, history.tenure[0]!)).toBeCloseTo(1, 10);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('forecasts the customers it simulates, each by their history, as it does a crowd', () => {
    const sample = simulatePurchases(model, { customers: 60_000, observation: { weeks: 39 }, holdout: { weeks: 39 }, seed: 7 });
    const expected = model.expectedPurchases(sample, { weeks: 39 });
    const mean = expected.reduce((sum, value) => sum + value, 0) / 60_000;
    const unconditional = (weeks: number): number => model.expectedPurchases(newCustomer('week'), { weeks })[0]!;
    const spread = Math.sqrt(expected.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / 60_000;
    expect(Math.abs(mean - (unconditional(78) - unconditional(39)))).toBeLessThan(4 * spread);
    const error = expected.map((value, i) => sample.holdout!.frequency[i]! - value);
    const bias = error.reduce((sum, value) => sum + value, 0) / 60_000;
    expect(Math.abs(bias)).toBeLessThan((4 * Math.sqrt(error.reduce((sum, value) => sum + value * value, 0))) / 60_000);
    // Alive now, and who buys twice or more.
    const compare = (probability: Float64Array, happens: (i: number) => boolean): void => {
      let [difference, variance] = [0, 0];
      probability.forEach((p, i) => {
        difference += Number(happens(i)) - p;
        variance += p * (1 - p);
      });
      expect(Math.abs(difference)).toBeLessThan(4 * Math.sqrt(variance));
    };
    compare(model.aliveProbability(sample), (i) => sample.truth.alive[i] === 1);
    compare(model.purchaseProbability(sample, { weeks: 39 }, { atLeast: 2 }), (i) => sample.holdout!.frequency[i]! >= 2);
  });

  it('comes back from JSON to the bit, and reads what version 1 stored', () => {
    const back = ParetoNbd.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back).toEqual(model);
    expect(back.expectedPurchases(customers, { weeks: 9 })).toEqual(model.expectedPurchases(customers, { weeks: 9 }));
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../../formats/lifetime/ParetoNbd.v1.json'), 'utf8')) as { model: unknown; expected: number[]; worth: number[] };
    const read = ParetoNbd.fromJSON(stored.model);
    expect([...read.expectedPurchases(customers, { weeks: 20 })]).toEqual(stored.expected.map((value) => expect.closeTo(value, 12) as number));
    expect([...read.discountedPurchases(customers, { annualDiscountRate: 0.15 })]).toEqual(stored.worth.map((value) => expect.closeTo(value, 12) as number));
    const json = model.toJSON() as Record<string, unknown>;
    expect(errorCode(() => ParetoNbd.fromJSON({ ...json, format: 'BgNbd' }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => ParetoNbd.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => ParetoNbd.fromJSON({ ...json, parameters: { r: 1, alpha: 1, s: 1 } }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => ParetoNbd.fromParameters({ unit: 'week', r: 1, alpha: 1, s: 0, beta: 1 }))).toBe('INVALID_OPTION');
  });

  it('answers at any scale', () => {
    const check = fc.property(anything, fc.integer({ min: -9, max: 9 }), ({ parameters, history }, power) => {
      const scale = 10 ** power;
      const { r, alpha, s, beta } = parameters;
      const moved = ParetoNbd.fromParameters({ unit: 'week', r, alpha: alpha * scale, s, beta: beta * scale });
      const scaled = one(history.frequency[0]!, history.recency[0]! * scale, history.tenure[0]! * scale);
      const any = ParetoNbd.fromParameters(parameters);
      expect(moved.aliveProbability(scaled)[0]).toBeCloseTo(any.aliveProbability(history)[0]!, 11);
      expect(moved.expectedPurchases(scaled, { weeks: 30 * scale })[0]! / any.expectedPurchases(history, { weeks: 30 })[0]!).toBeCloseTo(1, 9);
      expect(moved.nextPurchase(scaled, 0.01)[0]! / scale / any.nextPurchase(history, 0.01)[0]! || 1).toBeCloseTo(1, 9);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
    for (const [x, last, tenure] of [[100_000, 364.9, 365], [100_000, 1, 365], [1, 1e-9, 1e9]] as const) {
      for (const answer of [model.aliveProbability(one(x, last, tenure)), model.expectedPurchases(one(x, last, tenure), { weeks: 9 }), model.purchaseProbability(one(x, last, tenure), { weeks: 9 }, { atLeast: 3 }), model.discountedPurchases(one(x, last, tenure), { annualDiscountRate: 0.1 })]) expect(answer[0]).toBeGreaterThanOrEqual(0);
    }
  });
});
