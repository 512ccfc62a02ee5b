import { describe, expect, it } from 'vitest';
import { BgNbd } from '../../../src/lifetime/buying/bgNbd/bgNbd.js';
import { fitBgNbd } from '../../../src/lifetime/buying/bgNbd/fitBgNbd.js';
import type { BuyingModel } from '../../../src/lifetime/buying/buyingModel.js';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { ParetoNbd } from '../../../src/lifetime/buying/paretoNbd/paretoNbd.js';
import { forecastPortfolio } from '../../../src/lifetime/forecast/forecastPortfolio.js';
import { PairMoments } from '../../../src/lifetime/forecast/futureCounts.js';
import { simulatePurchases } from '../../../src/lifetime/simulate/simulatePurchases.js';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import { GammaGamma } from '../../../src/lifetime/spending/gammaGamma.js';
import { LifetimeValue } from '../../../src/lifetime/value/lifetimeValue.js';
import { errorCode } from '../../errorCode.js';

const customers = { unit: 'week', frequency: [2, 0, 7, 1, 2], recency: [30, 0, 38, 5, 30], tenure: [40, 12, 39, 20, 40], monetary: [20, NaN, 35, 80, 20] } as const;
const asOf = '2026-01-31';
const law = BgNbd.fromParameters({ unit: 'week', r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 });
const amounts = GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 15.4 });
const value = LifetimeValue.fromLaws({ buying: law, spending: amounts }, { margin: 0.3 });

describe('forecastPortfolio', () => {
  it('cuts what is expected in all into calendar months', () => {
    const { periods, whole } = forecastPortfolio(value, customers, { asOf, periods: 12 });
    // From the 31st: February ends on its last day.
    expect(periods.slice(0, 3).map(({ end }) => new Date(end).toISOString().slice(0, 10))).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    const total = (period: (typeof periods)[number]): number => period.existing.purchases.estimate;
    expect(periods.reduce((sum, period) => sum + total(period), 0)).toBeCloseTo(whole.existing.purchases.estimate, 12);
    expect(whole.existing.purchases.estimate).toBeCloseTo(law.expectedPurchases(customers, { days: 365 }).reduce((sum, mean) => sum + mean, 0), 10);
    const spend = amounts.expectedSpend(customers);
    const revenue = law.expectedPurchases(customers, { days: 365 }).reduce((sum, mean, i) => sum + mean * spend[i]!, 0);
    expect(whole.existing.revenue!.estimate).toBeCloseTo(revenue, 9);
    expect(whole.existing.margin!.estimate).toBeCloseTo(0.3 * revenue, 9);
    expect(whole.coming).toMatchObject({ arrivals: 0, purchases: { estimate: 0, lower: 0, upper: 0 } });
    expect(whole.total.purchases).toEqual(whole.existing.purchases);
  });

  it('knows the variance of counts: of Poisson purchases their mean, of the whole exactly', () => {
    const poisson = LifetimeValue.fromLaws({ buying: Nbd.fromParameters({ unit: 'week', r: 1e9, alpha: 1e10 }) }, { meanSpend: 10 });
    const { periods, whole } = forecastPortfolio(poisson, customers, { asOf, periods: 4, every: { weeks: 2 } });
    for (const { existing } of [...periods, whole]) expect(existing.purchases.ownVariance / existing.purchases.estimate).toBeCloseTo(1, 5);
    expect(periods[0]!.existing.revenue!.ownVariance / periods[0]!.existing.purchases.ownVariance).toBeCloseTo(100, 8);
    // NBD of one customer: mean + mean² / shape in any stretch.
    const own = LifetimeValue.fromLaws({ buying: Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 }) }, { meanSpend: 1 });
    const one = forecastPortfolio(own, { unit: 'week', frequency: [3], recency: [9], tenure: [10] }, { asOf, periods: 3, every: { weeks: 5 } });
    for (const { existing } of one.periods) expect(existing.purchases.ownVariance).toBeCloseTo(1 + 1 / 4, 6);
    expect(one.whole.existing.purchases.ownVariance).toBeCloseTo(3 + 9 / 4, 6);
  });

  it('adds up over groups', () => {
    const { by, whole, periods } = forecastPortfolio(value, customers, { asOf, periods: 3, by: { plan: ['a', 'b', 'a', 'b', 'b'], web: [1, 1, 0, 0, 0] } });
    expect(Object.keys(by)).toEqual(['plan', 'web']);
    for (const groups of Object.values(by)) {
      expect(groups.reduce((sum, group) => sum + group.whole.revenue!.estimate, 0)).toBeCloseTo(whole.existing.revenue!.estimate, 9);
      expect(groups.reduce((sum, group) => sum + group.periods[1]!.purchases.estimate, 0)).toBeCloseTo(periods[1]!.existing.purchases.estimate, 10);
      expect(groups.reduce((sum, group) => sum + group.whole.purchases.ownVariance, 0)).toBeCloseTo(whole.existing.purchases.ownVariance, 10);
      expect(groups.reduce((sum, group) => sum + group.customers, 0)).toBe(5);
    }
    expect(by['plan']!.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('lets new customers come evenly and buy from then on', () => {
    const { periods, whole } = forecastPortfolio(value, customers, { asOf, periods: 2, every: { weeks: 4 }, newCustomers: { perPeriod: [10, 0] } });
    expect(periods.map(({ coming }) => coming.arrivals)).toEqual([10, 0]);
    // The mean over arrivals by a fine midpoint rule.
    const upTo = (weeks: number): number => law.expectedPurchases({ unit: 'week', frequency: [0], recency: [0], tenure: [0] }, { weeks })[0]!;
    let [now, later] = [0, 0];
    for (let i = 0; i < 400; i++) {
      const left = 4 - (4 * (i + 0.5)) / 400;
      now += upTo(left) / 400;
      later += (upTo(left + 4) - upTo(left)) / 400;
    }
    expect(periods[0]!.coming.purchases.estimate).toBeCloseTo(10 * (1 + now), 5);
    expect(periods[1]!.coming.purchases.estimate).toBeCloseTo(10 * later, 5);
    expect(whole.coming.revenue!.estimate).toBeCloseTo(10 * (1 + now + later) * amounts.meanSpend, 2);
    expect(whole.total.purchases.estimate).toBeCloseTo(whole.coming.purchases.estimate + whole.existing.purchases.estimate, 10);
  });

  it('multiplies by the season, a month at a time', () => {
    const seasonality = [0.4, 0.4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.2];
    const plain = forecastPortfolio(value, customers, { asOf: '2026-01-01', periods: 12 });
    const seasonal = forecastPortfolio(value, customers, { asOf: '2026-01-01', periods: 12, seasonality });
    seasonal.periods.forEach(({ season, existing }, k) => {
      expect(season).toBeCloseTo(seasonality[k]!, 12);
      expect(existing.purchases.estimate).toBeCloseTo(seasonality[k]! * plain.periods[k]!.existing.purchases.estimate, 12);
    });
    expect(forecastPortfolio(value, customers, { asOf: '2026-01-01', periods: 12, seasonality: new Float64Array(12).fill(1) })).toEqual(plain);
    // Half of February and half of March.
    expect(forecastPortfolio(value, customers, { asOf: '2026-02-15', periods: 1, every: { days: 28 }, seasonality }).periods[0]!.season).toBeCloseTo(0.7, 12);
  });

  it.each([
    ['BG/NBD', law],
    ['Pareto/NBD', ParetoNbd.fromParameters({ unit: 'week', r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 })],
  ] as const)('has the spread of simulated companies of %s', (_, truth: BuyingModel) => {
    const { frequency, recency, tenure } = { frequency: [2, 9, 1], recency: [30, 38, 20], tenure: [40, 40, 25] };
    const moments = new PairMoments(26);
    frequency.forEach((x, i) => {
      // The exact variance within the last half, by the law of the whole and of the first half being those of alive and dead.
      const history = [Float64Array.from(truth.law.names, (name) => truth.parameters[name]!), x, recency[i]!, tenure[i]!] as const;
      moments.load(truth.law, history);
      const pairs = (ahead: number): number => {
        let sum = 0;
        for (let least = 2; least < 400; least++) sum += 2 * (least - 1) * truth.law.alive(...history) * truth.law.atLeast(...history, ahead, least);
        return sum;
      };
      expect(moments.between(0, 26) / pairs(26)).toBeCloseTo(1, 6);
      expect(moments.between(0, 13) / pairs(13)).toBeCloseTo(1, 1.5);
      // From 13 to 26: the integral of (v - 13) / v over dM, in small steps.
      let [sum, before] = [0, pairs(13)];
      for (let step = 1; step <= 52; step++) {
        const [end, now] = [13 + step / 4, pairs(13 + step / 4)];
        sum += ((end - 0.125 - 13) / (end - 0.125)) * (now - before);
        before = now;
      }
      expect(moments.between(13, 26) / sum).toBeCloseTo(1, 1);
    });
  });

  it('covers what simulated companies do', () => {
    let [inside, insideMoney, known] = [0, 0, 0];
    const runs = 40;
    for (let seed = 1; seed <= runs; seed++) {
      const company = simulatePurchases(BgNbd.fromParameters({ unit: 'week', r: 0.8, alpha: 8, a: 0.8, b: 4 }), { customers: 300, observation: { weeks: 40 }, holdout: { weeks: 20 }, spend: amounts, seed });
      const model = LifetimeValue.fromLaws({ buying: fitBgNbd(company), spending: fitGammaGamma({ ...company, monetary: company.monetary! }) });
      const { whole, includesParameters } = forecastPortfolio(model, company, { asOf, periods: 5, every: { weeks: 4 }, confidence: 0.9 });
      known += Number(includesParameters);
      const { frequency, spend } = company.holdout!;
      const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((all, one) => all + one, 0);
      if (whole.existing.purchases.lower <= sum(frequency) && sum(frequency) <= whole.existing.purchases.upper) inside++;
      if (whole.existing.revenue!.lower <= sum(spend) && sum(spend) <= whole.existing.revenue!.upper) insideMoney++;
    }
    expect(known).toBeGreaterThan(36);
    // 36 of 40 to be expected; 30 is 3 standard deviations below.
    expect(inside).toBeGreaterThanOrEqual(30);
    expect(insideMoney).toBeGreaterThanOrEqual(30);
  });

  it('forecasts purchases where amounts are not known, and margins where only those are', () => {
    const counts = forecastPortfolio(LifetimeValue.fromLaws({ buying: law }, { marginPerPurchase: 4 }), customers, { asOf, periods: 2 });
    expect(counts.whole.existing.revenue).toBe(null);
    expect(counts.whole.existing.margin!.estimate).toBeCloseTo(4 * counts.whole.existing.purchases.estimate, 12);
    expect(counts.includesParameters).toBe(false);
    expect(counts.confidence).toBe(LifetimeValue.fromLaws({ buying: law }).confidence);
  });

  it('refuses what it cannot plan', () => {
    const code = (options: object, of: object = customers): string => errorCode(() => forecastPortfolio(value, of as never, { periods: 2, asOf, ...options } as never));
    expect(code({ periods: 0 })).toBe('INVALID_OPTION');
    expect(code({ periods: 1.5 })).toBe('INVALID_OPTION');
    expect(code({ every: { months: 0 } })).toBe('INVALID_OPTION');
    expect(code({ asOf: undefined })).toBe('INVALID_OPTION');
    expect(code({ asOf: 'soon' })).toBe('INVALID_DATE');
    expect(code({ confidence: 1 })).toBe('INVALID_OPTION');
    expect(code({ seasonality: [1, 2] })).toBe('INVALID_OPTION');
    expect(code({ seasonality: new Array(12).fill(2) })).toBe('INVALID_OPTION');
    expect(code({ newCustomers: { perPeriod: -1 } })).toBe('INVALID_OPTION');
    expect(code({ newCustomers: { perPeriod: [1, 2, 3] } })).toBe('LENGTH_MISMATCH');
    expect(code({ by: { plan: ['a'] } })).toBe('LENGTH_MISMATCH');
    expect(code({ horizon: { weeks: 3 } })).toBe('INVALID_OPTION');
    expect(code({}, { ...customers, unit: 'day' })).toBe('INVALID_INPUT');
    expect(code({}, { ...customers, asOf: Date.UTC(2025, 0, 1) })).toBe('INVALID_OPTION');
    const none = forecastPortfolio(value, { unit: 'week', frequency: [], recency: [], tenure: [] }, { asOf, periods: 2, newCustomers: { perPeriod: 3 } });
    expect(none.whole.existing.purchases.estimate).toBe(0);
    expect(none.whole.coming.purchases.estimate).toBeGreaterThan(6);
  });
});
