import { expect, it } from 'vitest';
import { BgBb } from '../../src/lifetime/buying/bgBb/bgBb.js';
import { fitBgBb } from '../../src/lifetime/buying/bgBb/fitBgBb.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** Own Newton of an analytic gradient, lifetimes and R BTYD; individual values by mpmath with 50 digits; see ../shared/notes/lifetime.md, 4.1 and 4.2. */
interface Goldens {
  readonly mle: { readonly 'donations.bgbb': { readonly params: BgBb['parameters']; readonly se: BgBb['parameters']; readonly logLik: number } };
}

const GOLDENS = 'golden/lifetime/goldens.json';
const [DONATIONS, HOLDOUT, SIMULATED] = ['data/lifetime/lifetimes_donations.csv', 'data/lifetime/btyd_donations_holdout.csv', 'data/lifetime/btyd_discrete_sim_elog.csv'] as const;
const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const;

describeWithShared('BG/BB on the donations of Fader, Hardie and Shang (2010)', [GOLDENS, DONATIONS, HOLDOUT], () => {
  const golden = readGolden<Goldens>(GOLDENS).mle['donations.bgbb'];
  const rows = readCsv(DONATIONS);
  const column = (name: string): number[] => rows.map((row) => Number(row[name]));
  const donors = { unit: 'year', frequency: column('frequency'), recency: column('recency'), tenure: column('periods'), weights: column('weights') } as const;
  const model = fitBgBb(donors);
  const published = BgBb.fromParameters({ unit: 'year', alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 });
  const total = (values: Float64Array): number => values.reduce((sum, value, i) => sum + value * donors.weights[i]!, 0);
  const four = { unit: 'year', frequency: [0, 2, 4, 6], recency: [0, 4, 5, 6], tenure: [6, 6, 6, 6] } as const;
  const near = (found: Float64Array, wanted: readonly number[]): void => wanted.forEach((value, i) => expect(Math.abs(found[i]! / value - 1)).toBeLessThan(1e-11));

  it('has the parameters, their errors and the likelihood', () => {
    expect(model.fit!.convergence.converged).toBe(true);
    expect(model.fit!.warnings).toEqual([]);
    expect(model.fit!.customers).toBe(11_104);
    expect(model.fit!.distinctHistories).toBe(22);
    expect(Math.abs(model.fit!.logLikelihood - golden.logLik)).toBeLessThan(1e-6);
    NAMES.forEach((name, j) => {
      expect(Math.abs(model.parameters[name] / golden.params[name] - 1)).toBeLessThan(1e-6);
      expect(Math.abs(model.fit!.estimates[j]!.standardError! / golden.se[name] - 1)).toBeLessThan(1e-4);
    });
    // As published.
    expect(NAMES.map((name) => model.parameters[name].toFixed(3))).toEqual(['1.204', '0.750', '0.657', '2.783']);
    expect(model.fit!.logLikelihood.toFixed(1)).toBe('-33225.6');
  });

  it('has the values of single donors', () => {
    near(published.aliveProbability(four), [0.108016584169, 0.589514116434, 0.696701067685, 0.930402542373]);
    near(published.expectedPurchases(four, { years: 5 }), [0.072802877475, 1.05734894191, 2.02962303148, 3.7521156076]);
    near(published.expectedPurchases(four, { years: 10 }), [0.130103791413, 1.88955589339, 3.62707712514, 6.70529082501]);
    near(published.discountedPurchases(four, { annualDiscountRate: 0.1 }), [0.114646996182, 1.66506990259, 3.19616740451, 5.90867831956]);
    // Table 6 of the paper.
    expect([0, 1, 3].map((i) => published.aliveProbability(four)[i]!.toFixed(2))).toEqual(['0.11', '0.59', '0.93']);
  });

  it('has the totals, and foretells the five years after', () => {
    expect(Math.abs(total(model.expectedPurchases(donors, { years: 5 })) - 12_884.1568)).toBeLessThan(1e-3);
    const holdout = readCsv(HOLDOUT).reduce((sum, row) => sum + Number(row['x.star.total']), 0);
    expect(Math.abs(total(model.expectedPurchases(donors, { years: 5 })) / holdout - 1)).toBeLessThan(0.05);
  });

  it('agrees with BTYD at its own estimates', () => {
    const btyd = BgBb.fromParameters({ unit: 'year', alpha: 1.203527641, beta: 0.7497260395, gamma: 0.6567808141, delta: 2.783795819 });
    const ten = btyd.expectedPurchases(four, { years: 10 });
    expect(ten[0]).toBeCloseTo(0.1302168827, 9);
    expect(ten[2]).toBeCloseTo(3.627857992, 8);
    const first = { unit: 'year', frequency: [0], recency: [0], tenure: [0] } as const;
    expect(btyd.expectedPurchases(first, { years: 10 })[0]).toBeCloseTo(3.179805359, 8);
    // How many of all donors give in none and in all of the six years.
    expect((11_104 * (1 - model.purchaseProbability(first, { years: 6 })[0]!)).toFixed(1)).toBe('3454.9');
    expect((11_104 * model.purchaseProbability(first, { years: 6 }, { atLeast: 6 })[0]!).toFixed(1)).toBe('1253.1');
  });
});

// The parameters that BTYD simulated this log with are not published: it is fitted on seven years and foretells the next six.
describeWithShared('BG/BB on the simulated log of BTYD', [SIMULATED], () => {
  it('foretells the purchases of the last six years', () => {
    const last = new Map<string, { x: number; recency: number; later: number }>();
    for (const { cust, date } of readCsv(SIMULATED)) {
      const year = Number(date!.slice(0, 4)) - 1970;
      const customer = last.get(cust!) ?? { x: 0, recency: 0, later: 0 };
      if (year > 7) customer.later++;
      else if (year > 0) Object.assign(customer, { x: customer.x + 1, recency: year });
      last.set(cust!, customer);
    }
    const rows = [...last.values()];
    const customers = { unit: 'year', frequency: rows.map(({ x }) => x), recency: rows.map(({ recency }) => recency), tenure: rows.map(() => 7) } as const;
    const model = fitBgBb(customers);
    expect(rows.length).toBe(10_000);
    expect(model.fit!.convergence.converged).toBe(true);
    const expected = model.expectedPurchases(customers, { years: 6 }).reduce((sum, value) => sum + value, 0);
    const found = rows.reduce((sum, { later }) => sum + later, 0);
    expect(Math.abs(expected / found - 1)).toBeLessThan(0.02);
  });
});
