import { expect, it } from 'vitest';
import { fitGammaGamma } from '../../src/lifetime/spending/fitGammaGamma.js';
import { GammaGamma } from '../../src/lifetime/spending/gammaGamma.js';
import type { SpendHistories } from '../../src/lifetime/spending/spendHistories.js';
import { describeWithShared, readCsv } from './shared.js';

const ROUNDED = 'data/lifetime/lifetimes_cdnow_customers_summary_with_transactions.csv';
const EXACT = 'data/lifetime/btyd_cdnow_avg_spend.csv';
const COUNTS = 'data/lifetime/btyd_cdnow_cbs.csv';
const LOG = 'data/lifetime/clvtools_cdnow.csv';
const MASTER = 'data/lifetime/cdnow_master.csv';

function numbers(path: string, column: string): Float64Array {
  return Float64Array.from(readCsv(path), (row) => Number(row[column]));
}

/** Mean amounts by customer of purchases up to a day, those of one day merged: of the repeat ones, or of all. */
function spendOf(rows: readonly Readonly<Record<string, string>>[], [id, date, amount]: readonly [string, string, string], lastDay: string, isFirstIncluded: boolean): SpendHistories {
  const days = new Map<string, Map<string, number>>();
  for (const row of rows) {
    if (row[date]! > lastDay) continue;
    let own = days.get(row[id]!);
    if (own === undefined) days.set(row[id]!, (own = new Map()));
    own.set(row[date]!, (own.get(row[date]!) ?? 0) + Number(row[amount]));
  }
  const [frequency, monetary]: [number[], number[]] = [[], []];
  for (const own of days.values()) {
    const amounts = [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum).slice(isFirstIncluded ? 0 : 1);
    const mean = amounts.reduce((sum, value) => sum + value, 0) / amounts.length;
    // The peers leave out who paid nothing.
    if (mean === 0) continue;
    frequency.push(own.size - 1);
    monetary.push(mean);
  }
  return { frequency, monetary, firstPurchase: isFirstIncluded ? 'included' : 'excluded' };
}

function expectFit(model: GammaGamma, right: readonly [number, number, number], logLikelihood: number, tolerance = 1e-5): void {
  const { p, q, v } = model.parameters;
  [p, q, v].forEach((value, j) => expect(Math.abs(value / right[j]! - 1)).toBeLessThan(tolerance));
  expect(model.fit!.logLikelihood).toBeCloseTo(logLikelihood, 6);
  expect(model.fit!.evaluations).toBeLessThan(40);
  expect(model.fit!.convergence.converged).toBe(true);
}

// notes/lifetime.md 4.1: our own search in mpmath, CLVTools 0.12.1 where said.
describeWithShared('gamma-gamma on the CDNOW sample, mean amounts to the cent', [ROUNDED], () => {
  const model = fitGammaGamma({ frequency: numbers(ROUNDED, 'x'), monetary: numbers(ROUNDED, 'zbar') });

  it('is the published fit', () => {
    expectFit(model, [6.24880249, 3.744588453, 15.44774801], -4055.9232435);
    expect([model.fit!.customers, model.fit!.skippedCustomers]).toEqual([946, 1411]);
    expect(model.fit!.warnings).toEqual([]);
  });

  it('has the published standard errors', () => {
    [1.1897, 0.29017, 4.16].forEach((right, j) => expect(model.fit!.estimates[j]!.standardError! / right).toBeCloseTo(1, 3));
  });

  it('expects of the first ten customers what Hardie published', () => {
    const published = GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 15.44 });
    const first = { frequency: numbers(ROUNDED, 'x').slice(0, 10), monetary: numbers(ROUNDED, 'zbar').slice(0, 10) };
    const right = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    // Published with more digits of the parameters than were printed.
    published.expectedSpend(first).forEach((amount, i) => expect(Math.abs(amount - right[i]!)).toBeLessThan(0.06));
  });
});

describeWithShared('gamma-gamma on the CDNOW sample, mean amounts unrounded', [EXACT, COUNTS], () => {
  it('is the fit of CLVTools, and a little nearer to the maximum', () => {
    const model = fitGammaGamma({ frequency: numbers(COUNTS, 'x'), monetary: numbers(EXACT, 'm.x') });
    expectFit(model, [6.249572271, 3.744224667, 15.44352096], -4055.9176948);
    expectFit(model, [6.249349179, 3.744256334, 15.444306686], -4055.9176948, 1e-4);
  });
});

describeWithShared('gamma-gamma with the first purchase', [LOG], () => {
  it('is the fit of CLVTools', () => {
    const customers = spendOf(readCsv(LOG), ['Id', 'Date', 'Price'], '1997-09-30', true);
    expectFit(fitGammaGamma(customers), [9.88124105, 3.398749981, 7.928587928], -9898.45093664, 1e-3);
  });
});

describeWithShared('gamma-gamma on all of CDNOW', [MASTER], () => {
  it('is that of a search in many digits', () => {
    const model = fitGammaGamma(spendOf(readCsv(MASTER), ['customer_id', 'date', 'dollar_value'], '19970930', false));
    expectFit(model, [6.27535907, 3.62445002, 14.983687], -40763.4762614);
  });
});
