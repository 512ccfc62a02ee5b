import { describe, expect, it } from 'vitest';
import { acceleratedInterval, percentileInterval } from '../../src/evaluation/bootstrapEnds.js';
import { bootstrapInterval, brierScore, calibrationSlope, ksStatistic, logLoss, rocAuc, rocAucInterval, type Metric } from '../../src/evaluation/index.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode } from '../errorCode.js';

const amounts = [2.1, 3.4, 1.2, 8.9, 4.4, 2.2, 0.7, 5.5, 3.1, 12.4];
const mean: Metric = (labels, _, weights) => {
  let [sum, total] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    sum += weight * labels[i]!;
    total += weight;
  }
  return sum / total;
};

const simulated = (n: number, seed = 3): { labels: Uint8Array; scores: Float64Array } => {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: n }, () => (random.uniform() < 0.3 ? 1 : 0));
  return { labels, scores: Float64Array.from(labels, (label) => 1 / (1 + Math.exp(-random.normal() - label))) };
};

describe('the ends of a bootstrap interval', () => {
  // The resamples of a linear congruential generator: figures by numpy 2.4.6 and scipy 1.17.1 from the same ones.
  const values = ((): Float64Array => {
    let state = 12345n;
    return Float64Array.from({ length: 200 }, () => {
      let sum = 0;
      for (let j = 0; j < 10; j++) {
        state = (1103515245n * state + 12345n) % 2147483648n;
        sum += amounts[Number((state >> 16n) % 10n)]!;
      }
      return sum / 10;
    });
  })();
  const leftOut = Float64Array.from(amounts, (amount) => (43.9 - amount) / 9);

  it('are those of numpy for percentiles', () => {
    const { lower, upper } = percentileInterval(4.39, values, 0.95);
    expect([lower, upper]).toEqual([expect.closeTo(2.46975, 9), expect.closeTo(6.67225, 9)]);
  });

  it('are those of scipy for BCa', () => {
    const { lower, upper } = acceleratedInterval(4.39, values, leftOut, 0.95);
    expect([lower, upper]).toEqual([expect.closeTo(2.672213497110938, 9), expect.closeTo(7.346326841245174, 9)]);
  });

  it('hold the estimate, also where all samples lie on one side of it', () => {
    expect(percentileInterval(9, Float64Array.of(1, 2, 3), 0.9).upper).toBe(9);
    const { lower, upper } = acceleratedInterval(0, Float64Array.of(1, 2, 3), Float64Array.of(1, 1, 1), 0.9);
    expect(lower).toBe(0);
    expect(upper).toBeLessThan(3);
  });

  it('go off to their own side beyond the pole of the acceleration', () => {
    // Nearly all samples below the estimate and all the influence in one unit: at the upper end 1 - acceleration x z is -0.15.
    const samples = Float64Array.from({ length: 1000 }, (_, i) => i);
    const { upper } = acceleratedInterval(998.5, samples, Float64Array.from({ length: 200 }, (_, i) => (i === 0 ? -9 : 0)), 0.9999);
    expect(upper).toBeGreaterThan(998.9);
  });
});

describe('bootstrapInterval', () => {
  it('comes near the BCa interval of scipy for a mean', () => {
    // scipy 1.17.1, stats.bootstrap(n_resamples=100000, method='BCa', random_state=1): 2.68 to 7.27, standard error 1.1074.
    const found = bootstrapInterval(mean, amounts, amounts, { replicates: 20_000 });
    expect(found.estimate).toBeCloseTo(4.39, 12);
    expect(Math.abs(found.lower - 2.68)).toBeLessThan(0.04);
    expect(Math.abs(found.upper - 7.27)).toBeLessThan(0.06);
    expect(Math.abs(found.standardError - 1.1074)).toBeLessThan(0.02);
    expect(found).toMatchObject({ method: 'bca', replicates: 20_000, stopped: false });
  });

  it('comes near the interval of DeLong for the area under the curve', () => {
    const { labels, scores } = simulated(600);
    const formula = rocAucInterval(labels, scores);
    for (const options of [{}, { stratify: true }, { method: 'percentile' }] as const) {
      const found = bootstrapInterval(rocAuc, labels, scores, options);
      expect(found.estimate).toBe(formula.estimate);
      expect(Math.abs(found.standardError / formula.standardError - 1)).toBeLessThan(0.08);
      expect(Math.abs(found.lower - formula.lower)).toBeLessThan(0.008);
      expect(Math.abs(found.upper - formula.upper)).toBeLessThan(0.008);
    }
  });

  it('covers the true mean of skewed amounts better by BCa than by percentiles', () => {
    let [accelerated, middle] = [0, 0];
    for (let seed = 1; seed <= 300; seed++) {
      const random = createRandom(seed);
      const draws = Array.from({ length: 30 }, () => -Math.log(1 - random.uniform()));
      const holds = ({ lower, upper }: { lower: number; upper: number }): number => (lower <= 1 && 1 <= upper ? 1 : 0);
      accelerated += holds(bootstrapInterval(mean, draws, draws, { replicates: 400, seed }));
      middle += holds(bootstrapInterval(mean, draws, draws, { replicates: 400, seed, method: 'percentile' }));
    }
    expect(accelerated).toBeGreaterThanOrEqual(middle);
    expect(accelerated / 300).toBeGreaterThan(0.9);
  });

  it('gives a metric the same interval whether it takes weights or rows', () => {
    const { labels, scores } = simulated(150);
    for (const metric of [rocAuc, logLoss]) {
      const byRows: Metric = (y, s) => metric(y, s);
      const byWeights: Metric = (y, s, w) => metric(y, s, w);
      const [a, b, c] = [metric, byRows, byWeights].map((form) => bootstrapInterval(form, labels, scores, { replicates: 50 }));
      for (const found of [b!, c!]) {
        expect(found.lower).toBeCloseTo(a!.lower, 10);
        expect(found.upper).toBeCloseTo(a!.upper, 10);
        expect(found.standardError).toBeCloseTo(a!.standardError, 10);
      }
    }
    expect(bootstrapInterval((y, s, w) => ksStatistic(y, s, w).statistic, labels, scores, { replicates: 20 }).estimate).toBeGreaterThan(0);
  });

  it('is wider where rows come in groups that are alike', () => {
    const { labels, scores } = simulated(200);
    const fourfold = (values: ArrayLike<number>): number[] => Array.from({ length: 800 }, (_, i) => values[i >> 2]!);
    const [y, s] = [fourfold(labels), fourfold(scores)];
    const alone = bootstrapInterval(rocAuc, y, s, { replicates: 300 });
    const grouped = bootstrapInterval(rocAuc, y, s, { replicates: 300, groups: y.map((_, i) => `c${i >> 2}`) });
    // Every customer four times tells no more than once: twice the standard error.
    expect(grouped.standardError / alone.standardError).toBeGreaterThan(1.7);
    expect(grouped.standardError).toBeCloseTo(bootstrapInterval(rocAuc, labels, scores, { replicates: 300 }).standardError, 10);
  });

  it('draws whole rows with fractional weights, so that their scale does not matter', () => {
    const { labels, scores } = simulated(120);
    const weights = Float64Array.from(labels, (_, i) => 0.25 + (i % 3) / 2);
    const found = bootstrapInterval(rocAuc, labels, scores, { weights, replicates: 100 });
    const scaled = bootstrapInterval(rocAuc, labels, scores, { weights: weights.map((weight) => weight / 8), replicates: 100 });
    expect(scaled.lower).toBeCloseTo(found.lower, 12);
    expect(found.estimate).toBe(rocAuc(labels, scores, weights));
  });

  it('keeps the numbers of labels with stratify, and draws samples without a class anew otherwise', () => {
    const counts = new Set<number>();
    bootstrapInterval((y) => counts.add(Array.from(y).filter(Boolean).length) && 1, [1, 1, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6], { stratify: true, replicates: 30, method: 'percentile' });
    expect([...counts]).toEqual([2]);
    const rare = bootstrapInterval(rocAuc, [1, 0, 0, 0, 0], [2, 1, 3, 0, 0], { replicates: 50 });
    expect(rare).toMatchObject({ method: 'percentile', replicates: 50 });
    expect(Number.isFinite(rare.lower + rare.upper)).toBe(true);
  });

  it('is the same for the same seed, and hardly different for another', () => {
    const { labels, scores } = simulated(200);
    const run = (seed: number): number => bootstrapInterval(brierScore, labels, scores, { seed, replicates: 100 }).lower;
    expect(run(5)).toBe(run(5));
    expect(run(6)).not.toBe(run(5));
  });

  it('stops when told to, with the samples so far', () => {
    const seen: number[] = [];
    const found = bootstrapInterval(rocAuc, [0, 1, 0, 1], [1, 2, 3, 4], { replicates: 50, onProgress: ({ done, total, objective }) => seen.push(done, total, objective) < 30 });
    expect(found).toMatchObject({ replicates: 10, stopped: true });
    expect(seen.slice(0, 2)).toEqual([1, 50]);
  });

  it.each<[object, string, string]>([
    [{ replicates: 1 }, 'INVALID_OPTION', 'needs replicates as a whole number of at least 2'],
    [{ confidence: 1 }, 'INVALID_OPTION', 'needs a confidence between 0 and 1'],
    [{ method: 'normal' }, 'INVALID_OPTION', 'needs method as one of bca, percentile'],
    [{ stratify: true, groups: [1, 1, 2, 2] }, 'INVALID_OPTION', 'takes one of groups and stratify'],
    [{ groups: [1, 2] }, 'LENGTH_MISMATCH', 'as many groups as labels, found 2 and 4'],
    [{ weights: [1, 2] }, 'LENGTH_MISMATCH', 'as many weights as labels'],
    [{ weights: [1, -2, 1, 1] }, 'INVALID_VALUE', 'found weight -2 at index 1'],
    [{ weights: [0, 0, 0, 0] }, 'EMPTY_INPUT', 'a weight above 0'],
    [{ weights: [1e9, 1, 1, 1] }, 'INVALID_OPTION', 'divide them by a common factor'],
    [{ sample: 3 }, 'INVALID_OPTION', 'knows no option "sample"'],
  ])('refuses %j', (options, code, message) => {
    const run = (): unknown => bootstrapInterval(rocAuc, [0, 1, 0, 1], [1, 2, 3, 4], options as never);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(`bootstrapInterval`) as string }));
    expect(run).toThrow(message);
  });

  it('refuses no rows, scores of another length, weights for a metric that takes none, classes beyond number, and a metric without a value', () => {
    expect(errorCode(() => bootstrapInterval(rocAuc, [], []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => bootstrapInterval(rocAuc, [0, 1], [1]))).toBe('LENGTH_MISMATCH');
    expect(() => bootstrapInterval((y, s) => rocAuc(y, s), [0, 1], [1, 2], { weights: [1, 2] })).toThrow('write it as (labels, scores, weights) => number');
    const labels = Array.from({ length: 30 }, (_, i) => i);
    expect(() => bootstrapInterval(mean, labels, labels, { stratify: true })).toThrow('can stratify by labels that are classes');
    // Exists on the data and on hardly any sample of them.
    const tens = Array.from({ length: 10 }, (_, i) => i);
    expect(() => bootstrapInterval((_, s) => (new Set(Array.from(s)).size === 10 ? 1 : NaN), tens, tens, { replicates: 5 })).toThrow(/found no value of the metric in 101 of 10\d samples/);
    expect(() => bootstrapInterval(() => { throw new TypeError('mine'); }, [0, 1], [1, 2])).toThrow('mine');
  });

  it('refuses what would give an interval of nothing: a metric that is none or not finite, labels and groups that are missing, a single row', () => {
    const [labels, scores] = [[0, 1, 0, 1], [1, 2, 3, 4]];
    const run = (metric: unknown, y: unknown = labels, options: object = {}): string => errorCode(() => bootstrapInterval(metric as Metric, y as number[], scores, { replicates: 50, ...options }));
    expect([run(undefined), run({})]).toEqual(['INVALID_OPTION', 'INVALID_OPTION']);
    expect([run(() => NaN), run(ksStatistic), run(() => Infinity)]).toEqual(['NON_FINITE_VALUE', 'NON_FINITE_VALUE', 'NON_FINITE_VALUE']);
    expect(run((_: unknown, s: ArrayLike<number>) => (s[0]! > 2 ? Infinity : 1))).toBe('NON_FINITE_VALUE');
    expect([run(rocAuc, [null, 1, 0, 1]), run(rocAuc, ['0', '1', '0', '1'])]).toEqual(['INVALID_VALUE', 'INVALID_VALUE']);
    expect(run(rocAuc, labels, { groups: ['a', null, 'b', 'b'] })).toBe('MISSING_VALUE');
    expect([run(rocAuc, labels, { groups: ['a', 'a', 'a', 'a'] }), errorCode(() => bootstrapInterval(mean, [3], [1]))]).toEqual(['EMPTY_INPUT', 'EMPTY_INPUT']);
  });

  it('draws a sample anew in which the classes are separated', () => {
    const slope: Metric = (y, p, weights) => calibrationSlope(y as number[], p, weights === undefined ? {} : { weights }).slope.estimate;
    const found = bootstrapInterval(slope, [0, 1, 0, 1, 0, 1, 1, 0], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], { replicates: 50 });
    expect(found.replicates).toBe(50);
    expect(Number.isFinite(found.standardError)).toBe(true);
  });
});
