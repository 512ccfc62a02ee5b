import { expect, it } from 'vitest';
import { Holdings } from '../../src/data/holdings.js';
import { fitEase } from '../../src/propensity/engines/fitEase.js';
import { fitItemNeighbours } from '../../src/propensity/engines/fitItemNeighbours.js';
import { learnPopularity } from '../../src/propensity/engines/popularity.js';
import { topColumns } from '../../src/numeric/topColumns.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';
import { mulberry32 } from './mulberry32.js';

interface Metrics {
  readonly recall5: number;
  readonly recall20: number;
  readonly ndcg10: number;
}

interface Golden {
  readonly msweb: {
    readonly train: number;
    readonly test: number;
    readonly eval_users: number;
    readonly popularity: Metrics;
    readonly ease50: Metrics;
    readonly ease100: Metrics & { readonly B_1_2: number; readonly B_2_1: number; readonly B_9_10: number; readonly sum: number; readonly frob: number };
    readonly cosine: Metrics;
  };
}

// The fifth of the page views that a hash holds out (../shared/golden/propensity/reference_scripts/msweb.py).
function splitViews(): { train: Holdings; test: Holdings } {
  const pairs = readCsv('data/propensity/msweb.csv')
    .map((row) => Object.values(row).map(Number) as [number, number])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const draw = mulberry32(7);
  const isTest = pairs.map(() => draw() < 0.2);
  const name = (item: number): string => String(item).padStart(3, '0');
  const everything = { customers: Array.from({ length: 32710 }, (_, i) => i + 1), products: Array.from({ length: 285 }, (_, i) => name(i + 1)) };
  const of = (wanted: boolean): Holdings => {
    const rows = pairs.filter((_, i) => isTest[i] === wanted);
    return Holdings.fromColumns({ who: rows.map(([who]) => who), what: rows.map(([, what]) => name(what)) }, { customer: 'who', product: 'what' }, everything);
  };
  return { train: of(false), test: of(true) };
}

// Shares of what was held out among the best products not held; binary gains, the ideal of as many as there are.
function judge(scores: Float64Array, train: Holdings, test: Holdings): Metrics {
  const width = train.products.length;
  const total = { recall5: 0, recall20: 0, ndcg10: 0 };
  const best = new Int32Array(20);
  train.customers.forEach((_, c) => {
    const held = train.sparse.columns.subarray(train.sparse.offsets[c], train.sparse.offsets[c + 1]);
    const wanted = new Set(test.sparse.columns.subarray(test.sparse.offsets[c], test.sparse.offsets[c + 1]));
    const barred = new Uint8Array(width);
    for (const column of held) barred[column] = 1;
    topColumns(scores, c * width, width, 20, barred, 0, best, 0);
    let ideal = 0;
    let gain = 0;
    best.forEach((column, k) => {
      const hit = wanted.has(column) ? 1 : 0;
      total.recall20 += hit / Math.min(20, wanted.size);
      if (k < 5) total.recall5 += hit / Math.min(5, wanted.size);
      if (k < 10) gain += hit / Math.log2(k + 2);
      if (k < Math.min(10, wanted.size)) ideal += 1 / Math.log2(k + 2);
    });
    total.ndcg10 += gain / ideal;
  });
  const count = train.customers.length;
  return { recall5: total.recall5 / count, recall20: total.recall20 / count, ndcg10: total.ndcg10 / count };
}

describeWithShared('engines on the page views of MSWeb', ['data/propensity/msweb.csv', 'golden/propensity/goldens.json'], () => {
  const { msweb } = readGolden<Golden>('golden', 'propensity', 'goldens.json');
  const { train, test } = splitViews();
  const both = train.customers.filter((_, c) => train.sparse.offsets[c + 1]! > train.sparse.offsets[c]! && test.sparse.offsets[c + 1]! > test.sparse.offsets[c]!);
  const [known, wanted] = [train.forCustomers(both), test.forCustomers(both)];

  function expectMetrics(scores: Float64Array, golden: Metrics): void {
    const found = judge(scores, known, wanted);
    for (const metric of ['recall5', 'recall20', 'ndcg10'] as const) expect(Math.abs(found[metric] - golden[metric]), metric).toBeLessThan(1e-6);
  }

  it('are judged on the split stated', () => {
    expect([train.count, test.count, both.length]).toEqual([msweb.train, msweb.test, msweb.eval_users]);
  });

  it('rank by popularity as the reference does', () => {
    const shares = learnPopularity(train.sparse);
    const scores = new Float64Array(both.length * 285);
    for (let c = 0; c < both.length; c++) scores.set(shares, c * 285);
    expectMetrics(scores, msweb.popularity);
  });

  it('have the weights and the ranking of EASE with ridge 100', () => {
    const model = fitEase(train);
    const weight = (from: string, to: string): number => model.explain([from], to).score;
    const { ease100 } = msweb;
    expect(Math.abs(weight('001', '002') - ease100.B_1_2)).toBeLessThan(1e-9);
    expect(Math.abs(weight('002', '001') - ease100.B_2_1)).toBeLessThan(1e-9);
    expect(Math.abs(weight('009', '010') - ease100.B_9_10)).toBeLessThan(1e-9);
    const { values } = model.toJSON();
    expect(Math.abs(values.reduce((sum, x) => sum + x, 0) - ease100.sum)).toBeLessThan(1e-8);
    expect(Math.abs(Math.hypot(...values) - ease100.frob)).toBeLessThan(1e-8);
    expectMetrics(model.scores(known), ease100);
  });

  it('rank as EASE with ridge 50 does', () => {
    expectMetrics(fitEase(train, { ridge: 50 }).scores(known), msweb.ease50);
  });

  it('rank as the cosine of all products does', () => {
    expectMetrics(fitItemNeighbours(train, { similarity: 'cosine', neighbours: 285 }).scores(known), msweb.cosine);
  });
});
