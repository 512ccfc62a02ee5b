import { describe, expect, it } from 'vitest';
import type { BuyingLikelihood } from '../../../../src/lifetime/buying/fitting/buyingLikelihood.js';
import { fitBuying } from '../../../../src/lifetime/buying/fitting/fitBuying.js';
import { nbdLikelihood } from '../../../../src/lifetime/buying/nbd/nbdLikelihood.js';
import { errorCode } from '../../../errorCode.js';

const customers = { unit: 'week', frequency: [0, 1, 2, 6, 12], recency: [0, 8, 15, 35, 38], tenure: [39, 39, 39, 39, 39], weights: [60, 18, 12, 6, 4] } as const;

/** A likelihood of two parameters with two peaks at u = ±2 of u = ln r, the second the higher, and its slope; v = ln alpha is best at 0. */
const peaks = (start: number): BuyingLikelihood => ({
  ...nbdLikelihood,
  evaluate: (theta, { customers: n }, _factors, gradient) => {
    const [u, v] = [Math.log(theta[0]!), Math.log(theta[1]!)];
    gradient[0] = n * (-4 * u * (u * u - 4) + 0.1);
    gradient[1] = n * -v;
    return n * (-((u * u - 4) ** 2) + 0.1 * u - (v * v) / 2);
  },
  start: () => [Math.exp(start), 1],
  warnings: () => [],
});

describe('fitBuying', () => {
  it('counts every evaluation, the covariance included', () => {
    let calls = 0;
    const counted: BuyingLikelihood = { ...nbdLikelihood, evaluate: (...given) => (calls++, nbdLikelihood.evaluate(...given)) };
    const { fit } = fitBuying('fitNbd', counted, customers, {});
    expect(fit!.evaluations).toBe(calls);
    expect(calls).toBeLessThan(25);
  });

  it('ends at a peak with the covariance of its curvature', () => {
    const { fit, parameters } = fitBuying('fitNbd', peaks(1.5), customers, {});
    expect(Math.log(parameters['r']!)).toBeCloseTo(2.0031, 3);
    // Second derivatives 12 u² - 16 and 1, for 100 customers.
    const u = Math.log(parameters['r']!);
    expect(fit!.logCovariance![0]! * 100 * (12 * u * u - 16)).toBeCloseTo(1, 6);
    expect(fit!.logCovariance![1]).toBeCloseTo(0, 12);
    expect(fit!.logCovariance![3]! * 100).toBeCloseTo(1, 8);
    expect(fit!.estimates[1]!.standardError).toBeCloseTo(0.1, 8);
    expect(fit!.estimates[1]!.upper).toBeCloseTo(Math.exp(0.1959963984540054), 8);
  });

  it('looks elsewhere where the first search ends at a bound', () => {
    // A slope that falls for ever to the left of u = -3, and a peak at 2.
    const likelihood: BuyingLikelihood = {
      ...peaks(0),
      evaluate: (theta, { customers: n }, _factors, gradient) => {
        const [u, v] = [Math.log(theta[0]!), Math.log(theta[1]!)];
        const bell = Math.exp(-((u - 2) ** 2) / 2);
        const left = 1 / (1 + Math.exp(u + 3));
        gradient[0] = n * (-(u - 2) * bell - 0.5 * left * (1 - left));
        gradient[1] = n * -v;
        return n * (bell + 0.5 * left - (v * v) / 2);
      },
      start: () => [Math.exp(-1.5), 1],
    };
    const { parameters, fit } = fitBuying('fitNbd', likelihood, customers, {});
    expect(Math.log(parameters['r']!)).toBeCloseTo(2, 1);
    expect(fit!.convergence.converged).toBe(true);
    expect(fitBuying('fitNbd', likelihood, customers, {})).toEqual({ unit: 'week', parameters, purchaseCovariates: {}, dropoutCovariates: {}, fit });
  });

  it('gives the log-likelihood without the prior, and the prior', () => {
    const held = fitBuying('fitNbd', nbdLikelihood, customers, { prior: 'weak' });
    const free = fitBuying('fitNbd', nbdLikelihood, customers, {});
    expect(held.fit!.logPrior).toBeLessThan(0);
    expect(free.fit!.logPrior).toBeCloseTo(0, 12);
    expect(held.fit!.logLikelihood).toBeLessThan(free.fit!.logLikelihood);
    const gradient = new Float64Array(2);
    const { r, alpha } = held.parameters as { r: number; alpha: number };
    const tuples = { count: 5, x: Float64Array.from(customers.frequency), last: Float64Array.from(customers.recency), tenure: Float64Array.from(customers.tenure), weights: Float64Array.from(customers.weights), customers: 100, sumLogGaps: NaN };
    expect(nbdLikelihood.evaluate(Float64Array.of(r, alpha), tuples, null, gradient)).toBeCloseTo(held.fit!.logLikelihood, 9);
    // Terms r ~ (0, 1.5) and r / alpha ~ (1 / 39, 3) on logarithms.
    expect(held.fit!.logPrior).toBeCloseTo(-0.5 * (Math.log(r) / 1.5) ** 2 - 0.5 * (Math.log((r / alpha) * 39) / 3) ** 2, 9);
  });

  it('says what dropout is worth', () => {
    let without = NaN;
    fitBuying('fitNbd', { ...nbdLikelihood, warnings: (_theta, _tuples, _logLikelihood, withoutDropout) => ((without = withoutDropout()), []) }, customers, {});
    expect(without).toBeCloseTo(fitBuying('fitNbd', nbdLikelihood, customers, {}).fit!.logLikelihood, 8);
  });

  it('groups customers of equal covariates only', () => {
    const twins = { unit: 'week', frequency: [1, 1, 1, 3], recency: [2, 2, 2, 9], tenure: [10, 10, 10, 10], covariates: { web: [0, 1, 0, 1], age: [3, 3, 3, 3.5] } } as const;
    expect(fitBuying('fitNbd', nbdLikelihood, twins, {}).fit!.distinctHistories).toBe(2);
    expect(fitBuying('fitNbd', nbdLikelihood, twins, { purchaseCovariates: ['web', 'age'], prior: 'weak' }).fit!.distinctHistories).toBe(3);
    expect(errorCode(() => fitBuying('fitNbd', nbdLikelihood, { ...twins, covariates: { web: [0, 1, NaN, 1] } }, { purchaseCovariates: ['web'] }))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => fitBuying('fitNbd', { ...nbdLikelihood, needsGaps: true }, twins, {}))).toBe('INVALID_INPUT');
  });
});
