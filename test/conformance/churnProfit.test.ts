import { expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { brierScore, expectedCost, expectedMaximumProfit, liftAt, logLoss, rocAuc, savingsScore, type ChurnProfitOptions } from '../../src/evaluation/index.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDEN = 'golden/churn/r_churn.json';
const TELCO = 'data/churn/telco_customer_churn.csv';
type Profit = Readonly<Record<'MP' | 'MPfrac' | 'EMP' | 'EMPfrac', number>>;
type Credit = Readonly<Record<'EMPC' | 'EMPCfrac', number>>;

const near = (found: number, right: number, within = 1e-11): void => expect(Math.abs(found - right)).toBeLessThan(within);
const isProfit = (found: ReturnType<typeof expectedMaximumProfit>, right: Profit): void => {
  near(found.maximumProfit, right.MP);
  near(found.maximumShare, right.MPfrac);
  near(found.expectedProfit, right.EMP);
  near(found.expectedShare, right.EMPfrac);
};

// R EMP 2.0.6 (empChurn, empCreditScoring), printed to 13 digits.
describeWithShared("the profit of churn scores beside R's EMP", [GOLDEN, TELCO], () => {
  const golden = readGolden<{
    readonly emp_toy10: Profit;
    readonly emp_toy10_alt: Profit;
    readonly emp_toy10_credit: Credit;
    readonly emp_det1000: Profit;
    readonly emp_det1000_alt: Profit;
    readonly emp_det1000_credit: Credit;
    readonly telco_glm: { readonly emp: Profit; readonly auc: number; readonly topdecile_lift: number; readonly brier: number; readonly logloss: number };
  }>(GOLDEN);
  const ten = { labels: [1, 1, 0, 1, 0, 1, 0, 0, 0, 0], scores: [0.9, 0.8, 0.7, 0.6, 0.55, 0.5, 0.4, 0.3, 0.2, 0.1] };
  const thousand = { labels: [] as number[], scores: [] as number[] };
  for (let i = 0; i < 1000; i++) {
    const score = (((7919 * i) % 1000) + 0.5) / 1000;
    thousand.scores.push(score);
    thousand.labels.push(Number(((104729 * i + 12345) % 99991) / 99991 < 0.6 * score * score));
  }
  const poor: ChurnProfitOptions = { purpose: 'churn', customerValue: 100, incentiveCost: 30, contactCost: 5 };

  it.each([
    ['ten', ten, golden.emp_toy10, golden.emp_toy10_alt, golden.emp_toy10_credit],
    ['a thousand', thousand, golden.emp_det1000, golden.emp_det1000_alt, golden.emp_det1000_credit],
  ] as const)('is that of %s customers, by default, of small worth, and for credit', (_, { labels, scores }, usual, small, credit) => {
    isProfit(expectedMaximumProfit(labels, scores, { purpose: 'churn' }), usual);
    isProfit(expectedMaximumProfit(labels, scores, poor), small);
    const found = expectedMaximumProfit(labels, scores, { purpose: 'credit' });
    near(found.expectedProfit, credit.EMPC);
    near(found.expectedShare, credit.EMPCfrac);
  });

  it('is the same for any scores of the same order, and at least the best profit at the mean', () => {
    for (const options of [poor, { purpose: 'churn' }, { purpose: 'credit' }] as const) {
      const found = expectedMaximumProfit(thousand.labels, thousand.scores, options);
      const bent = expectedMaximumProfit(thousand.labels, thousand.scores.map((score) => Math.log(score) * 1e6 - 3), options);
      expect({ ...bent, threshold: 0 }).toEqual({ ...found, threshold: 0 });
      expect(found.expectedProfit).toBeGreaterThanOrEqual(found.maximumProfit - 1e-12);
    }
  });

  it('is that of a regression on Telco, with its other figures', () => {
    const rows = readCsv(TELCO);
    const frame = Frame.fromColumns({
      churn: rows.map((row) => Number(row['Churn'] === 'Yes')),
      tenure: rows.map((row) => Number(row['tenure'])),
      charges: rows.map((row) => Number(row['MonthlyCharges'])),
      one: rows.map((row) => Number(row['Contract'] === 'One year')),
      two: rows.map((row) => Number(row['Contract'] === 'Two year')),
    });
    const scores = fitLogisticRegression(frame, { target: 'churn' }).predictProbability(frame);
    const labels = rows.map((row) => Number(row['Churn'] === 'Yes'));
    const { emp, auc, topdecile_lift, brier, logloss } = golden.telco_glm;
    isProfit(expectedMaximumProfit(labels, scores, { purpose: 'churn' }), emp);
    near(rocAuc(labels, scores), auc);
    near(liftAt(labels, scores, 0.1).estimate, topdecile_lift);
    near(brierScore(labels, scores), brier);
    near(logLoss(labels, scores), logloss);
  });
});

// empulse 0.13.1: empc, mpc, and of its tests the balanced perfect and worst rankings of 1,000.
it('is the profit empulse finds', () => {
  const labels = [0, 1, 0, 1, 0, 1, 0, 1];
  const found = expectedMaximumProfit(labels, [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9], { purpose: 'churn' });
  isProfit(found, { MP: 23.875, MPfrac: 0.875, EMP: 23.875593418348124, EMPfrac: 0.8743700763487141 });
  const halves = Array.from({ length: 1000 }, (_, i) => Number(i >= 500));
  const perfect = expectedMaximumProfit(halves, halves, { purpose: 'churn' });
  near(perfect.expectedProfit, 28.0000000000391, 1e-9);
  near(perfect.expectedShare, 0.499999999728095, 1e-9);
  near(expectedMaximumProfit(halves, halves.map((label) => 1 - label), { purpose: 'churn' }).expectedProfit, 22.5007912244511, 1e-9);
});

// empulse 0.13.1: expected_cost_loss 8.32540875, cost_loss 2.57425, savings_score 0.19378327591606637.
it('is the cost and the saving empulse finds where every customer has costs of its own', () => {
  const labels = [1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1];
  const probabilities = [
    0.278, 0.303, 0.191, 0.225, 0.513, 0.21, 0.24, 0.264, 0.232, 0.139, 0.14, 0.057, 0.195, 0.093, 0.238, 0.089, 0.382, 0.12, 0.173, 0.119, 0.257, 0.207, 0.518, 0.162, 0.25,
    0.071, 0.233, 0.062, 0.417, 0.176, 0.172, 0.42, 0.217, 0.217, 0.226, 0.112, 0.26, 0.068, 0.073, 0.532,
  ];
  const falsePositive = [
    5.74, 5.21, 4.72, 5.07, 5.1, 2.27, 3.41, 2.71, 2.31, 3.86, 2.59, 4.09, 3.91, 1.52, 3.21, 2.95, 4.53, 1.44, 1.84, 3.56, 3.02, 4.33, 2.66, 1.99, 5.66, 2.22, 1.74, 2.4, 2.7,
    2.13, 3.68, 5.68, 1.63, 3.08, 4.34, 5.42, 6.0, 1.72, 3.69, 5.41,
  ];
  const falseNegative = [
    12.12, 33.53, 16.96, 40.71, 47.51, 31.53, 10.36, 12.57, 26.63, 43.89, 19.47, 36.77, 26.21, 20.61, 38.16, 22.33, 24.88, 40.61, 29.81, 41.36, 30.65, 16.4, 27.75, 44.91, 32.6,
    48.59, 10.05, 23.61, 40.76, 37.45, 32.44, 36.55, 45.06, 37.34, 31.89, 32.5, 36.66, 22.96, 36.78, 34.6,
  ];
  const truePositive = [
    4.14, 2.92, 1.11, 3.15, 4.43, 3.56, 3.57, 2.56, 2.43, 3.88, 1.31, 4.47, 4.51, 4.85, 1.54, 1.46, 4.58, 2.6, 2.08, 2.53, 3.64, 1.65, 2.95, 3.64, 3.88, 1.05, 4.24, 2.74, 2.74,
    3.25, 2.12, 4.55, 1.85, 3.17, 1.67, 3.46, 4.61, 4.53, 1.54, 3.5,
  ];
  const costs = { truePositive, falsePositive, falseNegative };
  near(expectedCost(labels, probabilities, costs), 8.32540875);
  const found = savingsScore(labels, probabilities, costs);
  near(found.cost, 2.57425);
  near(found.savings, 0.19378327591606637);
});
