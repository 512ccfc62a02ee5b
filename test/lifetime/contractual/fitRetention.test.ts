import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBetaDiscreteWeibull } from '../../../src/lifetime/contractual/fitBetaDiscreteWeibull.js';
import { fitShiftedBetaGeometric } from '../../../src/lifetime/contractual/fitShiftedBetaGeometric.js';
import { betaDiscreteWeibullLikelihood } from '../../../src/lifetime/contractual/fitting/betaDiscreteWeibullLikelihood.js';
import { shiftedBetaGeometricLikelihood } from '../../../src/lifetime/contractual/fitting/shiftedBetaGeometricLikelihood.js';
import { readRenewals } from '../../../src/lifetime/contractual/renewals.js';
import type { RetentionModel } from '../../../src/lifetime/contractual/retentionModel.js';
import { logGamma } from '../../../src/numeric/logGamma.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);
const codes = ({ fit }: RetentionModel): string[] => fit!.warnings.map(({ code }) => code);
const cohorts = [{ survivors: [500, 420, 380, 350, 340, 322] }, { survivors: [300, 260, 225] }, { survivors: [80, 60, 60, 55], weight: 2 }] as const;
const counts = readRenewals('test', { unit: 'year', cohorts });

/** Lives of customers by beta functions: who left in a period, and who is left. */
function naive(alpha: number, beta: number, shape: number): number {
  const survival = (t: number): number => Math.exp(logBeta(alpha, beta + t ** shape) - logBeta(alpha, beta));
  let sum = 0;
  for (const cohort of cohorts) {
    const { survivors } = cohort;
    const weight = 'weight' in cohort ? cohort.weight : 1;
    for (let t = 1; t < survivors.length; t++) sum += weight * (survivors[t - 1]! - survivors[t]!) * Math.log(survival(t - 1) - survival(t));
    sum += weight * survivors[survivors.length - 1]! * Math.log(survival(survivors.length - 1));
  }
  return sum;
}

describe('the likelihoods of renewals', () => {
  it('are those of the lives of customers, and have their slopes', () => {
    const positive = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 0.3, max: 2.5, noNaN: true }), (alpha, beta, shape) => {
        for (const [likelihood, theta] of [[shiftedBetaGeometricLikelihood, [alpha, beta]], [betaDiscreteWeibullLikelihood, [alpha, beta, shape]], [betaDiscreteWeibullLikelihood, [alpha, beta, 1]]] as const) {
          const at = Float64Array.from(theta);
          const gradient = new Float64Array(theta.length);
          expect(likelihood.evaluate(at, counts, gradient)).toBeCloseTo(naive(alpha, beta, theta[2] ?? 1), 7);
          theta.forEach((_, j) => {
            const moved = (step: number): number => likelihood.evaluate(at.map((value, k) => (k === j ? value * Math.exp(step) : value)), counts, new Float64Array(theta.length));
            const difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            expect(Math.abs(gradient[j]! - difference)).toBeLessThan(1e-6 * (100 + Math.abs(difference)));
          });
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('fitShiftedBetaGeometric and fitBetaDiscreteWeibull', () => {
  it('find the laws that made the renewals', () => {
    const random = createRandom(3);
    const [periods, ended]: [number[], boolean[]] = [[], []];
    for (let i = 0; i < 20_000; i++) {
      // Beta(2, 3): the second of four uniform numbers.
      const leaves = [random.uniform(), random.uniform(), random.uniform(), random.uniform()].sort((a, b) => a - b)[1]!;
      let t = 1;
      const watched = 3 + (i % 6);
      while (t <= watched && random.uniform() >= leaves) t++;
      periods.push(Math.min(t, watched));
      ended.push(t <= watched);
    }
    const model = fitShiftedBetaGeometric({ unit: 'month', periods, ended });
    expect(model.fit!.convergence.converged).toBe(true);
    expect(model.fit!.warnings).toEqual([]);
    expect(model.fit!.periods).toBe(8);
    model.fit!.estimates.forEach(({ estimate, standardError }, j) => expect(Math.abs(estimate - [2, 3][j]!)).toBeLessThan(4 * standardError!));
    const free = fitBetaDiscreteWeibull({ unit: 'month', periods, ended });
    expect(free.fit!.logLikelihood).toBeGreaterThanOrEqual(model.fit!.logLikelihood);
    expect(free.fit!.logLikelihood - model.fit!.logLikelihood).toBeLessThan(6);
    free.fit!.estimates.forEach(({ estimate, standardError }, j) => expect(Math.abs(estimate - [2, 3, 1][j]!)).toBeLessThan(4 * standardError!));
  });

  it.each([fitShiftedBetaGeometric, fitBetaDiscreteWeibull])('%o learns the same from counts, customers, weights, pieces and any order', (fit) => {
    const of = (model: RetentionModel): number[] => Object.values(model.parameters);
    const near = (found: number[], wanted: number[]): void => wanted.forEach((value, j) => expect(Math.abs(found[j]! / value - 1)).toBeLessThan(1e-6));
    const wanted = of(fit({ unit: 'year', cohorts }));
    expect(of(fit({ unit: 'year', cohorts: [...cohorts.slice(0, 2), { survivors: cohorts[2].survivors }, { survivors: cohorts[2].survivors }].reverse() }))).toEqual(wanted);
    near(of(fit({ unit: 'year', cohorts: cohorts.map(({ survivors }, i) => ({ survivors: survivors.map((count) => count * 7), weight: i === 2 ? 2 : 1 })) })), wanted);
    // Customer by customer, by weight.
    const [periods, ended, weights]: [number[], number[], number[]] = [[], [], []];
    for (const cohort of cohorts) {
      const weight = 'weight' in cohort ? cohort.weight : 1;
      const { survivors } = cohort;
      for (let t = 1; t < survivors.length; t++) {
        periods.push(t);
        ended.push(1);
        weights.push(weight * (survivors[t - 1]! - survivors[t]!));
      }
      periods.push(survivors.length - 1);
      ended.push(0);
      weights.push(weight * survivors[survivors.length - 1]!);
    }
    expect(of(fit({ unit: 'year', periods, ended, weights }))).toEqual(wanted);
    expect(of(fit({ unit: 'year', periods: periods.reverse(), ended: ended.reverse().map((value) => value === 1), weights: weights.reverse() }))).toEqual(wanted);
  });

  it('learn nothing of who came to no renewal, of weight 0, or after the last customer', () => {
    const of = ({ fit, parameters }: RetentionModel): unknown => [parameters, fit!.customers, fit!.periods, fit!.bic];
    const wanted = of(fitShiftedBetaGeometric({ unit: 'year', cohorts: [{ survivors: [100, 60, 50] }] }));
    expect(of(fitShiftedBetaGeometric({ unit: 'year', cohorts: [{ survivors: [100, 60, 50] }, { survivors: [70] }, { survivors: [9, 8, 7, 6], weight: 0 }] }))).toEqual(wanted);
    const gone = fitBetaDiscreteWeibull({ unit: 'year', cohorts: [{ survivors: [100, 50, 0, 0, 0] }] });
    expect(gone.fit!.periods).toBe(2);
    expect(codes(gone)).toContain('TOO_FEW_PERIODS');
  });

  it('come to the same from other starts', () => {
    const [geometric, weibull] = [fitShiftedBetaGeometric({ unit: 'year', cohorts }), fitBetaDiscreteWeibull({ unit: 'year', cohorts })];
    for (const start of [{ alpha: 20 }, { alpha: 0.01, beta: 30 }, { beta: 0.05 }]) {
      const other = fitShiftedBetaGeometric({ unit: 'year', cohorts }, { start });
      for (const name of ['alpha', 'beta'] as const) expect(Math.abs(other.parameters[name] / geometric.parameters[name] - 1)).toBeLessThan(1e-5);
      expect(fitBetaDiscreteWeibull({ unit: 'year', cohorts }, { start: { ...start, shape: 0.5 } }).fit!.logLikelihood).toBeCloseTo(weibull.fit!.logLikelihood, 6);
    }
  });

  it('say what renewals do not tell', () => {
    const of = (...survivors: number[]) => ({ unit: 'year', cohorts: [{ survivors }] }) as const;
    const all = fitShiftedBetaGeometric(of(100, 100, 100, 100));
    expect(codes(all)).toContain('NOBODY_LEFT');
    expect(all.survival(3)).toBeGreaterThan(0.999);
    const none = fitShiftedBetaGeometric(of(100, 0, 0));
    expect(codes(none)).toContain('NOBODY_RENEWED');
    expect(none.survival(1)).toBeLessThan(0.001);
    // A constant rate: as if all were alike.
    const constant = fitShiftedBetaGeometric(of(10_000, 9000, 8100, 7290, 6561));
    expect(codes(constant)).toContain('HETEROGENEITY_NOT_IDENTIFIED');
    expect(constant.survival(8)).toBeCloseTo(0.9 ** 8, 3);
    // Falling: the shifted beta-geometric cannot, the Weibull can.
    expect(codes(fitShiftedBetaGeometric(of(1000, 900, 780, 630, 450)))).toContain('HETEROGENEITY_NOT_IDENTIFIED');
    expect(fitBetaDiscreteWeibull(of(1000, 900, 780, 630, 450)).parameters.shape).toBeGreaterThan(1.2);
    expect(codes(fitShiftedBetaGeometric(of(100, 90)))).toContain('TOO_FEW_PERIODS');
    expect(codes(fitBetaDiscreteWeibull(of(100, 90, 85)))).toContain('TOO_FEW_PERIODS');
    for (const survivors of [[100, 100], [100, 0], [1, 1], [1, 0], [1e9, 9e8, 8.5e8, 8.2e8], [2, 1, 1, 0], [100, 90]]) {
      for (const fit of [fitShiftedBetaGeometric, fitBetaDiscreteWeibull]) {
        const model = fit(of(...survivors), { prior: 'weak' });
        expect(model.fit!.convergence.converged).toBe(true);
        expect(codes(model)).not.toContain('NO_STANDARD_ERRORS');
        expect(model.survivalCurve(20).every((share) => share >= 0 && share <= 1)).toBe(true);
      }
    }
  });

  it('tell how they get on, and stop', () => {
    const values: number[] = [];
    const model = fitShiftedBetaGeometric({ unit: 'year', cohorts }, { onProgress: ({ done, objective }) => (values.push(objective), done < 3) });
    expect(values.length).toBe(3);
    expect(values[2]).toBeGreaterThan(values[0]!);
    expect(codes(model)).toContain('NOT_CONVERGED');
  });

  it('refuse what they cannot learn from', () => {
    const refusal = (renewals: unknown): string => errorCode(() => fitShiftedBetaGeometric(renewals as never));
    expect(refusal(null)).toBe('INVALID_INPUT');
    expect(refusal({ unit: 'year' })).toBe('INVALID_INPUT');
    expect(refusal({ unit: 'year', cohorts: 7 })).toBe('INVALID_INPUT');
    expect(refusal({ unit: 'year', cohorts: [] })).toBe('EMPTY_INPUT');
    expect(refusal({ unit: 'year', cohorts: [{ survivors: [10] }] })).toBe('EMPTY_INPUT');
    expect(refusal({ unit: 'year', cohorts: [{ survivors: [0, 0] }] })).toBe('EMPTY_INPUT');
    expect(refusal({ unit: 'year', cohorts: [{ survivors: [] }] })).toBe('INVALID_VALUE');
    expect(refusal({ unit: 'quarter', cohorts })).toBe('INVALID_OPTION');
    expect(() => fitShiftedBetaGeometric({ unit: 'year', cohorts: [{ survivors: [10, 11] }] })).toThrow('cohorts[0].survivors never to rise: who comes back is a customer of a new cohort, found 11 after period 1 and 10 before it');
    for (const value of [NaN, -1, Infinity]) expect(refusal({ unit: 'year', cohorts: [{ survivors: [10, value] }] })).toBe('INVALID_VALUE');
    expect(refusal({ unit: 'year', cohorts: [{ survivors: [10, 9], weight: -1 }] })).toBe('INVALID_VALUE');
    expect(refusal({ unit: 'year', periods: [1, 2], ended: [true] })).toBe('LENGTH_MISMATCH');
    expect(refusal({ unit: 'year', periods: [0], ended: [true] })).toBe('INVALID_VALUE');
    expect(refusal({ unit: 'year', periods: [1.5], ended: [false] })).toBe('INVALID_VALUE');
    expect(refusal({ unit: 'year', periods: [1], ended: [2] })).toBe('INVALID_VALUE');
    expect(refusal({ unit: 'year', periods: [], ended: [] })).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitShiftedBetaGeometric({ unit: 'year', cohorts }, { start: { shape: 1 } }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitBetaDiscreteWeibull({ unit: 'year', cohorts }, { penalty: 1 } as never))).toBe('INVALID_OPTION');
  });
});
