import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import type { ElasticNet } from '../../../src/learners/elasticNet/elasticNet.js';
import type { ElasticNetOptions } from '../../../src/learners/elasticNet/elasticNetOptions.js';
import { fitElasticNet } from '../../../src/learners/elasticNet/fitElasticNet.js';
import { fitLogisticRegression } from '../../../src/learners/fitLogisticRegression.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { simulateCustomers } from '../simulate.js';
import { worstViolation } from './violations.js';
import { errorCode } from '../../errorCode.js';

type Row = Readonly<Record<string, number | string | null>>;

/** Four numbers on different scales, some of them correlated, and targets of every family that depend on them. */
function simulate(seed: number, count = 80): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const common = random.normal();
    const [a, b, c, d] = [common + random.normal(), 100 * (common - random.normal()), random.normal() / 50, random.integer(3)];
    const eta = 0.8 * a - 0.004 * b + 10 * c - 0.3 * d;
    const level = ['low', 'mid', 'top'][Math.min(2, Math.max(0, Math.round(eta + random.normal())))]!;
    return { a, b, c, d, bought: random.uniform() < 1 / (1 + Math.exp(-eta)) ? 'yes' : 'no', spend: 50 + 20 * eta + 10 * random.normal(), visits: random.integer(Math.ceil(2 + Math.exp(eta / 2))), level };
  });
}

const features = ['a', 'b', 'c', 'd'];
const families = [
  ['binomial', 'bought'],
  ['gaussian', 'spend'],
  ['poisson', 'visits'],
  ['multinomial', 'level'],
] as const;
const denseOf = (rows: readonly Row[]): number[][] => rows.map((row) => features.map((name) => Number(row[name])));
const outcomeOf = (model: ElasticNet, rows: readonly Row[], target: string): number[] =>
  rows.map((row) => (model.family === 'binomial' ? Number(row[target] === 'yes') : model.classes === null ? Number(row[target]) : model.classes.indexOf(String(row[target]))));
const estimates = (model: ElasticNet): number[] => model.coefficients.map(({ estimate }) => estimate);
const seeds = fc.integer({ min: 1, max: 1e6 });
const refusal = (run: () => unknown): [string, string] => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return [error.code, error.message];
    throw error;
  }
  return ['none', ''];
};

describe('by hand', () => {
  // x is 0 and 1 in equal parts: mean 1/2, standard deviation 1/2. The mean of y is 1 and 3: the standardised slope is 1.
  const rows = [0, 0, 1, 1].map((x, i) => ({ x, y: 1 + 2 * x + (i % 2 === 0 ? 0.5 : -0.5) }));

  it('moves the standardised slope of a lone column towards 0 by lambda', () => {
    const slope = (lambda: number): number => fitElasticNet(rows, { target: 'y', mixing: 1, lambda }).coefficients[1]!.estimate;
    expect(slope(0)).toBeCloseTo(2, 12);
    expect(slope(0.25)).toBeCloseTo(1.5, 12);
    expect(slope(1)).toBe(0);
    expect(slope(5)).toBe(0);
  });

  it('divides it by 1 + lambda / the standard deviation of the target for ridge', () => {
    // Variance of y: 1 explained, 1/4 left.
    const model = fitElasticNet(rows, { target: 'y', mixing: 0, lambda: 0.5 });
    expect(model.coefficients[1]!.estimate).toBeCloseTo(2 / (1 + 0.5 / Math.sqrt(1.25)), 12);
    expect(model.nullDeviance).toBeCloseTo(1.25, 12);
    expect(model.path[0]!.devianceRatio).toBeCloseTo((1.25 - 0.25 - (1 - model.coefficients[1]!.estimate / 2) ** 2) / 1.25, 12);
  });

  it('starts at the smallest penalty without any column', () => {
    const { path } = fitElasticNet(rows, { target: 'y', mixing: 1, folds: 2 });
    expect(path[0]!.lambda).toBeCloseTo(1, 14);
    expect(path[0]!.columnCount).toBe(0);
    expect(path[1]!.columnCount).toBe(1);
    expect(path[1]!.lambda / path[0]!.lambda).toBeCloseTo(1e-4 ** (1 / 99), 12);
  });
});

describe('the minimum', () => {
  it.each(families)('meets the conditions of Karush, Kuhn and Tucker all along the path (%s)', (family, target) => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0, 0.3, 1), (seed, mixing) => {
        const rows = simulate(seed);
        const weights = rows.map((_, i) => (i * 7 + seed) % 4);
        const offset = rows.map((_, i) => ((i % 5) - 2) / 5);
        const given = { weights, ...(family !== 'multinomial' && { offset }) };
        const model = fitElasticNet(rows, { target, family, features, mixing, folds: 2, lambdaCount: 12, lambdaMinRatio: 1e-3, keepPath: true, ...given });
        const dense = denseOf(rows);
        const y = outcomeOf(model, rows, target);
        expect(model.convergence.converged).toBe(true);
        const scale = family === 'gaussian' ? Math.sqrt(model.nullDeviance) : 1;
        for (const { lambda } of model.path) expect(worstViolation(model.atLambda(lambda), { rows: dense, y, ...given }) / scale).toBeLessThan(1e-9);
      }),
      { seed: 20261122, numRuns: 12 },
    );
  });

  it.each(families)('is that of more columns than rows too, and keeps the signs asked for (%s)', (family, target) => {
    const random = createRandom(5);
    const rows = simulate(9, 30).map((row) => ({ ...row, ...Object.fromEntries(Array.from({ length: 60 }, (_, j) => [`z${j}`, random.normal()])) }) as Row);
    const names = [...features, ...Array.from({ length: 60 }, (_, j) => `z${j}`)];
    const signs = { a: 'negative', z0: 'positive', z1: 'negative' } as const;
    const model = fitElasticNet(rows, { target, family, features: names, mixing: 0.7, folds: 2, lambdaCount: 20, signs, keepPath: true });
    const signed = names.map((name) => (name === 'z0' ? 1 : name === 'a' || name === 'z1' ? -1 : 0));
    const dense = rows.map((row) => names.map((name) => Number(row[name])));
    const scale = family === 'gaussian' ? Math.sqrt(model.nullDeviance) : 1;
    expect(model.path.at(-1)!.columnCount).toBeGreaterThan(10);
    for (const { lambda } of model.path) expect(worstViolation(model.atLambda(lambda), { rows: dense, y: outcomeOf(model, rows, target), signs: signed }) / scale).toBeLessThan(1e-9);
  });

  it('finds the columns that matter among hundreds', () => {
    const random = createRandom(8);
    const rows = Array.from({ length: 200 }, () => {
      const row: Record<string, number> = Object.fromEntries(Array.from({ length: 400 }, (_, j) => [`z${j}`, random.normal()]));
      return { ...row, y: 3 * row['z7']! - 2 * row['z300']! + random.normal() };
    });
    const model = fitElasticNet(rows, { target: 'y', mixing: 1, choose: 'oneStandardError' });
    expect(model.features).toEqual(expect.arrayContaining(['z7', 'z300']));
    expect(model.features.length).toBeLessThan(12);
    expect(model.lambda).toBe(model.oneStandardErrorLambda);
    expect(model.lambda).toBeGreaterThanOrEqual(model.minimumLambda!);
  });

  it.each([0.001, 0.02, 1])('with mixing 0 is the ridge of fitLogisticRegression (lambda %s)', (lambda) => {
    const rows = simulateCustomers(300, 4, 0.1);
    const net = fitElasticNet(rows, { target: 'bought', mixing: 0, lambda });
    const ridge = fitLogisticRegression(rows, { target: 'bought', ridge: lambda * rows.length });
    expect(net.coefficients.map(({ name }) => name)).toEqual(ridge.coefficients.map(({ name }) => name));
    net.coefficients.forEach(({ estimate }, j) => expect(Math.abs(estimate - ridge.coefficients[j]!.estimate)).toBeLessThan(1e-8 * (1 + Math.abs(estimate))));
    const probabilities = ridge.predictProbability(rows);
    net.predictProbability(rows).forEach((p, i) => expect(Math.abs(p - probabilities[i]!)).toBeLessThan(1e-8));
  });

  it('with lambda 0 is maximum likelihood', () => {
    const rows = simulateCustomers(300, 4, 0.1);
    const expected = fitLogisticRegression(rows, { target: 'bought' });
    fitElasticNet(rows, { target: 'bought', lambda: 0 }).coefficients.forEach(({ estimate }, j) => expect(estimate).toBeCloseTo(expected.coefficients[j]!.estimate, 8));
  });

  it.each(families)('is the mean alone under a huge penalty (%s)', (family, target) => {
    const rows = simulate(2);
    const model = fitElasticNet(rows, { target, family, features, lambda: 1e6, mixing: 0.5 });
    expect(model.features).toEqual([]);
    const values = family === 'gaussian' || family === 'poisson' ? model.predict(rows) : model.predictProbability(rows);
    const y = outcomeOf(model, rows, target);
    if (family === 'multinomial') for (const k of [0, 1, 2]) expect(values[k]).toBeCloseTo(y.filter((value) => value === k).length / y.length, 9);
    else expect(values[0]).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / y.length, 9);
  });

  it('shares the effect of equal columns evenly, unless the lasso is pure', () => {
    const rows = simulate(3).map((row): Row => ({ ...row, twin: row['a']! }));
    const twins = (mixing: number): number[] => estimates(fitElasticNet(rows, { target: 'spend', features: ['a', 'twin', 'b'], mixing, lambda: 0.5 })).slice(1, 3);
    const [first, second] = twins(0.5);
    expect(first).not.toBe(0);
    expect(first).toBeCloseTo(second!, 9);
    // Any division is as good for the lasso; their sum is what one column alone would have.
    const alone = fitElasticNet(rows, { target: 'spend', features: ['a', 'b'], mixing: 1, lambda: 0.5 }).coefficients[1]!.estimate;
    expect(twins(1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(alone, 8);
  });

  it('leaves free what bears no penalty', () => {
    const rows = simulate(6);
    const model = fitElasticNet(rows, { target: 'spend', features, mixing: 1, lambda: 1e4, penaltyFactors: { a: 0 } });
    expect(model.features).toEqual(['a']);
    const free = fitElasticNet(rows, { target: 'spend', features: ['a'], lambda: 0 });
    expect(model.coefficients[1]!.estimate).toBeCloseTo(free.coefficients[1]!.estimate, 9);
    const path = fitElasticNet(rows, { target: 'spend', features, mixing: 1, folds: 2, penaltyFactors: { a: 0, b: 2 } });
    expect(path.path[0]!.columnCount).toBe(1);
  });

  it('stays finite where the classes are separated: the path ends when all is explained', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ x: i, z: i % 3, y: i < 20 ? 'no' : 'yes' }));
    const model = fitElasticNet(rows, { target: 'y', mixing: 1, folds: 2, lambdaMinRatio: 1e-7 });
    expect(model.path.length).toBeLessThan(100);
    expect(model.path.at(-1)!.devianceRatio).toBeGreaterThan(0.999);
    expect(estimates(model).every(Number.isFinite)).toBe(true);
  });

  it.each(families)('takes weight 2 for the row twice and weight 0 for no row (%s)', (family, target) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = simulate(seed);
        const weights = rows.map((_, i) => (i * 5 + seed) % 3);
        const odd = { a: null, b: 1e6, c: null, d: 5, bought: null, spend: null, visits: null, level: null };
        const options: ElasticNetOptions = { target, family, features, lambda: 0.02, mixing: 0.5 };
        const weighted = fitElasticNet([...rows, odd], { ...options, weights: [...weights, 0] });
        const repeated = fitElasticNet(rows.flatMap((row, i) => new Array<Row>(weights[i]!).fill(row)), options);
        estimates(weighted).forEach((estimate, j) => expect(estimate).toBeCloseTo(estimates(repeated)[j]!, 7));
        expect(weighted.rowCount).toBe(repeated.rowCount);
        expect(weighted.nullDeviance).toBeCloseTo(repeated.nullDeviance, 9);
      }),
      { seed: 20261122, numRuns: 6 },
    );
  });

  it('does not depend on the order of the rows, nor on units', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = simulate(seed);
        const options: ElasticNetOptions = { target: 'spend', features, mixing: 0.4 };
        const model = fitElasticNet(rows, { ...options, lambda: 0.3 });
        const moved = fitElasticNet(shuffle([...rows], createRandom(seed)), { ...options, lambda: 0.3 });
        estimates(moved).forEach((estimate, j) => expect(estimate).toBeCloseTo(estimates(model)[j]!, 8));
        const cents = fitElasticNet(rows.map((row): Row => ({ ...row, spend: 100 * Number(row['spend']), a: 7 + 10 * Number(row['a']) })), { ...options, lambda: 30 });
        expect(cents.coefficients[1]!.estimate).toBeCloseTo(10 * model.coefficients[1]!.estimate, 6);
        expect(cents.coefficients[2]!.estimate).toBeCloseTo(100 * model.coefficients[2]!.estimate, 6);
      }),
      { seed: 20261122, numRuns: 8 },
    );
  });
});

describe('cross-validation', () => {
  const rows = simulateCustomers(200, 11, 0.1);

  it('is what fitting without each fold by hand gives', () => {
    const folds = rows.map((_, i) => i % 4);
    const lambda = [0.1, 0.02, 0.004];
    // Without gaps: what stands for a missing value is learnt from all rows.
    const known = simulateCustomers(200, 11);
    const model = fitElasticNet(known, { target: 'bought', lambda, folds });
    const byHand = lambda.map((value) => {
      const deviances = [0, 1, 2, 3].map((fold) => {
        const part = fitElasticNet(known.filter((_, i) => folds[i] !== fold), { target: 'bought', lambda: value });
        const held = known.filter((_, i) => folds[i] === fold);
        const p = part.predictProbability(held);
        return (-2 / held.length) * held.reduce((sum, row, i) => sum + Math.log(row.bought === 'yes' ? p[i]! : 1 - p[i]!), 0);
      });
      const mean = deviances.reduce((sum, d) => sum + d, 0) / 4;
      return { mean, error: Math.sqrt(deviances.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 4 / 3) };
    });
    byHand.forEach(({ mean, error }, at) => {
      expect(model.path[at]!.heldOutDeviance).toBeCloseTo(mean, 7);
      expect(model.path[at]!.heldOutError).toBeCloseTo(error, 6);
    });
    expect(model.minimumLambda).toBe(lambda[byHand.findIndex(({ mean }) => mean === Math.min(...byHand.map((point) => point.mean)))]);
  });

  it('is repeatable by its seed, and spreads classes, groups and time', () => {
    const options = { target: 'bought', lambdaCount: 20 } as const;
    const dated: readonly object[] = rows.map((row, i) => ({ ...row, household: `h${i >> 1}`, day: i, asOf: new Date(Date.UTC(2026, 0, 1 + i)) }));
    const held = (more: Partial<ElasticNetOptions>): (number | null)[] => fitElasticNet(dated as Row[], { ...options, features: ['spend', 'plan', 'visits'], ...more }).path.map((point) => point.heldOutDeviance);
    expect(held({ seed: 3 })).toEqual(held({ seed: 3 }));
    expect(held({ seed: 3 })).not.toEqual(held({ seed: 4 }));
    expect(held({ groups: 'household' })).not.toEqual(held({}));
    expect(held({ time: 'day', folds: 3 }).every((value) => value! > 0)).toBe(true);
    const when = { time: 'asOf', folds: 3 } as const;
    expect(held({ ...when, horizon: { days: 20 } })).not.toEqual(held(when));
    expect(errorCode(() => held({ horizon: { days: 20 } }))).toBe('INVALID_OPTION');
  });

  it('is left out for one given penalty', () => {
    const model = fitElasticNet(rows, { target: 'bought', lambda: 0.01 });
    expect([model.path.length, model.path[0]!.heldOutDeviance, model.minimumLambda, model.oneStandardErrorLambda]).toEqual([1, null, null, null]);
  });

  it('gives the last of the path where it is stopped, and says so', () => {
    const calls: [number, number][] = [];
    const stopped = fitElasticNet(rows, { target: 'bought', onProgress: ({ done, total }) => (calls.push([done, total]), done < 7) });
    expect(calls.at(-1)).toEqual([7, 600]);
    expect(stopped.path.length).toBe(7);
    expect(stopped.lambda).toBe(stopped.path[6]!.lambda);
    expect([stopped.convergence.reason, stopped.minimumLambda]).toEqual(['stopped by onProgress', null]);
    let done = 0;
    const later = fitElasticNet(rows, { target: 'bought', lambdaCount: 10, onProgress: (progress) => (done = progress.done) < 30 });
    expect([done, later.path.length > 4, later.minimumLambda]).toEqual([30, true, null]);
  });

  it('works where a training part lacks a level, or a column is constant in it', () => {
    const odd = rows.map((row, i) => ({ ...row, rare: i < 3 ? 'once' : 'else', flat: i % 4 === 0 ? i : 1 }));
    const model = fitElasticNet(odd, { target: 'bought', folds: odd.map((_, i) => (i < 3 ? 0 : i % 4)) });
    expect(model.path.every(({ heldOutDeviance }) => Number.isFinite(heldOutDeviance))).toBe(true);
  });
});

describe('the target', () => {
  const rows = simulate(1);

  it.each([
    ['bought', {}, 'binomial'],
    ['level', {}, 'multinomial'],
    ['level', { positive: 'top' }, 'binomial'],
    ['spend', {}, 'gaussian'],
    ['visits', { family: 'poisson' }, 'poisson'],
    ['visits', {}, 'gaussian'],
    ['d', { family: 'multinomial' }, 'multinomial'],
    ['flag', {}, 'binomial'],
    ['truth', {}, 'binomial'],
  ] as const)('%s with %o is taken for %s', (target, more, family) => {
    const data: readonly object[] = rows.map((row) => ({ ...row, flag: row['bought'] === 'yes' ? 1 : 0, truth: row['bought'] === 'yes' }));
    const model = fitElasticNet(data as Row[], { target, features: ['a', 'b'], lambda: 0.05, ...more });
    expect(model.family).toBe(family);
    expect(model.classes).toEqual(family === 'multinomial' ? (target === 'd' ? ['0', '1', '2'] : ['low', 'mid', 'top']) : null);
  });

  it.each([5, 0.1])('may be constant, when it is a number (%s)', (y) => {
    const model = fitElasticNet(rows.map((row) => ({ a: row['a']!, y })), { target: 'y' });
    expect([model.path.length, model.features, model.convergence.converged]).toEqual([1, [], true]);
    expect(model.predictRow({})).toBeCloseTo(y, 14);
  });
});

describe('features that tell nothing', () => {
  it.each([
    ['constant', { x: () => 1 }, {}],
    ['balanced', { x: (i: number) => i % 2 }, {}],
    ['not penalised', { x: (i: number) => i % 7 }, { penaltyFactors: { x: 0 } }],
  ] as const)('%s: the intercept is the minimum, and the fit says so', (_, { x }, more) => {
    const data = Array.from({ length: 196 }, (__, i) => ({ x: x(i), y: Math.floor(i / 28) }));
    const { convergence, coefficients } = fitElasticNet(data, { target: 'y', ...more });
    expect(convergence.converged).toBe(true);
    expect(coefficients[1]!.estimate).toBeCloseTo(0, 12);
  });
});

describe('bad input', () => {
  const rows = simulate(1);
  const fit = (more: object, data: readonly object[] = rows) => (): unknown => fitElasticNet(data as Row[], { target: 'bought', ...more });
  const table: readonly [what: string, run: () => unknown, code: string, message: string][] = [
    ['no rows', fit({}, []), 'EMPTY_INPUT', 'fitElasticNet needs at least one row, found none'],
    ['an unknown option', fit({ alpha: 1 }), 'INVALID_OPTION', 'knows no option "alpha"'],
    ['mixing beyond 1', fit({ mixing: 2 }), 'INVALID_OPTION', 'needs mixing between 0 and 1, found 2'],
    ['a negative lambda', fit({ lambda: [1, -1] }), 'INVALID_OPTION', 'needs lambda of 0 or more, found -1'],
    ['no lambda', fit({ lambda: [] }), 'INVALID_OPTION', 'needs lambda as a number, or an array of some'],
    ['a typed array of lambda', fit({ lambda: new Float64Array([1, 0.1]) }), 'INVALID_OPTION', 'needs lambda as a number, or an array of some'],
    ['a null lambda', fit({ lambda: null }), 'INVALID_OPTION', 'needs lambda as a number, or an array of some, found null'],
    ['one penalty to find', fit({ lambdaCount: 1 }), 'INVALID_OPTION', 'lambdaCount'],
    ['a ratio of 1', fit({ lambdaMinRatio: 1 }), 'INVALID_OPTION', 'needs lambdaMinRatio between 0 and 1'],
    ['no tolerance', fit({ tolerance: 0 }), 'INVALID_OPTION', 'needs tolerance above 0'],
    ['no iterations', fit({ maxIterations: 0 }), 'INVALID_OPTION', 'maxIterations'],
    ['another rule', fit({ choose: 'best' }), 'INVALID_OPTION', 'needs choose as one of minimum, oneStandardError'],
    ['another family', fit({ family: 'gamma' }), 'INVALID_OPTION', 'needs family as one of binomial, gaussian, poisson, multinomial'],
    ['another sign', fit({ signs: { a: 'up' } }), 'INVALID_OPTION', 'needs the sign of "a" as one of positive, negative'],
    ['a sign for no column', fit({ signs: { aa: 'positive' } }), 'UNKNOWN_COLUMN', 'found no column "aa"; did you mean "a"?'],
    ['a negative factor', fit({ penaltyFactors: { a: -1 } }), 'INVALID_OPTION', 'needs the penalty factor of "a" of 0 or more'],
    ['the target as feature', fit({ features: ['bought', 'a'] }), 'INVALID_OPTION', 'leave it out of features'],
    ['an offset for classes', fit({ target: 'level', offset: rows.map(() => 1) }), 'INVALID_OPTION', 'takes no offset for more than two classes'],
    ['one class', fit({}, rows.map((row) => ({ ...row, bought: 'yes' }))), 'TARGET_CLASSES', 'needs a target of two classes'],
    ['one class that counts', fit({ weights: rows.map((row) => (row['bought'] === 'yes' ? 1 : 0)) }), 'TARGET_CLASSES', 'needs at least two classes of "bought" among the rows of weight above 0, found 1'],
    ['one class of many', fit({ family: 'multinomial' }, rows.map((row) => ({ ...row, bought: 'yes' }))), 'TARGET_CLASSES', 'found 1'],
    ['a row without target', fit({}, rows.map((row, i) => ({ ...row, bought: i === 3 ? null : row['bought'] }))), 'MISSING_VALUE', 'found none in column "bought", row 3'],
    ['text for numbers', fit({ family: 'gaussian' }), 'COLUMN_KIND', 'needs numbers for the family gaussian, found column "bought" of kind category'],
    ['an infinite target', fit({ target: 'spend' }, rows.map((row, i) => ({ ...row, spend: i === 2 ? Infinity : row['spend'] }))), 'INVALID_VALUE', 'row 2'],
    ['a negative count', fit({ target: 'visits', family: 'poisson' }, rows.map((row, i) => ({ ...row, visits: i === 4 ? -1 : row['visits'] }))), 'INVALID_VALUE', 'needs counts of 0 or more as target, found -1 in column "visits", row 4'],
    ['no count at all', fit({ target: 'visits', family: 'poisson' }, rows.map((row) => ({ ...row, visits: 0 }))), 'NOT_IDENTIFIED', 'needs some count above 0'],
    ['folds of another length', fit({ folds: [0, 1] }), 'LENGTH_MISMATCH', 'needs a fold for each'],
  ];

  it.each(table)('%s', (_, run, code, message) => {
    const [found, text] = refusal(run);
    expect(found).toBe(code);
    expect(text).toContain(message);
    expect(text.startsWith('fitElasticNet ')).toBe(true);
    expect(text.endsWith('.')).toBe(false);
  });

  it('says that without a penalty no estimate exists where every class is foretold', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ x: i, y: i < 20 ? 'no' : 'yes' }));
    expect(errorCode(() => fitElasticNet(rows, { target: 'y', lambda: 0 }))).toBe('PERFECT_SEPARATION');
    expect(fitElasticNet(rows, { target: 'y', lambda: 0.01 }).predictProbabilityRow({ x: 39 })).toBeGreaterThan(0.9);
  });
});
