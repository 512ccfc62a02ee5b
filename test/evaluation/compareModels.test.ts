import { describe, expect, it } from 'vitest';
import { compareModels, compareRocAuc, logLoss, meanAbsoluteError, meanSquaredError, rocAuc, rocAucInterval, type ModelComparison } from '../../src/evaluation/index.js';
import { falseDiscoveryQ } from '../../src/numeric/falseDiscovery.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode } from '../errorCode.js';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function simulated(n: number, seed: number): { labels: Uint8Array; scores: Record<'good' | 'twin' | 'poor', Float64Array> } {
  const random = createRandom(seed);
  const truth = Float64Array.from({ length: n }, () => random.normal());
  const labels = Uint8Array.from(truth, (x) => (random.uniform() < sigmoid(1.5 * x - 0.5) ? 1 : 0));
  const noisy = (noise: number): Float64Array => truth.map((x) => sigmoid((1.5 * (x + noise * random.normal())) / Math.sqrt(1 + noise * noise) - 0.5));
  return { labels, scores: { good: noisy(0.2), twin: noisy(0.2), poor: noisy(2) } };
}

describe('compareModels', () => {
  const { labels, scores } = simulated(400, 3);

  it('ranks by the area under the curve with the intervals and the paired test of DeLong', () => {
    const found = compareModels(labels, scores);
    expect(found.method).toBe('delong');
    expect(found.models[2]!.name).toBe('poor');
    expect(found.baseline).toBe(found.models[0]!.name);
    for (const { name, ...figure } of found.models) expect(figure).toEqual(rocAucInterval(labels, scores[name]));
    const tests = found.differences.map(({ name }) => compareRocAuc(labels, scores[name], scores[found.baseline]));
    expect(found.differences.map(({ p }) => p)).toEqual(tests.map(({ p }) => p));
    expect(found.differences.map(({ q }) => q)).toEqual([...falseDiscoveryQ(Float64Array.from(tests, ({ p }) => p))]);
    expect(found.differences.map(({ difference }) => difference)).toEqual(tests.map(({ difference }) => difference));
  });

  it('says which models cannot be told apart', () => {
    const found = compareModels(labels, scores);
    const twin = found.baseline === 'good' ? 'twin' : 'good';
    expect(found.notToldApart).toEqual([twin]);
    expect(found.summary).toBe(`${twin} cannot be told from ${found.baseline} on these customers`);
    expect(compareModels(labels, { good: scores.good, poor: scores.poor }).summary).toBe('the other model differs from good');
    expect(compareModels(labels, { good: scores.good, poor: scores.poor, worse: scores.poor.map((p) => -p) }).summary).toBe('every other model differs from good');
  });

  it('takes a smaller loss as the better one, and a baseline that is named', () => {
    const found = compareModels(labels, scores, { metric: logLoss, baseline: 'poor', replicates: 200 });
    expect(found.models[2]!.name).toBe('poor');
    expect(found.baseline).toBe('poor');
    for (const { name, difference, p } of found.differences) {
      expect(difference.estimate).toBeCloseTo(logLoss(labels, scores[name]) - logLoss(labels, scores.poor), 12);
      expect(difference.upper).toBeLessThan(0);
      expect(p).toBe(2 / 201);
    }
    expect(compareModels(labels, scores, { metric: (y, s, w) => logLoss(y, s, w), lowerIsBetter: true, replicates: 20 }).models[2]!.name).toBe('poor');
  });

  it('draws the same customers for all models: a paired difference is more certain than its parts', () => {
    const { models, differences } = compareModels(labels, { good: scores.good, twin: scores.twin }, { metric: logLoss, replicates: 400 });
    const width = differences[0]!.difference.upper - differences[0]!.difference.lower;
    expect(width).toBeLessThan(0.5 * (models[0]!.upper - models[0]!.lower));
  });

  it('finds no difference between a model and itself', () => {
    for (const metric of [rocAuc, logLoss]) {
      const { differences, notToldApart } = compareModels(labels, { a: scores.good, b: scores.good }, { metric, replicates: 50 });
      expect(differences[0]).toMatchObject({ difference: { estimate: 0, lower: 0, upper: 0 }, p: 1, q: 1 });
      expect(notToldApart.length).toBe(1);
    }
  });

  it('finds equally good models different about as often as the level says, by bootstrap too', () => {
    let told = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const { labels: y, scores: s } = simulated(150, seed);
      if (compareModels(y, { good: s.good, twin: s.twin }, { metric: logLoss, replicates: 100, confidence: 0.9, seed }).notToldApart.length === 0) told++;
    }
    expect(told / 200).toBeGreaterThan(0.05);
    expect(told / 200).toBeLessThan(0.16);
  });

  it('compares the profit of contacting everybody worth the cost', () => {
    const y = [1, 0, 1, 0];
    const found = compareModels(y, { a: [0.9, 0.1, 0.8, 0.1], b: [0.1, 0.9, 0.8, 0.1] }, { contactCost: 2, benefit: [10, 10, 20, 20], replicates: 50 });
    expect(found.models.map(({ name, estimate }) => [name, estimate])).toEqual([['a', (8 + 18) / 4], ['b', (-2 + 18) / 4]]);
    expect(found.differences[0]!.difference.estimate).toBe(-2.5);
    expect(found.method).toBe('bootstrap');
  });

  it('draws groups together, and takes the bootstrap for fractional weights', () => {
    const groups = Array.from(labels, (_, i) => i >> 2);
    expect(compareModels(labels, scores, { groups, replicates: 20 }).method).toBe('bootstrap');
    const weights = Array.from(labels, (_, i) => 0.5 + (i % 2));
    const found = compareModels(labels, scores, { weights, replicates: 20 });
    expect(found.method).toBe('bootstrap');
    for (const { name, estimate } of found.models) expect(estimate).toBe(rocAuc(labels, scores[name], weights));
  });

  it('answers by the bootstrap where DeLong finds no spread, no surer than a perfect ranking by chance', () => {
    const perfectBeside = (each: number, weights?: number[]): ModelComparison => {
      const y = Array.from({ length: 2 * each }, (_, i) => Number(i >= each));
      return compareModels(y, { perfect: y.map((_, i) => i), constant: y.map(() => 1) }, weights && { weights });
    };
    const ten = perfectBeside(5);
    expect(ten).toMatchObject({ method: 'bootstrap', baseline: 'perfect', notToldApart: [], summary: 'the other model differs from perfect' });
    expect(ten.differences[0]!.difference).toEqual({ estimate: -0.5, lower: -0.5, upper: -0.5 });
    expect(ten.differences[0]!.p).toBeCloseTo(2 / 252, 12);
    const four = perfectBeside(2);
    expect(four.differences[0]!.p).toBeCloseTo(2 / 6, 12);
    expect(four.notToldApart).toEqual(['constant']);
    expect(perfectBeside(2, [2, 3, 4, 1]).differences[0]!.p).toBeCloseTo(2 / 252, 12);
  });

  it('stops when told to', () => {
    expect(compareModels(labels, scores, { metric: logLoss, replicates: 50, onProgress: ({ done }) => done < 5 }).stopped).toBe(true);
  });

  it.each<[object, string]>([
    [{ baseline: 'best' }, 'found no model "best" to hold the others against; the models are good, twin, poor'],
    [{ contactCost: 1 }, 'compares profits given both contactCost and benefit and no metric'],
    [{ contactCost: 1, benefit: 2, metric: logLoss }, 'compares profits given both contactCost and benefit and no metric'],
    [{ contactCost: -1, benefit: 2 }, 'needs contactCost finite and not negative'],
    [{ confidence: 0 }, 'needs a confidence between 0 and 1'],
    [{ replicates: 0 }, 'needs replicates as a whole number of at least 2'],
    [{ models: [] }, 'knows no option "models"'],
  ])('refuses %j', (options, message) => {
    const run = (): unknown => compareModels(labels, scores, options as never);
    expect(run).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(`compareModels ${message}`) as string }));
  });

  it('tells the same of a difference by either method, and refuses weights of no length and a figure that is none', () => {
    for (const metric of [rocAuc, logLoss]) {
      expect(Object.keys(compareModels(labels, scores, { metric, replicates: 20 }).differences[0]!).sort()).toEqual(['difference', 'name', 'p', 'q']);
    }
    expect(errorCode(() => compareModels(labels, scores, { weights: null as never }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => compareModels(labels, scores, { metric: () => NaN }))).toBe('NON_FINITE_VALUE');
  });

  it('refuses a single model, none, and scores of another length', () => {
    expect(errorCode(() => compareModels([0, 1], { a: [1, 2] }))).toBe('INVALID_INPUT');
    expect(errorCode(() => compareModels([0, 1], null as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => compareModels([], { a: [], b: [] }))).toBe('EMPTY_INPUT');
    expect(() => compareModels([0, 1], { a: [1, 2], b: [1] })).toThrow('compareModels needs as many scores of "b" as labels, found 1 and 2');
  });
});

describe.each([['meanSquaredError', meanSquaredError, 6.5], ['meanAbsoluteError', meanAbsoluteError, 2.5]] as const)('%s', (name, metric, right) => {
  it('averages the errors', () => {
    expect(metric([10, 20], [12, 17])).toBe(right);
    expect(metric([10, 20], [12, 20], [1, 3])).toBe(name === 'meanSquaredError' ? 1 : 0.5);
  });

  it('refuses what is no number, unequal lengths, and no weight', () => {
    expect(errorCode(() => metric([], []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => metric([1], [1, 2]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => metric([1], [1], [1, 2]))).toBe('LENGTH_MISMATCH');
    expect(() => metric([1, NaN], [1, 2])).toThrow(`${name} found actual value NaN at index 1; it must be finite`);
    expect(() => metric([1, 2], [1, Infinity])).toThrow(`${name} found prediction Infinity at index 1`);
    expect(errorCode(() => metric([1], [1], [-1]))).toBe('INVALID_VALUE');
    expect(errorCode(() => metric([1], [1], [0]))).toBe('EMPTY_INPUT');
  });
});
