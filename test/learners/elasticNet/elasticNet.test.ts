import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { ElasticNet } from '../../../src/learners/elasticNet/elasticNet.js';
import { fitElasticNet } from '../../../src/learners/elasticNet/fitElasticNet.js';
import { createRandom } from '../../../src/numeric/random.js';

const random = createRandom(12);
const rows = Array.from({ length: 120 }, (_, i) => {
  const age = i % 11 === 0 ? null : 20 + random.integer(50);
  const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
  const eta = ((age ?? 40) - 45) / 20 + (plan === 'gold' ? 1 : 0) + random.normal();
  return { age, plan, noise: random.normal(), exposure: Math.log(1 + random.integer(4)), bought: eta > 0 ? 'yes' : 'no', spend: 100 + 30 * eta, visits: random.integer(Math.ceil(2 + Math.exp(eta))), tier: eta < -0.7 ? 'C' : eta < 0.7 ? 'B' : 'A' };
});
const features = ['age', 'plan', 'noise'] as const;
const binomial = fitElasticNet(rows, { target: 'bought', features, lambda: 0.05 });
const gaussian = fitElasticNet(rows, { target: 'spend', features, lambda: 1 });
const poisson = fitElasticNet(rows, { target: 'visits', family: 'poisson', features, offset: 'exposure', lambda: 0.02 });
const multinomial = fitElasticNet(rows, { target: 'tier', features, lambda: 0.02 });
const models = { binomial, gaussian, poisson, multinomial };
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
};

describe('predictions', () => {
  it('follow from the coefficients on the raw scale', () => {
    const [intercept, age, missing, gold, silver, noise] = gaussian.coefficients.map(({ estimate }) => estimate);
    expect(gaussian.coefficients.map(({ name }) => name)).toEqual(['(Intercept)', 'age', 'age is missing', 'plan=gold', 'plan=silver', 'noise']);
    expect(gaussian.predictRow({ age: 30, plan: 'gold', noise: 0.5 })).toBeCloseTo(intercept! + 30 * age! + gold! + 0.5 * noise!, 10);
    const { terms } = gaussian.toJSON();
    const fill = terms[0]!.kind === 'number' ? terms[0]!.fill : NaN;
    expect(gaussian.predictRow({ age: null, plan: 'silver', noise: 0 })).toBeCloseTo(intercept! + fill * age! + missing! + silver!, 10);
    const logit = binomial.predictLinear([{ age: 30, plan: 'basic', noise: 0 }])[0]!;
    expect(binomial.predictProbabilityRow({ age: 30, plan: 'basic', noise: 0 })).toBeCloseTo(1 / (1 + Math.exp(-logit)), 14);
  });

  it('take the offset of the fit, or another', () => {
    const row = { ...rows[0]!, exposure: 1 };
    expect(poisson.predictRow(row)).toBeCloseTo(Math.E * poisson.predictRow(row, { offset: 0 }), 10);
    expect(Array.from(poisson.predict([row, row], { offset: [0, 1] }))).toEqual([poisson.predictRow(row, { offset: 0 }), poisson.predictRow(row)]);
  });

  it('are probabilities of every class, adding up to 1, row after row', () => {
    const p = multinomial.predictProbability(rows);
    const linear = multinomial.predictLinear(rows);
    expect(multinomial.classes).toEqual(['A', 'B', 'C']);
    expect([p.length, linear.length]).toEqual([360, 360]);
    for (let i = 0; i < 120; i++) {
      expect(p[3 * i]! + p[3 * i + 1]! + p[3 * i + 2]!).toBeCloseTo(1, 14);
      expect(Math.log(p[3 * i]! / p[3 * i + 2]!)).toBeCloseTo(linear[3 * i]! - linear[3 * i + 2]!, 10);
    }
    expect(multinomial.coefficients).toHaveLength(18);
    expect(multinomial.coefficients[6]).toMatchObject({ name: '(Intercept)', class: 'B' });
    // The intercept is free, so each class has its share.
    expect(p.reduce((sum, value, i) => (i % 3 === 0 ? sum + value : sum), 0)).toBeCloseTo(rows.filter(({ tier }) => tier === 'A').length, 6);
  });

  it('need the columns in use only', () => {
    const sparse = fitElasticNet(rows, { target: 'bought', features, mixing: 1, lambda: 0.12 });
    expect(sparse.features).not.toContain('noise');
    expect(sparse.coefficients.find(({ name }) => name === 'noise')!.estimate).toBe(0);
    const bare = rows.map((row) => Object.fromEntries(sparse.features.map((name) => [name, row[name as 'age']])));
    expect(Array.from(sparse.predictProbability(bare))).toEqual(Array.from(sparse.predictProbability(rows)));
  });

  it('are refused where they make no sense, with what to ask instead', () => {
    expect(code(() => binomial.predict(rows))).toBe('INVALID_INPUT: ElasticNet.predict needs a model with numbers as target, found the family binomial; use predictProbability');
    expect(code(() => multinomial.predictRow(rows[0]!))).toContain('ElasticNet.predictRow needs a model with numbers as target, found the family multinomial');
    expect(code(() => gaussian.predictProbability(rows))).toContain('needs a model with classes as target, found the family gaussian; use predict');
    expect(code(() => poisson.predictProbabilityRow(rows[0]!))).toContain('INVALID_INPUT');
    expect(code(() => multinomial.predictProbabilityRow(rows[0]!))).toContain('needs a model with two classes, found the family multinomial; use predictProbability([row])');
  });
});

describe('explain', () => {
  it.each(Object.entries(models))('adds up to the margin, and gives the prediction (%s)', (_, model) => {
    const row = { ...rows[3]!, exposure: 0.5 };
    const { baseline, contributions, margin, prediction, class: explained } = model.explain(row);
    const offset = model === poisson ? 0.5 : 0;
    expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0) + offset).toBeCloseTo(margin, 12);
    const place = explained === undefined ? 0 : model.classes!.indexOf(explained);
    expect(model.predictLinear([row])[place]).toBe(margin);
    expect((model.family === 'gaussian' || model.family === 'poisson' ? model.predict([row]) : model.predictProbability([row]))[place]).toBe(prediction);
    const sizes = contributions.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('explains the likeliest class, or the one asked for', () => {
    const p = Array.from(multinomial.predictProbability([rows[3]!]));
    expect(multinomial.explain(rows[3]!).class).toBe(multinomial.classes![p.indexOf(Math.max(...p))]);
    expect(multinomial.explain(rows[3]!, { class: 'C' }).prediction).toBe(p[2]);
    expect(code(() => multinomial.explain(rows[3]!, { class: 'D' }))).toBe('INVALID_OPTION: ElasticNet.explain needs a class of the target, found "D"');
    expect(code(() => binomial.explain(rows[3]!, { class: 'yes' }))).toContain('INVALID_OPTION');
  });
});

describe('the model', () => {
  it.each(Object.entries(models))('comes back from JSON to the bit (%s)', (_, model) => {
    const back = ElasticNet.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(Array.from(back.predictLinear(rows))).toEqual(Array.from(model.predictLinear(rows)));
    expect(back.coefficients).toEqual(model.coefficients.map((line) => ({ ...line, estimate: line.estimate + 0 })));
    expect([back.family, back.classes, back.features, back.path]).toEqual([model.family, model.classes, model.features, model.path]);
  });

  it('goes along its path where that was kept', () => {
    const kept = fitElasticNet(rows, { target: 'bought', features, lambda: [0.2, 0.05, 0.01], keepPath: true, folds: 4 });
    const again = ElasticNet.fromJSON(JSON.parse(JSON.stringify(kept)));
    const other = again.atLambda(0.045);
    expect(other.lambda).toBe(0.05);
    binomial.coefficients.forEach(({ estimate }, j) => expect(other.coefficients[j]!.estimate).toBeCloseTo(estimate, 8));
    expect(other.atLambda(0.2).features.length).toBeLessThan(other.features.length + 1);
    expect(code(() => binomial.atLambda(1))).toBe('INVALID_INPUT: ElasticNet.atLambda needs the coefficients of the path, found none; fit with keepPath: true');
  });

  it('has no inference, and is frozen', () => {
    expect(binomial.inference).toBe(null);
    expect(Object.isFrozen(binomial)).toBe(true);
    expect([binomial.target, binomial.positive, binomial.mixing, binomial.lambda, binomial.rowCount]).toEqual(['bought', 'yes', 0.5, 0.05, 120]);
  });
});
