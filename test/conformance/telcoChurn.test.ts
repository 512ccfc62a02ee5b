import { expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { brierScore } from '../../src/evaluation/brierScore.js';
import { crossValidate } from '../../src/evaluation/crossValidate.js';
import { expectedCalibrationError } from '../../src/evaluation/expectedCalibrationError.js';
import { logLoss } from '../../src/evaluation/logLoss.js';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import { fitAdditiveLogistic } from '../../src/learners/additive/fitAdditiveLogistic.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const FILES = { telco: 'data/churn/telco_customer_churn.csv', iranian: 'data/churn/iranian_churn.csv', saas: 'data/churn/pysurvival_saas_churn.csv' };

/** A public set with a label of 0 and 1, and the five folds of the notes: the number of earlier rows with the same label, modulo 5. */
function load(file: string, target: string, positive: string, without: readonly string[]): { frame: Frame; folds: Int32Array; labels: number[] } {
  const seen = [0, 0];
  const rows = readCsv(file).map((row) => {
    const kept = Object.entries(row).filter(([name]) => name !== target && !without.includes(name));
    return { ...Object.fromEntries(kept), label: row[target] === positive ? 1 : 0 };
  });
  return { frame: Frame.fromRows(rows) as unknown as Frame, folds: Int32Array.from(rows, ({ label }) => seen[label]!++ % 5), labels: rows.map(({ label }) => label) };
}

/** Events among the highest tenth of scores (rounded down) against all, equal scores in the order of the rows. */
function lift10(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const count = Math.floor(0.1 * scores.length);
  const best = Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, count);
  const rate = (rows: readonly number[]): number => rows.reduce((sum, row) => sum + labels[row]!, 0) / rows.length;
  return rate(best) / rate(Array.from(scores, (_, row) => row));
}

const metrics = { rocAuc, logLoss, brierScore, lift10 };
const judge = ({ frame, folds }: ReturnType<typeof load>) => crossValidate(frame, { target: 'label', folds, fit: (train) => fitAdditiveLogistic(train, { target: 'label' }), metrics });

describeWithShared('an additive logistic regression as it comes, on held-out customers', [...Object.values(FILES), 'golden/churn/telco_cv2.json', 'golden/churn/other_cv.json'], () => {
  const telco = load(FILES.telco, 'Churn', 'Yes', ['customerID']);
  const others = readGolden<Record<string, Record<'LR' | 'HGB', [auc: number, loss: number]>>>('golden/churn/other_cv.json');

  it('Telco: at least as good as tuned boosting and splines by hand, and calibrated', () => {
    const { metrics: found, outOfFold } = judge(telco);
    const peers = readGolden<Record<string, { mean: [number, number, number, number] }>>('golden/churn/telco_cv2.json');
    for (const peer of ['LR_L2_C1', 'LR_splines_C0.1', 'HGB_default', 'HGB_tuned', 'HGB_stumps_lr.1_it300']) {
      const [auc, loss, brier] = peers[peer]!.mean;
      expect(found.rocAuc.estimate, peer).toBeGreaterThan(auc);
      expect(found.logLoss.estimate, peer).toBeLessThan(loss);
      expect(found.brierScore.estimate, peer).toBeLessThan(brier);
    }
    // Beyond this a leak would be nearer than a better model.
    expect(found.rocAuc.estimate).toBeGreaterThan(0.85);
    expect(found.rocAuc.estimate).toBeLessThan(0.8525);
    expect(found.logLoss.estimate).toBeLessThan(0.4097);
    expect(found.lift10.estimate).toBeGreaterThan(2.88);
    expect(expectedCalibrationError(telco.labels, outOfFold, { bins: 10 })).toBeLessThan(0.012);
  });

  it('Telco: the model is small, and says its reasons to the last digit', () => {
    const model = fitAdditiveLogistic(telco.frame, { target: 'label' });
    expect(JSON.stringify(model).length).toBeLessThan(20_000);
    expect(model.convergence.converged).toBe(true);
    expect(model.terms()[0]!.features).toEqual(['tenure']);
    for (const row of readCsv(FILES.telco).slice(0, 50)) {
      const { baseline, contributions, logOdds } = model.explain(row);
      expect(contributions.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logOdds, 10);
    }
  });

  it('Iranian: far better than a line each, not quite as good as trees', () => {
    const { metrics: found } = judge(load(FILES.iranian, 'Churn', '1', []));
    const { LR, HGB } = others['iranian']!;
    expect(found.rocAuc.estimate).toBeGreaterThan(LR[0] + 0.045);
    expect(found.logLoss.estimate).toBeLessThan(LR[1] - 0.1);
    expect(found.rocAuc.estimate).toBeGreaterThan(HGB[0] - 0.006);
    expect(found.logLoss.estimate).toBeLessThan(HGB[1] + 0.025);
  });

  it('SaaS: a log loss between those of lines and trees', () => {
    const { metrics: found } = judge(load(FILES.saas, 'churned', '1.0', ['months_active']));
    const { LR, HGB } = others['pysurvival_saas (no months_active)']!;
    expect(found.rocAuc.estimate).toBeGreaterThan(HGB[0]);
    expect(found.logLoss.estimate).toBeLessThan(LR[1]);
    expect(found.logLoss.estimate).toBeLessThan(HGB[1] + 0.005);
  });
});
