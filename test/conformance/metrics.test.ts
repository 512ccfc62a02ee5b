import { expect, it } from 'vitest';
import {
  averagePrecision,
  brierScore,
  compareRocAuc,
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

// From the stored coefficients, two Newton steps take away what rounding them left: the maximum to the last digit.
function fittedProbabilities(design: Float64Array, labels: readonly number[], start: readonly number[]): Float64Array {
  const p = start.length;
  const beta = Float64Array.from(start);
  const fitted = new Float64Array(labels.length);
  for (let iteration = 0; iteration < 3; iteration++) {
    const hessian = new Float64Array(p * p);
    const gradient = new Float64Array(p);
    for (let i = 0; i < labels.length; i++) {
      const row = design.subarray(i * p, (i + 1) * p);
      const mu = sigmoid(row.reduce((sum, x, j) => sum + x * beta[j]!, 0));
      fitted[i] = mu;
      for (let j = 0; j < p; j++) {
        gradient[j]! += row[j]! * (labels[i]! - mu);
        for (let k = 0; k <= j; k++) hessian[j * p + k]! += mu * (1 - mu) * row[j]! * row[k]!;
      }
    }
    if (iteration === 2) break;
    expect(choleskyInPlace(hessian, p)).toBe(true);
    choleskySolve(hessian, p, gradient).forEach((step, j) => (beta[j]! += step));
  }
  return fitted;
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
