import { describe, expect, it } from 'vitest';
import {
  brierDecomposition,
  brierScore,
  calibrationSlope,
  calibrationTable,
  expectedCalibrationError,
  expectedCalibrationErrorInterval,
  spiegelhalterTest,
} from '../../src/evaluation/index.js';
import { createRandom } from '../../src/numeric/random.js';
import { sigmoid } from '../../src/numeric/sigmoid.js';
import { errorCode } from '../errorCode.js';
import { forRows, repeated, reordered } from './rows.js';

type Labelled = { labels: number[]; probabilities: number[] };

/** Customers who do it with log-odds intercept + slope x those promised. */
function promised(count: number, seed: number, intercept = 0, slope = 1): Labelled {
  const random = createRandom(seed);
  const margins = Array.from({ length: count }, () => random.normal() - 0.5);
  return { probabilities: margins.map(sigmoid), labels: margins.map((margin) => (random.uniform() < sigmoid(intercept + slope * margin) ? 1 : 0)) };
}

describe.each(['calibrationSlope', 'spiegelhalterTest', 'brierDecomposition', 'expectedCalibrationErrorInterval'])('%s', (name) => {
  const call = (labels: unknown, probabilities: unknown, weights?: number[]): unknown => {
    const [y, p] = [labels as number[], probabilities as number[]];
    if (name === 'calibrationSlope') return calibrationSlope(y, p, weights && { weights });
    if (name === 'spiegelhalterTest') return spiegelhalterTest(y, p, weights);
    return name === 'brierDecomposition' ? brierDecomposition(y, p, { bins: 1, ...(weights && { weights }) }) : expectedCalibrationErrorInterval(y, p, { bins: 1, replicates: 5, ...(weights && { weights }) });
  };

  it('refuses what is not usable, in its own name', () => {
    expect(errorCode(() => call([], []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => call([0, 1], [0.5]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => call([0, 3], [0.5, 0.6]))).toBe('INVALID_VALUE');
    expect(errorCode(() => call([0, 1], [0.5, 1.6]))).toBe('INVALID_VALUE');
    expect(errorCode(() => call([0, 1], [0.5, Number.NaN]))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => call([0, 1], [0.5, 0.6], [1, -1]))).toBe('INVALID_VALUE');
    expect(() => call([0, 1], [0.5, 1.6])).toThrow(new RegExp(`^${name} `));
  });
});

describe('calibrationSlope', () => {
  it('is the log odds ratio for two promised probabilities, with its known standard errors', () => {
    // 20 % promised: 3 of 10; 80 % promised: 6 of 10.
    const probabilities = Array.from({ length: 20 }, (_, i) => (i < 10 ? 0.2 : 0.8));
    const labels = probabilities.map((p, i) => (i % 10 < (p === 0.2 ? 3 : 6) ? 1 : 0));
    const { intercept, slope } = calibrationSlope(labels, probabilities);
    const [low, high, unit] = [Math.log(3 / 7), Math.log(6 / 4), Math.log(4)];
    expect(slope.estimate).toBeCloseTo((high - low) / (2 * unit), 12);
    expect(intercept.estimate).toBeCloseTo((high + low) / 2, 12);
    const [varianceLow, varianceHigh] = [1 / 3 + 1 / 7, 1 / 6 + 1 / 4];
    expect(slope.standardError).toBeCloseTo(Math.sqrt(varianceLow + varianceHigh) / (2 * unit), 12);
    expect(intercept.standardError).toBeCloseTo(Math.sqrt(varianceLow + varianceHigh) / 2, 12);
    expect(slope.upper - slope.estimate).toBeCloseTo(1.959963984540054 * slope.standardError, 12);
    expect(calibrationSlope(labels, probabilities, { confidence: 0.5 }).slope.upper).toBeLessThan(slope.upper);
  });

  it('finds in the large what has to be added to every log-odds for the sums to agree', () => {
    forRows(({ labels, scores, weights }) => {
      const p = scores.map((s) => 0.05 + 0.9 * s);
      const run = (): number => calibrationSlope(labels, p, { weights }).inTheLarge.estimate;
      if (errorCode(run) !== 'none') return;
      const shift = run();
      const excess = p.reduce((sum, q, i) => sum + weights[i]! * (sigmoid(Math.log(q / (1 - q)) + shift) - labels[i]!), 0);
      expect(excess).toBeCloseTo(0, 8);
    });
  });

  it('recovers a slope and an intercept that were put in, and covers 1 and 0 for right probabilities', () => {
    const off = promised(20_000, 3, 0.5, 0.7);
    const found = calibrationSlope(off.labels, off.probabilities);
    expect(Math.abs(found.slope.estimate - 0.7)).toBeLessThan(3 * found.slope.standardError);
    expect(Math.abs(found.intercept.estimate - 0.5)).toBeLessThan(3 * found.intercept.standardError);
    expect(found.intercept.standardError).toBeLessThan(0.03);
    expect(found.inTheLarge.lower).toBeGreaterThan(0);
    let covered = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const right = promised(300, seed);
      const { slope } = calibrationSlope(right.labels, right.probabilities);
      if (slope.lower < 1 && 1 < slope.upper) covered++;
    }
    expect(Math.abs(covered - 190)).toBeLessThan(12);
  });

  it('takes a weight of 2 for the customer twice, standard errors too', () => {
    forRows((rows) => {
      const shrunk = rows.scores.map((s) => 0.1 + 0.8 * s);
      const twice = repeated({ ...rows, scores: shrunk });
      const run = (): unknown => calibrationSlope(rows.labels, shrunk, { weights: rows.weights });
      expect(errorCode(run)).toBe(errorCode(() => calibrationSlope(twice.labels, twice.scores)));
      if (errorCode(run) !== 'none') return;
      const [found, right] = [calibrationSlope(rows.labels, shrunk, { weights: rows.weights }), calibrationSlope(twice.labels, twice.scores)];
      for (const figure of ['intercept', 'slope', 'inTheLarge'] as const) {
        expect(found[figure].estimate).toBeCloseTo(right[figure].estimate, 7);
        expect(found[figure].standardError).toBeCloseTo(right[figure].standardError, 7);
      }
    }, 100);
  });

  it('says so where there is no line', () => {
    expect(errorCode(() => calibrationSlope([0, 1, 0], [0.3, 0.3, 0.3]))).toBe('NOT_IDENTIFIED');
    expect(errorCode(() => calibrationSlope([0, 0, 1], [0.1, 0.2, 0.3]))).toBe('PERFECT_SEPARATION');
    expect(errorCode(() => calibrationSlope([1, 1], [0.1, 0.2]))).toBe('TARGET_CLASSES');
    expect(errorCode(() => calibrationSlope([1, 0], [0.1, 0.2], { confidence: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => calibrationSlope([1, 0], [0.1, 0.2], { bins: 3 } as never))).toBe('INVALID_OPTION');
    // A certainty that was wrong bends the line and does not break it.
    expect(calibrationSlope([1, 0, 1, 0, 1], [0, 0.2, 0.6, 0.7, 0.9]).slope.estimate).toBeLessThan(0.1);
  });
});

describe('spiegelhalterTest', () => {
  it('is a standard normal for right probabilities, and shows which way others are off', () => {
    const zs = Array.from({ length: 400 }, (_, seed) => {
      const { labels, probabilities } = promised(200, seed + 1);
      return spiegelhalterTest(labels, probabilities);
    });
    const mean = zs.reduce((sum, { z }) => sum + z, 0) / 400;
    const variance = zs.reduce((sum, { z }) => sum + (z - mean) ** 2, 0) / 399;
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(Math.abs(variance - 1)).toBeLessThan(0.2);
    expect(Math.abs(zs.filter(({ p }) => p < 0.1).length - 40)).toBeLessThan(18);
    const bold = promised(5000, 1, 0, 0.5);
    expect(spiegelhalterTest(bold.labels, bold.probabilities).z).toBeGreaterThan(3);
    const timid = promised(5000, 1, 0, 2);
    expect(spiegelhalterTest(timid.labels, timid.probabilities).z).toBeLessThan(-3);
  });

  it('compares the Brier score with what the probabilities promise', () => {
    forRows(({ labels, scores, weights }) => {
      const { z } = spiegelhalterTest(labels, scores, weights);
      const total = weights.reduce((sum, w) => sum + w, 0);
      const expected = scores.reduce((sum, p, i) => sum + weights[i]! * p * (1 - p), 0) / total;
      const variance = scores.reduce((sum, p, i) => sum + weights[i]! * (1 - 2 * p) ** 2 * p * (1 - p), 0);
      expect(z * Math.sqrt(variance)).toBeCloseTo(total * (brierScore(labels, scores, weights) - expected), 9);
    });
  });

  it('has an answer where nothing can vary', () => {
    expect(spiegelhalterTest([0, 1], [0.5, 0.5])).toEqual({ z: 0, p: 1 });
    expect(spiegelhalterTest([0, 1], [0, 1])).toEqual({ z: 0, p: 1 });
    expect(spiegelhalterTest([1, 1], [0, 1])).toEqual({ z: Infinity, p: 0 });
  });

  it('takes a weight of 2 for the customer twice', () => {
    forRows((rows) => {
      const twice = repeated(rows);
      expect(spiegelhalterTest(rows.labels, rows.scores, rows.weights).z).toBeCloseTo(spiegelhalterTest(twice.labels, twice.scores).z, 9);
    }, 100);
  });
});

describe('brierDecomposition', () => {
  it('adds up exactly for any bins of either kind, ties and weights included', () => {
    forRows(({ labels, scores, weights }) => {
      for (const bins of [1, 2, 4]) {
        for (const method of ['mass', 'width'] as const) {
          const parts = brierDecomposition(labels, scores, { bins, method, weights });
          expect(parts.reliability - parts.resolution + parts.uncertainty + parts.withinBinVariance - parts.withinBinCovariance).toBeCloseTo(parts.brierScore, 14);
          expect(parts.brierScore).toBeCloseTo(brierScore(labels, scores, weights), 14);
          for (const part of ['reliability', 'resolution', 'uncertainty', 'withinBinVariance'] as const) expect(parts[part]).toBeGreaterThanOrEqual(0);
        }
      }
    });
  });

  it("leaves Murphy's three terms where every bin holds one probability", () => {
    const probabilities = [0.1, 0.1, 0.35, 0.35, 0.35, 0.75, 0.75, 0.95];
    const labels = [0, 1, 0, 1, 0, 1, 1, 1];
    const parts = brierDecomposition(labels, probabilities, { bins: 10, method: 'width' });
    expect([parts.withinBinVariance, parts.withinBinCovariance].map(Math.abs).every((part) => part < 1e-15)).toBe(true);
    const rate = 5 / 8;
    expect(parts.reliability).toBeCloseTo((2 * 0.4 ** 2 + 3 * (1 / 3 - 0.35) ** 2 + 2 * 0.25 ** 2 + 0.05 ** 2) / 8, 14);
    expect(parts.resolution).toBeCloseTo((2 * (0.5 - rate) ** 2 + 3 * (1 / 3 - rate) ** 2 + 3 * (1 - rate) ** 2) / 8, 14);
    expect(parts.uncertainty).toBeCloseTo(rate * (1 - rate), 14);
  });

  it('has the terms of Stephenson and others inside the bins, by their definition', () => {
    const [labels, p] = [[0, 1, 0, 0, 1, 1], [0.1, 0.2, 0.3, 0.6, 0.7, 0.9]];
    const parts = brierDecomposition(labels, p, { bins: 2 });
    const bins = [[0, 1, 2], [3, 4, 5]];
    const mean = (rows: number[], of: number[]): number => rows.reduce((sum, i) => sum + of[i]!, 0) / rows.length;
    const over = (term: (i: number, bin: number[]) => number): number => bins.reduce((sum, bin) => sum + bin.reduce((part, i) => part + term(i, bin), 0), 0) / 6;
    expect(parts.withinBinVariance).toBeCloseTo(over((i, bin) => (p[i]! - mean(bin, p)) ** 2), 14);
    expect(parts.withinBinCovariance).toBeCloseTo(2 * over((i, bin) => (p[i]! - mean(bin, p)) * (labels[i]! - mean(bin, labels))), 14);
    expect(parts.reliability).toBeCloseTo(over((_, bin) => (mean(bin, p) - mean(bin, labels)) ** 2), 14);
  });

  it('refuses more bins than customers and unknown options', () => {
    expect(errorCode(() => brierDecomposition([0, 1], [0.1, 0.2]))).toBe('INVALID_OPTION');
    expect(errorCode(() => brierDecomposition([0, 1], [0.1, 0.2], { bin: 2 } as never))).toBe('INVALID_OPTION');
  });
});

describe('expectedCalibrationErrorInterval', () => {
  const { labels, probabilities } = promised(800, 5, 0.3, 0.8);

  it('has the estimate of expectedCalibrationError within its interval, for both kinds of bins', () => {
    forRows(({ labels: y, scores, weights }) => {
      for (const method of ['mass', 'width'] as const) {
        const found = expectedCalibrationErrorInterval(y, scores, { bins: 3, method, weights, replicates: 10 });
        expect(found.estimate).toBeCloseTo(expectedCalibrationError(y, scores, { bins: 3, method, weights }), 12);
        expect(found.lower <= found.estimate && found.estimate <= found.upper).toBe(true);
        expect(found.lower >= 0 && found.upper <= 1 && found.p > 0 && found.p <= 1 && found.byChance >= 0).toBe(true);
      }
    }, 60);
  });

  it('tells chance from error: p is small only where the probabilities are off', () => {
    const right = promised(2000, 8);
    const fine = expectedCalibrationErrorInterval(right.labels, right.probabilities, { replicates: 300 });
    expect(fine.p).toBeGreaterThan(0.05);
    expect(Math.abs(fine.byChance - fine.estimate)).toBeLessThan(0.012);
    const off = promised(2000, 8, 0.6);
    const wrong = expectedCalibrationErrorInterval(off.labels, off.probabilities, { replicates: 300 });
    expect(wrong.p).toBeLessThan(0.01);
    expect(wrong.lower).toBeGreaterThan(wrong.byChance);
  });

  it('estimates the spread over new samples', () => {
    const errors = Array.from({ length: 150 }, (_, seed) => {
      const other = promised(800, 100 + seed, 0.3, 0.8);
      return expectedCalibrationError(other.labels, other.probabilities);
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1));
    const found = expectedCalibrationErrorInterval(labels, probabilities, { replicates: 300 });
    expect(found.standardError / spread).toBeGreaterThan(0.75);
    expect(found.standardError / spread).toBeLessThan(1.35);
    expect(found.lower < mean && mean < found.upper).toBe(true);
    expect(expectedCalibrationErrorInterval(labels, probabilities, { replicates: 300, confidence: 0.5 }).upper).toBeLessThan(found.upper);
  });

  it('is repeatable for a seed, does not depend on whole weights written out, and stops when asked', () => {
    const run = (seed: number): unknown => expectedCalibrationErrorInterval(labels, probabilities, { replicates: 20, seed });
    expect(run(2)).toEqual(run(2));
    expect(run(2)).not.toEqual(run(3));
    const seen: number[] = [];
    const stopped = expectedCalibrationErrorInterval(labels, probabilities, { replicates: 20, onProgress: ({ done }) => (seen.push(done), done < 4) });
    expect(stopped).toMatchObject({ stopped: true, replicates: 4 });
    expect(seen).toEqual([1, 2, 3, 4]);
    // The same draws of the same customers, grouped by row or not, in the order of the rows.
    const weights = labels.map((_, i) => (i % 5) % 3);
    const twice = repeated({ labels, scores: probabilities, weights });
    const byWeight = expectedCalibrationErrorInterval(labels, probabilities, { weights, replicates: 20 });
    const writtenOut = expectedCalibrationErrorInterval(twice.labels, twice.scores, { replicates: 20 });
    expect(byWeight.upper).toBeCloseTo(writtenOut.upper, 9);
    expect(byWeight.byChance).toBeCloseTo(writtenOut.byChance, 9);
  });

  it('takes weights that are not whole', () => {
    const found = expectedCalibrationErrorInterval(labels, probabilities, { weights: labels.map((_, i) => 0.5 + (i % 3)), replicates: 100 });
    expect(found.byChance).toBeGreaterThan(0);
    expect(found.standardError).toBeGreaterThan(0);
  });

  it('refuses options out of range', () => {
    for (const bad of [{ bins: 0 }, { method: 'area' }, { replicates: 1 }, { confidence: 0 }, { repeats: 3 }, { bins: 900 }]) {
      expect(errorCode(() => expectedCalibrationErrorInterval(labels, probabilities, bad as never))).toBe('INVALID_OPTION');
    }
  });
});

describe('calibrationTable and expectedCalibrationError', () => {
  it('count alike: the error is the average distance in the table, which has an interval for every bin', () => {
    forRows((rows) => {
      const { labels, scores, weights } = reordered(rows, 7);
      const table = calibrationTable(labels, scores, { bins: 3, weights });
      const total = table.reduce((sum, { customers }) => sum + customers, 0);
      const error = table.reduce((sum, row) => sum + (row.customers / total) * Math.abs(row.meanPredicted - row.observedRate.estimate), 0);
      expect(expectedCalibrationError(labels, scores, { bins: 3, weights })).toBeCloseTo(error, 12);
      for (const { observedRate } of table) expect(observedRate.lower <= observedRate.estimate && observedRate.estimate <= observedRate.upper).toBe(true);
    }, 100);
  });
});
