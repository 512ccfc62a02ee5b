import { expect, it } from 'vitest';
import { fitBetaDiscreteWeibull } from '../../src/lifetime/contractual/fitBetaDiscreteWeibull.js';
import { fitShiftedBetaGeometric } from '../../src/lifetime/contractual/fitShiftedBetaGeometric.js';
import { forecastSurvivors } from '../../src/lifetime/contractual/forecastSurvivors.js';
import { ShiftedBetaGeometric } from '../../src/lifetime/contractual/shiftedBetaGeometric.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** Newton of an analytic gradient, and published estimates; the curves and lifetimes by mpmath; see ../shared/notes/lifetime.md, 4.1 and 4.2. */
interface Goldens {
  readonly mle: Readonly<Record<'sbg.highend' | 'sbg.regular', { readonly params: ShiftedBetaGeometric['parameters']; readonly se: ShiftedBetaGeometric['parameters']; readonly logLik: number }>>;
}

const GOLDENS = 'golden/lifetime/goldens.json';
const CURVES = 'data/lifetime/sbg_retention_curves.csv';

describeWithShared('contractual lifetimes of Fader and Hardie (2007)', [GOLDENS, CURVES], () => {
  const { mle } = readGolden<Goldens>(GOLDENS);
  const rows = readCsv(CURVES);
  const survivorsOf = (kind: 'highend' | 'regular', years: number): number[] => rows.slice(0, years + 1).map((row) => Number(row[`${kind}_survivors`]));
  const cohort = (kind: 'highend' | 'regular', years = 7) => ({ unit: 'year', cohorts: [{ survivors: survivorsOf(kind, years) }] }) as const;

  it.each(['highend', 'regular'] as const)('shifted beta-geometric, %s: parameters, errors, likelihood', (kind) => {
    const { params, se, logLik } = mle[`sbg.${kind}`];
    const model = fitShiftedBetaGeometric(cohort(kind));
    expect(model.fit!.warnings).toEqual([]);
    expect(model.fit!.convergence.converged).toBe(true);
    expect(Math.abs(model.fit!.logLikelihood - logLik)).toBeLessThan(1e-7);
    (['alpha', 'beta'] as const).forEach((name, j) => {
      expect(Math.abs(model.parameters[name] / params[name] - 1)).toBeLessThan(1e-6);
      expect(Math.abs(model.fit!.estimates[j]!.standardError! / se[name] - 1)).toBeLessThan(1e-5);
    });
  });

  it('beta-discrete-Weibull: parameters and likelihood of seven years and of four, forecasts', () => {
    const expected = { highend: [[0.2142533, 1.426575, 1.723565], -1605.314213], regular: [[0.455614, 0.7793255, 1.283451], -1679.602833] } as const;
    for (const kind of ['highend', 'regular'] as const) {
      const model = fitBetaDiscreteWeibull(cohort(kind));
      expect(Math.abs(model.fit!.logLikelihood - expected[kind][1])).toBeLessThan(1e-6);
      Object.values(model.parameters).forEach((value, j) => expect(Math.abs(value / expected[kind][0][j]! - 1)).toBeLessThan(1e-5));
    }
    const model = fitBetaDiscreteWeibull(cohort('highend'));
    expect([8, 9, 10, 11, 12].map((year) => (100 * model.survival(year)).toFixed(2))).toEqual(['46.78', '44.83', '43.16', '41.69', '40.39']);
    const short = Object.values(fitBetaDiscreteWeibull(cohort('highend', 4)).parameters);
    [0.2593357, 1.722552, 1.584362].forEach((value, j) => expect(Math.abs(short[j]! / value - 1)).toBeLessThan(1e-5));
  });

  it('foretells the years that were not used', () => {
    const [forecast] = forecastSurvivors(fitBetaDiscreteWeibull(cohort('highend')), cohort('highend').cohorts, { periods: 5 });
    survivorsOf('highend', 12).slice(8).forEach((count, t) => {
      expect(forecast!.lower[t]).toBeLessThan(count);
      expect(forecast!.upper[t]).toBeGreaterThan(count);
    });
  });

  it('survival, expected and residual lifetimes at published parameters', () => {
    const model = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 0.668, beta: 3.806 });
    const near = (found: number, wanted: number, within: number): void => expect(Math.abs(found / wanted - 1)).toBeLessThan(within);
    [0.8506929, 0.7468816, 0.6698169, 0.609951, 0.561869, 0.5222523, 0.4889446, 0.460479, 0.4358197, 0.4142131, 0.3950964, 0.3780404].forEach((share, t) => near(model.survival(t + 1), share, 2e-7));
    near(model.expectedLifetime({ annualDiscountRate: 0.1 }), 5.92259640761, 1e-11);
    // After none, one, … seven renewals; the seventh is the 7.530 of the literature.
    [5.414856048, 5.901753168, 6.294260617, 6.620280323, 6.897057398, 7.136001899, 7.345052259, 7.529949531].forEach((payments, renewals) => near(model.residualLifetime(renewals, { annualDiscountRate: 0.1 }), payments, 1e-9));
    const regular = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 0.704, beta: 1.182 });
    [0.6267232, 0.4738427, 0.3879999, 0.3320949, 0.2923744, 0.2624831, 0.2390506, 0.2201117, 0.2044371, 0.1912161, 0.1798905, 0.1700626].forEach((share, t) => near(regular.survival(t + 1), share, 5e-7));
  });
});
