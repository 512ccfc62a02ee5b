import { describe, expect, it } from 'vitest';
import {
  averagePrecision, bootstrapInterval, brierScore, calibrationTable, compareModels, compareRocAuc, expectedCalibrationError, expectedMaximumProfit, gainsTable, hosmerLemeshow,
  ksStatistic, liftAt, logLoss, meanAbsoluteError, meanSquaredError, profileGroup, profiles, profitCurve, rocAuc, rocAucInterval, rocCurve,
} from '../../src/evaluation/index.js';
import { forRows, repeated } from './rows.js';

type Call = (labels: readonly number[], scores: readonly number[], weights?: readonly number[]) => unknown;
const option = (weights: readonly number[] | undefined): { weights?: readonly number[] } => (weights === undefined ? {} : { weights });
const other = (scores: readonly number[]): number[] => scores.map((score) => Math.abs(score - 0.4));

/** Every exported figure that takes weights. */
const figures: Readonly<Record<string, Call>> = {
  rocAuc, averagePrecision, logLoss, brierScore, meanSquaredError, meanAbsoluteError, ksStatistic,
  rocCurve: (y, s, w) => rocCurve(y, s, w),
  rocAucInterval: (y, s, w) => rocAucInterval(y, s, option(w)),
  compareRocAuc: (y, s, w) => compareRocAuc(y, s, other(s), option(w)),
  compareModels: (y, s, w) => compareModels(y, { a: s, b: other(s) }, option(w)),
  'compareModels by profit': (y, s, w) => compareModels(y, { a: s, b: other(s) }, { ...option(w), contactCost: 1, benefit: 3, replicates: 20 }),
  gainsTable: (y, s, w) => gainsTable(y, s, { bins: 4, ...option(w) }),
  liftAt: (y, s, w) => liftAt(y, s, 0.3, option(w)),
  calibrationTable: (y, s, w) => calibrationTable(y, s, { bins: 3, ...option(w) }),
  'calibrationTable by width': (y, s, w) => calibrationTable(y, s, { bins: 3, method: 'width', ...option(w) }),
  expectedCalibrationError: (y, s, w) => expectedCalibrationError(y, s, { bins: 3, ...option(w) }),
  hosmerLemeshow: (y, s, w) => hosmerLemeshow(y, s, { bins: 3, ...option(w) }),
  profitCurve: (y, s, w) => profitCurve(y, s, { contactCost: 1, benefit: 3, ...option(w) }),
  'profitCurve with amounts per row': (y, s, w) => {
    // The same amount for the same score, so that it can be repeated with it.
    const amounts = s.map((score) => 2 + score);
    return profitCurve(y, s, { contactCost: amounts, benefit: amounts.map((amount) => 3 * amount), ...option(w) });
  },
  'expectedMaximumProfit for churn': (y, s, w) => expectedMaximumProfit(y, s, { purpose: 'churn', ...option(w) }),
  'expectedMaximumProfit for credit': (y, s, w) => expectedMaximumProfit(y, s, { purpose: 'credit', ...option(w) }),
  'bootstrapInterval of rocAuc': (y, s, w) => bootstrapInterval(rocAuc, y, s, { replicates: 20, ...option(w) }),
  'bootstrapInterval of logLoss': (y, s, w) => bootstrapInterval(logLoss, y, s, { replicates: 20, stratify: true, ...option(w) }),
};

/** Numbers alike to 9 digits, everything else equal. */
function expectAlike(found: unknown, right: unknown): void {
  if (typeof right === 'number') {
    if (Number.isFinite(right)) expect(found).toBeCloseTo(right, 9);
    else expect(found).toBe(right);
  } else if (typeof right === 'object' && right !== null) {
    expect(Object.keys(found as object)).toEqual(Object.keys(right));
    for (const [key, value] of Object.entries(right)) expectAlike((found as Record<string, unknown>)[key], value);
  } else expect(found).toBe(right);
}

describe.each(Object.entries(figures))('%s', (_, figure) => {
  it('takes a weight of 2 as the customer twice and a weight of 0 as nobody', () => {
    forRows((rows) => {
      const { labels, scores } = repeated(rows);
      expectAlike(figure(rows.labels, rows.scores, rows.weights), figure(labels, scores));
    }, 40);
  });

  it('is the same with weights of 1 as without', () => {
    forRows(({ labels, scores }) => expectAlike(figure(labels, scores, labels.map(() => 1)), figure(labels, scores)), 10);
  });
});

describe('profiles of weighted customers', () => {
  const rows = Array.from({ length: 120 }, (_, i) => ({ plan: i % 3 ? 'basic' : 'gold', age: 20 + ((i * 7) % 40), count: (i * 5) % 4 }));
  const twice = rows.flatMap(({ count, ...row }, i) => new Array<typeof row & { i: number }>(count).fill({ ...row, i }));
  const score = (i: number): number => (i % 3 ? 0 : 40) + ((i * 7) % 40);

  it('are those of the rows written out, for the ends of a score and for a group', () => {
    const features = ['plan', 'age'] as const;
    const right = profiles(twice, twice.map(({ i }) => score(i)), { features, share: 0.2 });
    expect(right.most.length).toBeGreaterThan(1);
    expect(profiles(rows, rows.map((_, i) => score(i)), { weights: 'count', share: 0.2 })).toEqual(right);
    const group = profileGroup(twice, twice.map(({ i }) => score(i) > 50), { features });
    expect(profileGroup(rows, rows.map((_, i) => score(i) > 50), { features, weights: rows.map(({ count }) => count) })).toEqual(group);
  });

  it('refuse weights that are no counts', () => {
    expect(() => profiles(rows, rows.map((_, i) => i), { weights: rows.map(() => 0.5) })).toThrow('profiles counts customers, so weights must be whole numbers, found 0.5 in row 0');
    expect(() => profileGroup(rows, rows.map(() => 0), { weights: rows.map(() => 1e7) })).toThrow('divide them by a common factor');
  });
});

describe('weights that are no counts', () => {
  it('are refused where contacts are counted one by one', () => {
    const run = (): unknown => profitCurve([1, 0], [0.9, 0.1], { contactCost: 1, benefit: 2, weights: [1, 0.5] });
    expect(run).toThrow('profitCurve found weight 0.5 at index 1; it must be a whole number of customers');
  });

  it('leave figures that are shares alone when all are scaled', () => {
    forRows(({ labels, scores, weights }) => {
      const scaled = weights.map((weight) => weight * 0.25);
      for (const name of ['rocAuc', 'averagePrecision', 'logLoss', 'brierScore', 'expectedMaximumProfit for churn', 'meanSquaredError']) {
        expectAlike(figures[name]!(labels, scores, scaled), figures[name]!(labels, scores, weights));
      }
    }, 20);
  });
});
