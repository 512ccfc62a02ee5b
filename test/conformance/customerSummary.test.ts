import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { cohortRetention } from '../../src/lifetime/loyalty/cohortRetention.js';
import { customerSummary } from '../../src/lifetime/summary/customerSummary.js';
import { describeWithShared, readCsv } from './shared.js';

// ../shared/notes/lifetime.md, section 4.2, "Summary construction". The grocery log of the notes is not redistributed with them: it is not tested here.
const DATA = 'data/lifetime/';
const [SAMPLE, MASTER, CBS, SPEND, LIFETIMES, CLVTOOLS] = ['cdnow_sample.csv', 'cdnow_master.csv', 'btyd_cdnow_cbs.csv', 'btyd_cdnow_avg_spend.csv', 'lifetimes_cdnow_customers_summary.csv', 'clvtools_cdnow.csv'].map((file) => DATA + file) as [string, string, string, string, string, string];
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const numbers = (rows: readonly Readonly<Record<string, string>>[], name: string): number[] => rows.map((row) => Number(row[name]));
const expectNear = (found: ArrayLike<number>, wanted: readonly number[], within: number): void => {
  expect(found.length).toBe(wanted.length);
  expect(wanted.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value)), 0)).toBeLessThanOrEqual(within);
};
// CDs given away are purchases in the literature.
const likeTheLiterature = { unit: 'week', zeroAmounts: 'purchases' } as const;

describeWithShared('the summary of CDNOW', [SAMPLE, CBS, SPEND, LIFETIMES, CLVTOOLS], () => {
  const log = EventLog.fromRows(readCsv(SAMPLE), { customer: 'sample_id', time: 'date', amount: 'dollar_value' });
  const summary = customerSummary(log, { ...likeTheLiterature, split: '1997-10-01', asOf: '1998-07-01' });
  const cbs = readCsv(CBS);

  it('has the totals of the literature', () => {
    const repeaters = summary.monetary.filter((value) => !Number.isNaN(value));
    expect(summary.customers.length).toBe(2357);
    expect(sum(summary.frequency)).toBe(2457);
    expect(repeaters.length).toBe(946);
    expect(sum(summary.sumLogGaps)).toBeCloseTo(2909.50466859, 8);
    expect(sum(repeaters) / 946).toBeCloseTo(35.077848, 6);
    expect([summary.frequency[0], summary.recency[0], summary.tenure[0]]).toEqual([2, 213 / 7, 272 / 7]);
    expect(summary.sumLogGaps[0]).toBeCloseTo(4.219507705, 9);
  });

  it('equals BTYD in frequency, recency, tenure and holdout', () => {
    expect([...summary.frequency]).toEqual(numbers(cbs, 'x'));
    expectNear(summary.recency, numbers(cbs, 't.x'), 1e-12);
    expectNear(summary.tenure, numbers(cbs, 'T.cal'), 1e-12);
    expect([...summary.holdout!.frequency]).toEqual(numbers(cbs, 'x.star'));
    expect(sum(summary.holdout!.frequency)).toBe(1882);
    expect(summary.holdout!.duration).toBe(39);
  });

  it('equals BTYD in the mean spend of a repeat purchase', () => {
    expectNear(summary.monetary.map((value) => (Number.isNaN(value) ? 0 : value)), numbers(readCsv(SPEND), 'm.x'), 1e-9);
  });

  it('equals lifetimes, which gives two decimals', () => {
    const rows = readCsv(LIFETIMES);
    expect([...summary.frequency]).toEqual(numbers(rows, 'frequency'));
    expectNear(summary.recency, numbers(rows, 'recency'), 0.005001);
    expectNear(summary.tenure, numbers(rows, 'T'), 0.005001);
  });

  it('merges the purchases of a day as CLVTools does', () => {
    const merged = EventLog.fromRows(readCsv(CLVTOOLS).map((row) => ({ id: Number(row['Id']), day: row['Date']!, paid: Number(row['Price']) })), { customer: 'id', time: 'day', amount: 'paid' });
    const found = customerSummary(merged, { ...likeTheLiterature, split: '1997-10-01', asOf: '1998-07-01' });
    for (const name of ['frequency', 'recency', 'tenure', 'sumLogGaps'] as const) expect([...found[name]]).toEqual([...summary[name]]);
    expectNear(found.spend, [...summary.spend], 1e-9);
  });
});

describeWithShared('the summary of all CDNOW customers', [MASTER], () => {
  it('has the mean and the largest frequency of the literature', () => {
    const log = EventLog.fromRows(readCsv(MASTER), { customer: 'customer_id', time: 'date', amount: 'dollar_value' });
    const { frequency, spend } = customerSummary(log, { ...likeTheLiterature, asOf: '1997-10-01' });
    expect(frequency.length).toBe(23570);
    expect(sum(frequency) / 23570).toBeCloseTo(1.0325, 4);
    expect(frequency.reduce((most, x) => Math.max(most, x))).toBe(80);
    const whole = customerSummary(log, likeTheLiterature);
    expect(sum(whole.orders)).toBe(69659);
    expect(sum(whole.spend)).toBeCloseTo(2500315.63, 6);
    expect(spend.length).toBe(23570);
  });

  it('has three monthly cohorts, whose ages account for every purchase', () => {
    const log = EventLog.fromRows(readCsv(MASTER), { customer: 'customer_id', time: 'date' });
    const { cohorts, ages } = cohortRetention(log, { by: 'month' });
    expect(cohorts.map(({ customers }) => customers)).toEqual([7846, 8476, 7248, ...new Array<number>(15).fill(0)]);
    expect(cohorts.flatMap(({ purchases }) => purchases).reduce<number>((total, count) => total + count!, 0)).toBe(69659);
    expect(ages[15]).toMatchObject({ cohorts: 3, customers: 23570 });
  });
});

it('lifetimes: its toy log of six customers', () => {
  const days = [[1, '2015-01-01', 1], [1, '2015-02-06', 2], [2, '2015-01-01', 2], [3, '2015-01-01', 3], [3, '2015-01-02', 1], [3, '2015-01-05', 5], [4, '2015-01-16', 6], [4, '2015-02-02', 3], [4, '2015-02-05', 3], [5, '2015-01-16', 3], [5, '2015-01-17', 1], [5, '2015-01-18', 8], [6, '2015-02-02', 5]];
  const log = EventLog.fromRows(days.map(([id, day, amount]) => ({ id: id!, day: day!, amount: Number(amount) })), { customer: 'id', time: 'day', amount: 'amount' });
  const found = customerSummary(log, { asOf: '2015-02-08', unit: 'day' });
  expect([...found.frequency]).toEqual([1, 0, 2, 2, 2, 0]);
  expect([...found.recency]).toEqual([36, 0, 4, 20, 2, 0]);
  expect([...found.tenure]).toEqual([37, 37, 37, 22, 22, 5]);
  expect([...found.monetary]).toEqual([2, NaN, 3, 3, 4.5, NaN]);
  const { frequency, recency, tenure } = customerSummary(log, { asOf: '2015-02-08', unit: 'week', mergeWithin: { weeks: 1 } });
  expect([[...frequency], [...recency], [...tenure]]).toEqual([[1, 0, 1, 1, 0, 0], [5, 0, 1, 3, 0, 0], [5, 5, 5, 3, 3, 0]]);
  const { customers, monetary, holdout } = customerSummary(log, { split: '2015-02-02', asOf: '2015-02-08', unit: 'day' });
  expect(customers).toEqual([1, 2, 3, 4, 5]);
  expect([...monetary]).toEqual([NaN, NaN, 3, NaN, 4.5]);
  expect([...holdout!.frequency]).toEqual([1, 0, 0, 2, 0]);
  expect([...holdout!.monetary]).toEqual([2, NaN, NaN, 3, NaN]);
  expect(holdout!.duration).toBe(6);
});
