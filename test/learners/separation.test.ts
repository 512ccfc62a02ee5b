import { describe, expect, it } from 'vitest';
import { ClientelaError } from '../../src/errors.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { createRandom } from '../../src/numeric/random.js';
import { simulateCustomers } from './simulate.js';

const error = (run: () => unknown): ClientelaError => {
  try {
    run();
  } catch (caught) {
    if (caught instanceof ClientelaError) return caught;
    throw caught;
  }
  throw new Error('nothing was thrown');
};

describe('perfect separation is an error that names the columns and the way out', () => {
  it.each([
    ['a number that foretells the target', Array.from({ length: 40 }, (_, i) => ({ x: i, y: i >= 20 ? 1 : 0 })), ['x']],
    ['one that does so downwards', Array.from({ length: 40 }, (_, i) => ({ x: -i, y: i >= 20 ? 1 : 0 })), ['x']],
    ['a category', Array.from({ length: 30 }, (_, i) => ({ plan: ['a', 'b', 'c'][i % 3], y: i % 3 === 1 ? 1 : 0 })), ['plan=b']],
    // y = 1 where a + b > 0: neither column alone separates.
    ['two numbers together', Array.from({ length: 60 }, (_, i) => ({ a: Math.sin(i) * 5, b: Math.cos(i * 1.7) * 5, y: Math.sin(i) + Math.cos(i * 1.7) > 0 ? 1 : 0 })), ['a', 'b']],
  ])('%s', (_, rows, columns) => {
    const { code, message, details } = error(() => fitLogisticRegression(rows, { target: 'y' }));
    expect(code).toBe('PERFECT_SEPARATION');
    expect([...(details['columns'] as string[])].sort()).toEqual([...columns].sort());
    expect(message).toContain('firth: true');
    expect(message).toContain('ridge');
  });

  it('is none with a penalty', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ x: i, y: i >= 20 ? 1 : 0 }));
    for (const penalty of [{ ridge: 1 }, { firth: true }]) {
      const model = fitLogisticRegression(rows, { target: 'y', ...penalty });
      expect(model.convergence.converged).toBe(true);
      expect(model.predictProbabilityRow({ x: 39 })).toBeGreaterThan(0.8);
    }
  });

  it('more columns than rows separate, or are aliased, but never give nonsense', () => {
    const random = createRandom(4);
    const rows = Array.from({ length: 12 }, (_, i) => ({ ...Object.fromEntries(Array.from({ length: 20 }, (_, j) => [`x${j}`, random.normal()])), y: i % 2 }));
    expect(error(() => fitLogisticRegression(rows, { target: 'y' })).code).toBe('PERFECT_SEPARATION');
    const ridged = fitLogisticRegression(rows, { target: 'y', ridge: 1 });
    expect(ridged.convergence.converged).toBe(true);
    expect(ridged.parameterCount).toBeLessThan(12);
  });
});

describe('separation of some rows gives a fit that says so', () => {
  const rows = simulateCustomers(500, 21);

  it('by a level: it is named, the others are as if its rows were not there', () => {
    const marked = rows.map((row, i) => (i % 50 === 0 ? { ...row, plan: 'trial', bought: 'no' } : row));
    const model = fitLogisticRegression(marked, { target: 'bought' });
    const without = fitLogisticRegression(marked.filter(({ plan }) => plan !== 'trial'), { target: 'bought' });
    expect(model.separated).toEqual(['plan=trial']);
    expect(model.convergence).toMatchObject({ converged: true, reason: 'step below tolerance; no finite estimate for plan=trial' });
    expect(model.logLikelihood).toBeCloseTo(without.logLikelihood, 9);
    for (const expected of without.coefficients) {
      const found = model.coefficients.find(({ name }) => name === expected.name)!;
      expect(found.estimate).toBeCloseTo(expected.estimate, 9);
      expect(found.standardError).toBeCloseTo(expected.standardError!, 9);
    }
    const trial = model.coefficients.find(({ name }) => name === 'plan=trial')!;
    expect(trial).toMatchObject({ standardError: null, z: null, p: null, lower: null, upper: null });
    expect(trial.estimate).toBeLessThan(-20);
    expect(model.covariance()!.names).not.toContain('plan=trial');
    expect(Math.max(...model.predictProbability(marked.filter(({ plan }) => plan === 'trial')))).toBeLessThan(1e-12);
    expect(model.parameterCount).toBe(without.parameterCount + 1);
  });

  it('by the first level of a category, which has no column of its own', () => {
    const marked = rows.map((row, i) => (i % 50 === 0 ? { ...row, plan: 'a first', bought: 'yes' } : row));
    const model = fitLogisticRegression(marked, { target: 'bought' });
    expect(model.separated).toEqual(['plan=a first']);
    const visits = model.coefficients.find(({ name }) => name === 'visits')!;
    expect(visits.standardError).toBeGreaterThan(0);
    // All its sisters are measured from a level at infinity.
    for (const { name, standardError } of model.coefficients) expect(standardError === null).toBe(name === '(Intercept)' || name.startsWith('plan='));
    expect(Math.min(...model.predictProbability(marked.filter(({ plan }) => plan === 'a first')))).toBeGreaterThan(1 - 1e-12);
  });

  it('by a number, where both classes share one value only', () => {
    const marked = rows.map((row) => ({ visits: row.visits, deposit: row.bought === 'yes' ? Math.max(0, row.visits - 5) : 0, bought: row.bought }));
    const model = fitLogisticRegression(marked, { target: 'bought' });
    expect(model.separated).toEqual(['deposit']);
    const rest = marked.filter(({ deposit }) => deposit === 0);
    expect(model.logLikelihood).toBeCloseTo(fitLogisticRegression(rest, { target: 'bought', features: ['visits'] }).logLikelihood, 9);
  });

  it('by two columns together, found where the fit runs away', () => {
    // a - b is 0 but for some buyers, where it is 1: each column alone overlaps.
    const random = createRandom(2);
    const marked = rows.map((row) => {
      const a = random.integer(5);
      return { a, b: row.bought === 'yes' && random.uniform() < 0.3 ? a - 1 : a, visits: row.visits, bought: row.bought };
    });
    const model = fitLogisticRegression(marked, { target: 'bought' });
    expect([...model.separated].sort()).toEqual(['a', 'b']);
    const rest = marked.filter(({ a, b }) => a === b);
    const expected = fitLogisticRegression(rest, { target: 'bought', features: ['a', 'visits'] });
    expect(model.logLikelihood).toBeCloseTo(expected.logLikelihood, 9);
    expect(model.convergence.converged).toBe(true);
    const found = model.coefficients.find(({ name }) => name === 'visits')!;
    expect(found.estimate).toBeCloseTo(expected.coefficients[2]!.estimate, 8);
    expect(found.standardError).toBeCloseTo(expected.coefficients[2]!.standardError!, 8);
  });
});

describe('aliased columns are left out and named', () => {
  const rows = simulateCustomers(300, 30);
  const model = fitLogisticRegression(rows, { target: 'bought' });
  const names = (from: typeof model): string[] => from.coefficients.map(({ name }) => name);

  it('a copy, a sum, a constant', () => {
    const extended = rows.map(({ bought, ...row }) => ({ ...row, twice: 2 * row.visits, sum: row.visits + row.spend!, constant: 7, bought }));
    const found = fitLogisticRegression(extended, { target: 'bought' });
    expect(found.aliased).toEqual([
      { name: 'twice', combinationOf: ['visits'] },
      { name: 'sum', combinationOf: ['spend', 'visits'] },
      { name: 'constant', combinationOf: ['(Intercept)'] },
    ]);
    expect(names(found)).toEqual(names(model));
    found.coefficients.forEach(({ estimate }, j) => expect(estimate).toBeCloseTo(model.coefficients[j]!.estimate, 9));
    expect(found.parameterCount).toBe(model.parameterCount);
    found.predictProbability(extended).forEach((p, i) => expect(p).toBeCloseTo(model.predictProbabilityRow(rows[i]!), 10));
  });

  it('a constant of a size where rounding shows', () => {
    const found = fitLogisticRegression(rows.map((row) => ({ constant: 1e9 + 0.1, ...row })), { target: 'bought' });
    expect(found.aliased).toEqual([{ name: 'constant', combinationOf: ['(Intercept)'] }]);
  });

  it('a shift is told apart from a multiple', () => {
    const found = fitLogisticRegression(rows.map(({ bought, ...row }) => ({ ...row, later: row.visits + 3, bought })), { target: 'bought' });
    expect(found.aliased).toEqual([{ name: 'later', combinationOf: ['(Intercept)', 'visits'] }]);
  });

  it('under a ridge penalty nothing is: copies share the effect', () => {
    const found = fitLogisticRegression(rows.map((row) => ({ visits: row.visits, copy: row.visits, bought: row.bought })), { target: 'bought', ridge: 1 });
    expect(found.aliased).toEqual([]);
    expect(found.coefficients[1]!.estimate).toBeCloseTo(found.coefficients[2]!.estimate, 10);
  });
});

describe('rows of weight 0', () => {
  it('neither hide a separation nor take part in one', () => {
    const rows = simulateCustomers(200, 41).map((row, i) => (i < 10 ? { ...row, plan: 'trial', bought: 'no' } : row));
    // A buyer on trial that does not count.
    const all = [...rows, { ...rows[0]!, bought: 'yes' }];
    const model = fitLogisticRegression(all, { target: 'bought', weights: all.map((_, i) => (i < 200 ? 1 : 0)) });
    const expected = fitLogisticRegression(rows, { target: 'bought' });
    expect(model.separated).toEqual(['plan=trial']);
    expect(model.convergence.converged).toBe(true);
    expect(model.logLikelihood).toBeCloseTo(expected.logLikelihood, 9);
  });
});
