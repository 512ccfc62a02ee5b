import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { MbgNbd } from '../../../src/lifetime/buying/bgNbd/mbgNbd.js';
import { simulatePurchases } from '../../../src/lifetime/simulate/simulatePurchases.js';
import { GammaGamma } from '../../../src/lifetime/spending/gammaGamma.js';
import { purchaseInterval } from '../../../src/lifetime/buying/answers/purchaseInterval.js';
import { fitLifetimeValue } from '../../../src/lifetime/value/fitLifetimeValue.js';
import { LifetimeValue } from '../../../src/lifetime/value/lifetimeValue.js';
import type { ValueHistories } from '../../../src/lifetime/value/valueHistories.js';
import { errorCode } from '../../errorCode.js';

const unit = 'week';
const buying = MbgNbd.fromParameters({ unit, r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 });
const spending = GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 15.44 });
const model = LifetimeValue.fromLaws({ buying, spending }, { horizon: { weeks: 39 } });
const customers: ValueHistories = { unit, frequency: [2, 1, 0, 7, 26], recency: [30.43, 1.71, 0, 29.43, 30.86], tenure: [38.86, 38.86, 38.86, 38.86, 31], monetary: [22.35, 11.77, NaN, 73.74, 40] };

describe('LifetimeValue', () => {
  it('is purchases, discounted, times amounts times margin', () => {
    const found = model.predict(customers, { margin: 0.3, intervals: false });
    expect(found.aliveProbability).toEqual(buying.aliveProbability(customers));
    expect(found.expectedPurchases).toEqual(buying.expectedPurchases(customers, { weeks: 39 }));
    expect(found.discountedPurchases).toEqual(buying.discountedPurchases(customers, { horizon: { weeks: 39 }, annualDiscountRate: 0.1 }));
    // Of the notes, at these parameters.
    [24.6637139108, 18.9168520578, 35.2189781022, 71.469670897].forEach((amount, i) => expect(found.expectedSpend[i]).toBeCloseTo(amount, 9));
    found.value.forEach((value, i) => expect(value).toBeCloseTo(found.discountedPurchases[i]! * found.expectedSpend[i]! * 0.3, 10));
    expect([found.lower, found.upper, found.standardError, found.customers]).toEqual([null, null, null, null]);
  });

  it('takes margins, amounts and what a purchase earns for each customer, and no two of them that say the same', () => {
    const { value, discountedPurchases } = model.predict(customers);
    const each = [0.1, 0.2, 0, 1, 0.5];
    expect(model.predict(customers, { margin: each }).value).toEqual(value.map((worth, i) => (discountedPurchases[i]! > 0 ? worth * each[i]! : 0)));
    expect(model.predict(customers, { spend: each }).value).toEqual(discountedPurchases.map((purchases, i) => purchases * each[i]!));
    expect(model.predict(customers, { marginPerPurchase: each }).value).toEqual(model.predict(customers, { spend: each, margin: 1 }).value);
    expect(errorCode(() => model.predict(customers, { marginPerPurchase: 1, margin: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.predict(customers, { margin: [1] }))).toBe('LENGTH_MISMATCH');
    for (const margin of [-1, 30, [0, 0, 0, 0, 1.1]]) expect(errorCode(() => model.predict(customers, { margin }))).toBe('INVALID_OPTION');
    expect(errorCode(() => LifetimeValue.fromLaws({ buying }, { margin: 30 }))).toBe('INVALID_OPTION');
  });

  it('gives whole numbers of purchases, each at the mean discount, where amounts are certain', () => {
    const { lower, upper, discountedPurchases, expectedPurchases } = model.predict(customers, { spend: 10, confidence: 0.8 });
    const counts = purchaseInterval(buying, customers, { weeks: 39 }, { confidence: 0.8 });
    const factor = discountedPurchases.map((sum, i) => sum / expectedPurchases[i]!);
    upper!.forEach((end, i) => expect(end).toBeCloseTo(10 * factor[i]! * counts.upper[i]!, 9));
    lower!.forEach((end, i) => expect(end).toBeCloseTo(10 * factor[i]! * counts.lower[i]!, 9));
    expect(model.predict(customers, { annualDiscountRate: 0, spend: 1 }).value).toEqual(buying.expectedPurchases(customers, { weeks: 39 }));
  });

  it('covers what simulated customers bring as often as it says, over a year and over five', () => {
    const truth = MbgNbd.fromParameters({ unit, r: 1.2, alpha: 4, a: 0.7, b: 2.5 });
    for (const years of [1, 5]) {
      const horizon = { weeks: 52 * years };
      const sample = simulatePurchases(truth, { customers: 3000, observation: { weeks: 60 }, arrivals: { weeks: 30 }, holdout: horizon, spend: spending, seed: 4 });
      const delta = Math.log1p(0.1) / (365.25 * 86_400_000);
      const end = 60 * 7 * 86_400_000;
      const brought = new Float64Array(3000);
      const { customer, time, amount } = sample.events;
      for (let e = 0; e < time.length; e++) if (time[e]! >= end) brought[customer[e]!]! += amount![e]! * Math.exp(-delta * (time[e]! - end));
      const { upper, value } = LifetimeValue.fromLaws({ buying: truth, spending }, { horizon, annualDiscountRate: 0.1, confidence: 0.9 }).predict(sample);
      // Of who probably brings nothing the upper end is 0, and exceeded less often than by 5 %.
      const open = Array.from(upper!.keys()).filter((i) => upper![i]! > 0);
      const above = open.filter((i) => brought[i]! > upper![i]!).length / open.length;
      expect(Math.abs(above - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / open.length));
      const total = (values: Float64Array): number => values.reduce((sum, part) => sum + part, 0);
      expect(Math.abs(total(value) / total(brought) - 1)).toBeLessThan(0.08);
    }
  });

  it('has ends that widen with confidence around the expectation of the sure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0.1, max: 500, noNaN: true }), (x, share, silence, amount) => {
        const one: ValueHistories = { unit, frequency: [x], recency: [x === 0 ? 0 : 50 * share], tenure: [50 * share + silence], monetary: [amount] };
        const [narrow, wide] = [0.5, 0.95].map((confidence) => model.predict(one, { confidence }));
        expect(wide!.lower![0]).toBeLessThanOrEqual(narrow!.lower![0]!);
        expect(narrow!.lower![0]).toBeLessThanOrEqual(narrow!.upper![0]!);
        expect(narrow!.upper![0]).toBeLessThanOrEqual(wide!.upper![0]!);
        expect([wide!.value[0], wide!.lower![0], wide!.upper![0]].every((value) => Number.isFinite(value) && value! >= 0)).toBe(true);
        // Money in cents: everything a hundredfold.
        const cents = LifetimeValue.fromLaws({ buying, spending: GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 1544 }) }, { horizon: { weeks: 39 } }).predict({ ...one, monetary: [100 * amount] }, { confidence: 0.95 });
        expect(cents.value[0]! / 100).toBeCloseTo(wide!.value[0]!, 8);
        expect(cents.upper![0]! / 100 / Math.max(wide!.upper![0]!, 1e-9)).toBeCloseTo(wide!.upper![0]! > 0 ? 1 : 0, 6);
      }),
      { numRuns: 30 },
    );
  });

  it('gives each customer the same whoever else is asked for', () => {
    const all = model.predict(customers, { standardErrors: false });
    for (let i = 0; i < 5; i++) {
      const pick = (values: ArrayLike<number>): number[] => [values[i]!];
      const alone = model.predict({ unit, frequency: pick(customers.frequency), recency: pick(customers.recency), tenure: pick(customers.tenure), monetary: pick(customers.monetary!) });
      expect([alone.value[0], alone.lower![0], alone.upper![0]]).toEqual([all.value[i], all.lower![i], all.upper![i]]);
    }
  });

  it('counts in purchases where there are no amounts, and has no interval for ever', () => {
    const bare = LifetimeValue.fromLaws({ buying }, { horizon: 'ever' });
    expect(bare.measure).toBe('purchases');
    const { value, discountedPurchases, expectedPurchases, lower } = bare.predict(customers);
    expect(value).toEqual(discountedPurchases);
    expect(lower).toBeNull();
    // Beta with a below 1: some never stop.
    expect(expectedPurchases.every((purchases) => purchases === Infinity)).toBe(true);
    const forever = LifetimeValue.fromLaws({ buying: Nbd.fromParameters({ unit, r: 1, alpha: 1 }) }, { horizon: 'ever', annualDiscountRate: 0, meanSpend: 0 });
    expect(forever.predict(customers).value.every((worth) => worth === 0)).toBe(true);
  });

  it('gives standard errors from both laws, by steps of each parameter', () => {
    const sample = simulatePurchases(buying, { customers: 400, observation: { weeks: 39 }, spend: spending, seed: 2 });
    const fitted = fitLifetimeValue({ ...sample, holdout: undefined }, { models: ['mbgNbd'] });
    const { standardError, value } = fitted.predict(customers, { standardErrors: true, intervals: false });
    const slope = (name: 'r' | 'alpha' | 'a' | 'b' | 'p' | 'q' | 'v'): Float64Array => {
      const moved = (step: number): Float64Array => {
        const laws = {
          buying: name in fitted.buying.parameters ? MbgNbd.fromParameters({ ...(fitted.buying as MbgNbd).parameters, unit, [name]: fitted.buying.parameters[name]! * Math.exp(step) }) : fitted.buying,
          spending: name in fitted.spending!.parameters ? GammaGamma.fromParameters({ ...fitted.spending!.parameters, [name]: fitted.spending!.parameters[name as 'p'] * Math.exp(step) }) : fitted.spending,
        };
        return LifetimeValue.fromLaws(laws).predict(customers, { intervals: false }).value;
      };
      const [up, down] = [moved(1e-4), moved(-1e-4)];
      return up.map((worth, i) => (worth - down[i]!) / 2e-4);
    };
    const buys = (['r', 'alpha', 'a', 'b'] as const).map(slope);
    const spends = (['p', 'q', 'v'] as const).map(slope);
    const variance = (slopes: readonly Float64Array[], covariance: readonly number[], i: number): number => slopes.flatMap((first, j) => slopes.map((second, k) => covariance[j * slopes.length + k]! * first[i]! * second[i]!)).reduce((sum, part) => sum + part, 0);
    value.forEach((worth, i) => {
      const wanted = Math.sqrt(variance(buys, fitted.buying.fit!.logCovariance!, i) + variance(spends, fitted.spending!.fit!.logCovariance!, i));
      expect(standardError![i]! / wanted).toBeCloseTo(1, 4);
      expect(standardError![i]).toBeLessThan(worth);
    });
    expect(model.predict(customers, { standardErrors: true }).standardError).toBeNull();
  });

  it('comes back from JSON to the last bit, and refuses damaged JSON', () => {
    const json = JSON.parse(JSON.stringify(model)) as Record<string, unknown>;
    const again = LifetimeValue.fromJSON(json);
    expect(again.predict(customers)).toEqual(model.predict(customers));
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    for (const damage of [{ buying: { format: 'Other' } }, { margin: -1 }, { horizon: 'soon' }, { confidence: 2 }, { returnedShare: null }, { spending: {} }, { horizon: { fortnights: 1 } }, { confidence: 0 }, { reading: 7 }]) {
      expect(['MODEL_FORMAT', 'INVALID_OPTION']).toContain(errorCode(() => LifetimeValue.fromJSON({ ...json, ...damage })));
    }
    expect(errorCode(() => LifetimeValue.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => LifetimeValue.fromJSON(null))).toBe('MODEL_FORMAT');
  });

  it('reads the stored format', () => {
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/lifetime/LifetimeValue.v1.json'), 'utf8')) as { readonly model: unknown; readonly customers: ValueHistories; readonly value: readonly number[]; readonly upper: readonly number[] };
    const { value, upper } = LifetimeValue.fromJSON(stored.model).predict(stored.customers);
    value.forEach((worth, i) => expect(worth).toBeCloseTo(stored.value[i]!, 9));
    upper!.forEach((end, i) => expect(end).toBeCloseTo(stored.upper[i]!, 7));
  });

  it('says what is wrong', () => {
    expect(errorCode(() => model.predict({ ...customers, unit: 'day' }))).toBe('INVALID_INPUT');
    expect(errorCode(() => model.predict({ ...customers, monetary: [1, 2, 3, 4, -1] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => model.predict({ ...customers, monetary: [1] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => model.predict({ ...customers, customers: ['a'] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => model.predict({ ...customers, firstPurchase: 'included' }))).toBe('INVALID_INPUT');
    expect(errorCode(() => model.predict(customers, { confidence: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.predict(customers, { horizon: 'soon' as 'ever' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.predict(customers, { rate: 1 } as object))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.predict(customers, { asOf: '2026-01-01' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.predict(null as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => LifetimeValue.fromLaws({ buying, spending: GammaGamma.fromParameters({ p: 1, q: 0.9, v: 1 }) }))).toBe('INVALID_OPTION');
    expect(model.predict({ unit, frequency: [], recency: [], tenure: [], monetary: [] }).value).toHaveLength(0);
  });
});
