import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BoostingLoss } from '../../../src/learners/trees/boostedTreesState.js';
import type { BoostedTreesOptions, EarlyStopping } from '../../../src/learners/trees/boostingOptions.js';
import { fitBoostedTrees } from '../../../src/learners/trees/fitBoostedTrees.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { mixedData, PLAIN } from './boostingData.js';
import { naiveBoosting } from './naiveBoosting.js';

const SMALL = { ...PLAIN, trees: 6, learningRate: 0.3, maxLeaves: 6, minLeafRows: 3 };

describe('fitBoostedTrees', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('divides at the middle between two groups and gives each its mean', () => {
    const data = { x: [1, 2, 3, 10, 11, 12], y: [5, 5, 5, 8, 8, 8] };
    const model = fitBoostedTrees(data, { ...PLAIN, target: 'y', trees: 1, learningRate: 1, minLeafRows: 1 });
    const { trees, baselines } = model.toJSON();
    expect(baselines).toEqual([6.5]);
    // Each side has a gradient of 4.5 and a hessian of 3.
    expect(trees).toEqual({ roots: [0], feature: [0, -1, -1], threshold: [6.5, 0, 0], left: [1, 0, 0], missingLeft: [0, 0, 0], value: [0, -1.5, 1.5], cover: [6, 3, 3], gain: [13.5, 0, 0], sets: [] });
    expect(Array.from(model.predict(data))).toEqual([5, 5, 5, 8, 8, 8]);
  });

  it('sends missing numbers to the side where they gain', () => {
    const data = { x: [1, 2, null, null, 10, 11], y: [0, 0, 9, 9, 9, 9] };
    const model = fitBoostedTrees(data, { ...PLAIN, target: 'y', trees: 1, learningRate: 1, minLeafRows: 1 });
    expect(model.toJSON().trees.missingLeft[0]).toBe(0);
    expect(model.predictRow({ x: null })).toBeCloseTo(9, 12);
    const other = fitBoostedTrees({ ...data, y: [9, 9, 9, 9, 0, 0] }, { ...PLAIN, target: 'y', trees: 1, learningRate: 1, minLeafRows: 1 });
    expect(other.toJSON().trees.missingLeft[0]).toBe(1);
    expect(other.predictRow({ x: null })).toBeCloseTo(9, 12);
  });

  it('parts the missing from all known numbers by a finite threshold', () => {
    const model = fitBoostedTrees({ x: [1, 2, 3, 4, null, null, null, null], y: [0, 0, 0, 0, 1, 1, 1, 2] }, { ...PLAIN, target: 'y', trees: 1, learningRate: 1, minLeafRows: 2 });
    expect(model.toJSON().trees.threshold[0]).toBe(Number.MAX_VALUE);
    expect(model.predictRow({ x: 1e300 })).toBeCloseTo(0, 12);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model.toJSON());
  });

  it('divides categories into two groups at once', () => {
    const level = Array.from({ length: 120 }, (_, i) => 'abcd'[i % 4]!);
    const y = level.map((name) => (name === 'a' || name === 'c' ? 1 : 0));
    const { trees, inputs } = fitBoostedTrees({ level, y }, { ...PLAIN, target: 'y', loss: 'squared', trees: 1, learningRate: 1 }).toJSON();
    expect(inputs).toEqual([{ column: 'level', levels: ['a', 'b', 'c', 'd'] }]);
    // Those below the mean gradient go left.
    expect([...trees.sets]).toEqual([[0, 2]]);
  });

  it.each([1, 2, 3, 4, 5, 6])('equals plain loops over all thresholds (seed %i)', (seed) => {
    const data = mixedData(90, seed);
    const { score, ...columns } = data;
    for (const [logistic, l1, l2] of [[false, 0, 0], [true, 0, 1], [true, 0.5, 0.5]] as const) {
      const y = score.map((value) => (logistic ? (value > 2 ? 1 : 0) : value));
      const model = fitBoostedTrees({ ...columns, y }, { target: 'y', ...SMALL, l1, l2 });
      expect(model.loss).toBe(logistic ? 'logistic' : 'squared');
      const naive = naiveBoosting([columns.x, columns.ties, columns.gappy, columns.level], y, { ...SMALL, l1, l2, logistic });
      Array.from(model.predictMargin(columns)).forEach((margin, i) => expect(margin).toBeCloseTo(naive[i]!, 9));
    }
  });

  it('gives the same trees to the last bit with and without WebAssembly', () => {
    const random = createRandom(5);
    const count = 16_000;
    const columns = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, Float64Array.from({ length: count }, () => (random.uniform() < 0.05 ? NaN : random.normal()))]));
    const y = Float64Array.from({ length: count }, (_, i) => (random.normal() + (columns['a']![i]! > 0 ? 1 : 0) * (columns['b']![i]! > 0 ? 1 : 0) > 0.5 ? 1 : 0));
    const fit = (): string => JSON.stringify(fitBoostedTrees({ ...columns, y }, { target: 'y', trees: 5, rowShare: 0.8 }));
    const compiled = fit();
    vi.stubGlobal('WebAssembly', undefined);
    expect(fit()).toBe(compiled);
    // A page whose policy forbids compiling throws.
    vi.stubGlobal('WebAssembly', { Memory: vi.fn(() => { throw new Error('forbidden'); }) });
    expect(fit()).toBe(compiled);
    vi.unstubAllGlobals();
  });

  it('never has fewer rows in a leaf than asked for, nor more leaves or depth', () => {
    const { score, ...columns } = mixedData(400, 9);
    const y = score.map((value) => (value > 4 ? 1 : 0));
    const { trees } = fitBoostedTrees({ ...columns, y }, { target: 'y', trees: 20, learningRate: 0.5, minLeafRows: 30, maxLeaves: 9, maxDepth: 3 }).toJSON();
    trees.feature.forEach((feature, i) => feature < 0 && expect(trees.cover[i]).toBeGreaterThanOrEqual(30));
    trees.roots.forEach((root, i) => {
      const nodes = trees.feature.slice(root, trees.roots[i + 1]);
      expect(nodes.filter((feature) => feature < 0).length).toBeLessThanOrEqual(8);
    });
    const deepest = (at: number): number => (trees.feature[at]! < 0 ? 0 : 1 + Math.max(deepest(trees.left[at]!), deepest(trees.left[at]! + 1)));
    expect(Math.max(...trees.roots.map(deepest))).toBe(3);
  });

  it('draws leaves together by l2, and towards their parents by path smoothing', () => {
    const { score, ...columns } = mixedData(300, 10);
    const spread = (options: Partial<BoostedTreesOptions<'x'>>): number => {
      const values = fitBoostedTrees({ ...columns, score }, { target: 'score', trees: 1, maxLeaves: 12, minLeafRows: 5, ...options }).toJSON().trees.value;
      return Math.max(...values) - Math.min(...values);
    };
    expect(spread({ l2: 50 })).toBeLessThan(spread({}));
    expect(spread({ pathSmoothing: 50 })).toBeLessThan(spread({}));
    expect(spread({ l1: 20 })).toBeLessThan(spread({}));
    expect(fitBoostedTrees({ ...columns, score }, { target: 'score', minGain: 1e9 }).report).toMatchObject({ rounds: 0, reason: 'no split gains' });
  });

  it('tells two classes, several and numbers apart', () => {
    const x = [1, 2, 3, 4, 5, 6];
    const loss = (y: readonly unknown[], options: { positive?: string; loss?: BoostingLoss } = {}): string => fitBoostedTrees({ x, y }, { target: 'y', ...options }).loss;
    expect(loss([0, 1, 0, 1, 1, 1])).toBe('logistic');
    expect(loss([true, false, true, true, true, false])).toBe('logistic');
    expect(loss(['n', 'y', 'n', 'y', 'y', 'y'])).toBe('logistic');
    expect(loss(['a', 'b', 'c', 'a', 'b', 'c'])).toBe('multinomial');
    expect(loss(['a', 'b', 'c', 'a', 'b', 'c'], { positive: 'b' })).toBe('logistic');
    expect(loss([1, 2, 1, 2, 1, 2])).toBe('squared');
    expect(loss([1, 2, 1, 2, 1, 2], { loss: 'multinomial' })).toBe('multinomial');
    expect(loss([1, 1, 1, 1, 1, 1])).toBe('squared');
  });

  it('learns several classes, numbered ones too', () => {
    const x = Array.from({ length: 90 }, (_, i) => i);
    const y = x.map((value) => 10 * Math.floor(value / 30));
    const model = fitBoostedTrees({ x, y }, { target: 'y', loss: 'multinomial', learningRate: 0.3, minLeafRows: 5 });
    expect(model.classes).toEqual(['0', '10', '20']);
    const found = model.predictProbability({ x: [3, 45, 80] });
    [0, 4, 8].forEach((place) => expect(found[place]).toBeGreaterThan(0.98));
  });

  it('stops early on rows drawn, named or latest, and keeps the best round', () => {
    const { score, ...columns } = mixedData(400, 12);
    const data = { ...columns, day: score.map((_, i) => i), y: score.map((value) => (value > 3 ? 1 : 0)) };
    const fit = (earlyStopping: EarlyStopping<'day'>) => fitBoostedTrees(data, { target: 'y', trees: 500, learningRate: 0.5, earlyStopping: { rounds: 5, ...earlyStopping } });
    for (const [model, heldOut] of [[fit({}), 80], [fit({ share: 0.5 }), 200], [fit({ time: 'day' }), 80], [fit({ rows: [1, 2, 3, 5, 8, 13, 21, 34, 55, 89] }), 10]] as const) {
      const { report } = model;
      expect(report.heldOut).toBe(heldOut);
      expect(report.rowCount).toBe(400 - heldOut);
      expect(report.reason).toBe('early stopping');
      expect(report.roundsMade).toBe(report.rounds + 5);
      expect(report.heldOutLosses.length).toBe(report.roundsMade + 1);
      expect(Math.min(...report.heldOutLosses)).toBe(report.heldOutLosses[report.rounds]);
      expect(model.toJSON().trees.roots.length).toBe(report.rounds);
    }
    expect(fit({ time: 'day' }).features).not.toContain('day');
    // The loss reported is that of the model on the rows held out.
    const late = fit({ time: 'day' });
    const p = late.predictProbability(data).subarray(320);
    const loss = p.reduce((sum, value, i) => sum - Math.log(data.y[320 + i] === 1 ? value : 1 - value), 0) / 80;
    expect(late.report.heldOutLosses[late.report.rounds]).toBeCloseTo(loss, 10);
  });

  it.each(['logistic', 'multinomial', 'squared', 'absolute', 'quantile', 'poisson', 'gamma', 'tweedie'] as const)('judges %s by rows held out', (loss) => {
    const { score, ...columns } = mixedData(300, 15);
    const y = score.map((value) => (loss === 'logistic' ? (value > 3 ? 1 : 0) : loss === 'multinomial' ? Math.max(0, Math.min(2, Math.round(value / 2))) : Math.max(0.5, value)));
    const { report } = fitBoostedTrees({ ...columns, y }, { target: 'y', loss, quantile: 0.7, learningRate: 0.1, maxLeaves: 4, earlyStopping: {} });
    expect(report.heldOutLosses.every(Number.isFinite)).toBe(true);
    expect(report.heldOutLosses[report.rounds]).toBeLessThan(report.heldOutLosses[0]! - 0.01);
  });

  it('finds the edges of many rows in a sample of them', () => {
    const x = Float64Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 70_000);
    const y = x.map((value) => (value < 20_000 ? 0 : 1) + (value % 2) / 10);
    const model = fitBoostedTrees({ x, y }, { ...PLAIN, target: 'y', loss: 'squared', trees: 1, maxLeaves: 2, learningRate: 1 });
    expect(Math.abs(model.toJSON().trees.threshold[0]! - 20_000)).toBeLessThan(70_000 / 255);
  });

  it('reports progress and stops where told', () => {
    const { score, x } = mixedData(100, 13);
    const seen: number[] = [];
    const model = fitBoostedTrees({ x, score }, { target: 'score', onProgress: ({ done, total, objective }) => { seen.push(objective); expect(total).toBe(100); return done < 7; } });
    expect(model.report).toMatchObject({ rounds: 7, reason: 'stopped by onProgress' });
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  it('draws rows and features by the seed', () => {
    const { score, ...columns } = mixedData(300, 14);
    const fit = (options: Partial<BoostedTreesOptions<'x'>>): string => JSON.stringify(fitBoostedTrees({ ...columns, score }, { target: 'score', trees: 5, ...options }).toJSON().trees);
    for (const options of [{ rowShare: 0.5 }, { featureShare: 0.5 }, { featureSharePerSplit: 0.5 }]) {
      expect(fit({ ...options, seed: 3 })).toBe(fit({ ...options, seed: 3 }));
      expect(fit({ ...options, seed: 3 })).not.toBe(fit({ ...options, seed: 4 }));
    }
    const { trees } = fitBoostedTrees({ ...columns, score }, { target: 'score', trees: 9, rowShare: 0.5 }).toJSON();
    expect(trees.roots.map((root) => trees.cover[root])).toEqual(Array(9).fill(150));
  });

  it('merges rare levels beyond 254 and refuses more than 500', () => {
    const random = createRandom(2);
    const many = (levels: number) => Array.from({ length: 4000 }, (_, i) => `l${i < levels ? i : Math.floor(levels * random.uniform() ** 2)}`);
    const level = many(400);
    const y = level.map((name) => (Number(name.slice(1)) % 3 === 0 ? 1 : 0) + 0.1 * random.normal());
    const model = fitBoostedTrees({ level, y }, { target: 'y', learningRate: 0.3, minLeafRows: 5 });
    expect(model.toJSON().inputs[0]).toMatchObject({ column: 'level' });
    const found = model.predict({ level, y });
    const error = found.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0) / y.length;
    expect(error).toBeLessThan(0.1);
    expect(errorCode(() => fitBoostedTrees({ level: many(600), y }, { target: 'y' }))).toBe('COLUMN_KIND');
  });
});
