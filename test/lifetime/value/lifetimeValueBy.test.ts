import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MbgNbd } from '../../../src/lifetime/buying/bgNbd/mbgNbd.js';
import { simulatePurchases } from '../../../src/lifetime/simulate/simulatePurchases.js';
import { GammaGamma } from '../../../src/lifetime/spending/gammaGamma.js';
import { parameterDraws } from '../../../src/lifetime/uncertainty/parameterDraws.js';
import { customerEquity } from '../../../src/lifetime/value/customerEquity.js';
import { explainLifetimeValue } from '../../../src/lifetime/value/explainLifetimeValue.js';
import { fitLifetimeValue } from '../../../src/lifetime/value/fitLifetimeValue.js';
import { LifetimeValue } from '../../../src/lifetime/value/lifetimeValue.js';
import { lifetimeValueBy } from '../../../src/lifetime/value/lifetimeValueBy.js';
import type { ValueHistories } from '../../../src/lifetime/value/valueHistories.js';
import { errorCode } from '../../errorCode.js';

const unit = 'week';
const buying = MbgNbd.fromParameters({ unit, r: 0.8, alpha: 5, a: 0.9, b: 2.5 });
const spending = GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 15.44 });
const given = LifetimeValue.fromLaws({ buying, spending }, { horizon: { weeks: 52 } });
const sample: ValueHistories = { ...simulatePurchases(buying, { customers: 1500, observation: { weeks: 60 }, arrivals: { weeks: 20 }, spend: spending, seed: 8 }), holdout: undefined };
const model = fitLifetimeValue(sample, { models: ['mbgNbd'] });
const segment = Array.from({ length: 1500 }, (_, i) => (i % 3 === 0 ? 'gold' : 'other'));
const branch = Array.from({ length: 1500 }, (_, i) => (i % 5 === 0 ? null : i % 2));
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('lifetimeValueBy', () => {
  const sums = lifetimeValueBy(model, sample, { by: { segment, branch }, cross: true });

  it('adds up values, along every dimension and across all', () => {
    const { value, expectedPurchases, aliveProbability } = model.predict(sample, { intervals: false });
    expect(sums.total.value.estimate).toBeCloseTo(sum(value), 6);
    expect(sums.total.expectedPurchases).toBeCloseTo(sum(expectedPurchases), 8);
    expect(sums.total.alive).toBeCloseTo(sum(aliveProbability), 8);
    expect(sums.by['segment']!.map(({ name, customers }) => [name, customers])).toEqual([['gold', 500], ['other', 1000]]);
    expect(sums.by['branch']!.map(({ name }) => name)).toEqual(['0', '1', null]);
    expect(sums.cells.map(({ levels }) => levels)).toEqual([['gold', '0'], ['gold', '1'], ['gold', null], ['other', '0'], ['other', '1'], ['other', null]]);
    for (const rows of [sums.by['segment']!, sums.by['branch']!, sums.cells]) {
      expect(rows.reduce((total, row) => total + row.value.estimate, 0)).toBeCloseTo(sums.total.value.estimate, 6);
      expect(rows.reduce((total, row) => total + row.value.ownVariance, 0)).toBeCloseTo(sums.total.value.ownVariance, 3);
      // What all share does not average out: standard deviations add up where loadings point one way.
      expect(rows.reduce((total, row) => total + Math.sqrt(row.value.sharedVariance), 0)).toBeGreaterThanOrEqual(Math.sqrt(sums.total.value.sharedVariance));
    }
    expect([sums.includesOwn, sums.includesShared]).toEqual([true, true]);
    expect(lifetimeValueBy(model, sample, { by: segment }).by['group']!.map(({ value: { estimate } }) => estimate)).toEqual(sums.by['segment']!.map(({ value: { estimate } }) => estimate));
  });

  it('knows the parameters\' part of a sum as draws of parameters do', () => {
    const buyings = parameterDraws(model.buying, { draws: 150, seed: 1 }).models;
    const spends = parameterDraws(model.spending!, { draws: 150, seed: 2 }).models;
    const totals = buyings.map((law, d) => sum(LifetimeValue.fromLaws({ buying: law, spending: spends[d]! }).predict(sample, { intervals: false }).value));
    const mean = totals.reduce((total, value) => total + value, 0) / totals.length;
    const deviation = Math.sqrt(totals.reduce((total, value) => total + (value - mean) ** 2, 0) / (totals.length - 1));
    // Of 150 draws to some 6 % itself.
    expect(Math.abs(Math.sqrt(sums.total.value.sharedVariance) / deviation - 1)).toBeLessThan(0.2);
  });

  it('knows the chance of a sum: simulated years fall within its ends', () => {
    const bare = lifetimeValueBy(given, sample, { annualDiscountRate: 0 });
    expect(bare.includesShared).toBe(false);
    expect(bare.total.value.sharedVariance).toBe(0);
    // Customers of whom nothing is known, so that each simulated year is one of theirs.
    const rows = 60;
    const news: ValueHistories = { unit, frequency: new Float64Array(rows), recency: new Float64Array(rows), tenure: new Float64Array(rows) };
    const { lower, upper, estimate } = lifetimeValueBy(given, news, { annualDiscountRate: 0 }).total.value;
    const years = Array.from({ length: 300 }, (_, seed) => {
      const { events } = simulatePurchases(buying, { customers: rows, observation: { weeks: 52 }, spend: spending, seed: seed + 1 });
      return events.time.reduce((total, time, e) => total + (time > 0 ? events.amount![e]! : 0), 0);
    });
    expect(Math.abs(years.reduce((total, value) => total + value, 0) / 300 / estimate - 1)).toBeLessThan(0.06);
    const inside = years.filter((value) => value >= lower && value <= upper).length / 300;
    // 90 % asked for, four standard errors.
    expect(Math.abs(inside - 0.9)).toBeLessThan(0.07);
  });

  it('counts weights as repetition, and weight 0 as absence', () => {
    const two: ValueHistories = { unit, frequency: [1, 4, 9], recency: [5, 30, 20], tenure: [40, 40, 40], monetary: [20, 30, 40] };
    const weighted = lifetimeValueBy(model, { ...two, weights: [2, 1, 0] }).total;
    const repeated = lifetimeValueBy(model, { unit, frequency: [1, 1, 4], recency: [5, 5, 30], tenure: [40, 40, 40], monetary: [20, 20, 30] }).total;
    expect(weighted.customers).toBe(3);
    expect(weighted.value.estimate).toBeCloseTo(repeated.value.estimate, 9);
    expect(weighted.value.ownVariance / repeated.value.ownVariance).toBeCloseTo(1, 10);
    expect(weighted.value.sharedVariance / repeated.value.sharedVariance).toBeCloseTo(1, 10);
  });

  it('has no upper end where amounts have no variance, and only the parameters\' for ever', () => {
    const wild = LifetimeValue.fromLaws({ buying, spending: GammaGamma.fromParameters({ p: 2, q: 1.8, v: 10 }) });
    const { lower, upper, ownVariance } = lifetimeValueBy(wild, { unit, frequency: [0], recency: [0], tenure: [10] }).total.value;
    expect([lower, upper, ownVariance]).toEqual([0, Infinity, Infinity]);
    const few: ValueHistories = { unit, frequency: [1, 4], recency: [5, 30], tenure: [40, 40], monetary: [20, 30] };
    const ever = lifetimeValueBy(model, few, { horizon: 'ever' });
    expect([ever.includesOwn, ever.total.value.ownVariance]).toEqual([false, 0]);
    expect(ever.total.value.sharedVariance).toBeGreaterThan(0);
    expect(errorCode(() => lifetimeValueBy(model, few, { by: ['a'] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => lifetimeValueBy(model, few, { by: { a: [1, 2] }, dimensions: ['b'] }))).toBe('UNKNOWN_COLUMN');
    expect(lifetimeValueBy(model, { unit, frequency: [], recency: [], tenure: [], monetary: [] }).total.value.estimate).toBe(0);
  });
});

describe('customerEquity', () => {
  const customers: ValueHistories = { unit, frequency: [1, 4, 0], recency: [5, 30, 0], tenure: [40, 40, 40], monetary: [20, 30, NaN] };
  const first = spending.expectedSpend({ frequency: [0], monetary: [NaN] })[0]!;
  const newcomer = { unit, frequency: [0], recency: [0], tenure: [0] } as const;

  it('adds those who come, from the day they come to the end of the horizon', () => {
    const equity = customerEquity(given, customers, { newCohorts: { perPeriod: 10, period: { weeks: 4 } } });
    expect(equity.coming.arrivals).toBeCloseTo(130, 9);
    const each = (weeks: number): number => (first * (1 + buying.discountedPurchases(newcomer, { horizon: { weeks }, annualDiscountRate: 0.1 })[0]!));
    expect(equity.coming.each).toBeCloseTo(each(52), 9);
    // By the middles of many short stretches.
    const delta = (Math.log(1.1) * 7) / 365.25;
    let wanted = 0;
    for (let step = 0; step < 5200; step++) wanted += (2.5 / 100) * Math.exp((-delta * (step + 0.5)) / 100) * each(52 - (step + 0.5) / 100);
    expect(equity.coming.value.estimate / wanted).toBeCloseTo(1, 6);
    expect(equity.total.estimate).toBe(equity.present.value.estimate + equity.coming.value.estimate);
    expect(equity.present.value.estimate).toBeCloseTo(lifetimeValueBy(given, customers).total.value.estimate, 10);
  });

  it('takes plans by period, purchases on arrival and costs as told', () => {
    const equity = (newCohorts: Parameters<typeof customerEquity>[2]): ReturnType<typeof customerEquity>['coming'] => customerEquity(given, customers, newCohorts).coming;
    const flat = equity({ newCohorts: { perPeriod: new Array<number>(13).fill(10), period: { weeks: 4 } } });
    expect(flat.value.estimate).toBeCloseTo(equity({ newCohorts: { perPeriod: 10, period: { weeks: 4 } } }).value.estimate, 8);
    expect(equity({ newCohorts: { perPeriod: [5, 7], period: { weeks: 4 } } }).arrivals).toBeCloseTo(12, 10);
    const costly = equity({ newCohorts: { perPeriod: 10, period: { weeks: 4 }, acquisitionCost: 500 }, annualDiscountRate: 0 });
    const free = equity({ newCohorts: { perPeriod: 10, period: { weeks: 4 } }, annualDiscountRate: 0 });
    expect(costly.value.estimate).toBeCloseTo(free.value.estimate - 65_000, 6);
    expect(costly.value.upper - costly.value.lower).toBeCloseTo(free.value.upper - free.value.lower, 6);
    expect(costly.each).toBeCloseTo(free.each - 500, 9);
    const later = equity({ newCohorts: { perPeriod: 10, period: { weeks: 4 }, firstPurchase: 'ignored' }, annualDiscountRate: 0 });
    expect(free.value.estimate - later.value.estimate).toBeCloseTo(130 * first, 6);
    expect(equity({}).value).toEqual({ estimate: 0, lower: 0, upper: 0, ownVariance: 0, sharedVariance: 0 });
  });

  it('is for ever a rate of arrivals over the discount, and is less certain together than apart', () => {
    const forever = customerEquity(given, customers, { horizon: 'ever', newCohorts: { perPeriod: 10, period: { weeks: 4 } } });
    expect(forever.coming.arrivals).toBe(Infinity);
    const delta = (Math.log(1.1) * 7) / 365.25;
    const wanted = (2.5 / delta) * first * (1 + buying.discountedPurchases(newcomer, { annualDiscountRate: 0.1 })[0]!);
    expect(forever.coming.value.estimate / wanted).toBeCloseTo(1, 10);
    const plan = customerEquity(given, customers, { horizon: 'ever', newCohorts: { perPeriod: new Array<number>(2600).fill(10), period: { weeks: 4 } } });
    expect(plan.coming.value.estimate / wanted).toBeCloseTo(1, 6);
    const fitted = customerEquity(model, sample, { newCohorts: { perPeriod: 100 } });
    const [a, b] = [fitted.present.value.sharedVariance, fitted.coming.value.sharedVariance];
    expect(fitted.total.sharedVariance).toBeGreaterThan(a + b);
    expect(fitted.total.sharedVariance).toBeLessThanOrEqual((Math.sqrt(a) + Math.sqrt(b)) ** 2);
    expect(errorCode(() => customerEquity(given, customers, { newCohorts: { perPeriod: -1 } }))).toBe('INVALID_OPTION');
    expect(errorCode(() => customerEquity(given, customers, { newCohorts: { perPeriod: 1, often: 2 } as never }))).toBe('INVALID_OPTION');
  });
});

describe('explainLifetimeValue', () => {
  it('multiplies to the value, and the average to the mean value', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0.05, max: 1, noNaN: true }), fc.double({ min: 1, max: 300, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true })), { minLength: 1, maxLength: 8 }), (rows) => {
        const customers: ValueHistories = { unit, frequency: rows.map(([x]) => x), recency: rows.map(([x, share]) => (x === 0 ? 0 : 40 * share)), tenure: rows.map(() => 40), monetary: rows.map(([, , amount]) => amount) };
        const margin = rows.map(([, , , share]) => share);
        const { value } = given.predict(customers, { margin, intervals: false });
        const reasons = explainLifetimeValue(given, customers, { margin });
        const mean = sum(value) / rows.length;
        expect(reasons.average.value).toBeCloseTo(mean, 8);
        if (mean > 0) {
          expect(reasons.average.alive * reasons.average.purchases * reasons.average.earned).toBeCloseTo(mean, 8);
          value.forEach((worth, i) => {
            expect(reasons.value[i]).toBeCloseTo(worth / mean, 8);
            expect(reasons.alive[i]! * reasons.purchases[i]! * reasons.earned[i]!).toBeCloseTo(worth / mean, 8);
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('names what is furthest from the average', () => {
    const customers: ValueHistories = { unit, frequency: [2, 2, 2, 12], recency: [35, 35, 1, 39], tenure: [40, 40, 40, 40], monetary: [30, 120, 30, 30] };
    expect(explainLifetimeValue(given, customers).main.slice(1)).toEqual(['earned', 'alive', 'purchases']);
  });
});
