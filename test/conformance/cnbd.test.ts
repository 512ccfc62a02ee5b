import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { fitBgCnbdK } from '../../src/lifetime/buying/cnbd/fitBgCnbdK.js';
import { fitMbgCnbdK } from '../../src/lifetime/buying/cnbd/fitMbgCnbdK.js';
import { MbgCnbdK } from '../../src/lifetime/buying/cnbd/mbgCnbdK.js';
import { purchaseRegularity } from '../../src/lifetime/loyalty/regularity/purchaseRegularity.js';
import { newCustomer } from '../../src/lifetime/newCustomer.js';
import { customerSummary } from '../../src/lifetime/summary/customerSummary.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDENS = 'golden/lifetime/goldens.json';
const SAMPLE = 'data/lifetime/cdnow_sample.csv';

/** Of BTYDplus and of own maxima; see notes/lifetime.md 4.1 and 4.2. */
interface Goldens {
  readonly mle: Readonly<Record<string, { readonly params: Readonly<Record<'k' | 'r' | 'alpha' | 'a' | 'b', number>>; readonly logLik: number }>>;
}

/**
 * CDNOW sample, weeks, to 1997-09-30: (M)BG/CNBD-k by a program of its own in scipy, which maximises the likelihood of the paper, written with beta and gamma
 * functions and logsumexp, by Nelder and Mead from three starts. first, k, log-likelihood, r, alpha, a, b.
 */
const SCIPY: readonly (readonly [0 | 1, number, number, readonly number[]])[] = [
  [0, 1, -9582.429206673929, [0.24259452, 4.4136019, 0.79292208, 2.425907]],
  [0, 2, -9855.326974093285, [0.22691721, 1.46291967, 0.944002, 2.0743284]],
  [0, 3, -10393.56505378267, [0.21948173, 0.83343107, 1.02609289, 2.0941355]],
  [1, 1, -9582.135715553748, [0.52484317, 6.1830857, 0.89135931, 1.61400205]],
  [1, 2, -9853.2531285157, [0.57989621, 2.288149, 1.1344526, 1.58497403]],
  [1, 3, -10394.362651624764, [0.53296839, 1.2581956, 1.2886639, 1.8452092]],
];

describeWithShared('(M)BG/CNBD-k and regularity against BTYDplus, scipy and mpmath', [GOLDENS, SAMPLE], () => {
  const rows = readCsv(SAMPLE).map(({ sample_id: who, date, dollar_value: paid }) => ({ who: who!, day: `${date!.slice(0, 4)}-${date!.slice(4, 6)}-${date!.slice(6)}`, paid: Number(paid) }));
  const log = EventLog.fromRows(rows, { customer: 'who', time: 'day', amount: 'paid' });
  const customers = customerSummary(log, { asOf: '1997-10-01', zeroAmounts: 'purchases' });

  it('has the data of the peers', () => {
    expect(customers.frequency).toHaveLength(2357);
    expect(customers.frequency.reduce((sum, x) => sum + x, 0)).toBe(2457);
    expect(customers.sumLogGaps.reduce((sum, logs) => sum + logs, 0)).toBeCloseTo(2909.50466859, 7);
    expect(customers.sumLogGaps[0]).toBeCloseTo(4.219507705, 8);
  });

  it('finds the maxima that scipy finds on CDNOW, and that these customers buy at random', () => {
    for (const [first, k, logLikelihood, parameters] of SCIPY) {
      const fit = first === 0 ? fitBgCnbdK : fitMbgCnbdK;
      const model = fit(customers, { k });
      expect(Math.abs(model.fit!.logLikelihood - logLikelihood)).toBeLessThan(1e-7);
      (['r', 'alpha', 'a', 'b'] as const).forEach((name, j) => expect(Math.abs(model.parameters[name] / parameters[j]! - 1)).toBeLessThan(1e-6));
    }
    for (const fit of [fitBgCnbdK, fitMbgCnbdK]) expect(fit(customers)).toMatchObject({ k: 1, candidates: [{ k: 1 }, { k: 2 }] });
  });

  it('is the BG/NBD and MBG/NBD of the goldens with one stage', () => {
    const { mle } = readGolden<Goldens>(GOLDENS);
    for (const [name, fit] of [['cdnow_days7.bgnbd', fitBgCnbdK], ['cdnow_days7.mbgnbd', fitMbgCnbdK]] as const) {
      const { params, logLik } = mle[name]!;
      const model = fit(customers, { k: 1 });
      expect(Math.abs(model.fit!.logLikelihood - logLik)).toBeLessThan(1e-6);
      for (const parameter of ['r', 'alpha', 'a', 'b'] as const) expect(Math.abs(model.parameters[parameter] / params[parameter] - 1)).toBeLessThan(1e-5);
    }
  });

  // The grocery log is not redistributed: its fit and the values of its customers are skipped; what follows from its parameters alone is not.
  it('answers for new customers of the grocery model', () => {
    const { params } = readGolden<Goldens>(GOLDENS).mle['grocery.mbgcnbd_k2']!;
    const model = MbgCnbdK.fromParameters({ unit: 'week', k: params.k, r: params.r, alpha: params.alpha, a: params.a, b: params.b });
    const somebody = newCustomer('week');
    const expected = model.expectedPurchases(somebody, { weeks: 52 })[0]!;
    const tails = [1, 2, 3, 4].map((atLeast) => model.purchaseProbability(somebody, { weeks: 52 }, { atLeast })[0]!);
    // mpmath, 40 digits, at these parameters.
    expect(Math.abs(expected / 4.09512848160003864 - 1)).toBeLessThan(1e-13);
    [0.621983288071474782, 0.47368863153262476, 0.38443529991089967].forEach((tail, i) => expect(Math.abs(tails[i]! / tail - 1)).toBeLessThan(1e-13));
    // The note's, whose parameters are those of BTYDplus, which stops a little before the maximum.
    expect(Math.abs(expected / 4.09510330512 - 1)).toBeLessThan(1e-5);
    const pmf = [1 - tails[0]!, tails[0]! - tails[1]!, tails[1]! - tails[2]!, tails[2]! - tails[3]!];
    [0.378015971, 0.148295168, 0.089253697, 0.062793767].forEach((chance, n) => expect(Math.abs(pmf[n]! - chance)).toBeLessThan(2e-6));
  });

  it('is the regularity of estimateRegularity', () => {
    const shapeBy = (method: 'mle' | 'minka' | 'thom' | 'cv'): number => purchaseRegularity(log, { method, zeroAmounts: 'purchases' }).shape;
    expect(shapeBy('minka')).toBeCloseTo(1.12924025017, 10);
    expect(shapeBy('thom')).toBeCloseTo(1.14606602025, 10);
    expect(shapeBy('cv')).toBeCloseTo(1.04667917036, 10);
    // R's optimize stops within 1e-5 of the maximum, which scipy's brentq puts at 1.138297200794.
    expect(Math.abs(shapeBy('mle') - 1.13830322958)).toBeLessThan(1e-5);
    expect(shapeBy('mle')).toBeCloseTo(1.138297200794, 9);
    // By numpy, all pairs of gaps that do not overlap, about one half: BTYDplus draws or takes the last pair.
    expect(purchaseRegularity(log, { method: 'wheat', zeroAmounts: 'purchases' }).shape).toBeCloseTo(1.067605206468117, 12);
  });
});
