import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { BgNbd } from '../../../src/lifetime/buying/bgNbd/bgNbd.js';
import { fitBgNbd } from '../../../src/lifetime/buying/bgNbd/fitBgNbd.js';
import { fitNbd } from '../../../src/lifetime/buying/nbd/fitNbd.js';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { backtestPurchases } from '../../../src/lifetime/checks/backtestPurchases.js';
import { conditionalExpectations } from '../../../src/lifetime/checks/conditionalExpectations.js';
import { forecastErrors } from '../../../src/lifetime/checks/forecastErrors.js';
import { frequencyHistogram } from '../../../src/lifetime/checks/frequencyHistogram.js';
import { purchaseTracking } from '../../../src/lifetime/checks/purchaseTracking.js';
import { simulatePurchases } from '../../../src/lifetime/simulate/simulatePurchases.js';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import { GammaGamma } from '../../../src/lifetime/spending/gammaGamma.js';
import { errorCode } from '../../errorCode.js';

const truth = BgNbd.fromParameters({ unit: 'week', r: 0.6, alpha: 6, a: 0.8, b: 2.4 });
const company = simulatePurchases(truth, { customers: 3000, observation: { weeks: 40 }, holdout: { weeks: 20 }, spend: GammaGamma.fromParameters({ p: 6, q: 4, v: 15 }), seed: 4 });
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((all, value) => all + value, 0);

describe('backtestPurchases', () => {
  const found = backtestPurchases(company, { fit: fitBgNbd, spending: fitGammaGamma });

  it('believes the law by which customers were drawn', () => {
    expect(found.verdict).toEqual({ outcome: 'believable', reasons: [] });
    const { total, errors, deciles } = found.purchases;
    expect(total.actual).toBe(sum(company.holdout!.frequency));
    expect(total.expected).toBeCloseTo(sum(found.expected), 8);
    expect(total.bias).toBeCloseTo(total.expected - total.actual, 8);
    expect(Math.abs(total.z)).toBeLessThan(4);
    expect(errors.mae).toBeCloseTo(sum(Array.from(found.expected, (expected, i) => Math.abs(expected - found.actual[i]!))) / 3000, 10);
    expect(errors.rmse).toBeCloseTo(Math.sqrt(sum(Array.from(found.expected, (expected, i) => (expected - found.actual[i]!) ** 2)) / 3000), 10);
    expect(deciles.length).toBe(10);
    for (const { confidence, covered } of found.coverage) expect(Math.abs(covered - confidence)).toBeLessThan(0.03);
    expect(sum(found.placement)).toBeCloseTo(1, 10);
    for (const share of found.placement) expect(Math.abs(share - 0.1)).toBeLessThan(0.03);
    expect(sum(found.byFrequency.map(({ customers }) => customers))).toBe(3000);
    expect(found.spend!.total.actual).toBeCloseTo(sum(company.holdout!.spend!), 6);
    for (const { errors: naive } of found.naive) expect(naive.rmse).toBeGreaterThan(errors.rmse);
  });

  it('doubts a law that knows of no leaving', () => {
    const nbd = backtestPurchases(company, { fit: fitNbd });
    expect(nbd.verdict.outcome).toBe('doubtful');
    expect(nbd.verdict.reasons.map(({ code }) => code)).toContain('BIASED');
    for (const { message } of nbd.verdict.reasons) expect(message.length).toBeGreaterThan(30);
  });

  it('does the same from a log as from its histories, in any order', () => {
    const log = EventLog.fromRows([
      { who: 'ann', day: '2026-01-01' }, { who: 'ann', day: '2026-01-20' }, { who: 'bob', day: '2026-01-05' }, { who: 'ann', day: '2026-02-20' }, { who: 'cid', day: '2026-01-10' }, { who: 'dan', day: '2026-02-10' },
    ], { customer: 'who', time: 'day' }, { observedUntil: '2026-03-01' });
    const fit = (): Nbd => Nbd.fromParameters({ unit: 'week', r: 1, alpha: 4 });
    const { purchases, actual, expected, duration } = backtestPurchases(log, { split: '2026-02-01', fit });
    // Dan came after the split.
    expect([...actual]).toEqual([1, 0, 0]);
    expect(duration).toBe(4);
    expect(expected[0]).toBeCloseTo(((1 + 1) / (4 + 30 / 7)) * 4, 12);
    expect(purchases.total.actual).toBe(1);
  });

  it('defines what few customers tell, and refuses what is no backtest', () => {
    const silent = { unit: 'week', frequency: [0, 1], recency: [0, 2], tenure: [4, 5], holdout: { duration: 4, frequency: [0, 0] } } as const;
    const found0 = backtestPurchases(silent as never, { fit: () => Nbd.fromParameters({ unit: 'week', r: 1, alpha: 4 }) });
    expect(found0.purchases.total).toMatchObject({ actual: 0, relativeBias: NaN });
    expect(found0.verdict.outcome).not.toBe('believable');
    const code = (customers: object, options: object = {}): string => errorCode(() => backtestPurchases(customers as never, { fit: fitNbd, ...options }));
    expect(code({ ...silent, holdout: undefined })).toBe('INVALID_INPUT');
    expect(code({ ...silent, holdout: { duration: 4, frequency: [1] } })).toBe('LENGTH_MISMATCH');
    expect(code(silent, { split: '2026-01-01' })).toBe('INVALID_OPTION');
    expect(code(silent, { level: 0.9 })).toBe('INVALID_OPTION');
    expect(errorCode(() => backtestPurchases(silent as never, {} as never))).toBe('INVALID_OPTION');
  });
});

describe('forecastErrors', () => {
  it('ranks: 1 as outcomes do, -1 the other way round, 0 where all forecasts are equal', () => {
    const outcomes = Float64Array.of(0, 0, 1, 3, 6);
    const gini = (forecasts: readonly number[]): number => forecastErrors(outcomes, Float64Array.from(forecasts)).gini;
    expect(gini([1, 2, 3, 4, 5])).toBeCloseTo(1, 12);
    expect(gini([5, 4, 3, 2, 1])).toBeCloseTo(-1, 12);
    expect(gini([2, 2, 2, 2, 2])).toBeCloseTo(0, 12);
  });
});

describe('the tables for plots', () => {
  it('count as many customers as there are', () => {
    const { frequency, actual, expected } = frequencyHistogram(truth, company, { most: 5 });
    expect([...frequency]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sum(actual)).toBe(3000);
    expect(sum(expected)).toBeCloseTo(3000, 7);
    // A chi-square of 6 cells: far below 30 where the law is right.
    expect(sum(Array.from(actual, (count, x) => (count - expected[x]!) ** 2 / expected[x]!))).toBeLessThan(30);
  });

  it('compare by what was known before', () => {
    const rows = conditionalExpectations(truth, company, { by: 'frequency' });
    expect(sum(rows.map(({ customers, actual }) => customers * actual))).toBeCloseTo(sum(company.holdout!.frequency), 6);
    expect(sum(rows.map(({ customers, expected }) => customers * expected))).toBeCloseTo(sum(truth.expectedPurchases(company, { weeks: 20 })), 6);
    const byRecency = conditionalExpectations(truth, company, { by: 'recency' });
    expect(sum(byRecency.map(({ customers }) => customers))).toBe(3000);
  });

  it('track purchases period by period, as a naive sum over customers does', () => {
    const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
    const rows = [[0, 0], [0, 9], [1, 3], [1, 3], [1, 20], [2, 13], [2, 27]].map(([who, at]) => ({ who: who!, at: day(at!) }));
    const log = EventLog.fromRows(rows, { customer: 'who', time: 'at' }, { observedUntil: day(28) });
    const model = Nbd.fromParameters({ unit: 'day', r: 1, alpha: 10 });
    const { actual, expected, cumulativeActual, cumulativeExpected } = purchaseTracking(model, log, { every: { weeks: 1 } });
    expect([...actual]).toEqual([0, 1, 1, 1]);
    expect(cumulativeActual[3]).toBe(3);
    // Each from the day of the first purchase on, a tenth a day; the last day is counted like the days before.
    expect(cumulativeExpected[3]).toBeCloseTo(sum(expected), 10);
    for (const [week, end] of [6, 13, 20, 27].entries()) expect(Math.abs(cumulativeExpected[week]! - sum([0, 3, 13].map((first) => Math.max(0, end - first) / 10)))).toBeLessThan(0.35);
  });
});
