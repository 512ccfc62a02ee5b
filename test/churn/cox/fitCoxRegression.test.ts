import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CoxRegression } from '../../../src/churn/cox/coxRegression.js';
import { fitCoxRegression } from '../../../src/churn/cox/fitCoxRegression.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { naiveLikelihood } from './naive.js';

interface Customer {
  readonly months: number;
  readonly left: number;
  readonly age: number;
  readonly spend: number;
  readonly plan: string;
}

/** Customers in whole months (tied) or in any fraction of them. */
function customers(count: number, seed: number, whole = true): Customer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const [age, spend, plan] = [20 + random.integer(50), Math.round(100 * random.uniform()), ['basic', 'gold', 'plus'][random.integer(3)]!];
    const leaves = -Math.log(1 - random.uniform()) * 12 * Math.exp(0.03 * (age - 45) + (plan === 'gold' ? 0.5 : 0));
    const seen = 24 * random.uniform();
    const months = Math.min(leaves, seen);
    return { months: whole ? Math.ceil(months) : months, left: Number(leaves <= seen), age, spend, plan };
  });
}

const columns = { duration: 'months', event: 'left' } as const;
const estimates = (model: CoxRegression): number[] => model.coefficients.map(({ estimate }) => estimate);
const errors = (model: CoxRegression): number[] => model.coefficients.map(({ standardError }) => standardError!);

function expectSame(one: CoxRegression, other: CoxRegression, digits: number): void {
  estimates(one).forEach((estimate, j) => expect(estimates(other)[j]).toBeCloseTo(estimate, digits));
  errors(one).forEach((error, j) => expect(errors(other)[j]).toBeCloseTo(error, digits));
  expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, digits - 2);
}

describe('fitCoxRegression', () => {
  it('has the hazard ratio that can be worked out by hand', () => {
    // Of two pairs the one with x = 1 leaves first, in the third the other: 2 to 1 within strata.
    const rows = [1, 2, 3].flatMap((pair) => [{ pair, x: 1, months: pair === 3 ? 2 : 1 }, { pair, x: 0, months: pair === 3 ? 1 : 2 }]);
    const model = fitCoxRegression(rows, { duration: 'months', strata: 'pair' });
    expect(model.coefficients[0]!.hazardRatio).toBeCloseTo(2, 12);
    expect(model.coefficients[0]!.standardError).toBeCloseTo(Math.sqrt(3 / 2), 8);
    expect(model.logLikelihood).toBeCloseTo(2 * Math.log(2 / 3) + Math.log(1 / 3), 12);
    expect(model.nullLogLikelihood).toBeCloseTo(3 * Math.log(1 / 2), 12);
    expect(model.events).toBe(6);
    expect(model.strata).toBe('pair');
  });

  it('compares levels of a category with the first', () => {
    const rows = customers(200, 1);
    const model = fitCoxRegression(rows, { ...columns, features: ['plan', 'age'] });
    expect(model.coefficients.map(({ name }) => name)).toEqual(['plan=gold', 'plan=plus', 'age']);
    const by = fitCoxRegression(rows.map((row) => ({ ...row, gold: Number(row.plan === 'gold'), plus: Number(row.plan === 'plus') })), { ...columns, features: ['gold', 'plus', 'age'] });
    expectSame(model, by, 11);
    expect(model.aic).toBeCloseTo(-2 * model.logLikelihood + 6, 12);
  });

  it('is where the likelihood of the definition is largest', () => {
    const rows = customers(40, 2);
    for (const ties of ['efron', 'breslow'] as const) {
      const model = fitCoxRegression(rows, { ...columns, features: ['age', 'spend'], ties });
      const naive = (b: readonly [number, number]): number =>
        naiveLikelihood(rows.map(({ months, left, age, spend }) => ({ entry: 0, time: months, event: left, weight: 1, stratum: '', x: age, y: spend })), b, ties);
      const [age, spend] = estimates(model) as [number, number];
      const top = naive([age, spend]);
      expect(model.logLikelihood).toBeCloseTo(top, 9);
      for (const [dx, dy] of [[1e-3, 0], [-1e-3, 0], [0, 1e-3], [0, -1e-3]] as const) expect(naive([age + dx, spend + dy])).toBeLessThan(top);
    }
  });

  it('does not care where a stretch of time is cut in two', () => {
    const rows = customers(60, 3).map((row, i) => ({ ...row, from: 0, i }));
    const whole = fitCoxRegression(rows, { ...columns, entry: 'from', features: ['age', 'plan', 'spend'] });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 60, maxLength: 60 }), fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }), (shares, common) => {
        const pieces = rows.flatMap((row, i) => {
          const cuts = [...new Set([shares[i]! * row.months, ...common.filter((at) => at < row.months)])].sort((a, b) => a - b);
          const ends = [...cuts, row.months];
          return ends.map((end, k) => ({ ...row, from: k === 0 ? 0 : ends[k - 1]!, months: end, left: k === cuts.length ? row.left : 0 }));
        });
        const cut = fitCoxRegression(pieces, { ...columns, entry: 'from', features: ['age', 'plan', 'spend'] });
        expectSame(whole, cut, 10);
        expect(Math.abs(cut.logLikelihood - whole.logLikelihood)).toBeLessThan(1e-10);
        expect(cut.baseline()[0]!.times).toEqual(whole.baseline()[0]!.times);
      }),
      { numRuns: 10 },
    );
  });

  it('does not care for the order of rows, the origin of a feature or its unit', () => {
    const rows = customers(80, 4);
    const options = { ...columns, features: ['age', 'spend', 'plan'] } as const;
    const model = fitCoxRegression(rows, options);
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }), fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(1e-9, -1, 1e9), (order, origin, unit) => {
        expectSame(model, fitCoxRegression(order.map((row) => rows[row]!), options), 12);
        const moved = fitCoxRegression(rows.map((row) => ({ ...row, age: unit * row.age, spend: row.spend + origin })), options);
        expect(moved.coefficients[0]!.estimate * unit).toBeCloseTo(estimates(model)[0]!, 10);
        expect(estimates(moved)[1]).toBeCloseTo(estimates(model)[1]!, 8);
        expect(moved.logLikelihood).toBeCloseTo(model.logLikelihood, 7);
      }),
      { numRuns: 20 },
    );
  });

  it('takes a weight of 2 for a row twice under Breslow, and a weight of 0 for none', () => {
    const rows = customers(60, 5).map((row, i) => ({ ...row, weight: i % 3 }));
    const options = { ...columns, features: ['age', 'plan'], ties: 'breslow' } as const;
    const weighted = fitCoxRegression(rows, { ...options, weights: 'weight' });
    const repeated = fitCoxRegression(rows.flatMap((row) => Array.from({ length: row.weight }, () => row)), options);
    expectSame(weighted, repeated, 11);
    expect(weighted.rowCount).toBe(repeated.rowCount);
    expect(weighted.events).toBe(repeated.events);
    // Under Efron too, for rows that are not there.
    const absent = fitCoxRegression(rows, { ...options, ties: 'efron', weights: rows.map(({ weight }) => Math.min(weight, 1)) });
    expectSame(absent, fitCoxRegression(rows.filter(({ weight }) => weight > 0), { ...options, ties: 'efron' }), 11);
  });

  it('needs no rule for ties where there are none', () => {
    const rows = customers(50, 6, false);
    const [efron, breslow, exact] = (['efron', 'breslow', 'exact'] as const).map((ties) => fitCoxRegression(rows, { ...columns, features: ['age', 'plan'], ties }));
    expectSame(efron!, breslow!, 12);
    expectSame(efron!, exact!, 10);
  });

  it('has the exact rule agree with itself where rows enter at the start, or said to', () => {
    const rows = customers(50, 7).map((row) => ({ ...row, from: 0 }));
    const options = { ...columns, features: ['age', 'plan'], ties: 'exact' } as const;
    expectSame(fitCoxRegression(rows, options), fitCoxRegression(rows, { ...options, entry: 'from' }), 10);
  });

  it('is the log-rank test where a group is the only feature', () => {
    // Two groups of two: at risk 4, 3, 2, 1; expected of x 1/2, 1/3, 1/2, 0 and variances 1/4, 2/9, 1/4.
    const { tests } = fitCoxRegression({ months: [1, 2, 3, 4], x: [1, 0, 1, 0] }, { duration: 'months' });
    expect(tests!.score.statistic).toBeCloseTo((2 - 4 / 3) ** 2 / (1 / 4 + 2 / 9 + 1 / 4), 12);
  });

  it('names columns that others determine, and those that do not vary', () => {
    const rows = customers(60, 8).map((row) => ({ ...row, twice: 2 * row.age - 3, one: 1, big: 1e9 }));
    const model = fitCoxRegression(rows, { ...columns, features: ['one', 'age', 'spend', 'twice', 'big'] });
    expect(model.aliased).toEqual([{ name: 'one', combinationOf: [] }, { name: 'twice', combinationOf: ['age'] }, { name: 'big', combinationOf: [] }]);
    const plain = fitCoxRegression(rows, { ...columns, features: ['age', 'spend'] });
    expectSame(plain, model, 12);
    expect(Array.from(model.predictRisk(rows))).toEqual(Array.from(plain.predictRisk(rows)));
    expect(model.tests!.wald!.degreesOfFreedom).toBe(2);
  });

  it('says so where nothing is left to tell apart', () => {
    const model = fitCoxRegression({ months: [1, 2, 3], x: [5, 5, 5] }, { duration: 'months' });
    expect(model.coefficients).toEqual([]);
    expect(model.tests).toBe(null);
    expect(model.status).toBe('converged');
    expect(model.logLikelihood).toBeCloseTo(-Math.log(6), 12);
    expect(fitCoxRegression([{ months: 1, x: 5 }], { duration: 'months' }).logLikelihood).toBe(0);
  });

  it('names levels that foretell who is next, the rest being as without them', () => {
    // No customer of plan "plus" ever leaves: the limit is the fit without them at risk.
    const rows = customers(120, 9).map((row) => (row.plan === 'plus' ? { ...row, left: 0 } : row));
    const model = fitCoxRegression(rows, { ...columns, features: ['age', 'plan', 'spend'] });
    expect(model.status).toBe('separated');
    expect(model.separated).toEqual(['plan=plus']);
    expect(model.convergence.converged).toBe(false);
    expect(model.convergence.reason).toContain('firth');
    const without = fitCoxRegression(rows.filter(({ plan }) => plan !== 'plus'), { ...columns, features: ['age', 'plan', 'spend'] });
    for (const { name, estimate, standardError } of without.coefficients) {
      const line = model.coefficients.find((coefficient) => coefficient.name === name)!;
      expect(line.estimate).toBeCloseTo(estimate, 8);
      expect(line.standardError).toBeCloseTo(standardError!, 8);
    }
    expect(model.logLikelihood).toBeCloseTo(without.logLikelihood, 8);
    expect(model.coefficients.find(({ name }) => name === 'plan=plus')!.standardError).toBe(null);
    const survival = model.predictSurvival([{ age: 40, plan: 'plus', spend: 50 }], 20)[0]!;
    expect(survival).toBeGreaterThan(0.999_999);
  });

  it('names two columns that foretell it together', () => {
    // Who is next has always the largest sum of a and b; neither alone foretells it.
    const rows = [[3, 4], [4, 2.5], [1, 5], [5, 0.5], [2, 2], [0, 3]].map(([a, b], i) => ({ months: i + 1, a: a!, b: b! }));
    const model = fitCoxRegression(rows, { duration: 'months' });
    expect(model.separated).toEqual(['a', 'b']);
    expect(model.logLikelihood).toBeCloseTo(0, 8);
    const firth = fitCoxRegression(rows, { duration: 'months', penalty: { firth: true } });
    expect(firth.status).toBe('converged');
    expect(Math.max(...estimates(firth).map(Math.abs))).toBeLessThan(10);
  });

  it('does not take a rare level for one that never leaves', () => {
    // One of 2000 leaves in the rare group, where thousandfold as many were to be expected.
    const rows = Array.from({ length: 4000 }, (_, i) => ({ months: i % 2 === 0 ? 1 + (i % 50) : 51, left: i % 2 === 0 || i === 1 ? 1 : 0, calm: i % 2 })).map((row, i) => (i === 1 ? { ...row, months: 40 } : row));
    const model = fitCoxRegression(rows, columns);
    expect(model.status).toBe('converged');
    expect(model.coefficients[0]!.estimate).toBeLessThan(-5);
    expect(model.coefficients[0]!.standardError).toBeCloseTo(1, 1);
  });

  it('merges times that floating point has told apart, when asked', () => {
    const rows = [{ months: 0.1 + 0.2, x: 1 }, { months: 0.3, x: 0 }, { months: 1, x: 1 }, { months: 2, x: 0 }, { months: 3, x: 0.5 }];
    const same = fitCoxRegression(rows.map((row, i) => (i === 0 ? { ...row, months: 0.3 } : row)), { duration: 'months' });
    const merged = fitCoxRegression(rows, { duration: 'months', tieTolerance: 1.5e-8 });
    expect(merged.logLikelihood).toBeCloseTo(same.logLikelihood, 12);
    expect(fitCoxRegression(rows, { duration: 'months' }).logLikelihood).not.toBeCloseTo(same.logLikelihood, 6);
  });

  it('stops when told to, and says how it ended', () => {
    const rows = customers(60, 10);
    const seen: number[] = [];
    const stopped = fitCoxRegression(rows, { ...columns, onProgress: ({ done, total, objective }) => (seen.push(objective), expect(total).toBe(100), done < 2) });
    expect(stopped.status).toBe('stopped');
    expect(seen.length).toBe(2);
    expect(seen[1]).toBeGreaterThan(seen[0]!);
    expect(fitCoxRegression(rows, { ...columns, maxIterations: 1 }).status).toBe('maxIterations');
  });

  it('weighs clusters, and single rows as clusters of their own', () => {
    const rows = customers(60, 11).map((row, i) => ({ ...row, id: i % 20 }));
    const options = { ...columns, features: ['age', 'plan'] } as const;
    const robust = fitCoxRegression(rows, { ...options, standardErrors: 'robust' });
    expectSame(robust, fitCoxRegression(rows, { ...options, standardErrors: { cluster: rows.map((_, i) => i) } }), 12);
    expect(robust.inference!.standardErrors).toBe('robust');
    const clustered = fitCoxRegression(rows, { ...options, standardErrors: { cluster: 'id' } });
    expect(errors(clustered)).not.toEqual(errors(robust));
    // The same rows three times over tell no more, if one knows that they are the same.
    const thrice = [0, 1, 2].flatMap(() => rows.map((row, i) => ({ ...row, i })));
    const known = fitCoxRegression(thrice, { ...options, ties: 'breslow', standardErrors: { cluster: 'i' } });
    expectSame(fitCoxRegression(rows, { ...options, ties: 'breslow', standardErrors: 'robust' }), { ...known, logLikelihood: fitCoxRegression(rows, { ...options, ties: 'breslow' }).logLikelihood } as CoxRegression, 10);
  });

  it.each([
    [{ duration: 'months', event: 'lefft' }, 'UNKNOWN_COLUMN'],
    [{ duration: 'months', penalty: { ridge: 0 } }, 'INVALID_OPTION'],
    [{ duration: 'months', penalty: { lambda: 1, mixing: 2 } }, 'INVALID_OPTION'],
    [{ duration: 'months', penalty: { lasso: 1 } }, 'INVALID_OPTION'],
    [{ duration: 'months', penalty: null }, 'INVALID_OPTION'],
    [{ duration: 'months', penalty: { firth: true }, ties: 'exact' }, 'INVALID_OPTION'],
    [{ duration: 'months', penalty: { ridge: 1 }, standardErrors: 'robust' }, 'INVALID_OPTION'],
    [{ duration: 'months', ties: 'random' }, 'INVALID_OPTION'],
    [{ duration: 'months', ties: 'exact', standardErrors: 'robust' }, 'INVALID_OPTION'],
    [{ duration: 'months', ties: 'exact', weights: [1, 2, 1] }, 'INVALID_OPTION'],
    [{ duration: 'months', features: ['months', 'x'] }, 'INVALID_OPTION'],
    [{ duration: 'months', confidence: 1 }, 'INVALID_OPTION'],
    [{ duration: 'months', tolerance: 0 }, 'INVALID_OPTION'],
    [{ duration: 'months', maxIterations: 0 }, 'INVALID_OPTION'],
    [{ duration: 'months', tieTolerance: -1 }, 'INVALID_OPTION'],
    [{ duration: 'months', strata: ['x'] }, 'INVALID_OPTION'],
    [{ duration: 'months', stratum: 'x' }, 'INVALID_OPTION'],
    [{ duration: 'months', event: 'never' }, 'NOT_IDENTIFIED'],
    [{ duration: 'months', strata: 'gap', features: ['x'] }, 'MISSING_VALUE'],
    [{ duration: 'months', features: ['infinite'] }, 'NON_FINITE_VALUE'],
    [{ duration: 'months', standardErrors: { cluster: [1, 1, 1] }, features: ['x'] }, 'INVALID_OPTION'],
    [{ duration: 'months', features: [] }, 'EMPTY_INPUT'],
    [{ duration: 'months', entry: 'months' }, 'INVALID_VALUE'],
  ])('refuses %j', (options, code) => {
    const data = { months: [1, 2, 3], x: [0, 1, 1], never: [0, 0, 0], gap: ['a', null, 'b'], infinite: [0, Infinity, 1] };
    expect(errorCode(() => fitCoxRegression(data, options as never))).toBe(code);
  });

  it('refuses the exact rule where it would take hours', () => {
    const n = 60_000;
    const data = { months: Float64Array.from({ length: n }, (_, i) => 1 + (i % 5)), x: Float64Array.from({ length: n }, (_, i) => i % 7) };
    expect(errorCode(() => fitCoxRegression(data, { duration: 'months', ties: 'exact' }))).toBe('INVALID_OPTION');
  });

  it('refuses a table without rows', () => {
    expect(errorCode(() => fitCoxRegression([], { duration: 'months' }))).toBe('EMPTY_INPUT');
  });
});
