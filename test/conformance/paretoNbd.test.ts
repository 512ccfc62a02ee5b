import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { fitParetoNbd } from '../../src/lifetime/buying/paretoNbd/fitParetoNbd.js';
import { ParetoNbd } from '../../src/lifetime/buying/paretoNbd/paretoNbd.js';
import { paretoNbdLikelihood } from '../../src/lifetime/buying/paretoNbd/paretoNbdLikelihood.js';
import { newCustomer } from '../../src/lifetime/newCustomer.js';
import type { PurchaseHistories } from '../../src/lifetime/purchaseHistories.js';
import { customerSummary } from '../../src/lifetime/summary/customerSummary.js';
import { createRandom } from '../../src/numeric/random.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** Optima polished by Newton and values in 50 digits, as lifetimes, BTYD and CLVTools confirm to their tolerances; ../shared/notes/lifetime.md, 4. */
interface Goldens {
  readonly mle: Readonly<Record<string, { readonly params: Readonly<Record<string, number>>; readonly se: Readonly<Record<string, number>>; readonly logLik: number; readonly distinctTuples: number }>>;
  readonly individual: { readonly rows: readonly { readonly x: number; readonly tx: number; readonly T: number; readonly paretonbd: Readonly<Record<'logLik' | 'pAlive' | 'cet39' | 'cet52' | 'dert_ln115_52', number>> }[] };
}

const GOLDENS = 'golden/lifetime/goldens.json';
const [ROUNDED, CBS, MASTER] = ['lifetimes_cdnow_customers_summary.csv', 'btyd_cdnow_cbs.csv', 'cdnow_master.csv'].map((file) => `data/lifetime/${file}`) as [string, string, string];
const numbers = (rows: readonly Readonly<Record<string, string>>[], name: string): number[] => rows.map((row) => Number(row[name]));
const ratio = (found: number, wanted: number): number => Math.abs(found / wanted - 1);
/** The log-likelihood of one customer. */
const logLikelihood = (theta: readonly number[], x: number, last: number, tenure: number): number =>
  paretoNbdLikelihood().evaluate(Float64Array.from(theta), { count: 1, x: Float64Array.of(x), last: Float64Array.of(last), tenure: Float64Array.of(tenure), weights: Float64Array.of(1), customers: 1, sumLogGaps: NaN }, null, new Float64Array(4));

// The goldens with covariates are of the apparel data of CLVTools, the rest of the grocery data of BTYDplus; neither is redistributed with them.
describeWithShared('Pareto/NBD on CDNOW', [GOLDENS, ROUNDED, CBS, MASTER], () => {
  const { mle } = readGolden<Goldens>(GOLDENS);
  const rounded = readCsv(ROUNDED);
  const cbs = readCsv(CBS);
  const full = (): PurchaseHistories => {
    const rows = readCsv(MASTER).map((row) => ({ who: row['customer_id']!, day: row['date']!.replace(/(....)(..)(..)/, '$1-$2-$3'), paid: Number(row['dollar_value']) }));
    const log = EventLog.fromRows(rows, { customer: 'who', time: 'day', amount: 'paid' });
    return customerSummary(log, { zeroAmounts: 'purchases', asOf: '1997-10-01' });
  };
  const data: Readonly<Record<string, () => PurchaseHistories>> = {
    cdnow_2dec: () => ({ unit: 'week', frequency: numbers(rounded, 'frequency'), recency: numbers(rounded, 'recency'), tenure: numbers(rounded, 'T') }),
    cdnow_days7: () => ({ unit: 'week', frequency: numbers(cbs, 'x'), recency: numbers(cbs, 't.x'), tenure: numbers(cbs, 'T.cal') }),
    cdnow_full: full,
  };

  it('finds the optima of the goldens with their standard errors, in fewer than 40 evaluations', () => {
    for (const [name, histories] of Object.entries(data)) {
      const golden = mle[`${name}.paretonbd`]!;
      const { fit } = fitParetoNbd(histories());
      expect(fit!.convergence.converged).toBe(true);
      expect(fit!.evaluations).toBeLessThan(40);
      expect(fit!.distinctHistories).toBe(golden.distinctTuples);
      expect(fit!.warnings).toEqual([]);
      expect(Math.abs(fit!.logLikelihood - golden.logLik)).toBeLessThan(1e-6);
      for (const { name: parameter, estimate, standardError } of fit!.estimates) {
        expect(ratio(estimate, golden.params[parameter]!)).toBeLessThan(1e-6);
        expect(ratio(standardError!, golden.se[parameter]!)).toBeLessThan(1e-4);
      }
    }
  });

  it('finds them from twenty other places', () => {
    const random = createRandom(11);
    const golden = mle['cdnow_2dec.paretonbd']!;
    const customers = data['cdnow_2dec']!();
    for (let start = 0; start < 20; start++) {
      const from = Object.fromEntries(['r', 'alpha', 's', 'beta'].map((name) => [name, Math.exp(4 * random.uniform() - 2) * (name === 'alpha' || name === 'beta' ? 10 : 1)]));
      const { fit } = fitParetoNbd(customers, { start: from });
      expect(Math.abs(fit!.logLikelihood - golden.logLik)).toBeLessThan(1e-6);
      for (const { name, estimate } of fit!.estimates) expect(ratio(estimate, golden.params[name]!)).toBeLessThan(1e-6);
    }
  });

  it('forecasts the second 39 weeks as BTYD does, by the purchases of the first', () => {
    const customers = data['cdnow_days7']!();
    const total = (values: Float64Array): number => values.reduce((sum, mean) => sum + mean, 0);
    // At the estimates of BTYD the total is 0.1 below that of the optimum.
    const btyd = ParetoNbd.fromParameters({ unit: 'week', r: 0.5533971, alpha: 10.5801985, s: 0.6060625, beta: 11.6562237 });
    expect(total(btyd.expectedPurchases(customers, { weeks: 39 }))).toBeCloseTo(1665.4, 1);
    const expected = fitParetoNbd(customers).expectedPurchases(customers, { weeks: 39 });
    expect(total(expected)).toBeCloseTo(1665.513, 2);
    const wanted = [0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403];
    wanted.forEach((mean, most) => {
      const rows = Array.from(expected.keys()).filter((i) => Math.min(7, customers.frequency[i]!) === most);
      expect(Math.abs(rows.reduce((sum, i) => sum + expected[i]!, 0) / rows.length - mean)).toBeLessThan(1e-3);
    });
  });
});

describeWithShared('ParetoNbd, customer by customer', [GOLDENS], () => {
  const { rows } = readGolden<Goldens>(GOLDENS).individual;
  const customers = { unit: 'week', frequency: rows.map(({ x }) => x), recency: rows.map(({ tx }) => tx), tenure: rows.map((row) => row.T) } as const;
  const model = ParetoNbd.fromParameters({ unit: 'week', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 });

  it('knows who is alive, what they buy and what it is worth to 1e-11', () => {
    const [alive, weeks39, weeks52] = [model.aliveProbability(customers), model.expectedPurchases(customers, { weeks: 39 }), model.expectedPurchases(customers, { weeks: 52 })];
    // The goldens have 52 weeks in a year.
    const worth = model.discountedPurchases(customers, { annualDiscountRate: 1.15 ** (365.25 / 7 / 52) - 1 });
    rows.forEach(({ x, tx, T: tenure, paretonbd: golden }, i) => {
      expect(ratio(logLikelihood([0.553, 10.578, 0.606, 11.669], x, tx, tenure), golden.logLik)).toBeLessThan(1e-11);
      expect(ratio(alive[i]!, golden.pAlive)).toBeLessThan(1e-11);
      expect(ratio(weeks39[i]!, golden.cet39)).toBeLessThan(1e-11);
      expect(ratio(weeks52[i]!, golden.cet52)).toBeLessThan(1e-11);
      expect(ratio(worth[i]!, golden.dert_ln115_52)).toBeLessThan(1e-11);
    });
    // At 0.0027 a week.
    const other = model.discountedPurchases(customers, { annualDiscountRate: Math.expm1((0.0027 * 365.25) / 7) });
    [6.483773567731, NaN, 0.4771362290322, 16.54114063262, 86.05649360116].forEach((wanted, i) => Number.isNaN(wanted) || expect(ratio(other[i]!, wanted)).toBeLessThan(1e-11));
    const unconditional = { 1: 0.05097984324599, 39: 1.213002844281, 52: 1.472996803375, 78: 1.909398129314 };
    for (const [weeks, wanted] of Object.entries(unconditional)) expect(ratio(model.expectedPurchases(newCustomer('week'), { weeks: Number(weeks) })[0]!, wanted)).toBeLessThan(1e-12);
  });

  it('does not overflow where lifetimes gives NaN', () => {
    const theta = [10.465, 0.00798565181, 3.0516, 2.82];
    const probes = [[400, 5, 6, 1323.188931], [500, 1, 37, 2594.404455], [500, 4, 37, 1888.82125], [600, 1, 37, 3226.084426], [1000, 1, 37, 5897.054033]] as const;
    for (const [x, last, tenure, wanted] of probes) expect(ratio(logLikelihood(theta, x, last, tenure), wanted)).toBeLessThan(1e-9);
    expect(ratio(logLikelihood([0.5, 1, 0.6, 100], 300, 5, 60), 863.9527354)).toBeLessThan(1e-9);
  });

  it('is where the walk through BTYD is, whose estimates are near the optimum', () => {
    const walk = ParetoNbd.fromParameters({ unit: 'week', r: 0.5532770469, alpha: 10.57768346, s: 0.6062399891, beta: 11.66873529 });
    expect(ratio(walk.expectedPurchases(newCustomer('week'), { weeks: 52 })[0]!, 1.47343447)).toBeLessThan(1e-6);
    const frequent = { unit: 'week', frequency: [26], recency: [30.857142857], tenure: [31] } as const;
    expect(ratio(walk.expectedPurchases(frequent, { weeks: 52 })[0]!, 25.45646832)).toBeLessThan(1e-4);
    expect(ratio(walk.aliveProbability(frequent)[0]!, 0.9978740448)).toBeLessThan(1e-6);
    // More purchases as long ago say less.
    const paradox = { unit: 'week', frequency: [10, 15, 20, 25], recency: [20, 20, 20, 20], tenure: [39, 39, 39, 39] } as const;
    const found = walk.expectedPurchases(paradox, { weeks: 52 });
    [0.7062289019, 0.1442395935, 0.02250657746, 0.003092670447].forEach((wanted, i) => expect(ratio(found[i]!, wanted)).toBeLessThan(1e-3));
  });
});
