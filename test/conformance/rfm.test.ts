import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { assignRfm } from '../../src/segmentation/rfm/assignRfm.js';
import { checkRfmSegments } from '../../src/segmentation/rfm/checkRfmSegments.js';
import { codes11Segments } from '../../src/segmentation/rfm/codes11Segments.js';
import { concentration } from '../../src/segmentation/rfm/concentration.js';
import { rankFirst } from '../../src/segmentation/rfm/rankFirst.js';
import { rfm, type RfmResult } from '../../src/segmentation/rfm/rfm.js';
import { rfmFromTable } from '../../src/segmentation/rfm/rfmFromTable.js';
import { rRfm } from '../../src/segmentation/rfm/rRfm.js';
import { rRfm10Segments } from '../../src/segmentation/rfm/rRfm10Segments.js';
import type { RfmPortfolio } from '../../src/segmentation/rfm/scoreCustomers.js';
import { describeWithShared, readCsv } from './shared.js';

const SEGMENTATION = 'data/segmentation/';
const sizes = (scores: Uint8Array): number[] => [1, 2, 3, 4, 5].map((score) => scores.filter((s) => s === score).length);
/** The names of the reference files, in the words of `rf10Segments`. */
const NAMES: Readonly<Record<string, string>> = { about_to_sleep: 'about to sleep', at_risk: 'at risk', cant_lose: 'cannot lose', need_attention: 'need attention', potential_loyalist: 'potential loyalists' };
const segmentOf = (result: RfmResult): Map<string | number, string> => new Map(result.customers.map((customer, i) => [customer, result.segments[result.segment[i]!]!.name]));

describeWithShared('rfm on Online Retail as of 2011-12-10', [`${SEGMENTATION}online_retail_invoices.csv`, `${SEGMENTATION}online_retail_rfm_2011-12-10.csv`, 'golden/segmentation/golden_rfm_migration_0610_1210.csv'], () => {
  const invoices = readCsv(`${SEGMENTATION}online_retail_invoices.csv`);
  const roles = { customer: 'CustomerID', time: 'InvoiceDate', amount: 'Amount', channel: 'Country' } as const;
  const sales = invoices.filter((row) => !row['InvoiceNo']!.startsWith('C') && Number(row['Amount']) > 0);
  const log = EventLog.fromRows(sales as Record<keyof typeof roles | string, string>[], roles);
  const result = rfm(log, { asOf: '2011-12-10' });

  it('gives the recency, frequency and money of the derived file, for all 4,338 customers', () => {
    const expected = readCsv(`${SEGMENTATION}online_retail_rfm_2011-12-10.csv`);
    expect(result.customers).toEqual(expected.map((row) => row['CustomerID']));
    expect(Array.from(result.recencyDays)).toEqual(expected.map((row) => Number(row['R'])));
    expect(Array.from(result.frequency)).toEqual(expected.map((row) => Number(row['F'])));
    expected.forEach((row, i) => expect(result.monetary[i]).toBeCloseTo(Number(row['M']), 2));
  });

  it('cuts at the quintiles of numpy and R', () => {
    const rounded = (cuts: readonly number[]): number[] => cuts.map((cut) => Number(cut.toFixed(6)));
    expect(rounded(result.cuts.recency)).toEqual([13.8, 33, 72, 180]);
    expect(rounded(result.cuts.frequency)).toEqual([1, 2, 3, 6]);
    expect(rounded(result.cuts.monetary)).toEqual([250.194, 490.096, 942.276, 2058.426]);
  });

  it('keeps the 1,493 one-time buyers together', () => {
    expect(sizes(result.frequencyScore)).toEqual([1493, 835, 508, 802, 700]);
  });

  it('moves customers between 2011-06-10 and 2011-12-10 as in the reference, cuts estimated anew', () => {
    const before = segmentOf(rfm(log, { asOf: '2011-06-10' }));
    const after = segmentOf(result);
    const moves = new Map<string, number>();
    for (const [customer, from] of before) moves.set(`${from} > ${after.get(customer)!}`, (moves.get(`${from} > ${after.get(customer)!}`) ?? 0) + 1);
    const expected = readCsv('golden/segmentation/golden_rfm_migration_0610_1210.csv').flatMap(({ row_0: from, ...counts }) =>
      Object.entries(counts).map(([to, count]): [string, number] => [`${NAMES[from!] ?? from!} > ${NAMES[to] ?? to}`, Number(count)]),
    );
    expect(new Map([...moves].sort())).toEqual(new Map(expected.filter(([, count]) => count > 0).sort()));
  });

  it('gives the same from all invoices when returns are ignored, and counts who only returned', () => {
    const all = EventLog.fromRows(invoices as Record<string, string>[], roles);
    const ignoring = rfm(all, { asOf: '2011-12-10', returns: 'ignore' });
    expect(ignoring.customers).toEqual(result.customers);
    ignoring.monetary.forEach((amount, i) => expect(amount).toBeCloseTo(result.monetary[i]!, 6));
    expect(ignoring.segment).toEqual(result.segment);
    expect(ignoring.customersWithoutPurchase).toBe(new Set(invoices.map((row) => row['CustomerID'])).size - 4338);
  });

  it('shares out all customers and all revenue', () => {
    expect(result.segments.reduce((sum, { customers }) => sum + customers, 0)).toBe(4338);
    expect(result.segments.reduce((sum, { revenue }) => sum + revenue, 0)).toBeCloseTo(8_911_407.9, 1);
    expect(result.segments.reduce((sum, { revenueShare }) => sum + revenueShare, 0)).toBeCloseTo(1, 12);
  });
});

describeWithShared('rfm on retail_transactions as of 2015-03-17', [`${SEGMENTATION}retail_transactions.csv`, `${SEGMENTATION}retail_response.csv`], () => {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const rows = readCsv(`${SEGMENTATION}retail_transactions.csv`).map((row) => {
    const [day, month, year] = row['trans_date']!.split('-');
    return { id: row['customer_id']!, day: Date.UTC(2000 + Number(year), months.indexOf(month!), Number(day)), amount: row['tran_amount']! };
  });
  const result = rfm(EventLog.fromRows(rows, { customer: 'id', time: 'day', amount: 'amount' }), { asOf: '2015-03-17' });
  const responses = new Map(readCsv(`${SEGMENTATION}retail_response.csv`).map((row) => [row['customer_id'], Number(row['response'])]));

  it('the segments respond as measured: can\'t lose 81 of 268, champions 71 of 724, new 0 of 254', () => {
    const counted = new Map(result.segments.map(({ name }) => [name, [0, 0]]));
    result.customers.forEach((customer, i) => {
      const response = responses.get(String(customer));
      if (response === undefined) return;
      const cell = counted.get(result.segments[result.segment[i]!]!.name)!;
      cell[0]! += response;
      cell[1]! += 1;
    });
    expect(Object.fromEntries(counted)).toEqual({
      'cannot lose': [81, 268],
      'at risk': [157, 940],
      loyal: [184, 1224],
      champions: [71, 724],
      'need attention': [14, 196],
      hibernating: [81, 1524],
      'potential loyalists': [46, 931],
      'about to sleep': [12, 570],
      promising: [1, 253],
      new: [0, 254],
    });
  });
});

describeWithShared('rfm in the conventions of others, on Online Retail', [`${SEGMENTATION}online_retail_rfm_2011-12-10.csv`], () => {
  const table = readCsv(`${SEGMENTATION}online_retail_rfm_2011-12-10.csv`);
  const columns = { id: table.map((row) => row['CustomerID']!), R: table.map((row) => row['R']!), F: table.map((row) => row['F']!), M: table.map((row) => row['M']!) };
  const roles = { customer: 'id', recencyDays: 'R', frequency: 'F', monetary: 'M' } as const;
  const sizesOf = (portfolio: RfmPortfolio): Record<string, number> => Object.fromEntries(portfolio.segments.map(({ name, customers }) => [name, customers]));
  const revenueOf = (portfolio: RfmPortfolio, name: string): number => portfolio.segments.find((segment) => segment.name === name)!.revenue;

  it('the popular recipe (rank first) gives its counts, and parts the one-time buyers 868 to 625', () => {
    const portfolio = rfmFromTable(columns, { ...roles, scoring: rankFirst });
    expect(sizesOf(portfolio)).toEqual({
      hibernating: 1071, loyal: 819, champions: 633, 'at risk': 593, 'potential loyalists': 484, 'about to sleep': 352, 'need attention': 187, promising: 94, 'cannot lose': 63, new: 42,
    });
    expect(revenueOf(portfolio, 'champions')).toBeCloseTo(4_341_073.16, 2);
    const once = [...portfolio.frequencyScore].filter((_, i) => portfolio.frequency[i] === 1);
    expect([1, 2, 3].map((score) => once.filter((s) => s === score).length)).toEqual([868, 625, 0]);
  });

  it('and with the list of 125 codes its counts and revenue', () => {
    const portfolio = rfmFromTable(columns, { ...roles, scoring: rankFirst, segments: codes11Segments });
    expect(sizesOf(portfolio)).toEqual({
      champions: 835, hibernating: 696, lost: 486, loyal: 428, 'at risk': 422, 'potential loyalists': 414, 'about to sleep': 283, 'need attention': 280, new: 267, promising: 136, 'cannot lose': 91,
    });
    expect(revenueOf(portfolio, 'champions')).toBeCloseTo(5_604_376.68, 2);
  });

  it('by default one-time buyers stay together', () => {
    expect(sizes(rfmFromTable(columns, roles).frequencyScore)).toEqual([1493, 835, 508, 802, 700]);
  });

  it('money is as concentrated as numpy says: Gini 0.7151, a fifth of the customers has three quarters', () => {
    const { gini, classes, top, total } = concentration(rfmFromTable(columns, roles).monetary);
    expect(total).toBeCloseTo(8_911_407.9, 2);
    expect(gini).toBeCloseTo(0.7151396182099915, 12);
    expect(classes.map(({ customers }) => customers)).toEqual([1133, 1469, 1736]);
    [0.318603036586396, 0.5037153783522805, 0.6136687604660089, 0.7460789310295177, 0.9216771414985953].forEach((share, k) => expect(top[k]!.valueShare).toBeCloseTo(share, 12));
  });
});

/** The names of the R package, in our words. */
const R_NAMES: Readonly<Record<string, string>> = {
  Champions: 'champions', 'Potential Loyalist': 'potential loyalists', 'Loyal Customers': 'loyal', Promising: 'promising', 'New Customers': 'new', "Can't Lose Them": 'cannot lose',
  'At Risk': 'at risk', 'Need Attention': 'need attention', 'About To Sleep': 'about to sleep', Lost: 'lost', Others: 'other',
};
const oneAbove = (cuts: readonly number[]): number[] => cuts.map((cut) => Number(cut.toFixed(9)));

describeWithShared('rfm as the R package rfm', [`${SEGMENTATION}rfm_data_orders.csv`, 'golden/segmentation/golden_rfm_R_orders.csv', 'golden/segmentation/golden_rfm_R_cells.csv'], () => {
  const orders = readCsv(`${SEGMENTATION}rfm_data_orders.csv`);
  const golden = readCsv('golden/segmentation/golden_rfm_R_orders.csv');
  const log = EventLog.fromRows(orders as Record<string, string>[], { customer: 'customer_id', time: 'order_date', amount: 'revenue' });
  const result = rfm(log, { asOf: '2006-12-31', scoring: rRfm, segments: rRfm10Segments });

  it('opens scores where it does', () => {
    expect(oneAbove(result.cuts.recency)).toEqual([115, 181, 297.4, 482]);
    expect(oneAbove(result.cuts.frequency)).toEqual([4, 5, 6, 8]);
    expect(oneAbove(result.cuts.monetary)).toEqual([255.8, 382, 506.4, 666]);
  });

  it('gives its scores and segments for every one of the 995 customers', () => {
    const at = new Map(result.customers.map((customer, i) => [customer, i]));
    const ours = golden.map((row) => {
      const i = at.get(row['customer_id']!)!;
      return [row['customer_id'], result.segments[result.segment[i]!]!.name, result.frequency[i], result.recencyDays[i], result.monetary[i], result.recencyScore[i], result.frequencyScore[i], result.monetaryScore[i]].join();
    });
    const columns = ['customer_id', 'segment', 'transaction_count', 'recency_days', 'amount', 'recency_score', 'frequency_score', 'monetary_score'];
    expect(golden).toHaveLength(995);
    expect(ours).toEqual(golden.map((row) => columns.map((name) => (name === 'segment' ? R_NAMES[row[name]!] : row[name])).join()));
  });

  it('its cuts, frozen, give the same scores again', () => {
    const again = rfm(log, { asOf: '2006-12-31', cuts: result.cuts, segments: rRfm10Segments });
    expect(again).toEqual(result);
  });

  it('every cell has the segment it has there', () => {
    const cells = readCsv('golden/segmentation/golden_rfm_R_cells.csv');
    const { gaps } = checkRfmSegments(rRfm10Segments);
    const cuts = { recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4] };
    expect(cells).toHaveLength(125);
    expect(gaps).toEqual(cells.filter((row) => row['lab'] === 'Others').map((row) => row['rfm']).sort());
    for (const row of cells) {
      const [r, f, m] = [...row['rfm']!].map(Number) as [number, number, number];
      expect([row['rfm'], assignRfm({ recencyDays: 6 - r, frequency: f, monetary: m }, cuts, rRfm10Segments).segment]).toEqual([row['rfm'], R_NAMES[row['lab']!]]);
    }
  });
});

describeWithShared('rfm as the R package rfm, from a table of customers', [`${SEGMENTATION}rfm_data_customer.csv`], () => {
  const customers = readCsv(`${SEGMENTATION}rfm_data_customer.csv`);
  const result = rfmFromTable(customers as Record<string, string>[], {
    customer: 'customer_id', recencyDays: 'recency_days', frequency: 'number_of_orders', monetary: 'revenue', scoring: rRfm, segments: rRfm10Segments,
  });

  it('opens scores where it does and finds its segments, for all 39,999 customers', () => {
    expect(oneAbove(result.cuts.recency)).toEqual([77, 126, 177, 266]);
    expect(oneAbove(result.cuts.frequency)).toEqual([8, 10, 11, 13]);
    expect(oneAbove(result.cuts.monetary)).toEqual([641, 827, 1003, 1226]);
    expect(Object.fromEntries(result.segments.map(({ name, customers: count }) => [name, count]))).toEqual({
      'potential loyalists': 12762, loyal: 6965, lost: 5535, new: 4475, 'about to sleep': 4095, 'at risk': 2081, champions: 1571, 'cannot lose': 1471, 'need attention': 679, promising: 297, other: 68,
    });
  });
});
