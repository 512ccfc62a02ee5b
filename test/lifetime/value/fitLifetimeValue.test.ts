import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { MbgNbd } from '../../../src/lifetime/buying/bgNbd/mbgNbd.js';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { simulatePurchases } from '../../../src/lifetime/simulate/simulatePurchases.js';
import type { SimulatedPurchases } from '../../../src/lifetime/simulate/simulatedTypes.js';
import { customerSummary } from '../../../src/lifetime/summary/customerSummary.js';
import { fitLifetimeValue } from '../../../src/lifetime/value/fitLifetimeValue.js';
import { LifetimeValue } from '../../../src/lifetime/value/lifetimeValue.js';
import type { LifetimeValueOptions } from '../../../src/lifetime/value/lifetimeValueOptions.js';
import type { ValueHistories } from '../../../src/lifetime/value/valueHistories.js';
import { errorCode } from '../../errorCode.js';

const unit = 'week';
const spend = { parameters: { p: 6.25, q: 3.74, v: 15.44 } };
const logOf = ({ events }: SimulatedPurchases): EventLog => EventLog.fromColumns({ customer: events.customer, time: events.time, amount: events.amount! }, { customer: 'customer', time: 'time', amount: 'amount' }, { observedUntil: Date.UTC(1970, 0, 1) + 78 * 7 * 86_400_000 });
const dying = simulatePurchases(MbgNbd.fromParameters({ unit, r: 1, alpha: 4, a: 0.7, b: 2.5 }), { customers: 700, observation: { weeks: 78 }, arrivals: { weeks: 26 }, spend, seed: 3 });
const log = logOf(dying);
const staying = logOf(simulatePurchases(Nbd.fromParameters({ unit, r: 1, alpha: 8 }), { customers: 700, observation: { weeks: 78 }, arrivals: { weeks: 26 }, spend, seed: 3 }));
const small: ValueHistories = { unit, frequency: [0, 1, 2, 6], recency: [0, 6, 20, 38], tenure: [40, 40, 40, 40], monetary: [NaN, 20, 40, 30], weights: [25, 12, 9, 4] };
const fit = (customers: ValueHistories, options: LifetimeValueOptions = {}): LifetimeValue => fitLifetimeValue(customers, options);

describe('fitLifetimeValue', () => {
  it('judges laws by the ends of a log, and says why it chose', () => {
    const { report, buying, spending } = fitLifetimeValue(log, { horizon: { weeks: 13 } });
    expect(report.judgedBy).toBe('holdout');
    expect(report.cuts).toEqual([52, 65].map((week) => week * 7 * 86_400_000));
    expect(report.holdoutDuration).toBeCloseTo(13, 10);
    expect(report.candidates.map(({ law }) => law).sort()).toEqual(['bgNbd', 'mbgNbd', 'nbd', 'paretoNbd']);
    expect(Math.min(...report.candidates.map(({ logScoreGap }) => logScoreGap!))).toBe(0);
    expect(report.candidates.at(-1)!.law).toBe('nbd');
    expect(report.reason).toContain(report.chosen);
    expect(buying.format).not.toBe('Nbd');
    expect(spending!.parameters.p / 6.25).toBeGreaterThan(0.7);
    expect(report.warnings.map(({ code }) => code)).not.toContain('CHOSEN_WITHOUT_HOLDOUT');
    expect(fitLifetimeValue(staying, { horizon: { weeks: 13 } }).report.chosen).toBe('nbd');
  });

  it('is the same from a log and from its summary, law by law', () => {
    const fromLog = fitLifetimeValue(log, { models: ['mbgNbd'], asOf: 60 * 7 * 86_400_000 });
    const summary = customerSummary(log, { asOf: 60 * 7 * 86_400_000 });
    const fromSummary = fit(summary, { models: ['mbgNbd'] });
    expect(JSON.stringify(fromLog)).toBe(JSON.stringify(fromSummary));
    expect(fromLog.report.judgedBy).toBe('given');
    expect(fromLog.predict(log, { asOf: 60 * 7 * 86_400_000 })).toEqual(fromSummary.predict(summary));
  });

  it('judges by the holdout of a summary without a second fit', () => {
    const split = customerSummary(log, { split: 52 * 7 * 86_400_000 });
    const { report } = fit(split, { models: ['nbd', 'mbgNbd'] });
    expect(report.judgedBy).toBe('holdout');
    expect(report.chosen).toBe('mbgNbd');
    const [best] = report.candidates;
    // By hand, of the purchases expected.
    const model = fit(split, { models: ['mbgNbd'] });
    const expected = model.buying.expectedPurchases(split, { weeks: 26 });
    const made = split.holdout!.frequency;
    expect(best!.meanAbsoluteError).toBeCloseTo(expected.reduce((sum, count, i) => sum + Math.abs(count - made[i]!), 0) / made.length, 10);
    expect(best!.bias).toBeCloseTo(expected.reduce((sum, count) => sum + count, 0) / made.reduce((sum, count) => sum + count, 0) - 1, 10);
    const doubled = fit({ ...split, weights: split.frequency.map(() => 2) }, { models: ['nbd', 'mbgNbd'] }).report;
    expect(doubled.candidates[1]!.logScore).toBeCloseTo(report.candidates[1]!.logScore!, 8);
    expect(doubled.candidates[1]!.logScoreGapError).toBeCloseTo(report.candidates[1]!.logScoreGapError! / Math.SQRT2, 8);
  });

  it('chooses by BIC or AIC where nothing is held out', () => {
    const { report } = fit(small);
    expect(report.judgedBy).toBe('bic');
    expect(report.warnings.map(({ code }) => code)).toContain('CHOSEN_WITHOUT_HOLDOUT');
    expect([...report.candidates].sort((a, b) => a.bic - b.bic).map(({ law }) => law)).toEqual(report.candidates.map(({ law }) => law));
    const byAic = fit(small, { judge: 'aic' }).report;
    expect(byAic.candidates[0]!.aic).toBe(Math.min(...byAic.candidates.map(({ aic }) => aic)));
    expect(byAic.candidates.every(({ logScore }) => logScore === null)).toBe(true);
    expect(errorCode(() => fit(small, { judge: 'holdout' }))).toBe('INVALID_OPTION');
    expect(fitLifetimeValue(log.between({ to: 10 * 7 * 86_400_000 }), { cuts: 9, models: ['nbd', 'bgNbd'] }).report.judgedBy).not.toBe('given');
  });

  it('takes off what was brought back, unless told not to', () => {
    const rows = [...dying.events.customer].map((customer, e) => ({ customer, time: dying.events.time[e]!, amount: dying.events.amount![e]! }));
    const total = rows.reduce((sum, { amount }) => sum + amount, 0);
    const back = EventLog.fromRows([...rows, { customer: rows[0]!.customer, time: rows[0]!.time + 3_600_000, amount: -total / 4 }], { customer: 'customer', time: 'time', amount: 'amount' }, { observedUntil: log.observedUntil });
    const subtracted = fitLifetimeValue(back, { models: ['nbd'] });
    const ignored = fitLifetimeValue(back, { models: ['nbd'], returns: 'ignore' });
    expect(subtracted.report.returnedShare).toBeCloseTo(0.25, 10);
    expect(ignored.report.returnedShare).toBeCloseTo(0.25, 10);
    const [less, all] = [subtracted.predict(back), ignored.predict(back)];
    less.value.forEach((value, i) => expect(value).toBeCloseTo(all.value[i]! * 0.75, 8));
    less.upper!.forEach((end, i) => expect(end).toBeCloseTo(all.upper![i]! * 0.75, 8));
  });

  it('counts purchases of a log without amounts, or takes what they earn', () => {
    const bare = EventLog.fromColumns({ customer: dying.events.customer, time: dying.events.time }, { customer: 'customer', time: 'time' });
    const model = fitLifetimeValue(bare, { models: ['mbgNbd'] });
    expect([model.measure, model.spending, model.meanSpend]).toEqual(['purchases', null, 1]);
    expect(model.report.warnings.map(({ code }) => code)).toContain('AMOUNTS_NOT_KNOWN');
    const { value, discountedPurchases } = model.predict(bare);
    expect(value).toEqual(discountedPurchases);
    const earning = fitLifetimeValue(bare, { models: ['mbgNbd'], marginPerPurchase: 12 });
    earning.predict(bare).value.forEach((worth, i) => expect(worth).toBeCloseTo(12 * discountedPurchases[i]!, 10));
  });

  it('is defined where there is little to learn from', () => {
    const nobody = fit({ unit, frequency: [0, 0, 0], recency: [0, 0, 0], tenure: [10, 20, 30], monetary: [NaN, NaN, NaN], firstAmount: [10, 20, 60] });
    expect(nobody.report.warnings.map(({ code }) => code)).toContain('NO_REPEAT_PURCHASES');
    expect(nobody.meanSpend).toBe(30);
    const one = fit({ unit, frequency: [3], recency: [9], tenure: [10], monetary: [25] });
    expect([one.spending, one.meanSpend]).toEqual([null, 25]);
    const zero = fit({ ...small, monetary: [NaN, 0, 0, 0] });
    expect(zero.meanSpend).toBe(0);
    for (const [model, customers] of [[nobody, { unit, frequency: [0], recency: [0], tenure: [10], monetary: [NaN] }], [one, { unit, frequency: [3], recency: [9], tenure: [10], monetary: [25] }], [zero, small]] as const) {
      const found = model.predict(customers);
      for (const column of [found.aliveProbability, found.expectedPurchases, found.expectedSpend, found.value, found.lower!, found.upper!]) expect(column.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
    expect(zero.predict(small).upper).toEqual(new Float64Array(4));
    const alike = fit({ ...small, monetary: [NaN, 30, 30, 30] });
    expect([alike.spending, alike.meanSpend]).toEqual([null, 30]);
    expect(alike.report.warnings.map(({ code }) => code)).toContain('NO_LAW_OF_AMOUNTS');
  });

  it('warns of a horizon nobody has been seen for, and of a law by which all are active', () => {
    expect(fit(small, { models: ['nbd'], horizon: 'ever' }).report.warnings.map(({ code }) => code)).toContain('HORIZON_BEYOND_HISTORY');
    expect(fit(small, { models: ['nbd'], horizon: { weeks: 50 } }).report.warnings.map(({ code }) => code)).not.toContain('HORIZON_BEYOND_HISTORY');
    expect(fit(small, { models: ['bgNbd'] }).report.warnings.map(({ code }) => code)).toContain('ALIVE_FOR_SURE');
  });

  it('weighs rows as if they stood there as often, and leaves its input alone', () => {
    const repeated = (values: ArrayLike<number>): number[] => [0, 1, 2, 3].flatMap((i) => new Array<number>(small.weights![i]!).fill(values[i]!));
    const rows: ValueHistories = { unit, frequency: repeated(small.frequency), recency: repeated(small.recency), tenure: repeated(small.tenure), monetary: repeated(small.monetary!) };
    const [byWeight, byRow] = [fit(Object.freeze(small), { prior: 'weak', models: ['mbgNbd'] }), fit(rows, { prior: 'weak', models: ['mbgNbd'] })];
    const [value, again] = [byWeight.predict(small).value, byRow.predict(small).value];
    value.forEach((worth, i) => expect(worth / again[i]!).toBeCloseTo(1, 5));
  });

  it('refuses what it cannot use', () => {
    expect(errorCode(() => fitLifetimeValue(null as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => fit({ unit, frequency: [], recency: [], tenure: [] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fit(small, { unit: 'day' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { margin: 0.3, marginPerPurchase: 2 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { margin: NaN }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { models: [] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { models: ['weibull' as 'nbd'] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { annualDiscountRate: -0.1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { confidence: 95 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { horizon: { fortnights: 2 } as object }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit(small, { rate: 1 } as object))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitLifetimeValue(log, { cuts: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fit({ ...small, frequency: [0, 1.5, 2, 6] }))).toBe('INVALID_VALUE');
  });
});
