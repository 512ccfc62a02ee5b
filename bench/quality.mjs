/**
 * `node bench/quality.mjs [set ...] [--models=trees,net,score]`: how well the learners do with their defaults on the six public data sets of
 * ../shared, by the five folds of the notes (a row's fold is the number of earlier rows with its label, modulo 5), beside the best peers of
 * ../shared/golden/scoring/cv5.json. AUC and log loss are of the pooled out-of-fold probabilities.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCsv } from '../examples/quickstart/csv.mjs';

const root = resolve(import.meta.dirname, '..');
const shared = resolve(root, '../shared');
if (!existsSync(resolve(shared, 'golden/scoring/cv5.json'))) {
  console.error('the data sets and figures of ../shared are not here');
  process.exit(1);
}
if (!process.argv.includes('--no-build')) spawnSync('npm', ['run', '--silent', 'build:esm'], { cwd: root, stdio: 'inherit' });
const { Frame } = await import('clientela/data');
const { crossValidate } = await import('clientela/evaluation');
const { fitBoostedTrees, fitElasticNet } = await import('clientela/learners');
const { fitTargetScore } = await import('clientela/scoring');

const SETS = {
  german: { file: 'scoring/germancredit.csv', target: 'creditability', positive: 'bad', without: [] },
  bank: { file: 'scoring/bank.csv', target: 'y', positive: 'yes', without: ['duration'] },
  telco: { file: 'churn/telco_customer_churn.csv', target: 'Churn', positive: 'Yes', without: ['customerID'] },
  caravan: { file: 'scoring/caravan.csv', target: 'Purchase', positive: 'Yes', without: [] },
  bankadd: { file: 'scoring/bank-additional-full.csv', target: 'y', positive: 'yes', without: ['duration'] },
  hillstrom: { file: 'scoring/hillstrom.csv', target: 'visit', positive: '1', without: ['conversion', 'spend'] },
};
const MODELS = {
  trees: (train) => fitBoostedTrees(train, { target: 'LABEL' }),
  net: (train) => fitElasticNet(train, { target: 'LABEL' }),
  score: (train) => fitTargetScore(train, { target: 'LABEL' }),
};

async function load({ file, target, positive, without }) {
  const { columns, rowCount } = await readCsv(resolve(shared, 'data', file));
  const seen = [0, 0];
  const labels = new Float64Array(rowCount);
  const folds = new Int32Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    labels[i] = columns[target][i] === positive ? 1 : 0;
    folds[i] = seen[labels[i]]++ % 5;
  }
  for (const name of [target, ...without]) delete columns[name];
  return { frame: Frame.fromColumns({ ...columns, LABEL: labels }), folds };
}

const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const models = process.argv.find((word) => word.startsWith('--models='))?.slice(9).split(',') ?? Object.keys(MODELS);
const golden = JSON.parse(readFileSync(resolve(shared, 'golden/scoring/cv5.json'), 'utf8'));
for (const name of chosen.length > 0 ? chosen : Object.keys(SETS)) {
  const { frame, folds } = await load(SETS[name]);
  const peers = Object.entries(golden[name]);
  const auc = Math.max(...peers.map(([, figures]) => figures.auc));
  const loss = Math.min(...peers.map(([, figures]) => figures.logloss));
  console.log(`\n${name}: best peers AUC ${auc.toFixed(4)}, log loss ${loss.toFixed(4)}`);
  for (const model of models) {
    const start = process.cpuUsage();
    const predict = model === 'score' ? (score, test) => score.predict(test) : undefined;
    const methods = [];
    const fit = (train) => {
      const fitted = MODELS[model](train);
      if (model === 'score') methods.push(fitted.report.method);
      return fitted;
    };
    const { metrics } = crossValidate(frame, { target: 'LABEL', fit, folds, ...(predict && { predict }) });
    const { user, system } = process.cpuUsage(start);
    const a = metrics.rocAuc.estimate;
    const l = metrics.logLoss.estimate;
    const meets = a >= auc - 0.003 && l <= loss + 0.002;
    const verdict = a > auc && l < loss ? 'better than every peer' : meets ? 'meets the bar' : 'misses the bar';
    console.log(`  ${model.padEnd(6)} AUC ${a.toFixed(4)}  log loss ${l.toFixed(4)}  ${((user + system) / 1e6).toFixed(1)} CPU s  ${verdict}${methods.length > 0 ? ` (${[...new Set(methods)].join(', ')})` : ''}`);
  }
}
