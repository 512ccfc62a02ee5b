import { describe, expect, it } from 'vitest';
import { expectedCost, savingsScore, type SavingsOptions } from '../../src/evaluation/index.js';
import { errorCode } from '../errorCode.js';
import { forRows, repeated, reordered, type Rows } from './rows.js';

const costs = ({ labels }: Pick<Rows, 'labels'>): SavingsOptions => ({
  truePositive: 2,
  falsePositive: labels.map((_, i) => 1 + (i % 3)),
  falseNegative: labels.map((_, i) => 3 + (i % 5)),
  trueNegative: 0.5,
});

describe('savingsScore', () => {
  it('treats where treating costs less at the probability given, and counts what really came of it', () => {
    forRows((rows) => {
      const { labels, scores } = rows;
      const c = costs(rows);
      const [fp, fn] = [c.falsePositive, c.falseNegative] as [number[], number[]];
      let [cost, none, all, treated] = [0, 0, 0, 0];
      labels.forEach((label, i) => {
        const p = scores[i]!;
        const yes = p * 2 + (1 - p) * fp[i]!;
        const no = p * fn[i]! + (1 - p) * 0.5;
        // Where both cost the same, rounding decides.
        const isTreated = Math.abs(yes - no) < 1e-12 ? p * (fn[i]! - 2) > (1 - p) * (fp[i]! - 0.5) : yes < no;
        cost += isTreated ? (label ? 2 : fp[i]!) : label ? fn[i]! : 0.5;
        none += label ? fn[i]! : 0.5;
        all += label ? 2 : fp[i]!;
        if (isTreated) treated++;
      });
      const n = labels.length;
      const found = savingsScore(labels, scores, c);
      for (const [name, right] of Object.entries({ cost: cost / n, costOfNone: none / n, costOfAll: all / n, treatedShare: treated / n, savings: 1 - cost / Math.min(none, all) })) {
        expect(found[name as keyof typeof found]).toBeCloseTo(right, 10);
      }
    }, 50);
  });

  it('saves all that can be saved where labels are known, nothing where everybody is treated alike', () => {
    forRows(({ labels }) => {
      const one = { truePositive: 1, falsePositive: 2, falseNegative: 9 };
      const best = savingsScore(labels, labels, one);
      expect(best.cost).toBeCloseTo(labels.filter(Boolean).length / labels.length, 12);
      const [all, none] = [0, 1].map((threshold) => savingsScore(labels, labels.map(() => 0.5), { ...one, threshold })) as [typeof best, typeof best];
      expect(all).toMatchObject({ treatedShare: 1, cost: all.costOfAll });
      expect(none).toMatchObject({ treatedShare: 0, cost: none.costOfNone });
      expect(Math.max(all.savings, none.savings)).toBeCloseTo(0, 12);
      expect(best.savings).toBeGreaterThanOrEqual(0);
    }, 30);
  });

  it('takes weights for repetition, and any order of rows', () => {
    forRows((rows) => {
      const one = { truePositive: 2, falsePositive: 1, falseNegative: 5 };
      const { labels, scores } = repeated(rows);
      const right = savingsScore(labels, scores, one);
      const found = savingsScore(rows.labels, rows.scores, { ...one, weights: rows.weights });
      const moved = savingsScore(reordered(rows, 2).labels, reordered(rows, 2).scores, { ...one, weights: reordered(rows, 2).weights });
      for (const key of ['savings', 'cost', 'treatedShare'] as const) {
        expect(found[key]).toBeCloseTo(right[key], 12);
        expect(moved[key]).toBeCloseTo(right[key], 12);
      }
      expect(expectedCost(rows.labels, rows.scores, { ...one, weights: rows.weights })).toBeCloseTo(expectedCost(labels, scores, one), 12);
    }, 30);
  });

  it('refuses what costs nothing, and what is no cost', () => {
    const code = (options: unknown): string => errorCode(() => savingsScore([1, 0], [0.5, 0.4], options as SavingsOptions));
    expect(code({ truePositive: 0, falsePositive: 0, falseNegative: 0 })).toBe('NOT_IDENTIFIED');
    expect(code({ truePositive: 0, falsePositive: 1 })).toBe('INVALID_OPTION');
    expect(code({ truePositive: -1, falsePositive: 1, falseNegative: 1 })).toBe('INVALID_OPTION');
    expect(code({ truePositive: [1], falsePositive: 1, falseNegative: 1 })).toBe('LENGTH_MISMATCH');
    expect(code({ truePositive: 1, falsePositive: 1, falseNegative: 1, threshold: 2 })).toBe('INVALID_OPTION');
    expect(code({ truePositive: 1, falsePositive: 1, falseNegative: 1, profit: 2 })).toBe('INVALID_OPTION');
    expect(errorCode(() => expectedCost([1, 0], [0.5, 1.4], { truePositive: 1, falsePositive: 1, falseNegative: 1 }))).toBe('INVALID_VALUE');
  });
});
