import { describe, expect, it } from 'vitest';
import { brierScore, calibrationTable, expectedCalibrationError, hosmerLemeshow, logLoss } from '../../src/evaluation/index.js';
import { createRandom } from '../../src/numeric/random.js';
import { forRows, repeated, reordered } from './rows.js';

const calibrated = (n: number, seed: number): { labels: Uint8Array; probabilities: Float64Array } => {
  const random = createRandom(seed);
  const probabilities = Float64Array.from({ length: n }, () => 0.05 + 0.9 * random.uniform());
  return { labels: Uint8Array.from(probabilities, (p) => (random.uniform() < p ? 1 : 0)), probabilities };
};

const LOSSES: readonly (readonly [string, (labels: number[], p: number[], weights?: number[]) => number])[] = [
  ['logLoss', logLoss],
  ['brierScore', brierScore],
  ['expectedCalibrationError by mass', (labels, p, weights) => expectedCalibrationError(labels, p, { bins: 3, ...(weights && { weights }) })],
  ['expectedCalibrationError by width', (labels, p, weights) => expectedCalibrationError(labels, p, { method: 'width', ...(weights && { weights }) })],
];

describe.each(LOSSES)('%s', (_, loss) => {
  it('counts a row of weight 2 as the row twice, and of weight 0 not at all', () => {
    forRows((rows) => {
      const { labels, scores } = repeated(rows);
      expect(loss(rows.labels, rows.scores, rows.weights)).toBeCloseTo(loss(labels, scores), 12);
    });
  });

  it('does not depend on the order of the rows', () => {
    forRows((rows) => {
      const other = reordered(rows, 4);
      expect(loss(other.labels, other.scores, other.weights)).toBeCloseTo(loss(rows.labels, rows.scores, rows.weights), 12);
    });
  });

  it('is 0 for certainty that was right', () => {
    forRows(({ labels, weights }) => {
      expect(loss(labels, labels, weights)).toBeCloseTo(0, 12);
    });
  });
});

describe('logLoss', () => {
  it('is the mean of minus the log of the probability of what happened', () => {
    expect(logLoss([1, 0, 1], [0.5, 0.5, 0.25])).toBeCloseTo((2 * Math.log(2) + Math.log(4)) / 3, 14);
  });

  it('costs 36.04 for certainty that was wrong, on either side', () => {
    expect(logLoss([1], [0])).toBe(-Math.log(Number.EPSILON));
    expect(logLoss([0], [1])).toBe(-Math.log(Number.EPSILON));
  });
});

describe('brierScore', () => {
  it('is p (1 - p) on average when everybody gets the base rate', () => {
    expect(brierScore([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25])).toBeCloseTo(0.1875, 15);
  });
});

describe('calibrationTable', () => {
  it('puts equally many customers in every bin of mass, lowest probabilities first', () => {
    const { labels, probabilities } = calibrated(1003, 1);
    const table = calibrationTable(labels, probabilities);
    expect(table.map((row) => row.bin)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(table.map((row) => row.customers)).toEqual([100, 100, 100, 101, 100, 100, 101, 100, 100, 101]);
    for (let j = 1; j < 10; j++) expect(table[j]!.meanPredicted).toBeGreaterThan(table[j - 1]!.meanPredicted);
    const inside = table.filter((row) => row.observedRate.lower <= row.meanPredicted && row.meanPredicted <= row.observedRate.upper);
    expect(inside.length).toBeGreaterThanOrEqual(8);
  });

  it('leaves out empty bins of width, and puts 1 into the last', () => {
    const table = calibrationTable([0, 1, 1], [0.05, 0.95, 1], { method: 'width' });
    expect(table.map(({ bin, customers, events }) => [bin, customers, events])).toEqual([
      [1, 1, 0],
      [10, 2, 2],
    ]);
  });

  it('keeps totals under both methods', () => {
    forRows(({ labels, scores, weights }) => {
      for (const method of ['mass', 'width'] as const) {
        const table = calibrationTable(labels, scores, { bins: 4, method, weights });
        const total = (of: (row: (typeof table)[number]) => number): number => table.reduce((sum, row) => sum + of(row), 0);
        expect(total((row) => row.customers)).toBeCloseTo(weights.reduce((a, b) => a + b, 0), 9);
        expect(total((row) => row.events)).toBeCloseTo(labels.reduce((sum, label, i) => sum + label * weights[i]!, 0), 9);
        expect(total((row) => row.customers * row.meanPredicted)).toBeCloseTo(scores.reduce((sum, p, i) => sum + p * weights[i]!, 0), 9);
      }
    });
  });

  it('gives Wilson intervals: 0 of 10 is not known to be 0', () => {
    const [row] = calibrationTable(new Uint8Array(10), new Float64Array(10).fill(0.1), { bins: 1 });
    expect(row!.observedRate.lower).toBe(0);
    expect(row!.observedRate.upper).toBeCloseTo(0.2775327998628892, 12);
  });
});

describe('hosmerLemeshow', () => {
  it('rejects right probabilities about as often as the level says, wrong ones nearly always', () => {
    let right = 0;
    let wrong = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { labels, probabilities } = calibrated(400, seed);
      if (hosmerLemeshow(labels, probabilities, { degreesOfFreedom: 10 }).p < 0.1) right++;
      if (hosmerLemeshow(labels, probabilities.map((p) => p ** 2), { degreesOfFreedom: 10 }).p < 0.1) wrong++;
    }
    expect(right / 300).toBeGreaterThan(0.05);
    expect(right / 300).toBeLessThan(0.16);
    expect(wrong / 300).toBeGreaterThan(0.98);
  });

  it('has bins - 2 degrees of freedom unless told otherwise', () => {
    const { labels, probabilities } = calibrated(100, 5);
    expect(hosmerLemeshow(labels, probabilities).degreesOfFreedom).toBe(8);
    expect(hosmerLemeshow(labels, probabilities, { bins: 4 }).degreesOfFreedom).toBe(2);
  });

  it('is infinite when a bin promised 0 is wrong, and unmoved when it is right', () => {
    const impossible = hosmerLemeshow([1, 0, 0, 1, 0, 1], [0, 0, 0.5, 0.5, 0.5, 0.5], { bins: 3 });
    expect(impossible).toMatchObject({ statistic: Number.POSITIVE_INFINITY, p: 0 });
    expect(hosmerLemeshow([0, 0, 0, 1, 0, 1], [0, 0, 0.5, 0.5, 0.5, 0.5], { bins: 3 })).toMatchObject({ statistic: 0, p: 1 });
  });
});
