import { expect, it } from 'vitest';
import type { NumberColumn } from '../../src/data/column.js';
import {
  averagePrecision,
  brierScore,
  compareRocAuc,
  crossValidate,
  expectedCalibrationError,
  gainsTable,
  hosmerLemeshow,
  ksStatistic,
  logLoss,
  profitCurve,
  rocAuc,
  rocAucInterval,
  type GainsRow,
} from '../../src/evaluation/index.js';
import { choleskyInPlace, choleskySolve } from '../../src/numeric/cholesky.js';
import { sigmoid } from '../../src/numeric/sigmoid.js';
import { describeWithShared, designOf, readCsv, readGolden } from './shared.js';

interface GoldenGains {
  readonly bin: number;
  readonly n: number;
  readonly resp: number;
  readonly rate: number;
  readonly cumResp: number;
  readonly cumGain: number;
  readonly lift: number;
  readonly cumLift: number;
  readonly minScore: number;
}
interface GoldenMetrics {
  readonly german_insample: Readonly<
    Record<'auc' | 'auc3' | 'delongVar' | 'delongVar3' | 'delongCov' | 'delongZ' | 'delongP' | 'logloss' | 'brier' | 'ap' | 'ks' | 'ksThreshold' | 'hosmerLemeshow10' | 'ece10', number>
  > & { readonly gains: readonly GoldenGains[]; readonly b3: readonly number[] };
  readonly bank_profit: Readonly<Record<'auc' | 'ap' | 'logloss' | 'brier', number>> & {
    readonly emp: readonly [number, number, number, readonly number[]];
    readonly theor: { readonly n: number; readonly expected: number; readonly realised: number };
    readonly gains: readonly GoldenGains[];
  };
  readonly ties: Readonly<Record<'auc' | 'ap' | 'delongVar' | 'ks' | 'aucWeighted' | 'loglossWeighted' | 'brierWeighted', number>> &
    Readonly<Record<'y' | 's' | 'sampleWeight', readonly number[]>>;
}
type GoldenLogistic = Readonly<Record<string, { readonly names: readonly string[]; readonly coef: readonly number[] }>>;

const TOLERANCE = 1e-9;
const near = (found: number, right: number): void => {
  expect(Math.abs(found - right) / Math.max(1, Math.abs(right))).toBeLessThan(TOLERANCE);
};

const probabilityOf = (design: Float64Array, row: number, beta: Float64Array): number => {
  let eta = 0;
  for (let j = 0; j < beta.length; j++) eta += design[row * beta.length + j]! * beta[j]!;
  return sigmoid(eta);
};

// Newton steps on these rows from a start near the maximum.
function fitted(design: Float64Array, labels: readonly number[], start: readonly number[], rows: Iterable<number>, steps: number): Float64Array {
  const p = start.length;
  const beta = Float64Array.from(start);
  const used = [...rows];
  for (let step = 0; step < steps; step++) {
    const hessian = new Float64Array(p * p);
    const gradient = new Float64Array(p);
    for (const i of used) {
      const mu = probabilityOf(design, i, beta);
      for (let j = 0; j < p; j++) {
        const x = design[i * p + j]!;
        gradient[j]! += x * (labels[i]! - mu);
        for (let k = 0; k <= j; k++) hessian[j * p + k]! += mu * (1 - mu) * x * design[i * p + k]!;
      }
    }
    expect(choleskyInPlace(hessian, p)).toBe(true);
    choleskySolve(hessian, p, gradient).forEach((change, j) => (beta[j]! += change));
  }
  return beta;
}

// From the stored coefficients, two steps take away what rounding them left.
function fittedProbabilities(design: Float64Array, labels: readonly number[], start: readonly number[]): Float64Array {
  const beta = fitted(design, labels, start, labels.keys(), 2);
  return Float64Array.from(labels, (_, row) => probabilityOf(design, row, beta));
}

type GoldenFolds = Readonly<Record<string, Readonly<Record<string, Readonly<Record<'auc' | 'aucMeanFold' | 'logloss' | 'brier' | 'ap' | 'lift10', number>>>>>>;

// Fold(i) = how many earlier rows carry the same label, modulo 5; logistic regression without penalty in every fold.
function expectCrossValidation(design: Float64Array, labels: readonly number[], start: readonly number[], set: string, separated = false): void {
  const golden = readGolden<GoldenFolds>('golden/scoring/cv5.json')[set]!['logit_mle']!;
  const seen = [0, 0];
  const folds = labels.map((label) => seen[label]!++ % 5);
  const data = { row: Float64Array.from(labels.keys()), y: Float64Array.from(labels) };
  const { metrics, folds: done, outOfFold } = crossValidate(data, {
    target: 'y',
    folds,
    fit: (_, rows) => fitted(design, labels, start, rows, 8),
    predict: (beta, test) => (test.column('row') as NumberColumn).values.map((row) => probabilityOf(design, row, beta)),
  });
  // The peer stopped at a looser tolerance than ours in every fold.
  expect(metrics.rocAuc.estimate).toBeCloseTo(golden.auc, 6);
  // In a separated fold one coefficient has no finite maximum: its extreme probabilities depend on when the peer gave up, the ranking does not.
  if (!separated) expect(metrics.logLoss.estimate).toBeCloseTo(golden.logloss, 6);
  expect(metrics.brierScore.estimate).toBeCloseTo(golden.brier, 6);
  expect(metrics.averagePrecision.estimate).toBeCloseTo(golden.ap, 6);
  expect(done.reduce((sum, fold) => sum + fold.metrics.rocAuc, 0) / 5).toBeCloseTo(golden.aucMeanFold, 6);
  expect(gainsTable(labels, outOfFold)[0]!.lift).toBeCloseTo(golden.lift10, 6);
}

function expectGains(found: readonly GainsRow[], golden: readonly GoldenGains[]): void {
  expect(found.length).toBe(golden.length);
  golden.forEach((right, j) => {
    const row = found[j]!;
    expect([row.bin, row.customers, row.events, row.cumulativeEvents]).toEqual([right.bin, right.n, right.resp, right.cumResp]);
    near(row.rate.estimate, right.rate);
    near(row.lift, right.lift);
    near(row.cumulativeGain, right.cumGain);
    near(row.cumulativeLift, right.cumLift);
    near(row.minScore, right.minScore);
  });
}

describeWithShared('evaluation on the ten rows with ties', ['golden/scoring/metrics.json'], () => {
  const { ties } = readGolden<GoldenMetrics>('golden/scoring/metrics.json');

  it('reproduces AUC, AP, KS and DeLong variance', () => {
    near(rocAuc(ties.y, ties.s), ties.auc);
    near(averagePrecision(ties.y, ties.s), ties.ap);
    near(ksStatistic(ties.y, ties.s).statistic, ties.ks);
    near(rocAucInterval(ties.y, ties.s).standardError ** 2, ties.delongVar);
  });

  it('reproduces the weighted AUC, log loss and Brier score', () => {
    near(rocAuc(ties.y, ties.s, ties.sampleWeight), ties.aucWeighted);
    near(logLoss(ties.y, ties.s, ties.sampleWeight), ties.loglossWeighted);
    near(brierScore(ties.y, ties.s, ties.sampleWeight), ties.brierWeighted);
  });
});

describeWithShared('evaluation on German credit', ['golden/scoring/metrics.json', 'golden/scoring/logistic.json', 'data/scoring/germancredit.csv'], () => {
  const golden = readGolden<GoldenMetrics>('golden/scoring/metrics.json').german_insample;
  const { names, coef } = readGolden<GoldenLogistic>('golden/scoring/logistic.json')['german']!;
  const rows = readCsv('data/scoring/germancredit.csv');
  const labels = rows.map((row) => (row['creditability'] === 'bad' ? 1 : 0));
  const probabilities = fittedProbabilities(designOf(rows, names), labels, coef);
  const few = ['(Intercept)', 'duration_in_month', 'credit_amount', 'age_in_years'];
  const probabilities3 = fittedProbabilities(designOf(rows, few), labels, golden.b3);

  it('reproduces AUC, AP, log loss, Brier and KS', () => {
    near(rocAuc(labels, probabilities), golden.auc);
    near(rocAuc(labels, probabilities3), golden.auc3);
    near(averagePrecision(labels, probabilities), golden.ap);
    near(logLoss(labels, probabilities), golden.logloss);
    near(brierScore(labels, probabilities), golden.brier);
    const ks = ksStatistic(labels, probabilities);
    near(ks.statistic, golden.ks);
    near(ks.threshold, golden.ksThreshold);
  });

  it('reproduces DeLong: variances, covariance, interval of pROC, z and p of the paired test', () => {
    const auc = rocAucInterval(labels, probabilities);
    near(auc.standardError ** 2, golden.delongVar);
    near(rocAucInterval(labels, probabilities3).standardError ** 2, golden.delongVar3);
    expect(auc.lower).toBeCloseTo(0.8045221753, 9);
    expect(auc.upper).toBeCloseTo(0.8573254437, 9);
    const comparison = compareRocAuc(labels, probabilities, probabilities3);
    near((golden.delongVar + golden.delongVar3 - comparison.standardError ** 2) / 2, golden.delongCov);
    near(comparison.z, golden.delongZ);
    expect(comparison.p / golden.delongP).toBeCloseTo(1, 9);
  });

  it('reproduces the gains table, Hosmer-Lemeshow and the expected calibration error', () => {
    expectGains(gainsTable(labels, probabilities), golden.gains);
    near(hosmerLemeshow(labels, probabilities).statistic, golden.hosmerLemeshow10);
    near(expectedCalibrationError(labels, probabilities, { method: 'width' }), golden.ece10);
  });
});

describeWithShared('cross-validation on German credit and bank marketing', ['golden/scoring/cv5.json', 'golden/scoring/logistic.json', 'data/scoring/germancredit.csv', 'data/scoring/bank.csv'], () => {
  const golden = readGolden<GoldenLogistic>('golden/scoring/logistic.json');

  it('reproduces the pooled figures of five given folds on German credit', () => {
    const { names, coef } = golden['german']!;
    const rows = readCsv('data/scoring/germancredit.csv');
    expectCrossValidation(designOf(rows, names), rows.map((row) => (row['creditability'] === 'bad' ? 1 : 0)), coef, 'german', true);
  });

  it('reproduces them on bank marketing', () => {
    const { names, coef } = golden['bank']!;
    const rows = readCsv('data/scoring/bank.csv', ';');
    expectCrossValidation(designOf(rows, names), rows.map((row) => (row['y'] === 'yes' ? 1 : 0)), coef, 'bank');
  });
});

describeWithShared('evaluation on bank marketing', ['golden/scoring/metrics.json', 'golden/scoring/logistic.json', 'data/scoring/bank.csv'], () => {
  const golden = readGolden<GoldenMetrics>('golden/scoring/metrics.json').bank_profit;
  const { names, coef } = readGolden<GoldenLogistic>('golden/scoring/logistic.json')['bank']!;
  const rows = readCsv('data/scoring/bank.csv', ';');
  const labels = rows.map((row) => (row['y'] === 'yes' ? 1 : 0));
  const probabilities = fittedProbabilities(designOf(rows, names), labels, coef);

  it('reproduces AUC, AP, log loss, Brier and the gains table', () => {
    near(rocAuc(labels, probabilities), golden.auc);
    near(averagePrecision(labels, probabilities), golden.ap);
    near(logLoss(labels, probabilities), golden.logloss);
    near(brierScore(labels, probabilities), golden.brier);
    expectGains(gainsTable(labels, probabilities), golden.gains);
  });

  it('reproduces the best depth, its profit and threshold, and the curve', () => {
    const [contacts, profit, threshold, curve] = golden.emp;
    const found = profitCurve(labels, probabilities, { contactCost: 10, benefit: 100, fixedCost: 500 });
    expect(found.contacts).toBe(contacts);
    near(found.profit, profit);
    near(found.threshold, threshold);
    [100, 200, 500, 4521].forEach((depth, j) => near(found.profits[depth]!, curve[j]!));
    near(found.profits[golden.theor.n]!, golden.theor.realised);
  });
});
