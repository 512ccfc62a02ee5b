import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { isClientelaError } from '../../../src/errors.js';
import type { ElasticNet } from '../../../src/learners/elasticNet/elasticNet.js';
import { fitElasticNet } from '../../../src/learners/elasticNet/fitElasticNet.js';
import { fitGlm } from '../../../src/learners/glm/fitGlm.js';
import { Glm } from '../../../src/learners/glm/glm.js';
import { fitLogisticRegression } from '../../../src/learners/fitLogisticRegression.js';
import type { BoostedTrees } from '../../../src/learners/trees/boostedTrees.js';
import { fitBoostedTrees } from '../../../src/learners/trees/fitBoostedTrees.js';
import { fitUplift } from '../../../src/response/uplift/fitUplift.js';
import { Uplift } from '../../../src/response/uplift/uplift.js';
import type { UpliftOptions } from '../../../src/response/uplift/upliftOptions.js';
import type { UpliftMethod } from '../../../src/response/uplift/upliftState.js';
import { simulatedTrial } from './trialData.js';

const METHODS: readonly UpliftMethod[] = ['T', 'S', 'X', 'R', 'DR', 'class transformation', 'transformed outcome'];
const FEATURES = ['age', 'visits', 'plan'] as const;
const trial = { target: 'bought', treatment: 'offer', control: 'none', features: FEATURES } as const;
const rows = simulatedTrial(600);
const later = simulatedTrial(40, { seed: 8 });
const fit = (options: Partial<UpliftOptions> = {}, data: readonly object[] = rows): Uplift => fitUplift(data as typeof rows, { ...trial, ...options } as UpliftOptions<keyof (typeof rows)[0]>);
const errorOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};
const expectNear = (found: ArrayLike<number>, wanted: ArrayLike<number>, digits = 9): void => {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(found[i]).toBeCloseTo(wanted[i]!, digits);
};

/** Two cells of customers whose rates are known: uplift .2 among the young, 0 among the old. */
const cells = Array.from({ length: 400 }, (_, i) => ({ age: i % 2 ? 25 : 65, call: i % 4 < 2 ? 'yes' : 'no', bought: (i >> 2) % 10 < (i % 2 ? (i % 4 < 2 ? 4 : 2) : 3) ? 1 : 0 }));

describe('fitUplift', () => {
  it.each(METHODS)('%s finds the differences of rates of two groups', (method) => {
    for (const folds of [1, 5]) {
      const model = fitUplift(cells, { target: 'bought', treatment: 'call', control: 'no', method, folds });
      // S without interactions has one effect for all on the log-odds.
      const [young, old] = model.predictUplift([{ age: 25 }, { age: 65 }]);
      if (method === 'S') expect(young! + old!).toBeCloseTo(0.2, 1);
      // Folds shift what the outcome models expect, not by much what the effect comes to.
      else expectNear([young!, old!], [0.2, 0], folds === 1 ? 8 : 2);
      expect(model.report).toMatchObject({ method, folds: method === 'R' || method === 'DR' ? folds : 1, rowCount: 400, leftOut: 0 });
    }
  });

  it('knows the average effect, its interval, and the arms', () => {
    const { report } = fitUplift(cells, { target: 'bought', treatment: 'call', control: 'no', method: 'T' });
    expect(report.arms.map(({ arm, rows: count, events, share }) => [arm, count, events, share])).toEqual([['no', 200, 50, 0.5], ['yes', 200, 70, 0.5]]);
    expect(report.arms[0]!.mean.estimate).toBeCloseTo(0.25, 12);
    const { average, averageBy } = report.effects[0]!;
    const error = Math.sqrt((0.25 * 0.75) / 199 + (0.35 * 0.65) / 199);
    expect(averageBy).toBe('difference of means');
    expectNear([average.estimate, average.lower, average.upper], [0.1, 0.1 - 1.959963984540054 * error, 0.1 + 1.959963984540054 * error]);
  });

  it('S with all interactions is T, also when the interactions are written out as columns', () => {
    const two = simulatedTrial(400, { shares: [0.5, 0] });
    const model = fit({ method: 'S', interactions: true }, two);
    expect(Array.from(model.predictUplift(later))).toEqual(Array.from(fit({ method: 'T' }, two).predictUplift(later)));
    const written = (row: (typeof two)[0], treated: number): object => ({
      ...row, treated, age2: treated * row.age, visits2: treated * row.visits, gold2: treated * Number(row.plan === 'gold'), silver2: treated * Number(row.plan === 'silver'),
    });
    const one = fitLogisticRegression(two.map((row) => written(row, Number(row.offer === 'big'))), { target: 'bought', features: [...FEATURES, 'treated', 'age2', 'visits2', 'gold2', 'silver2'] as never });
    const [treated, control] = [1, 0].map((value) => one.predictProbability(later.map((row) => written(row, value))));
    expectNear(model.predictUplift(later), treated!.map((p, i) => p - control![i]!), 12);
  });

  it('compares several treatments with one control, as each alone', () => {
    for (const method of ['T', 'X', 'R', 'class transformation', 'transformed outcome'] as const) {
      const both = fit({ method, folds: 1 });
      const alone = fit({ method, folds: 1, treatments: ['small'] });
      expect(both.treatments).toEqual(['big', 'small']);
      expect(alone.treatments).toEqual(['small']);
      expectNear(alone.predictUplift(later), both.predictUplift(later).filter((_, i) => i % 2 === 1), 12);
    }
    expect(fit({ treatments: ['small'] }).report.leftOut).toBe(rows.filter(({ offer }) => offer === 'big').length);
  });

  it.each(METHODS)('%s: uplift is the difference of the outcomes it predicts', (method) => {
    const model = fit({ method, folds: 2 });
    if (method === 'class transformation' || method === 'transformed outcome') {
      expect(errorOf(() => model.predictOutcomes(later))).toMatch(/^INVALID_INPUT: predictOutcomes needs a model of outcomes/);
      return;
    }
    const [uplift, outcomes] = [model.predictUplift(later), model.predictOutcomes(later)];
    later.forEach((_, i) => {
      for (const k of [0, 1]) {
        const [control, treated] = [outcomes[3 * i]!, outcomes[3 * i + 1 + k]!];
        expect(treated).toBeCloseTo(Math.min(1, Math.max(0, control + uplift[2 * i + k]!)), 12);
      }
    });
  });

  it('two classes or numbers: a constant added to a numeric outcome changes no uplift, a factor scales it', () => {
    const moved = rows.map((row) => ({ ...row, more: row.spend + 100, times: 7 * row.spend }));
    for (const method of ['T', 'S', 'X', 'R', 'DR'] as const) {
      const plain = fit({ method, target: 'spend' }, moved).predictUplift(later);
      expectNear(fit({ method, target: 'more' }, moved).predictUplift(later), plain, 8);
      expectNear(fit({ method, target: 'times' }, moved).predictUplift(later), plain.map((value) => 7 * value), 8);
    }
  });

  it('swapping treatment and control turns the sign', () => {
    const two = rows.filter(({ offer }) => offer !== 'small');
    for (const method of METHODS) {
      const there = fit({ method, folds: 1 }, two).predictUplift(later);
      const back = fit({ method, folds: 1, control: 'big' }, two).predictUplift(later);
      expectNear(back, there.map((value) => -value), 8);
    }
  });

  it('a weight of 2 is the row twice, of 0 none, in uplift and in report', () => {
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => new Array<object>(i % 3).fill(row));
    for (const method of METHODS) {
      const [weighted, plain] = [fit({ method, weights, folds: 1 }), fit({ method, folds: 1 }, repeated)];
      expectNear(weighted.predictUplift(later), plain.predictUplift(later), 8);
      weighted.report.effects.forEach(({ average }, k) => expectNear(Object.values(average), Object.values(plain.report.effects[k]!.average), 9));
    }
  });

  it('recovers known effects, and finds nothing where there is nothing', () => {
    const many = simulatedTrial(4000, { seed: 5, shares: [0.5, 0] });
    const nothing = simulatedTrial(4000, { seed: 6, effect: 0, shares: [0.5, 0] });
    const truth = later.map(({ big }) => big);
    for (const method of METHODS) {
      const found = fit({ method, folds: 2 }, many).predictUplift(later);
      const errors = truth.map((value, i) => found[i]! - value);
      if (method !== 'S') expect(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)).toBeLessThan(0.06);
      const none = fit({ method, folds: 2 }, nothing);
      expect(Math.max(...none.predictUplift(later).map(Math.abs))).toBeLessThan(0.11);
      expect(none.report.effects[0]!.average.lower).toBeLessThan(0);
      expect(none.report.effects[0]!.average.upper).toBeGreaterThan(0);
    }
    const [real, nil] = [many, nothing].map((data) => fit({ folds: 2 }, data).report.effects[0]!.heterogeneity!);
    expect(real!.degreesOfFreedom).toBe(4);
    expect(real!.p).toBeLessThan(1e-3);
    expect(nil!.p).toBeGreaterThan(0.01);
  });

  it('estimates propensities where the arms were not dealt at random', () => {
    // The old are called more often and buy more: the plain difference is far off, the effect is 0.1 for all.
    const called = simulatedTrial(2000, { seed: 9, effect: 0 }).map((row, i) => {
      const call = (i * 7919) % 100 < (row.age > 45 ? 80 : 20) ? 1 : 0;
      return { age: row.age, old: row.age > 45, call, spend: (row.age > 45 ? 5 : 0) + 0.1 * call + ((i * 31) % 11) / 10 };
    });
    const options = { target: 'spend', treatment: 'call', control: 0, features: ['age', 'old'] } as const;
    const [plain, estimated] = [fitUplift(called, options), fitUplift(called, { ...options, propensity: 'estimate' })];
    // DR and T both adjust for the features; the difference of means does not.
    expect(fitUplift(called, { ...options, method: 'T' }).report.effects[0]!.average.estimate).toBeGreaterThan(2);
    expect(plain.report.warnings.join()).toMatch(/the arms differ in "(age|old)" more than chance explains/);
    expect(estimated.report).toMatchObject({ propensity: 'estimated', balance: [] });
    expect(estimated.report.effects[0]!.average.estimate).toBeCloseTo(0.1, 1);
    const byRow = fitUplift(called, { ...options, propensity: called.map(({ old }) => (old ? 0.8 : 0.2)) });
    expect(byRow.report.effects[0]!.average.estimate).toBeCloseTo(0.1, 1);
    // Ended after two folds: the means rest on the rows whose chances are known.
    const stopped = fitUplift(called, { ...options, propensity: 'estimate', method: 'R', onProgress: () => false });
    expect(stopped.report.folds).toBe(2);
    expect(Math.abs(stopped.report.effects[0]!.average.estimate - 0.1)).toBeLessThan(0.4);
    expect(fitUplift(called, { ...options, propensity: 'estimate', clip: 0.3 }).report.warnings.join()).toMatch(/in 100 % of the rows an arm was all but impossible/);
  });

  const small = (table: object, { target, isBinary }: { target: string; isBinary: boolean }): BoostedTrees =>
    fitBoostedTrees(table as never, { target, trees: 5, ...(isBinary ? { loss: 'logistic' } : { loss: 'squared' }) } as never);
  const light = (table: object, { target }: { target: string }): ElasticNet => fitElasticNet(table as never, { target, lambda: 0.01 } as never);

  it.each([['linear', 'linear'], [light, light], [small, small], ['elastic net', 'linear'], ['boosted trees', 'linear']] as const)('learner %o serves the methods, and travels as JSON', (learner, effectLearner) => {
    for (const method of typeof learner === 'string' && learner !== 'linear' ? (['X'] as const) : METHODS) {
      const withEffect = method === 'T' || method === 'S' || method === 'class transformation' ? {} : { effectLearner };
      const model = fit({ method, learner, folds: 2, treatments: ['big'], ...withEffect } as never, rows.slice(0, 200));
      const again = Uplift.fromJSON(JSON.parse(JSON.stringify(model)));
      expect(Array.from(again.predictUplift(later))).toEqual(Array.from(model.predictUplift(later)));
      expect(model.predictUplift(later).every(Number.isFinite)).toBe(true);
      expect(Array.from(model.predictUplift(Frame.fromRows(later)))).toEqual(Array.from(model.predictUplift(later)));
    }
  });

  it('S asks trees about each arm, whatever form the data have', () => {
    const model = fit({ method: 'S', learner: 'boosted trees' });
    const columns = { age: later.map(({ age }) => age), visits: later.map(({ visits }) => visits), plan: later.map(({ plan }) => plan) };
    const uplift = model.predictUplift(later);
    expect(model.features).toEqual([...FEATURES]);
    expect(Array.from(model.predictUplift(columns))).toEqual(Array.from(uplift));
    expect(Array.from(model.predictUplift(Frame.fromColumns(columns)))).toEqual(Array.from(uplift));
    expect(uplift.some((value) => value !== 0)).toBe(true);
  });

  it('takes a learner of your own, lowers what it knows, and asks for a reader where it does not', () => {
    const learner = (table: Parameters<typeof fitGlm>[0], { target, weights }: { target: string; weights?: Float64Array }): Glm =>
      fitGlm(table, { target, family: 'poisson', ...(weights && { weights }) } as never);
    const counted = rows.map((row) => ({ ...row, orders: Math.max(0, Math.round(row.spend / 4)) }));
    const model = fit({ target: 'orders', method: 'T', learner }, counted);
    expect(model.report.learner).toBe('learner');
    expect(model.explain(later[0]!)[0]!.scale).toBe('log ratio');
    expect(Array.from(Uplift.fromJSON(JSON.parse(JSON.stringify(model))).predictUplift(later))).toEqual(Array.from(model.predictUplift(later)));
    const mean = (value: number): object => ({ features: ['age'], predict: (data: readonly object[]) => new Float64Array(data.length).fill(value), toJSON: () => ({ value }) });
    const own = fit({ target: 'spend', method: 'T', learner: ((_: unknown, { weights }: { weights?: Float64Array }) => mean(weights?.length ?? 4)) as never });
    expect(errorOf(() => Uplift.fromJSON(own.toJSON()))).toMatch(/^MODEL_FORMAT: .*second argument/);
    for (const reader of [(json: unknown) => mean((json as { value: number }).value) as never, { fromJSON: (json: unknown) => mean((json as { value: number }).value) as never }]) {
      expect(Array.from(Uplift.fromJSON(JSON.parse(JSON.stringify(own)), reader).predictUpliftRow(later[0]!))).toEqual([0, 0]);
    }
    expect(errorOf(() => fit({ method: 'T', learner: (() => ({})) as never }))).toMatch(/^INVALID_INPUT: fitUplift needs a learner that gives a model with features, predictProbability and toJSON/);
  });

  it('explains on the scale it names', () => {
    const row = later[0]!;
    for (const method of ['X', 'R', 'DR', 'transformed outcome'] as const) {
      const model = fit({ method });
      for (const { scale, margin, uplift, baseline, contributions } of model.explain(row)) {
        expect(scale).toBe('uplift');
        expect(margin).toBeCloseTo(uplift, 12);
        expect(contributions.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(margin, 12);
      }
    }
    const model = fit({ method: 'T', treatments: ['big'] });
    const [control, treated] = model.predictOutcomes([row]);
    const logOdds = (p: number): number => Math.log(p / (1 - p));
    expect(model.explain(row)[0]).toMatchObject({ scale: 'log-odds ratio', treatment: 'big' });
    expect(model.explain(row)[0]!.margin).toBeCloseTo(logOdds(treated!) - logOdds(control!), 10);
    const transformed = fit({ method: 'class transformation', treatments: ['big'] });
    const { scale, margin, uplift } = transformed.explain(row)[0]!;
    expect(scale).toBe('log-odds');
    expect(2 / (1 + Math.exp(-margin)) - 1).toBeCloseTo(uplift, 12);
    expect(errorOf(() => fit({ method: 'DR', effectLearner: small, folds: 2 } as never).explain(row))).toMatch(/^INVALID_INPUT: explain needs linear models.*effectLearner: 'linear'$/);
    expect(errorOf(() => fit({ method: 'T', learner: small } as never).explain(row))).toMatch(/method: 'DR' and effectLearner: 'linear'/);
  });

  it('has standard errors where they hold', () => {
    const inferred = (method: UpliftMethod): boolean[] => fit({ method }).report.parts.map(({ coefficients }) => coefficients!.some(({ standardError }) => standardError !== null));
    expect(inferred('T')).toEqual([true, true, true]);
    expect(inferred('DR')).toEqual([true, true, true]);
    expect(inferred('R')).toEqual([true, false, false]);
    expect(inferred('X')).toEqual([true, false, false, false, false]);
    expect(fit({ method: 'DR' }).report.parts.map(({ of }) => of)).toEqual(['outcome under "none"', 'effect of "big"', 'effect of "small"']);
  });

  it('reports progress, and ends cross-fitting when told to', () => {
    const seen: number[] = [];
    const full = fit({ folds: 4, onProgress: ({ done, total }) => void seen.push(done / total) });
    expect(seen).toEqual(Array.from({ length: 15 }, (_, i) => (i + 1) / 15));
    const stopped = fit({ folds: 4, onProgress: ({ done }) => done < 2 });
    expect([full.report.folds, stopped.report.folds]).toEqual([4, 2]);
    expect(stopped.predictUplift(later).every(Number.isFinite)).toBe(true);
    for (const method of METHODS) {
      const counts: number[] = [];
      fit({ method, folds: 2, propensity: 'estimate', onProgress: ({ done, total }) => void counts.push(total - done) });
      expect(counts.at(-1)).toBe(0);
    }
  });

  it('warns of few events and of an arm where nobody buys', () => {
    const rare = rows.map((row, i) => ({ ...row, bought: row.offer !== 'none' && i % 40 === 0 ? 1 : 0 }));
    const model = fit({ method: 'T', treatments: ['big'] }, [...rare, { ...rows[0]!, offer: 'big', bought: 1 }]);
    expect(model.report.warnings[0]).toBe('"none" has 0 positive outcomes, few for 3 features: uplifts of single customers are uncertain');
    expect(model.predictOutcomes([later[0]!])[0]).toBe(0);
  });

  it('does not depend on the order of rows without folds, nor on anything but the seed with them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...METHODS), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length, maxLength: rows.length }), (method, order) => {
        expectNear(fit({ method, folds: 1 }, order.map((i) => rows[i]!)).predictUplift(later), fit({ method, folds: 1 }).predictUplift(later), 8);
      }),
      { seed: 20261122, numRuns: 4 },
    );
    expect(Array.from(fit({ seed: 4 }).predictUplift(later))).toEqual(Array.from(fit({ seed: 4 }).predictUplift(later)));
    expect(Array.from(fit({ seed: 4 }).predictUplift(later))).not.toEqual(Array.from(fit({ seed: 5 }).predictUplift(later)));
  });

  it('refuses what no fit could be meant by', () => {
    const refused = (options: object): string => errorOf(() => fit(options));
    expect(refused({ method: 'Z' })).toMatch(/^INVALID_OPTION: fitUplift needs method as one of T, S/);
    expect(refused({ learner: 'forest' })).toMatch(/^INVALID_OPTION: .*learner as one of/);
    expect(refused({ effectLearner: 'logistic' })).toMatch(/^INVALID_OPTION: .*effectLearner as one of/);
    expect(refused({ method: 'T', effectLearner: 'linear' })).toMatch(/^INVALID_OPTION: .*as method 'T' learns no effect/);
    expect(refused({ method: 'S', interactions: 'yes' })).toMatch(/^INVALID_OPTION: .*interactions true or false/);
    expect(refused({ method: 'T', interactions: true })).toMatch(/^INVALID_OPTION: .*with method 'S'/);
    expect(refused({ method: 'S', learner: 'boosted trees', interactions: true })).toMatch(/^INVALID_OPTION: .*'logistic' or 'linear'/);
    expect(refused({ target: 'spend', learner: 'logistic' })).toMatch(/^INVALID_OPTION: .*needs two classes for learner 'logistic'/);
    expect(refused({ target: 'spend', method: 'class transformation' })).toMatch(/^INVALID_OPTION: .*two classes for method 'class transformation'/);
    expect(refused({ folds: 0 })).toMatch(/^INVALID_OPTION: .*folds/);
    expect(refused({ folds: 200 })).toMatch(/^INVALID_OPTION: .*needs two rows of every arm in each of 200 folds/);
    expect(refused({ clip: 0.5 })).toMatch(/^INVALID_OPTION: .*clip between 0 and 0.5/);
    expect(refused({ confidence: 1 })).toMatch(/^INVALID_OPTION: .*confidence/);
    expect(refused({ features: ['offer'] })).toMatch(/^INVALID_OPTION: .*cannot use "offer" as a feature: it is the treatment/);
    expect(refused({ features: ['bought'] })).toMatch(/it is the target/);
    expect(refused({ uplift: 1 })).toMatch(/^INVALID_OPTION: .*knows no option "uplift"/);
    const foretold = rows.map((row, i) => ({ ...row, age: row.bought ? 60 + (i % 5) : 20 + (i % 5) }));
    const { report } = fit({ method: 'T' }, foretold);
    expect(report.warnings.join()).toContain('the features foretell the outcome under "none" of every customer learnt from, so its model is shrunk');
    expect(report.effects.every(({ average }) => Number.isFinite(average.estimate))).toBe(true);
  });
});
