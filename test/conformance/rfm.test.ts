import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { rfm, type RfmResult } from '../../src/segmentation/rfm.js';
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

describeWithShared('rfm with the rules and cuts of the R package rfm', [`${SEGMENTATION}rfm_data_orders.csv`, 'golden/segmentation/golden_rfm_R_orders.csv'], () => {
  const orders = readCsv(`${SEGMENTATION}rfm_data_orders.csv`);
  const golden = readCsv('golden/segmentation/golden_rfm_R_orders.csv');
  const log = EventLog.fromRows(orders as Record<string, string>[], { customer: 'customer_id', time: 'order_date', amount: 'revenue' });
  // The R package opens a score at quantile + 1 (115, 181, 297.4, 482 days …); on whole numbers that is a cut at the whole number below.
  const result = rfm(log, {
    asOf: '2006-12-31',
    cuts: { recency: [114, 180, 297, 481], frequency: [3, 4, 5, 7], monetary: [255, 381, 506, 665] },
    segments: [
      { name: 'Champions', recency: [5, 5], frequency: [5, 5], monetary: [5, 5] },
      { name: 'Potential Loyalist', recency: [3, 5], frequency: [3, 5], monetary: [2, 5] },
      { name: 'Loyal Customers', recency: [2, 4], frequency: [2, 4], monetary: [2, 4] },
      { name: 'Promising', recency: [3, 4], frequency: [1, 3], monetary: [3, 5] },
      { name: 'New Customers', recency: [4, 5], frequency: [1, 3], monetary: [1, 5] },
      { name: "Can't Lose Them", recency: [1, 2], frequency: [3, 4], monetary: [4, 5] },
      { name: 'At Risk', recency: [1, 2], frequency: [2, 5], monetary: [4, 5] },
      { name: 'Need Attention', recency: [1, 3], frequency: [3, 5], monetary: [3, 5] },
      { name: 'About To Sleep', recency: [2, 3], frequency: [1, 3], monetary: [1, 4] },
      { name: 'Lost', recency: [1, 1], frequency: [1, 5], monetary: [1, 5] },
    ],
  });

  it('gives its scores and segments for every one of the 995 customers', () => {
    const at = new Map(result.customers.map((customer, i) => [customer, i]));
    const ours = golden.map((row) => {
      const i = at.get(row['customer_id']!)!;
      return [row['customer_id'], result.segments[result.segment[i]!]!.name, result.frequency[i], result.recencyDays[i], result.monetary[i], result.recencyScore[i], result.frequencyScore[i], result.monetaryScore[i]].join();
    });
    const columns = ['customer_id', 'segment', 'transaction_count', 'recency_days', 'amount', 'recency_score', 'frequency_score', 'monetary_score'];
    expect(golden).toHaveLength(995);
    expect(ours).toEqual(golden.map((row) => columns.map((name) => row[name]).join()));
  });
});
