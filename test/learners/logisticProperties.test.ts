import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import type { LogisticRegression } from '../../src/learners/logisticRegression.js';
import { createRandom, shuffle } from '../../src/numeric/random.js';
import { simulateCustomers, type SimulatedCustomer } from './simulate.js';

const seeds = fc.integer({ min: 1, max: 1e6 });
const run = (property: fc.IProperty<[number]>, numRuns = 15): void => fc.assert(property, { seed: 20261122, numRuns });
const customers = (seed: number): SimulatedCustomer[] => simulateCustomers(150, seed, seed % 2 === 0 ? 0.1 : 0);

/** Equal estimates and standard errors, relative to the standard errors. */
function expectSame(found: LogisticRegression, expected: LogisticRegression, tolerance = 1e-8): void {
  expect(found.coefficients.map(({ name }) => name)).toEqual(expected.coefficients.map(({ name }) => name));
  expect(found.separated).toEqual(expected.separated);
  found.coefficients.forEach(({ estimate, standardError }, j) => {
    const other = expected.coefficients[j]!;
    // Small samples with gaps may separate: then by the same column.
    expect(standardError === null).toBe(other.standardError === null);
    if (standardError === null) return;
    expect(Math.abs(estimate - other.estimate) / other.standardError!).toBeLessThan(tolerance);
    expect(Math.abs(standardError / other.standardError! - 1)).toBeLessThan(tolerance);
  });
  expect(found.logLikelihood).toBeCloseTo(expected.logLikelihood, 8);
  expect(found.nullLogLikelihood).toBeCloseTo(expected.nullLogLikelihood, 8);
  expect(found.bic).toBeCloseTo(expected.bic, 7);
}

describe('fitLogisticRegression', () => {
  it.each(['model', 'robust'] as const)('takes weight 2 for the row twice and weight 0 for no row (%s errors)', (standardErrors) => {
    run(
      fc.property(seeds, (seed) => {
        const rows = customers(seed);
        const weights = rows.map((_, i) => (i * 7 + seed) % 3);
        const repeated = rows.flatMap((row, i) => new Array<SimulatedCustomer>(weights[i]!).fill(row));
        const options = { target: 'bought', standardErrors } as const;
        expectSame(fitLogisticRegression(rows, { ...options, weights }), fitLogisticRegression(repeated, options));
      }),
    );
  });

  it('takes nothing from a row of weight 0, not even its level, its gap or its missing target', () => {
    const rows = customers(3);
    const odd = { spend: null, visits: 1e6, plan: 'unheard of', mobile: true, bought: null };
    const model = fitLogisticRegression([...rows, odd], { target: 'bought', weights: [...rows.map(() => 1), 0] });
    expectSame(model, fitLogisticRegression(rows, { target: 'bought' }));
  });

  it('does not depend on the order of the rows', () => {
    run(fc.property(seeds, (seed) => expectSame(fitLogisticRegression(shuffle([...customers(seed)], createRandom(seed)), { target: 'bought' }), fitLogisticRegression(customers(seed), { target: 'bought' }))));
  });

  it('follows the unit of a column: probabilities stay, its coefficient is divided', () => {
    run(
      fc.property(seeds, (seed) => {
        const rows = customers(seed);
        const factor = 10 ** ((seed % 13) - 6);
        const shift = (seed % 7) * 100 * factor;
        const scaled = rows.map((row) => ({ ...row, spend: row.spend === null ? null : row.spend * factor + shift }));
        const model = fitLogisticRegression(rows, { target: 'bought' });
        const other = fitLogisticRegression(scaled, { target: 'bought' });
        expect(other.coefficients[1]!.estimate * factor).toBeCloseTo(model.coefficients[1]!.estimate, 9);
        expect(other.coefficients[1]!.z).toBeCloseTo(model.coefficients[1]!.z!, 6);
        other.predictProbability(scaled).forEach((p, i) => expect(p).toBeCloseTo(model.predictProbabilityRow(rows[i]!), 9));
      }),
    );
  });

  it('keeps its digits on values of 1e9 that differ by little', () => {
    const rows = customers(1);
    const far = rows.map((row) => ({ ...row, visits: 1e9 + row.visits }));
    const model = fitLogisticRegression(rows, { target: 'bought' });
    const other = fitLogisticRegression(far, { target: 'bought' });
    expect(other.coefficients[2]!.estimate).toBeCloseTo(model.coefficients[2]!.estimate, 7);
    expect(other.coefficients[2]!.standardError).toBeCloseTo(model.coefficients[2]!.standardError!, 7);
    expect(other.logLikelihood).toBeCloseTo(model.logLikelihood, 8);
  });

  it('turns every sign with the labels', () => {
    run(
      fc.property(seeds, (seed) => {
        const rows = customers(seed);
        const model = fitLogisticRegression(rows, { target: 'bought' });
        const flipped = fitLogisticRegression(rows, { target: 'bought', positive: 'no' });
        flipped.coefficients.forEach(({ estimate, standardError }, j) => {
          expect(Math.abs(estimate + model.coefficients[j]!.estimate)).toBeLessThan(1e-8 * standardError!);
        });
      }),
    );
  });

  it.each(['ridge', 'firth'])('%s pulls towards no effect', (penalty) => {
    run(
      fc.property(seeds, (seed) => {
        const rows = customers(seed);
        const plain = fitLogisticRegression(rows, { target: 'bought' });
        const penalised = fitLogisticRegression(rows, { target: 'bought', ...(penalty === 'ridge' ? { ridge: 20 } : { firth: true }) });
        expect(penalised.convergence.converged).toBe(true);
        expect(penalised.logLikelihood).toBeLessThan(plain.logLikelihood);
        const spread = (model: LogisticRegression): number => model.predictLogOdds(rows).reduce((sum, eta) => sum + (eta - model.toJSON().intercept) ** 2, 0);
        expect(spread(penalised)).toBeLessThan(spread(plain));
      }),
      8,
    );
  });

  it('recovers the law that made the data', () => {
    const model = fitLogisticRegression(simulateCustomers(40_000, 77), { target: 'bought' });
    const truth = [-2, 0.004, 0.15, 0.7, -0.3, 0.4];
    model.coefficients.forEach(({ estimate, standardError }, j) => expect(Math.abs(estimate - truth[j]!)).toBeLessThan(4 * standardError!));
  });

  it('covers the truth as often as its intervals promise', () => {
    let covered = 0;
    const fits = 150;
    for (let seed = 1; seed <= fits; seed++) {
      const { lower, upper } = fitLogisticRegression(simulateCustomers(300, seed), { target: 'bought', features: ['spend', 'visits', 'plan', 'mobile'] }).coefficients[2]!;
      if (lower! < 0.15 && upper! > 0.15) covered++;
    }
    // 95 % of 150 is 142.5; three standard deviations are 8.
    expect(covered).toBeGreaterThan(134);
  });
});
