import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitGlm } from '../../../src/learners/glm/fitGlm.js';
import { gammaLikelihood } from '../../../src/learners/glm/glmLikelihood.js';
import type { Glm } from '../../../src/learners/glm/glm.js';
import type { GlmFamilyName } from '../../../src/learners/glm/glmFamily.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { naiveGlm } from './naiveGlm.js';
import { designOfAmounts, simulateAmounts, type AmountRow } from './simulateAmounts.js';

const estimates = (model: Glm): number[] => model.coefficients.map(({ estimate }) => estimate);
const errors = (model: Glm): number[] => model.coefficients.map(({ standardError }) => standardError!);
const near = (found: readonly number[], expected: readonly number[], tolerance = 1e-9): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, j) => expect(Math.abs(value - expected[j]!)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected[j]!))));
};

const FEATURES = ['age', 'visits', 'plan'] as const;
const rows = simulateAmounts(400, 7);
const POWER = 1.4;
const cases: readonly { readonly family: GlmFamilyName; readonly target: keyof AmountRow; readonly variance: (mean: number) => number; readonly more?: object }[] = [
  { family: 'poisson', target: 'orders', variance: (mean) => mean },
  { family: 'negative-binomial', target: 'returns', variance: (mean) => mean + 0.5 * mean * mean, more: { overdispersion: 0.5 } },
  { family: 'gamma', target: 'basket', variance: (mean) => mean * mean },
  { family: 'tweedie', target: 'spend', variance: (mean) => mean ** POWER, more: { tweediePower: POWER } },
];
const fitCase = (data: readonly AmountRow[], { family, target, more }: (typeof cases)[number], options: object = {}): Glm => fitGlm(data, { target, family, features: FEATURES, ...more, ...options });

describe('two groups of counts, by hand', () => {
  // 6 orders of 3 customers against 18 of 3.
  const orders = [1, 3, 2, 6, 5, 7].map((count, i) => ({ group: i < 3 ? 'a' : 'b', orders: count, years: i === 4 ? 0.5 : 1 }));

  it('has the logarithm of the ratio of rates, with the error (1/a + 1/b)^(1/2)', () => {
    const { coefficients, ...model } = fitGlm(orders, { target: 'orders', family: 'poisson', features: ['group'] });
    near([coefficients[1]!.estimate, coefficients[1]!.standardError!], [Math.log(18 / 6), Math.sqrt(1 / 18 + 1 / 6)], 1e-13);
    near([coefficients[0]!.estimate, coefficients[0]!.standardError!], [Math.log(2), Math.sqrt(1 / 6)], 1e-13);
    const half = [1, 3, 2].map((y) => y * Math.log(y / 2)).concat([6, 5, 7].map((y) => y * Math.log(y / 6)));
    expect(model.deviance).toBeCloseTo(2 * half.reduce((sum, d) => sum + d, 0), 12);
    const factorials = [1, 3, 2, 6, 5, 7].map((n) => Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0));
    expect(model.logLikelihood).toBeCloseTo(6 * Math.log(2) - 6 + 18 * Math.log(6) - 18 - factorials.reduce((a, b) => a + b), 11);
    expect(model.pearson).toBeCloseTo((1 + 1 + 0) / 2 + (0 + 1 + 1) / 6, 12);
    expect(model.dispersion).toBeCloseTo(model.pearson / 4, 13);
    expect([model.parameterCount, model.rowCount, model.link]).toEqual([2, 6, 'log']);
    expect(model.aic).toBeCloseTo(-2 * model.logLikelihood! + 4, 12);
  });

  it('has rates for exposures', () => {
    const model = fitGlm(orders, { target: 'orders', family: 'poisson', features: ['group'], exposure: 'years' });
    expect(model.coefficients[1]!.estimate).toBeCloseTo(Math.log(18 / 2.5 / 2), 13);
    near([...model.predict([{ group: 'a', years: 4 }, { group: 'b', years: 0.5 }])], [8, 3.6], 1e-13);
  });

  it('has the ratio of means with family gamma, with the error (dispersion (1/n + 1/m))^(1/2)', () => {
    const model = fitGlm(orders, { target: 'orders', family: 'gamma', features: ['group'] });
    expect(model.coefficients[1]!.estimate).toBeCloseTo(Math.log(3), 13);
    expect(model.coefficients[1]!.standardError).toBeCloseTo(Math.sqrt(model.dispersion! * (2 / 3)), 12);
    expect(model.dispersion).toBeCloseTo((2 / 4 + 2 / 36) / 4, 12);
  });

  it('is a t-test without pooling tricks with family gaussian', () => {
    const model = fitGlm(orders, { target: 'orders', family: 'gaussian', features: ['group'] });
    near([model.coefficients[1]!.estimate, model.coefficients[1]!.standardError!, model.deviance, model.dispersion!], [4, Math.sqrt(2 / 3), 4, 1], 1e-12);
    expect(model.logLikelihood).toBeCloseTo(-3 * (Math.log(2 * Math.PI * (4 / 6)) + 1), 12);
    expect([model.link, model.overdispersionTest, model.theta, model.tweediePower]).toEqual(['identity', null, null, null]);
  });
});

describe.each(cases)('fitGlm, $family', (each) => {
  const model = fitCase(rows, each);
  const y = rows.map((row) => row[each.target] as number);

  it('equals iteratively reweighted least squares by the textbook, with weights and offset too', () => {
    const plain = naiveGlm(designOfAmounts(rows), y, each.variance);
    const scale = each.family === 'gamma' || each.family === 'tweedie' ? model.dispersion! : 1;
    near(estimates(model), plain.beta, 1e-10);
    near(errors(model), plain.covariance.map((row, j) => Math.sqrt(row[j]! * scale)), 1e-9);
    const weights = rows.map((_, i) => i % 3);
    const offset = rows.map((_, i) => (i % 5) / 4);
    const twin = naiveGlm(designOfAmounts(rows), y, each.variance, weights, offset);
    near(estimates(fitCase(rows, each, { weights, offset })), twin.beta, 1e-9);
  });

  it('is near the truth', () => {
    const truth = [0.02, 0.1, 0.4];
    model.coefficients.slice(1, 4).forEach(({ estimate, standardError }, j) => expect(Math.abs(estimate - truth[j]!) / standardError!).toBeLessThan(3.5));
  });

  it('takes a weight of 2 for a row twice, 0 for none: likelihood and errors of every kind included', () => {
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    for (const standardErrors of ['model', 'quasi', 'robust'] as const) {
      const weighted = fitCase(rows, each, { weights, standardErrors });
      const plain = fitCase(repeated, each, { standardErrors });
      near(estimates(weighted), estimates(plain));
      near(errors(weighted), errors(plain));
      near([weighted.logLikelihood!, weighted.deviance, weighted.nullDeviance, weighted.pearson, weighted.rowCount], [plain.logLikelihood!, plain.deviance, plain.nullDeviance, plain.pearson, plain.rowCount]);
    }
  });

  it('takes an exposure for an offset of its logarithm, also when it predicts', () => {
    const exposed = fitCase(rows, each, { exposure: 'days' });
    const shifted = fitCase(rows, each, { offset: rows.map(({ days }) => Math.log(days)) });
    near(estimates(exposed), estimates(shifted), 1e-12);
    expect([...exposed.predict(rows)]).toEqual([...shifted.predict(rows, { exposure: 'days' })]);
    near([...exposed.predict(rows)], [...shifted.predict(rows, { offset: rows.map(({ days }) => Math.log(days)) })], 1e-13);
  });

  it('does not depend on the order of rows, nor on the unit of a column', () => {
    const shuffled = fitCase(shuffle([...rows], createRandom(3)), each);
    near(estimates(shuffled), estimates(model));
    const large = fitCase(rows.map((row) => ({ ...row, age: row.age * 1e6 + 1e9 })), each);
    near([large.coefficients[1]!.estimate * 1e6, large.coefficients[1]!.z!, large.deviance], [model.coefficients[1]!.estimate, model.coefficients[1]!.z!, model.deviance], 1e-6);
  });

  it('has a deviance below that of the model without features, and no score left', () => {
    expect(model.deviance).toBeLessThan(model.nullDeviance);
    expect(model.convergence).toMatchObject({ converged: true, reason: 'step below tolerance' });
    expect(model.convergence.iterations).toBeLessThanOrEqual(9);
    expect(model.convergence.gradientNorm).toBeLessThan(1e-4);
    const means = model.predict(rows);
    const score = (of: (row: AmountRow) => number): number => rows.reduce((sum, row, i) => sum + ((y[i]! - means[i]!) * means[i]! * of(row)) / each.variance(means[i]!), 0);
    const size = rows.reduce((sum, row, i) => sum + (y[i]! * means[i]! * row.age) / each.variance(means[i]!), 0);
    for (const of of [() => 1, ({ age }: AmountRow) => age, ({ visits }: AmountRow) => visits]) expect(Math.abs(score(of)) / size).toBeLessThan(1e-11);
  });

  it('leaves out and names what other columns determine', () => {
    const data = rows.map((row) => ({ ...row, doubled: 2 * row.age + 5 }));
    const aliased = fitGlm(data, { target: each.target, family: each.family, features: ['age', 'visits', 'plan', 'doubled'], ...each.more });
    expect(aliased.aliased).toEqual([{ name: 'doubled', combinationOf: ['(Intercept)', 'age'] }]);
    near(estimates(aliased), estimates(model));
    expect(aliased.parameterCount).toBe(model.parameterCount);
  });
});

describe('levels of nothing but zeros', () => {
  const data = rows.map((row, i) => ({ ...row, shop: i % 8 === 0 ? 'closed' : i % 2 === 0 ? 'north' : 'south', bonus: i % 16 === 5 ? 1 : 0 }));

  it.each(cases.filter(({ family }) => family !== 'gamma'))('are named, and leave all else exact ($family)', (each) => {
    const zeroed = data.map((row) => (row.shop === 'closed' ? { ...row, [each.target]: 0 } : row));
    const model = fitGlm(zeroed, { target: each.target, family: each.family, features: ['age', 'shop'], ...each.more });
    const rest = fitGlm(zeroed.filter(({ shop }) => shop !== 'closed'), { target: each.target, family: each.family, features: ['age', 'shop'], ...each.more });
    // The baseline is "closed": the intercept goes to minus infinity, the others the other way.
    expect(model.separated).toEqual(['shop=closed']);
    expect(model.coefficients.map(({ name, standardError }) => [name, standardError === null])).toEqual([['(Intercept)', true], ['age', false], ['shop=north', true], ['shop=south', true]]);
    near([model.coefficients[1]!.estimate, model.coefficients[3]!.estimate - model.coefficients[2]!.estimate], [rest.coefficients[1]!.estimate, rest.coefficients[2]!.estimate], 1e-8);
    near([model.deviance, model.convergence.converged ? 1 : 0], [rest.deviance, 1], 1e-8);
    const means = model.predict(zeroed);
    zeroed.forEach(({ shop }, i) => expect(means[i]! < 1e-9).toBe(shop === 'closed'));
    expect(JSON.stringify(model)).not.toContain('null,"level"');
  });

  it('are found in columns of numbers', () => {
    const zeroed = data.map((row) => (row.bonus === 1 ? { ...row, orders: 0 } : row));
    const model = fitGlm(zeroed, { target: 'orders', family: 'poisson', features: ['age', 'bonus'] });
    expect(model.separated).toEqual(['bonus']);
    expect(model.convergence.reason).toContain('no finite estimate for bonus');
    near([model.coefficients[1]!.estimate], [fitGlm(zeroed.filter(({ bonus }) => bonus === 0), { target: 'orders', family: 'poisson', features: ['age'] }).coefficients[1]!.estimate], 1e-8);
    expect(model.coefficients[2]!.estimate).toBeLessThan(-20);
    expect(model.coefficients[2]!.standardError).toBe(null);
  });

  it('are found in combinations of columns, on the way', () => {
    // Zeros exactly where both are 1 and where both are 0: no column by itself; together with their interaction.
    const mixed = data.map((row, i) => ({ age: row.age, left: i % 2, right: (i >> 1) % 2, sum: (i % 2) + ((i >> 1) % 2) + (i % 4 === 3 ? 3 : 0), orders: i % 4 === 3 ? 0 : row.orders }));
    const model = fitGlm(mixed, { target: 'orders', family: 'poisson', features: ['age', 'left', 'right', 'sum'] });
    expect(model.separated.length).toBeGreaterThan(0);
    expect(model.convergence.converged).toBe(true);
    const rest = fitGlm(mixed.filter((_, i) => i % 4 !== 3), { target: 'orders', family: 'poisson', features: ['age', 'left', 'right'] });
    near([model.coefficients[1]!.estimate, model.deviance], [rest.coefficients[1]!.estimate, rest.deviance], 1e-7);
  });
});

describe('the overdispersion', () => {
  const options = { target: 'returns', family: 'negative-binomial', features: FEATURES } as const;
  const model = fitGlm(rows, options);

  it('is where the likelihood is largest, with its error from the curvature there', () => {
    const { estimate, standardError, lower, upper } = model.overdispersion!;
    const at = (overdispersion: number): number => fitGlm(rows, { ...options, overdispersion }).logLikelihood!;
    for (const factor of [0.99, 1.01]) expect(at(estimate * factor)).toBeLessThan(model.logLikelihood!);
    const h = 0.02 * estimate;
    expect(1 / Math.sqrt(-(at(estimate + h) - 2 * model.logLikelihood! + at(estimate - h)) / (h * h))).toBeCloseTo(standardError!, 3);
    expect(lower! < estimate && estimate < upper! && lower! > 0).toBe(true);
    expect(Math.abs(estimate - 0.5) / standardError!).toBeLessThan(3);
    near([model.theta!.estimate * estimate, model.theta!.lower! * upper!, model.theta!.standardError! * estimate * estimate], [1, 1, standardError!], 1e-12);
    expect(model.overdispersionTest).toMatchObject({ test: 'likelihood ratio' });
    expect(model.overdispersionTest!.p).toBeLessThan(1e-10);
    expect(model.parameterCount).toBe(6);
  });

  it('is the same by weights as by repeated rows', () => {
    const weighted = fitGlm(rows, { ...options, weights: rows.map((_, i) => i % 3) });
    const repeated = fitGlm(rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row)), options);
    near([weighted.overdispersion!.estimate, weighted.overdispersion!.standardError!, weighted.logLikelihood!], [repeated.overdispersion!.estimate, repeated.overdispersion!.standardError!, repeated.logLikelihood!]);
  });

  it('is 0 where counts vary less than Poisson counts: the fit is the Poisson fit', () => {
    const even = rows.map((row) => ({ ...row, returns: 3 + (row.visits > 4 ? 1 : 0) + (row.age % 2) }));
    const flat = fitGlm(even, options);
    const poisson = fitGlm(even, { ...options, family: 'poisson' });
    expect(flat.overdispersion).toEqual({ estimate: 0, standardError: null, lower: null, upper: null });
    expect([flat.theta, flat.overdispersionTest]).toEqual([null, { test: 'likelihood ratio', statistic: 0, p: 1 }]);
    near([...estimates(flat), flat.logLikelihood!], [...estimates(poisson), poisson.logLikelihood!], 1e-12);
    expect(poisson.overdispersionTest!.p).toBeGreaterThan(0.99);
  });

  it('given as 0 is the Poisson distribution, and small nearly', () => {
    const poisson = fitGlm(rows, { ...options, family: 'poisson' });
    near(estimates(fitGlm(rows, { ...options, overdispersion: 0 })), estimates(poisson), 1e-12);
    const small = fitGlm(rows, { ...options, overdispersion: 1e-9 });
    near([...estimates(small), small.logLikelihood!], [...estimates(poisson), poisson.logLikelihood!], 1e-7);
    expect(small.overdispersion).toEqual({ estimate: 1e-9, standardError: null, lower: null, upper: null });
  });
});

describe('the power of Tweedie', () => {
  it('is estimated where the likelihood is largest', () => {
    const options = { target: 'spend', family: 'tweedie', features: FEATURES } as const;
    const model = fitGlm(rows, { ...options, tweediePower: 'estimate' });
    const { estimate, standardError, lower, upper } = model.tweediePower!;
    for (const move of [-0.002, 0.002]) expect(fitGlm(rows, { ...options, tweediePower: estimate + move }).logLikelihood!).toBeLessThan(model.logLikelihood!);
    // Baskets are gamma of shape 2: p = (2 + 2) / (2 + 1).
    expect(Math.abs(estimate - 4 / 3) / standardError!).toBeLessThan(3.5);
    expect([lower! < estimate, upper! > estimate, model.parameterCount]).toEqual([true, true, 7]);
    expect(fitGlm(rows, options).tweediePower).toEqual({ estimate: 1.5, standardError: null, lower: null, upper: null });
  });
});

describe('robust standard errors', () => {
  it('of clusters of one row are HC0; of repeated rows they are those of the rows', () => {
    const options = { target: 'orders', family: 'poisson', features: FEATURES } as const;
    const robust = fitGlm(rows, { ...options, standardErrors: 'robust' });
    near(errors(fitGlm(rows, { ...options, standardErrors: { cluster: rows.map((_, i) => i) } })), errors(robust), 1e-10);
    const twice = [...rows, ...rows].map((row, i) => ({ ...row, customer: i % rows.length }));
    const clustered = fitGlm(twice, { ...options, standardErrors: { cluster: 'customer' } });
    near(errors(clustered), errors(robust), 1e-9);
    expect(clustered.inference).toEqual({ standardErrors: 'cluster', confidence: 0.95 });
  });

  it('by the pearson dispersion are those of the model times its root', () => {
    const options = { target: 'orders', family: 'poisson', features: FEATURES } as const;
    const [model, quasi] = [fitGlm(rows, options), fitGlm(rows, { ...options, standardErrors: 'quasi' })];
    near(errors(quasi), errors(model).map((error) => error * Math.sqrt(model.dispersion!)), 1e-12);
    expect([model.inference!.standardErrors, quasi.inference!.standardErrors]).toEqual(['model', 'quasi']);
  });
});

describe('large, small and few', () => {
  it('takes counts and amounts of 1e9', () => {
    const large = rows.map((row) => ({ ...row, orders: Math.round((row.orders + 1) * 1e9), basket: row.basket * 1e9, spend: row.spend * 1e9 }));
    const one = fitGlm(rows.map((row) => ({ ...row, orders: row.orders + 1 })), { target: 'orders', family: 'poisson', features: FEATURES });
    const many = fitGlm(large, { target: 'orders', family: 'poisson', features: FEATURES });
    near(estimates(many).slice(1), estimates(one).slice(1), 1e-10);
    expect(many.deviance / one.deviance).toBeCloseTo(1e9, 0);
    for (const target of ['basket', 'spend'] as const) {
      const family = target === 'basket' ? 'gamma' : 'tweedie';
      const [small, big] = [fitGlm(rows, { target, family, features: FEATURES }), fitGlm(large, { target, family, features: FEATURES })];
      near(estimates(big).slice(1), estimates(small).slice(1), 1e-10);
      near(errors(big), errors(small), 1e-9);
      near([big.coefficients[0]!.estimate - small.coefficients[0]!.estimate], [Math.log(1e9)], 1e-10);
    }
    const counts = fitGlm(large.map((row, i) => ({ ...row, orders: row.orders * (1 + (i % 7)) })), { target: 'orders', family: 'negative-binomial', features: FEATURES });
    expect(counts.convergence.converged && counts.overdispersion!.estimate > 0.1 && Number.isFinite(counts.logLikelihood!)).toBe(true);
  });

  it('fits a Gaussian in any unit', () => {
    const shifted = rows.map((row) => ({ ...row, basket: 1e9 + row.basket }));
    const [plain, far] = [fitGlm(rows, { target: 'basket', family: 'gaussian', features: FEATURES }), fitGlm(shifted, { target: 'basket', family: 'gaussian', features: FEATURES })];
    near(estimates(far).slice(1), estimates(plain).slice(1), 1e-5);
    near(estimates(fitGlm(rows, { target: 'basket', family: 'gaussian', features: FEATURES, offset: rows.map(() => 100) })).slice(1), estimates(plain).slice(1), 1e-9);
  });

  it('has no dispersion, and no inference that needs one, with as many coefficients as rows', () => {
    const two = [{ x: 1, y: 2 }, { x: 2, y: 5 }];
    const gamma = fitGlm(two, { target: 'y', family: 'gamma' });
    expect([gamma.dispersion, gamma.inference, gamma.coefficients[1]!.standardError, gamma.logLikelihood]).toEqual([null, null, null, null]);
    expect(gamma.inferenceNote).toContain('as many coefficients as rows');
    near([...gamma.predict(two)], [2, 5], 1e-9);
    expect(fitGlm(two, { target: 'y', family: 'poisson' }).coefficients[1]!.standardError).toBeGreaterThan(0);
    expect(fitGlm(two, { target: 'y', family: 'tweedie' }).logLikelihood).toBe(null);
  });

  it('gives no power for rows it meets exactly, and no likelihood for amounts beyond all numbers', () => {
    const amounts = (spend: readonly number[]): object[] => spend.map((value, visits) => ({ spend: value, visits }));
    const constant = fitGlm(amounts([5, 5, 5, 5]) as Record<string, number>[], { target: 'spend', family: 'tweedie', tweediePower: 'estimate' });
    expect([constant.tweediePower, constant.logLikelihood]).toEqual([null, null]);
    const apart = fitGlm(amounts([1e-320, 1e10, 2e10, 3e10]) as Record<string, number>[], { target: 'spend', family: 'gamma' });
    expect([apart.logLikelihood, apart.aic, apart.bic]).toEqual([null, null, null]);
    expect(gammaLikelihood({ y: Float64Array.of(1, 2), weights: null }, 2, Infinity)).toBeNull();
  });

  it('meets constant targets', () => {
    const constant = rows.slice(0, 20).map((row) => ({ ...row, orders: 3 }));
    for (const family of ['poisson', 'negative-binomial', 'gamma', 'tweedie', 'gaussian'] as const) {
      const model = fitGlm(constant, { target: 'orders', family, features: FEATURES });
      near([...model.predict(constant)], constant.map(() => 3), 1e-9);
      expect(JSON.stringify(model)).not.toContain('NaN');
    }
  });

  it('starts many rows on a sample of them, and ends at the same place', () => {
    const many = Array.from({ length: 130 }, () => rows).flat();
    near(estimates(fitGlm(many, { target: 'orders', family: 'poisson', features: FEATURES })), estimates(fitGlm(rows, { target: 'orders', family: 'poisson', features: FEATURES })), 1e-9);
  });
});

describe('watching a fit', () => {
  it('calls back with a rising objective, and stops when told to', () => {
    const seen: number[] = [];
    fitGlm(rows, { target: 'orders', family: 'poisson', features: FEATURES, onProgress: ({ done, total, objective }) => (expect([done <= total, total]).toEqual([true, 100]), seen.push(objective), true) });
    expect(seen.length).toBeGreaterThan(2);
    seen.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(seen[i]! - 1e-9 * Math.abs(seen[i]!)));
    for (const more of [{ family: 'poisson' }, { family: 'negative-binomial' }, { family: 'tweedie', tweediePower: 'estimate' }] as const) {
      const stopped = fitGlm(rows, { target: 'orders', features: FEATURES, ...more, onProgress: ({ done }) => done < 2 });
      expect(stopped.convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress' });
      expect(stopped.predict(rows).every(Number.isFinite)).toBe(true);
    }
  });

  it('says so where iterations run out', () => {
    expect(fitGlm(rows, { target: 'orders', family: 'poisson', features: FEATURES, maxIterations: 1 }).convergence).toMatchObject({ converged: false, reason: 'iteration limit' });
  });
});

describe('any data', () => {
  it('never give NaN', () => {
    const row = fc.record({ a: fc.integer({ min: -3, max: 3 }), b: fc.constantFrom('u', 'v', 'w'), y: fc.constantFrom(0, 0, 1, 2, 9) });
    const property = fc.property(fc.array(row, { minLength: 2, maxLength: 12 }), fc.constantFrom('poisson', 'negative-binomial', 'tweedie', 'gaussian'), (data, family) => {
      if (family !== 'gaussian') fc.pre(data.some(({ y }) => y > 0));
      const model = fitGlm(data, { target: 'y', family });
      expect(JSON.stringify(model)).not.toContain('NaN');
      expect([...estimates(model), model.deviance, ...model.predict(data)].every(Number.isFinite)).toBe(true);
      expect(model.deviance).toBeLessThanOrEqual(model.nullDeviance * (1 + 1e-9) + 1e-9);
    });
    fc.assert(property, { seed: 20261122, numRuns: 150 });
  });
});
