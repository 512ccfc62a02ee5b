import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BgNbd } from '../../../../src/lifetime/buying/bgNbd/bgNbd.js';
import { MbgNbd } from '../../../../src/lifetime/buying/bgNbd/mbgNbd.js';
import { newCustomer } from '../../../../src/lifetime/newCustomer.js';
import type { PurchaseHistories } from '../../../../src/lifetime/purchaseHistories.js';
import { errorCode } from '../../../errorCode.js';

const given = { unit: 'week', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } as const;
const models = [BgNbd.fromParameters(given), MbgNbd.fromParameters(given)] as const;
const customers = { unit: 'week', frequency: [2, 0, 7, 1], recency: [30, 0, 38, 2], tenure: [40, 12, 39, 90] } as const;
const one = (x: number, last: number, tenure: number): PurchaseHistories => ({ unit: 'week', frequency: [x], recency: [last], tenure: [tenure] });
const log = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
const anything = fc.record({
  r: log(0.05, 20),
  alpha: log(0.1, 100),
  a: log(0.05, 20),
  b: log(0.05, 50),
  history: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true })).map(([x, share, tenure]) => one(x, x === 0 ? 0 : share * tenure, tenure)),
});
const both = ({ r, alpha, a, b }: { r: number; alpha: number; a: number; b: number }): readonly (BgNbd | MbgNbd)[] => [BgNbd, MbgNbd].map((law) => law.fromParameters({ unit: 'week', r, alpha, a, b }));

describe('BgNbd and MbgNbd', () => {
  it('differ in whether somebody can stop at the first purchase', () => {
    const [bg, mbg] = models;
    expect(bg.aliveProbability(customers)[1]).toBe(1);
    // By Bayes' rule: b / (a + b) are alive at first, and of these (1 + T / alpha)^-r have not bought since.
    const silent = (1 + 12 / 4.414) ** -0.243;
    expect(mbg.aliveProbability(customers)[1]).toBeCloseTo((2.426 * silent) / (0.793 + 2.426 * silent), 14);
    expect(bg.aliveProbability(newCustomer('week'))[0]).toBe(1);
    expect(mbg.aliveProbability(newCustomer('week'))[0]).toBeCloseTo(2.426 / (0.793 + 2.426), 14);
  });

  it('expect what the distribution of the number of purchases says, for any parameters', () => {
    fc.assert(
      fc.property(anything, ({ history, ...parameters }) => {
        for (const model of both(parameters)) {
          const horizon = { weeks: 3 };
          let sum = 0;
          for (let atLeast = 1; atLeast < 2000; atLeast++) {
            const tail = model.purchaseProbability(history, horizon, { atLeast })[0]!;
            sum += tail;
            if (!(tail > 1e-14 * sum)) break;
          }
          const found = model.expectedPurchases(history, horizon)[0]!;
          expect(Math.abs(found - sum)).toBeLessThan(1e-11 * sum + 1e-300);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('give the same expectation whichever way it is computed', () => {
    // On both sides of where the series gives way to the integral there is no step.
    for (const model of models) {
      const means = Float64Array.from({ length: 41 }, (_, i) => model.expectedPurchases(one(1, 20, 30), { weeks: 300 + 0.5 * i })[0]!);
      const bends = means.slice(2).map((value, i) => value - 2 * means[i + 1]! + means[i]!);
      expect(Math.max(...bends.slice(1).map((value, i) => Math.abs(value - bends[i]!)))).toBeLessThan(1e-8);
    }
  });

  it('survive less and less, and expect more and more', () => {
    fc.assert(
      fc.property(anything, ({ history, ...parameters }) => {
        for (const model of both(parameters)) {
          const alive = [0, 1, 10, 1000].map((weeks) => model.aliveProbabilityAt(history, { weeks })[0]!);
          expect(alive[0]).toBeCloseTo(model.aliveProbability(history)[0]!, 13);
          for (let i = 1; i < 4; i++) expect(alive[i]).toBeLessThanOrEqual(alive[i - 1]! * (1 + 1e-12));
          const expected = [1, 10, 1000].map((weeks) => model.expectedPurchases(history, { weeks })[0]!);
          expect(expected[0]).toBeGreaterThanOrEqual(0);
          for (let i = 1; i < 3; i++) expect(expected[i]).toBeGreaterThanOrEqual(expected[i - 1]! * (1 - 1e-12));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('lose customers as they buy: what is expected now is what those alive then expect', () => {
    // The purchases up to s + t of a new customer are those up to s and those after, of the population that is then.
    for (const model of models) {
      const rate = (weeks: number): number => (model.expectedPurchases(newCustomer('week'), { weeks: weeks + 1e-3 })[0]! - model.expectedPurchases(newCustomer('week'), { weeks: weeks - 1e-3 })[0]!) / 2e-3;
      // d/dt P(alive at t) = -E(lambda p 1(alive at t)); at 0 that is a / (a + b) of the rate of purchases.
      const alive = (weeks: number): number => model.aliveProbabilityAt(newCustomer('week'), { weeks })[0]!;
      const { a, b } = model.parameters;
      const m = model instanceof MbgNbd ? 1 : 0;
      expect((alive(0) - alive(1e-6)) / 1e-6 / ((rate(1e-3) * a) / (a + b + m))).toBeCloseTo(1, 3);
    }
  });

  it('discount between the limits: nothing taken off, and all', () => {
    fc.assert(
      fc.property(anything, ({ history, ...parameters }) => {
        for (const model of both(parameters)) {
          const horizon = { weeks: 20 };
          const plain = model.expectedPurchases(history, horizon)[0]!;
          if (!(plain > 1e-200)) return;
          expect(model.discountedPurchases(history, { annualDiscountRate: 0, horizon })[0]).toBe(plain);
          expect(model.discountedPurchases(history, { annualDiscountRate: 1e-12, horizon })[0]! / plain).toBeCloseTo(1, 10);
          const [cheap, dear] = [0.1, 3].map((annualDiscountRate) => model.discountedPurchases(history, { annualDiscountRate })[0]!) as [number, number];
          expect(dear).toBeLessThan(cheap);
          expect(model.discountedPurchases(history, { annualDiscountRate: 3, horizon: { years: 60 } })[0]! / dear).toBeCloseTo(1, 9);
          expect(model.discountedPurchases(history, { annualDiscountRate: 3, horizon: { years: 2 } })[0]).toBeLessThan(dear * (1 + 1e-12));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('tell what never ends from what does, when nothing is discounted', () => {
    for (const law of [BgNbd, MbgNbd]) {
      const m = law === MbgNbd ? 1 : 0;
      expect(law.fromParameters({ ...given, a: 1 }).discountedPurchases(one(2, 30, 40), { annualDiscountRate: 0 })[0]).toBe(Infinity);
      const mortal = law.fromParameters({ ...given, a: 2.5 });
      const alive = mortal.aliveProbability(one(2, 30, 40))[0]!;
      const ever = mortal.discountedPurchases(one(2, 30, 40), { annualDiscountRate: 0 })[0]!;
      expect(ever).toBeCloseTo((alive * (2.5 + 2.426 + 2 + m - 1)) / 1.5, 12);
      expect(mortal.discountedPurchases(one(2, 30, 40), { annualDiscountRate: 1e-9 })[0]! / ever).toBeCloseTo(1, 6);
      expect(mortal.expectedPurchases(one(2, 30, 40), { years: 1e6 })[0]! / ever).toBeCloseTo(1, 6);
    }
  });

  it('know when the next purchase comes, or that it does not', () => {
    for (const model of models) {
      const wait = model.nextPurchase(customers, 0.3);
      wait.forEach((weeks, i) => {
        const who = one(customers.frequency[i]!, customers.recency[i]!, customers.tenure[i]!);
        if (weeks < Infinity) expect(model.purchaseProbability(who, { days: weeks * 7 })[0]).toBeCloseTo(0.3, 12);
        else expect(model.aliveProbability(who)[0]).toBeLessThanOrEqual(0.3);
      });
    }
    expect(models[1].nextPurchase(one(3, 2, 90), 0.5)[0]).toBe(Infinity);
  });

  it('have posteriors that agree with their answers', () => {
    const theta = Float64Array.of(0.243, 4.414, 0.793, 2.426);
    for (const { law } of models) {
      for (const [x, last, tenure] of [[2, 30, 40], [0, 0, 12], [0, 0, 0]] as const) {
        const parts = law.posterior(theta, x, last, tenure);
        expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 14);
        const [alive] = parts;
        expect(alive!.weight).toBe(law.alive(theta, x, last, tenure));
        // The expected purchases in a moment are the mean rate.
        expect(law.expected(theta, x, last, tenure, 1e-7) / 1e-7 / (alive!.purchaseRate[0] / alive!.purchaseRate[1])).toBeCloseTo(1, 6);
      }
    }
  });

  it('answer the same in another unit', () => {
    for (const law of [BgNbd, MbgNbd]) {
      const weeks = law.fromParameters(given);
      const days = law.fromParameters({ ...given, unit: 'day', alpha: 4.414 * 7 });
      const inDays = { ...customers, unit: 'day', recency: customers.recency.map((t) => t * 7), tenure: customers.tenure.map((t) => t * 7) } as const;
      const answers = (model: BgNbd | MbgNbd, who: PurchaseHistories): number[] => [...model.aliveProbability(who), ...model.expectedPurchases(who, { weeks: 39 }), ...model.discountedPurchases(who, { annualDiscountRate: 0.1 })];
      answers(days, inDays).forEach((value, i) => expect(value / answers(weeks, customers)[i]!).toBeCloseTo(1, 11));
    }
  });

  it('answer customer by customer, whoever else is there', () => {
    const [bg] = models;
    const all = bg.discountedPurchases(customers, { annualDiscountRate: 0.1, horizon: { years: 1 } });
    customers.frequency.forEach((x, i) => expect(bg.discountedPurchases(one(x, customers.recency[i]!, customers.tenure[i]!), { annualDiscountRate: 0.1, horizon: { years: 1 } })[0]).toBe(all[i]));
  });

  it('come back from JSON to the bit, and read what version 1 stored', () => {
    for (const [name, law] of [['BgNbd', BgNbd], ['MbgNbd', MbgNbd]] as const) {
      const model = law.fromParameters(given);
      expect(law.fromJSON(JSON.parse(JSON.stringify(model)))).toEqual(model);
      const stored = JSON.parse(readFileSync(join(import.meta.dirname, `../../../formats/lifetime/${name}.v1.json`), 'utf8')) as { model: unknown; expected: number[] };
      const back = law.fromJSON(stored.model);
      expect(back.toJSON()).toEqual(stored.model);
      back.expectedPurchases(customers, { weeks: 20 }).forEach((value, i) => expect(value / stored.expected[i]!).toBeCloseTo(1, 12));
      const json = model.toJSON() as Record<string, unknown>;
      expect(errorCode(() => law.fromJSON({ ...json, format: 'Nbd' }))).toBe('MODEL_FORMAT');
      expect(errorCode(() => law.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
      expect(errorCode(() => law.fromJSON({ ...json, parameters: { r: 1, alpha: 1, a: 1 } }))).toBe('MODEL_FORMAT');
    }
    expect(errorCode(() => MbgNbd.fromJSON(models[0].toJSON()))).toBe('MODEL_FORMAT');
  });

  it('refuse what they cannot answer', () => {
    expect(errorCode(() => BgNbd.fromParameters({ ...given, a: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => MbgNbd.fromParameters({ ...given, b: Infinity }))).toBe('INVALID_OPTION');
    expect(errorCode(() => BgNbd.fromParameters({ ...given, s: 1 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => models[0].aliveProbability(one(2, 0, 10)))).toBe('INVALID_VALUE');
    expect(errorCode(() => models[0].aliveProbability(one(2, 11, 10)))).toBe('INVALID_VALUE');
    expect(errorCode(() => models[0].aliveProbability(one(NaN, 1, 10)))).toBe('INVALID_VALUE');
    expect(errorCode(() => models[0].aliveProbability({ ...customers, unit: 'day' }))).toBe('INVALID_INPUT');
  });
});
