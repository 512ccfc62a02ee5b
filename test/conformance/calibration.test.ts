import { expect, it } from 'vitest';
import { brierScore, calibrationSlope, logLoss } from '../../src/evaluation/index.js';
import { fitBetaCalibration, fitIsotonicCalibration, fitLogisticRegression, fitPlattCalibration, type CalibrationMap } from '../../src/learners/index.js';
import { sigmoid } from '../../src/numeric/sigmoid.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface Golden {
  readonly calibration_german_fold4: Readonly<Record<'n' | 'auc' | 'logloss' | 'brier' | 'plattA' | 'plattB' | 'isoLogloss' | 'isoBrier' | 'plattLogloss' | 'betaLogloss', number>> & {
    readonly calibInterceptSlope: readonly [number, number];
    readonly calibSE: readonly [number, number];
    readonly betaParams: Readonly<Record<'a' | 'b' | 'c', number>>;
    readonly isotonicBlocks: readonly (readonly [number, number])[];
  };
}

const near = (found: number, right: number): void => {
  expect(Math.abs(found - right) / Math.max(1, Math.abs(right))).toBeLessThan(1e-9);
};

describeWithShared('calibration on German credit', ['golden/scoring/metrics.json', 'data/scoring/germancredit.csv'], () => {
  const golden = readGolden<Golden>('golden/scoring/metrics.json').calibration_german_fold4;
  const rows = readCsv('data/scoring/germancredit.csv');
  const seen: [number, number] = [0, 0];
  const fold4 = rows.map((row) => seen[row['creditability'] === 'bad' ? 1 : 0]++ % 5 === 4);
  const model = fitLogisticRegression(rows.filter((_, i) => !fold4[i]), { target: 'creditability', positive: 'bad' });
  const judged = rows.filter((_, i) => fold4[i]);
  const labels = judged.map((row) => (row['creditability'] === 'bad' ? 1 : 0));
  const margins = model.predictLogOdds(judged);
  const probabilities = model.predictProbability(judged);

  it('starts from the same scores', () => {
    expect(labels.length).toBe(golden.n);
    near(logLoss(labels, probabilities), golden.logloss);
    near(brierScore(labels, probabilities), golden.brier);
  });

  it("reproduces Platt's sigmoid, whose A and B have the other sign, and goes on to where the gradient is 0", () => {
    const calibrator = fitPlattCalibration(labels, margins);
    const map = calibrator.toJSON() as CalibrationMap & { method: 'platt' };
    const events = labels.filter((label) => label === 1).length;
    const gradient = (slope: number, intercept: number): number => {
      const errors = labels.map((label, i) => sigmoid(slope * margins[i]! + intercept) - (label === 1 ? (events + 1) / (events + 2) : 1 / (labels.length - events + 2)));
      const [sum, product] = [errors.reduce((total, error) => total + error, 0), errors.reduce((total, error, i) => total + error * margins[i]!, 0)];
      return Math.max(Math.abs(sum), Math.abs(product));
    };
    // The stored figures come from a solver that stopped early (gradient 1.6e-6), so they agree to 2e-8 only.
    expect(gradient(-golden.plattA, -golden.plattB)).toBeGreaterThan(1e-6);
    expect(gradient(map.slope, map.intercept)).toBeLessThan(1e-12);
    expect(Math.abs(map.slope + golden.plattA)).toBeLessThan(2e-8);
    expect(Math.abs(map.intercept + golden.plattB)).toBeLessThan(2e-8);
    near(logLoss(labels, calibrator.predict(margins)), golden.plattLogloss);
  });

  it('reproduces the blocks of isotonic regression', () => {
    const calibrator = fitIsotonicCalibration(labels, probabilities);
    const { thresholds, probabilities: shares } = calibrator.toJSON() as CalibrationMap & { method: 'isotonic' };
    expect(thresholds.length).toBe(golden.isotonicBlocks.length);
    golden.isotonicBlocks.forEach(([threshold, share], j) => {
      near(thresholds[j]!, threshold);
      near(shares[j]!, share);
    });
    near(logLoss(labels, calibrator.predict(probabilities)), golden.isoLogloss);
    near(brierScore(labels, calibrator.predict(probabilities)), golden.isoBrier);
  });

  it('reproduces beta calibration', () => {
    const calibrator = fitBetaCalibration(labels, probabilities);
    const map = calibrator.toJSON() as CalibrationMap & { method: 'beta' };
    near(map.lower, golden.betaParams.a);
    near(map.upper, golden.betaParams.b);
    near(map.intercept, golden.betaParams.c);
    near(logLoss(labels, calibrator.predict(probabilities)), golden.betaLogloss);
  });

  it('reproduces intercept and slope with their standard errors', () => {
    const { intercept, slope } = calibrationSlope(labels, probabilities);
    near(intercept.estimate, golden.calibInterceptSlope[0]);
    near(slope.estimate, golden.calibInterceptSlope[1]);
    near(intercept.standardError, golden.calibSE[0]);
    near(slope.standardError, golden.calibSE[1]);
  });
});
