import { describe, expect, it } from 'vitest';
import { averagePrecision, gainsTable, ksStatistic, rocAuc, rocAucInterval, rocCurve } from '../../src/evaluation/index.js';
import { forRows, repeated, reordered, type Rows } from './rows.js';

// Pair by pair, the definition.
const naiveAuc = ({ labels, scores, weights }: Rows): number => {
  let wins = 0;
  let pairs = 0;
  labels.forEach((a, i) => {
    labels.forEach((b, j) => {
      if (a !== 1 || b !== 0) return;
      const weight = weights[i]! * weights[j]!;
      pairs += weight;
      wins += weight * (scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0);
    });
  });
  return wins / pairs;
};

const METRICS: readonly (readonly [string, (labels: number[], scores: number[], weights?: number[]) => number])[] = [
  ['rocAuc', rocAuc],
  ['averagePrecision', averagePrecision],
  ['ksStatistic', (labels, scores, weights) => ksStatistic(labels, scores, weights).statistic],
];

describe.each(METRICS)('%s', (_, metric) => {
  it('counts a row of weight 2 as the row twice, and of weight 0 not at all', () => {
    forRows((rows) => {
      const { labels, scores } = repeated(rows);
      expect(metric(rows.labels, rows.scores, rows.weights)).toBeCloseTo(metric(labels, scores), 12);
    });
  });

  it('gives the same with equal weights, whatever they are, as without', () => {
    forRows(({ labels, scores }) => {
      expect(metric(labels, scores, labels.map(() => 0.37))).toBeCloseTo(metric(labels, scores), 12);
    });
  });

  it('does not depend on the order of the rows', () => {
    forRows((rows) => {
      const other = reordered(rows, 3);
      expect(metric(other.labels, other.scores, other.weights)).toBe(metric(rows.labels, rows.scores, rows.weights));
      expect(metric(other.labels, other.scores)).toBe(metric(rows.labels, rows.scores));
    });
  });

  it('does not change when the scores are transformed monotonically', () => {
    forRows(({ labels, scores, weights }) => {
      const transformed = scores.map((score) => Math.exp(5 * score) - 1000);
      expect(metric(labels, transformed, weights)).toBe(metric(labels, scores, weights));
    });
  });

  it('lies in [0, 1], is 1 for a perfect ranking, and leaves its input untouched', () => {
    forRows(({ labels, scores, weights }) => {
      const frozen = [Object.freeze([...labels]), Object.freeze([...scores]), Object.freeze([...weights])] as [number[], number[], number[]];
      const found = metric(...frozen);
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
      expect(metric(labels, labels, weights)).toBe(1);
    });
  });
});

describe('rocAuc', () => {
  it('is the share of pairs ranked rightly, ties half', () => {
    expect(rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
    expect(rocAuc([1, 0], [5, 5])).toBe(0.5);
    forRows((rows) => {
      expect(rocAuc(rows.labels, rows.scores, rows.weights)).toBeCloseTo(naiveAuc(rows), 12);
      expect(rocAuc(rows.labels, rows.scores)).toBeCloseTo(naiveAuc({ ...rows, weights: rows.labels.map(() => 1) }), 12);
    });
  });

  it('turns into 1 - AUC when labels or scores are turned round', () => {
    forRows(({ labels, scores, weights }) => {
      const auc = rocAuc(labels, scores, weights);
      expect(rocAuc(labels.map((label) => 1 - label), scores, weights)).toBeCloseTo(1 - auc, 12);
      expect(rocAuc(labels, scores.map((score) => -score), weights)).toBeCloseTo(1 - auc, 12);
    });
  });

  it('takes booleans and typed arrays alike, and 0 and -0 as one score', () => {
    expect(rocAuc([false, true], new Float32Array([0, 1]))).toBe(1);
    expect(rocAuc(new Uint8Array([0, 1, 1]), Float64Array.of(0, -0, 1))).toBe(0.75);
    expect(rocAuc([0, 1, 1], [0, -0, 1], [1, 1, 1])).toBe(0.75);
  });

  it('is exact to the bit where every pair counts', () => {
    const n = 4000;
    const labels = Uint8Array.from({ length: n }, (_, i) => i & 1);
    const scores = Float64Array.from({ length: n }, (_, i) => i);
    // Event i beats the (i + 1) / 2 non-events before it: 1 + 2 + … + n/2 pairs.
    expect(rocAuc(labels, scores)).toBe((n / 4) * (n / 2 + 1) / (n / 2) ** 2);
  });
});

describe('rocCurve', () => {
  it('has one point for every distinct score, from (0, 0) to (1, 1), and the AUC beneath it', () => {
    forRows(({ labels, scores, weights }) => {
      const { thresholds, truePositiveRate: y, falsePositiveRate: x } = rocCurve(labels, scores, weights);
      expect(thresholds.length).toBe(new Set(scores.filter((_, i) => weights[i]! > 0)).size + 1);
      expect([x[0], y[0], x[x.length - 1], y[y.length - 1]]).toEqual([0, 0, 1, 1]);
      let area = 0;
      for (let i = 1; i < x.length; i++) {
        area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
        expect(thresholds[i]!).toBeLessThan(thresholds[i - 1]!);
        expect(x[i]!).toBeGreaterThanOrEqual(x[i - 1]!);
        expect(y[i]!).toBeGreaterThanOrEqual(y[i - 1]!);
      }
      expect(area).toBeCloseTo(rocAuc(labels, scores, weights), 12);
    });
  });

  it('says at each threshold who lies at or above it', () => {
    forRows(({ labels, scores }) => {
      const curve = rocCurve(labels, scores);
      curve.thresholds.forEach((threshold, i) => {
        const reached = labels.filter((label, row) => label === 1 && scores[row]! >= threshold).length;
        expect(curve.truePositiveRate[i]).toBe(reached / labels.filter(Boolean).length);
      });
    }, 50);
  });
});

describe('averagePrecision', () => {
  it('is the base rate for a constant score', () => {
    expect(averagePrecision([1, 0, 0, 0], [3, 3, 3, 3])).toBe(0.25);
  });
});

describe('ksStatistic', () => {
  it('equals the largest gap of the ROC curve, at the highest threshold that reaches it', () => {
    forRows(({ labels, scores, weights }) => {
      const { statistic, threshold } = ksStatistic(labels, scores, weights);
      const { thresholds, truePositiveRate, falsePositiveRate } = rocCurve(labels, scores, weights);
      const gaps = [...truePositiveRate].map((rate, i) => Math.abs(rate - falsePositiveRate[i]!));
      expect(statistic).toBeCloseTo(Math.max(...gaps), 12);
      if (statistic > 0) expect(threshold).toBe(thresholds[gaps.findIndex((gap) => gap > statistic - 1e-12)]);
    });
  });

  it('is the same for the score turned round', () => {
    forRows(({ labels, scores, weights }) => {
      const turned = scores.map((score) => -score);
      expect(ksStatistic(labels, turned, weights).statistic).toBeCloseTo(ksStatistic(labels, scores, weights).statistic, 12);
    });
  });

  it('is 0 for a constant score', () => {
    expect(ksStatistic([0, 1], [2, 2])).toEqual({ statistic: 0, threshold: 2 });
  });
});

describe('gainsTable', () => {
  it('adds up to all customers and events, bins of size floor(n j / bins)', () => {
    forRows(({ labels, scores }) => {
      const table = gainsTable(labels, scores, { bins: 3 });
      const n = labels.length;
      expect(table.map((row) => row.customers)).toEqual([1, 2, 3].map((j) => Math.floor((n * j) / 3) - Math.floor((n * (j - 1)) / 3)));
      const last = table[2]!;
      const events = labels.filter(Boolean).length;
      expect(last.cumulativeEvents).toBe(events);
      expect([last.cumulativeGain, last.cumulativeLift]).toEqual([1, 1]);
      expect(table.reduce((sum, row) => sum + row.events, 0)).toBeCloseTo(events, 9);
      for (const { rate } of table) expect(rate.lower <= rate.estimate && rate.estimate <= rate.upper).toBe(true);
    });
  });

  it('equals counting by hand where no scores are equal', () => {
    const labels = [1, 0, 1, 1, 0, 0, 0];
    const scores = [7, 6, 5, 4, 3, 2, 1];
    const table = gainsTable(labels, scores, { bins: 2 });
    expect(table).toMatchObject([
      { bin: 1, customers: 3, events: 2, cumulativeEvents: 2, minScore: 5 },
      { bin: 2, customers: 4, events: 1, cumulativeEvents: 3, cumulativeGain: 1, minScore: 1 },
    ]);
    expect(table[0]!.lift).toBeCloseTo(2 / 3 / (3 / 7), 12);
    expect(gainsTable(labels, scores, { bins: 2, ties: 'rowOrder' })).toEqual(table);
  });

  it('shares tied events between bins: a constant score has a lift of 1 throughout, even when events come first', () => {
    const table = gainsTable([1, 1, 0, 0, 0, 0, 0, 0], new Float64Array(8), { bins: 4 });
    expect(table.map((row) => row.lift)).toEqual([1, 1, 1, 1]);
    expect(table.map((row) => row.events)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('goes by the order of the rows when asked to', () => {
    const table = gainsTable([1, 1, 0, 0, 0, 0, 0, 0], new Float64Array(8), { bins: 4, ties: 'rowOrder' });
    expect(table.map((row) => row.events)).toEqual([2, 0, 0, 0]);
  });

  it('does not depend on the order of the rows, nor on whether a row is repeated or weighted', () => {
    forRows((rows) => {
      const table = gainsTable(rows.labels, rows.scores, { bins: 4, weights: rows.weights });
      const other = reordered(rows, 5);
      expect(gainsTable(other.labels, other.scores, { bins: 4, weights: other.weights })).toEqual(table);
      const twin = repeated(rows);
      expect(gainsTable(twin.labels, twin.scores, { bins: 4 })).toEqual(table);
      const transformed = rows.scores.map((score) => score ** 3 + 2);
      const same = gainsTable(rows.labels, transformed, { bins: 4, weights: rows.weights });
      expect(same.map(({ minScore: _, ...row }) => row)).toEqual(table.map(({ minScore: _, ...row }) => row));
    });
  });

  it('cuts weights that are not whole at their exact share', () => {
    const table = gainsTable([1, 0, 0], [3, 2, 1], { bins: 2, weights: [0.5, 0.5, 0.5] });
    expect(table.map((row) => row.customers)).toEqual([0.75, 0.75]);
    expect(table.map((row) => row.events)).toEqual([0.5, 0]);
    expect(table.map((row) => row.minScore)).toEqual([2, 1]);
  });

  it('widens the interval of the rates with the confidence', () => {
    const width = (confidence: number): number => {
      const { rate } = gainsTable([1, 0, 1, 0], [1, 2, 3, 4], { bins: 2, confidence })[0]!;
      return rate.upper - rate.lower;
    };
    expect(width(0.99)).toBeGreaterThan(width(0.9));
  });
});

describe('rocAucInterval', () => {
  it('estimates what rocAuc computes', () => {
    forRows(({ labels, scores }) => {
      const { estimate, lower, upper, standardError } = rocAucInterval(labels, scores);
      expect(estimate).toBeCloseTo(rocAuc(labels, scores), 12);
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(upper).toBeLessThanOrEqual(1);
      expect(standardError).toBeGreaterThanOrEqual(0);
      expect(lower <= estimate + 1e-15 && estimate <= upper + 1e-15).toBe(true);
    });
  });

  it('turns round with the labels and keeps its standard error', () => {
    forRows(({ labels, scores }) => {
      const turned = rocAucInterval(labels.map((label) => 1 - label), scores);
      const found = rocAucInterval(labels, scores);
      expect(turned.estimate).toBeCloseTo(1 - found.estimate, 12);
      expect(turned.standardError).toBeCloseTo(found.standardError, 12);
    });
  });
});
