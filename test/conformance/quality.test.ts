import { expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { crossValidate } from '../../src/evaluation/crossValidate.js';
import { logLoss } from '../../src/evaluation/logLoss.js';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import { fitBoostedTrees } from '../../src/learners/trees/fitBoostedTrees.js';
import { fitTargetScore } from '../../src/scores/fitTargetScore.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface PublicSet {
  readonly file: string;
  readonly delimiter?: string;
  readonly target: string;
  readonly positive: string;
  readonly without?: readonly string[];
}

const SETS: Readonly<Record<string, PublicSet>> = {
  german: { file: 'data/scoring/germancredit.csv', target: 'creditability', positive: 'bad' },
  bank: { file: 'data/scoring/bank.csv', delimiter: ';', target: 'y', positive: 'yes', without: ['duration'] },
  telco: { file: 'data/churn/telco_customer_churn.csv', target: 'Churn', positive: 'Yes', without: ['customerID'] },
  caravan: { file: 'data/scoring/caravan.csv', target: 'Purchase', positive: 'Yes' },
  bankadd: { file: 'data/scoring/bank-additional-full.csv', target: 'y', positive: 'yes', without: ['duration'] },
  hillstrom: { file: 'data/scoring/hillstrom.csv', target: 'visit', positive: '1', without: ['conversion', 'spend'] },
};

/** A public set with a label of 0 and 1, and the five folds of the notes: the number of earlier rows with the same label, modulo 5. */
function load({ file, delimiter, target, positive, without = [] }: PublicSet): { frame: Frame; folds: Int32Array } {
  const seen = [0, 0];
  const rows = readCsv(file, delimiter).map((row) => {
    const kept = Object.entries(row).filter(([name]) => name !== target && !without.includes(name));
    return { ...Object.fromEntries(kept), label: row[target] === positive ? 1 : 0 };
  });
  return { frame: Frame.fromRows(rows) as unknown as Frame, folds: Int32Array.from(rows, ({ label }) => seen[label]!++ % 5) };
}

describeWithShared('boosted trees as they come, on held-out customers', ['golden/scoring/cv5.json', ...Object.values(SETS).map(({ file }) => file)], () => {
  const peers = readGolden<Record<string, Record<string, { auc: number; logloss: number }>>>('golden/scoring/cv5.json');
  const better: string[] = [];

  it.each(Object.keys(SETS))('%s: AUC no more than .003 below the best peer, log loss no more than .002 above', (name) => {
    const { frame, folds } = load(SETS[name]!);
    const { metrics } = crossValidate(frame, { target: 'label', folds, fit: (train) => fitBoostedTrees(train, { target: 'label' }), metrics: { rocAuc, logLoss } });
    const figures = Object.values(peers[name]!);
    const auc = Math.max(...figures.map((figure) => figure.auc));
    const loss = Math.min(...figures.map((figure) => figure.logloss));
    expect(metrics.rocAuc.estimate).toBeGreaterThan(auc - 0.003);
    expect(metrics.logLoss.estimate).toBeLessThan(loss + 0.002);
    if (metrics.rocAuc.estimate > auc && metrics.logLoss.estimate < loss) better.push(name);
  }, 120_000);

  it('is better than every peer in both on at least half of the sets', () => {
    expect(better.length).toBeGreaterThanOrEqual(3);
  });

  it('is what a target score takes where it is better', () => {
    expect(fitTargetScore(load(SETS['german']!).frame, { target: 'label' }).report.method).toBe('boosted trees');
  }, 120_000);
});
