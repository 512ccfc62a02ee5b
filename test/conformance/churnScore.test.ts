import { expect, it } from 'vitest';
import { costThreshold } from '../../src/churn/score/costThreshold.js';
import type { ChurnScore } from '../../src/churn/score/churnScore.js';
import { fitChurnScore } from '../../src/churn/score/fitChurnScore.js';
import { Frame } from '../../src/data/frame.js';
import { brierScore } from '../../src/evaluation/brierScore.js';
import { expectedCalibrationError } from '../../src/evaluation/expectedCalibrationError.js';
import { expectedMaximumProfit } from '../../src/evaluation/expectedMaximumProfit.js';
import { liftAt } from '../../src/evaluation/liftAt.js';
import { logLoss } from '../../src/evaluation/logLoss.js';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import { describeWithShared, readCsv } from './shared.js';

const TELCO = 'data/churn/telco_customer_churn.csv';
const IRANIAN = 'data/churn/iranian_churn.csv';

describeWithShared('the churn score of the Telco customers, five folds of the notes (rank within class modulo 5)', [TELCO], () => {
  const seen: Record<string, number> = { Yes: 0, No: 0 };
  const rows = readCsv(TELCO).map(({ customerID: _, ...row }) => ({ ...row, TotalCharges: row['TotalCharges']!.trim() || '0', Churn: row['Churn']! }));
  const folds = Int32Array.from(rows, ({ Churn }) => seen[Churn]!++ % 5);
  const frame = Frame.fromRows(rows);
  const labels = Float64Array.from(rows, ({ Churn }) => (Churn === 'Yes' ? 1 : 0));
  const outOfFold = new Float64Array(rows.length);
  const scores: ChurnScore[] = [];
  const perFold = (metric: (labels: Float64Array, probabilities: Float64Array) => number): number =>
    [0, 1, 2, 3, 4].reduce((sum, fold) => sum + metric(labels.filter((_, row) => folds[row] === fold), outOfFold.filter((_, row) => folds[row] === fold)), 0) / 5;

  it('is chosen, learnt and judged anew in each fold', () => {
    for (let fold = 0; fold < 5; fold++) {
      const [train, test] = [[...folds.keys()].filter((row) => folds[row] !== fold), [...folds.keys()].filter((row) => folds[row] === fold)];
      const score = fitChurnScore(frame.take(train), { target: 'Churn' });
      score.predict(frame.take(test)).forEach((p, i) => (outOfFold[test[i]!] = p));
      scores.push(score);
    }
    expect(scores.every(({ report }) => report.tried.length === 7 && report.isBelievable)).toBe(true);
  }, 240_000);

  it('reaches what the best of the notes reach', () => {
    const lift = perFold((known, p) => liftAt(known, p, 0.1, { ties: 'rowOrder' }).estimate);
    const ece = expectedCalibrationError(labels, outOfFold, { bins: 10 });
    const profit = expectedMaximumProfit(labels, outOfFold, { purpose: 'churn' }).expectedProfit;
    expect(perFold(rocAuc)).toBeGreaterThanOrEqual(0.8495);
    expect(perFold(logLoss)).toBeLessThanOrEqual(0.411);
    expect(perFold(brierScore)).toBeLessThanOrEqual(0.1334);
    expect(lift).toBeGreaterThanOrEqual(2.88);
    expect(ece).toBeLessThanOrEqual(0.012);
    expect(profit).toBeGreaterThan(10.3);
  });

  it('said beforehand how good it would be', () => {
    const folded = perFold(rocAuc);
    for (const { report } of scores) {
      expect(report.auc.lower).toBeLessThan(folded);
      expect(report.auc.upper).toBeGreaterThan(folded);
      expect(report.intervals.logLoss.lower).toBeLessThan(perFold(logLoss));
      expect(report.intervals.logLoss.upper).toBeGreaterThan(perFold(logLoss));
    }
  });

  it('earns by the cut of the costs what the best cut in hindsight earns', () => {
    const cut = costThreshold({ customerValue: 200, incentiveCost: 10, contactCost: 1, acceptance: 0.3 });
    const profit = outOfFold.reduce((sum, p, row) => sum + (p < cut ? 0 : labels[row] === 1 ? 0.3 * 190 - 1 : -11), 0) / labels.length;
    expect(profit).toBeGreaterThan(0.98 * expectedMaximumProfit(labels, outOfFold, { purpose: 'churn' }).maximumProfit);
  });
});

describeWithShared('data that were made in a way that flatters', [TELCO, IRANIAN], () => {
  it('multiplied leavers are refused: the same data look far better than they are (findings of the notes: .82 becomes .96)', () => {
    const rows = readCsv(TELCO).map(({ customerID: _, ...row }) => row);
    const leavers = rows.filter((row) => row['Churn'] === 'Yes');
    const balanced = [...rows, ...leavers, ...leavers.slice(0, rows.length - 3 * leavers.length)];
    expect(() => fitChurnScore(balanced, { target: 'Churn', methods: ['logistic'] })).toThrow('one class was multiplied before the data came here');
  });

  it('the repeated rows of the Iranian set are named', () => {
    const rows = readCsv(IRANIAN);
    const { report } = fitChurnScore(Frame.fromRows(rows), { target: Object.keys(rows[0]!).at(-1)!, methods: ['logistic'] });
    expect(report.design.join()).toContain('repeat an earlier one exactly');
  });
});
