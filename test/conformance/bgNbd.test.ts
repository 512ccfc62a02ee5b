import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { purchaseCounts } from '../../src/lifetime/buying/answers/purchaseCounts.js';
import { BgNbd } from '../../src/lifetime/buying/bgNbd/bgNbd.js';
import { fitBgNbd } from '../../src/lifetime/buying/bgNbd/fitBgNbd.js';
import { fitMbgNbd } from '../../src/lifetime/buying/bgNbd/fitMbgNbd.js';
import { MbgNbd } from '../../src/lifetime/buying/bgNbd/mbgNbd.js';
import { newCustomer } from '../../src/lifetime/newCustomer.js';
import type { PurchaseHistories } from '../../src/lifetime/purchaseHistories.js';
import { customerSummary } from '../../src/lifetime/summary/customerSummary.js';
import { createRandom } from '../../src/numeric/random.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** Optima polished by Newton and values in 50 digits, as lifetimes, BTYD, BTYDplus and CLVTools confirm to their tolerances; ../shared/notes/lifetime.md, 4. */
interface Goldens {
  readonly mle: Readonly<Record<string, { readonly params: Readonly<Record<string, number>>; readonly se: Readonly<Record<string, number>>; readonly logLik: number; readonly distinctTuples: number }>>;
  readonly individual: { readonly rows: readonly ({ readonly x: number; readonly tx: number; readonly T: number } & Readonly<Record<'bgnbd' | 'mbgnbd', Readonly<Record<'pAlive' | 'cet39' | 'cet52' | 'dert_ln115_52', number>>>>)[] };
  readonly unconditional: Readonly<Record<'bgnbd' | 'mbgnbd', Readonly<Record<string, number>>>>;
}

const GOLDENS = 'golden/lifetime/goldens.json';
const [ROUNDED, CBS, MASTER] = ['lifetimes_cdnow_customers_summary.csv', 'btyd_cdnow_cbs.csv', 'cdnow_master.csv'].map((file) => `data/lifetime/${file}`) as [string, string, string];
const fits = { bgnbd: fitBgNbd, mbgnbd: fitMbgNbd } as const;
const numbers = (rows: readonly Readonly<Record<string, string>>[], name: string): number[] => rows.map((row) => Number(row[name]));
const ratio = (found: number, wanted: number): number => Math.abs(found / wanted - 1);

describeWithShared('BG/NBD and MBG/NBD on CDNOW', [GOLDENS, ROUNDED, CBS, MASTER], () => {
  const { mle } = readGolden<Goldens>(GOLDENS);
  const rounded = readCsv(ROUNDED);
  const cbs = readCsv(CBS);
  const full = (): PurchaseHistories => {
    const log = EventLog.fromRows(readCsv(MASTER).map((row) => ({ who: row['customer_id']!, day: row['date']!.replace(/(....)(..)(..)/, '$1-$2-$3'), paid: Number(row['dollar_value']) })), { customer: 'who', time: 'day', amount: 'paid' });
    return customerSummary(log, { zeroAmounts: 'purchases', asOf: '1997-10-01' });
  };
  const data: Readonly<Record<string, () => PurchaseHistories>> = {
    cdnow_2dec: () => ({ unit: 'week', frequency: numbers(rounded, 'frequency'), recency: numbers(rounded, 'recency'), tenure: numbers(rounded, 'T') }),
    cdnow_days7: () => ({ unit: 'week', frequency: numbers(cbs, 'x'), recency: numbers(cbs, 't.x'), tenure: numbers(cbs, 'T.cal') }),
    cdnow_full: full,
  };

  it('finds the optima of the goldens with their standard errors, in fewer than 40 evaluations', () => {
    for (const [name, histories] of Object.entries(data)) {
      const customers = histories();
      for (const [law, fit] of Object.entries(fits)) {
        const golden = mle[`${name}.${law}`]!;
        const model = fit(customers);
        expect(model.fit!.convergence.converged).toBe(true);
        expect(model.fit!.evaluations).toBeLessThan(40);
        expect(model.fit!.distinctHistories).toBe(golden.distinctTuples);
        expect(model.fit!.warnings).toEqual([]);
        expect(Math.abs(model.fit!.logLikelihood - golden.logLik)).toBeLessThan(1e-6);
        for (const { name: parameter, estimate, standardError } of model.fit!.estimates) {
          // The goldens are given to nine digits, their standard errors to six.
          expect(ratio(estimate, golden.params[parameter]!)).toBeLessThan(1e-8);
          expect(ratio(standardError!, golden.se[parameter]!)).toBeLessThan(1e-5);
        }
      }
    }
  });

  it('finds them from anywhere within a factor of seven of the middle, mostly in fewer than 40 evaluations too', () => {
    const random = createRandom(11);
    const evaluations: number[] = [];
    for (const [law, fit] of Object.entries(fits)) {
      const golden = mle[`cdnow_2dec.${law}`]!;
      for (let start = 0; start < 20; start++) {
        const from = Object.fromEntries(['r', 'alpha', 'a', 'b'].map((name) => [name, Math.exp(4 * random.uniform() - 2) * (name === 'alpha' ? 7 : 1)]));
        const model = fit(data['cdnow_2dec']!(), { start: from });
        evaluations.push(model.fit!.evaluations);
        expect(Math.abs(model.fit!.logLikelihood - golden.logLik)).toBeLessThan(1e-6);
        for (const { name, estimate } of model.fit!.estimates) expect(ratio(estimate, golden.params[name]!)).toBeLessThan(1e-6);
      }
    }
    expect(evaluations.filter((count) => count < 40).length).toBeGreaterThanOrEqual(34);
    expect(Math.max(...evaluations)).toBeLessThan(100);
  });

  it('forecasts the second 39 weeks as the peers do', () => {
    const customers = data['cdnow_days7']!();
    const total = (model: BgNbd | MbgNbd): number => model.expectedPurchases(customers, { weeks: 39 }).reduce((sum, mean) => sum + mean, 0);
    expect(total(fitBgNbd(customers))).toBeCloseTo(1653.4, 1);
    expect(total(fitMbgNbd(customers))).toBeCloseTo(1576.7, 1);
  });
});

describeWithShared('BgNbd and MbgNbd, customer by customer', [GOLDENS], () => {
  const { individual, unconditional } = readGolden<Goldens>(GOLDENS);
  const { rows } = individual;
  const customers = { unit: 'week', frequency: rows.map(({ x }) => x), recency: rows.map(({ tx }) => tx), tenure: rows.map((row) => row.T) } as const;
  const bg = BgNbd.fromParameters({ unit: 'week', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
  const mbg = MbgNbd.fromParameters({ unit: 'week', r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 });
  // The goldens have 52 weeks in a year.
  const discount = { annualDiscountRate: 1.15 ** (365.25 / 7 / 52) - 1 };
  const one = (x: number, last: number, tenure: number): PurchaseHistories => ({ unit: 'week', frequency: [x], recency: [last], tenure: [tenure] });

  it('knows who is alive and what they buy to 1e-11', () => {
    for (const [model, law] of [[bg, 'bgnbd'], [mbg, 'mbgnbd']] as const) {
      const [alive, weeks39, weeks52] = [model.aliveProbability(customers), model.expectedPurchases(customers, { weeks: 39 }), model.expectedPurchases(customers, { weeks: 52 })];
      rows.forEach(({ [law]: golden }, i) => {
        expect(Math.abs(alive[i]! - golden.pAlive)).toBeLessThan(1e-12);
        expect(ratio(weeks39[i]!, golden.cet39)).toBeLessThan(1e-11);
        expect(ratio(weeks52[i]!, golden.cet52)).toBeLessThan(1e-11);
      });
      for (const [weeks, wanted] of Object.entries(unconditional[law])) expect(ratio(model.expectedPurchases(newCustomer('week'), { weeks: Number(weeks) })[0]!, wanted)).toBeLessThan(1e-12);
    }
  });

  it('knows what all that is to come is worth to 1e-10', () => {
    const worth = bg.discountedPurchases(customers, discount);
    const wanted = { 0: 5.16955392844, 2: 1.01874619465, 3: 12.7008682924, 4: 71.0647422325 };
    for (const [row, value] of Object.entries(wanted)) expect(ratio(worth[Number(row)]!, value)).toBeLessThan(1e-11);
    rows.forEach(({ bgnbd }, i) => expect(ratio(worth[i]!, bgnbd.dert_ln115_52)).toBeLessThan(1e-9));
    expect(Math.abs(bg.discountedPurchases(customers, { ...discount, horizon: { weeks: 39 } })[0]! - 1.167434578)).toBeLessThan(1e-10);
    expect(bg.aliveProbabilityAt(newCustomer('week'), { weeks: 39 })[0]).toBeCloseTo(0.79440334, 8);
  });

  it('knows the distribution of the number of purchases', () => {
    const counts = (model: BgNbd | MbgNbd, who: PurchaseHistories, weeks: number, most: number): Float64Array => purchaseCounts(model, who, { weeks }, { most }).probabilities;
    expect(counts(bg, newCustomer('week'), 39, 0)[0]).toBeCloseTo(0.573786352096, 12);
    expect(ratio(counts(bg, newCustomer('week'), 2, 10)[10]!, 1.0786896403692e-7)).toBeLessThan(1e-8);
    // Printed in the manual of BTYD.
    const printed = [0.0019995214, 0.0015170236, 0.001163315, 0.0009003148, 0.0007023638, 0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.000222226];
    counts(bg, newCustomer('week'), 30, 20).slice(11, 21).forEach((value, i) => expect(value).toBeCloseTo(printed[i]!, 10));
    const conditional = [0.4453728621, 0.2393189374, 0.1441832219, 0.080850056, 0.0435449691, 0.0228638129];
    counts(bg, one(2, 30.43, 38.86), 39, 5).slice(0, 6).forEach((value, i) => expect(value).toBeCloseTo(conditional[i]!, 10));
    [0.5824731895, 0.1827830773, 0.0868948257, 0.048570443].forEach((value, i) => expect(counts(mbg, newCustomer('week'), 39, 3)[i]).toBeCloseTo(value, 10));
  });

  it('does not overflow, and has no poles', () => {
    const expected = (model: BgNbd, who: PurchaseHistories, weeks: number): number => model.expectedPurchases(who, { weeks })[0]!;
    const given = (a: number, b: number): BgNbd => BgNbd.fromParameters({ unit: 'week', r: 0.243, alpha: 4.414, a, b });
    expect(ratio(expected(bg, one(5000, 360, 365), 365), 5.94614103572e-23)).toBeLessThan(1e-11);
    expect(ratio(expected(bg, one(100_000, 364.9, 365), 365), 0.0162598169992)).toBeLessThan(1e-11);
    expect(ratio(expected(given(1, 2.426), one(2, 30.43, 38.86), 39), 1.10213678604)).toBeLessThan(1e-11);
    expect(ratio(expected(given(1 + 1e-9, 2.426), one(2, 30.43, 38.86), 39), 1.10213678604)).toBeLessThan(1e-8);
    expect(ratio(expected(given(0.3, 0.7), one(0, 0, 38.86), 39), 0.192714876291)).toBeLessThan(1e-11);
    const small = BgNbd.fromParameters({ unit: 'week', r: 0.1, alpha: 4, a: 0.01, b: 0.1 });
    expect(ratio(expected(small, one(0, 0, 5), 100), 1.01563970017)).toBeLessThan(1e-11);
    // Hardie's sheet and BTYD's vignette: more purchases as long ago say less.
    const paradox = [0.3474606473, 0.04283391376, 0.004158972731, 0.000358368527];
    const walk = BgNbd.fromParameters({ unit: 'week', r: 0.2425981523, alpha: 4.413684163, a: 0.7929898737, b: 2.426166696 });
    [10, 15, 20, 25].forEach((x, i) => expect(ratio(expected(walk, one(x, 20, 39), 52), paradox[i]!)).toBeLessThan(1e-5));
  });
});
