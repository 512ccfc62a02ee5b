import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { isClientelaError } from '../../../src/errors.js';
import { BoostedTrees } from '../../../src/learners/trees/boostedTrees.js';
import { BoostedTreesScorer } from '../../../src/learners/trees/boostedTreesScorer.js';
import type { BoostingLoss } from '../../../src/learners/trees/boostedTreesState.js';
import { bruteForceShapley, expectedValue } from './naiveTrees.js';
import { inputs, randomRows, randomState } from './randomForest.js';

const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
const errorOf = (run: () => unknown): { code: string; message: string } => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error;
    throw error;
  }
  return { code: 'none', message: '' };
};
const bits = (values: Float64Array): number[] => Array.from(values);

describe('BoostedTrees', () => {
  it.each(seeds)('adds up what the trees give by their definition (seed %i)', (seed) => {
    const state = randomState(seed);
    const rows = randomRows(seed, 60);
    const margins = new BoostedTrees(state).predictMargin(rows);
    rows.forEach((row, i) => {
      const naive = state.trees.roots.reduce((sum, root) => sum + expectedValue(state.trees, inputs, root, row, () => true), 0.25);
      expect(margins[i]).toBeCloseTo(naive, 12);
    });
  });

  it('divides more rows than fit a block as it divides few', () => {
    const model = new BoostedTrees(randomState(3, { treeCount: 20, depth: 6 }));
    const rows = randomRows(8, 2500);
    const all = model.predictMargin(rows);
    for (const from of [0, 1000, 1024, 2047, 2400]) expect(bits(all.slice(from, from + 100))).toEqual(bits(model.predictMargin(rows.slice(from, from + 100))));
    expect(bits(model.predictMargin(Frame.fromRows(rows)))).toEqual(bits(all));
  });

  it('predicts one row as it predicts a batch, and the same from JSON', () => {
    const rows = randomRows(5, 50);
    const back = BoostedTrees.fromJSON(JSON.parse(JSON.stringify(new BoostedTrees(randomState(5)))));
    const scorer = BoostedTreesScorer.fromJSON(JSON.parse(JSON.stringify(back)));
    const values = new BoostedTrees(randomState(5)).predict(rows);
    rows.forEach((row, i) => expect(back.predictRow(row)).toBe(values[i]));
    expect(bits(scorer.predict(rows))).toEqual(bits(values));
    const logistic = new BoostedTrees(randomState(5, { loss: 'logistic' }));
    const probabilities = logistic.predictProbability(rows);
    rows.forEach((row, i) => expect(logistic.predictProbabilityRow(row)).toBe(probabilities[i]));
  });

  it('turns margins into the scale of the target', () => {
    const rows = randomRows(6, 20);
    const margins = new BoostedTrees(randomState(6)).predictMargin(rows);
    for (const loss of ['squared', 'absolute', 'quantile'] as BoostingLoss[]) expect(bits(new BoostedTrees(randomState(6, { loss })).predict(rows))).toEqual(bits(margins));
    for (const loss of ['poisson', 'gamma', 'tweedie'] as BoostingLoss[]) expect(bits(new BoostedTrees(randomState(6, { loss })).predict(rows))).toEqual(bits(margins.map((x) => Math.exp(x))));
    new BoostedTrees(randomState(6, { loss: 'logistic' })).predictProbability(rows).forEach((p, i) => expect(p).toBeCloseTo(1 / (1 + Math.exp(-margins[i]!)), 14));
  });

  it('gives several classes probabilities that add up to 1, row after row, and never NaN', () => {
    const state = randomState(7, { treeCount: 9, loss: 'multinomial', classes: ['a', 'b', 'c'] });
    const model = new BoostedTrees(state);
    const rows = randomRows(7, 30);
    const margins = model.predictMargin(rows);
    const p = model.predictProbability(rows);
    expect([margins.length, p.length]).toEqual([90, 90]);
    for (let i = 0; i < 30; i++) {
      const [a, b, c] = [0, 1, 2].map((k) => Math.exp(margins[3 * i + k]!)) as [number, number, number];
      expect(p[3 * i + 1]).toBeCloseTo(b / (a + b + c), 13);
      expect(p[3 * i]! + p[3 * i + 1]! + p[3 * i + 2]!).toBeCloseTo(1, 13);
    }
    // The trees of one class are every third.
    const naive = state.trees.roots.filter((_, tree) => tree % 3 === 2).reduce((sum, root) => sum + expectedValue(state.trees, inputs, root, rows[0]!, () => true), 0.2);
    expect(margins[2]).toBeCloseTo(naive, 12);
    const far = new BoostedTrees({ ...state, baselines: [-4000, 0, 4000] });
    expect(bits(far.predictProbability(rows.slice(0, 1)))).toEqual([0, 0, 1]);
    expect(model.predictProbabilityRow(rows[0]!)).toBe(p[0]);
  });

  it.each(seeds)('explains by the Shapley values of the definition, which add up to the margin (seed %i)', (seed) => {
    const state = randomState(seed, { depth: 5 });
    const model = new BoostedTrees(state);
    for (const row of randomRows(seed + 100, 8)) {
      const { baseline, contributions, margin, prediction } = model.explain(row);
      const brute = bruteForceShapley(state.trees, inputs, row);
      expect(Object.fromEntries(contributions.map(({ feature, contribution }) => [feature, Math.round(contribution * 1e10)]))).toEqual(
        Object.fromEntries(inputs.map(({ column }, j) => [column, Math.round(brute[j]! * 1e10)])),
      );
      expect(Math.abs(contributions.reduce((sum, { contribution }) => sum + contribution, baseline) - margin)).toBeLessThan(1e-12);
      expect(prediction).toBe(margin);
      expect(contributions.map(({ contribution }) => Math.abs(contribution))).toEqual(contributions.map(({ contribution }) => Math.abs(contribution)).sort((a, b) => b - a));
    }
  });

  it('gives the contributions of many rows, row after row, as explain gives them', () => {
    const model = new BoostedTrees(randomState(4, { treeCount: 9, loss: 'multinomial', classes: ['a', 'b', 'c'] }));
    const rows = randomRows(4, 20);
    const amounts = model.contributions(rows, { class: 'b' });
    expect(amounts.length).toBe(20 * 4);
    rows.forEach((row, i) => {
      const { contributions, prediction } = model.explain(row, { class: 'b' });
      for (const { feature, contribution } of contributions) expect(contribution).toBe(amounts[4 * i + model.features.indexOf(feature)]);
      expect(prediction).toBe(model.predictProbability([row])[1]);
    });
  });

  it('tells what each feature gained, and how often it was asked', () => {
    const { trees } = randomState(9);
    const importance = new BoostedTrees(randomState(9)).importance();
    expect(importance.map(({ feature }) => feature).sort()).toEqual(['age', 'city', 'plan', 'visits']);
    expect(importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const visits = importance.find(({ feature }) => feature === 'visits')!;
    expect(visits.splits).toBe(trees.feature.filter((j) => j === 1).length);
    expect(visits.gain).toBeCloseTo(trees.gain.reduce((sum, gain, node) => sum + (trees.feature[node] === 1 ? gain : 0), 0), 12);
    expect(importance.map(({ gain }) => gain)).toEqual(importance.map(({ gain }) => gain).sort((a, b) => b - a));
  });

  it('refuses methods that make no sense, saying which does', () => {
    const squared = new BoostedTrees(randomState(1));
    const logistic = new BoostedTrees(randomState(1, { loss: 'logistic' }));
    const multinomial = new BoostedTrees(randomState(1, { loss: 'multinomial', classes: ['a', 'b'] }));
    const row = randomRows(1, 1)[0]!;
    expect(errorOf(() => squared.predictProbability([row]))).toMatchObject({ code: 'INVALID_INPUT', message: 'BoostedTrees.predictProbability is not for loss squared; use predict' });
    expect(errorOf(() => logistic.predictRow(row))).toMatchObject({ code: 'INVALID_INPUT', message: 'BoostedTrees.predictRow is not for loss logistic; use predictProbability' });
    expect(errorOf(() => multinomial.explain(row))).toMatchObject({ code: 'INVALID_OPTION', message: 'BoostedTrees.explain needs class as one of a, b, found undefined' });
    expect(errorOf(() => squared.predict([{ ...row, age: Infinity }]))).toMatchObject({ code: 'NON_FINITE_VALUE' });
    expect(errorOf(() => squared.predict([{ ...row, visits: 'many' }])).code).toBe('INVALID_VALUE');
    expect(errorOf(() => BoostedTrees.fromJSON({ format: 'BoostedTrees', formatVersion: 1 })).code).toBe('MODEL_FORMAT');
    expect(errorOf(() => BoostedTrees.fromJSON({ ...randomState(1), formatVersion: 2 })).code).toBe('MODEL_VERSION');
  });
});
