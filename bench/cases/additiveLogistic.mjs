import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, Frame } from 'clientela/data';
import { crossValidate, logLoss, rocAuc } from 'clientela/evaluation';
import { fitAdditiveLogistic } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const TELCO = join(import.meta.dirname, '../../../shared/data/churn/telco_customer_churn.csv');
const figures = (auc, loss) => `AUC ${auc.toFixed(4)}, log loss ${loss.toFixed(4)}`;

/** The public set, and the folds of the notes: the number of earlier rows with the same label, modulo 5. No cell of it is quoted. */
function telco() {
  const [header, ...lines] = readFileSync(TELCO, 'utf8').split(/\r?\n/).filter((text) => text !== '').map((text) => text.split(','));
  const seen = [0, 0];
  const rows = lines.map((cells) => {
    const { Churn, ...row } = Object.fromEntries(header.map((name, j) => [name, cells[j]]));
    delete row.customerID;
    return { ...row, label: Churn === 'Yes' ? 1 : 0 };
  });
  return { frame: Frame.fromRows(rows), folds: Int32Array.from(rows, ({ label }) => seen[label]++ % 5) };
}

/** Normal columns: one acts as a wave, one as a line, one as a square, two together, the others not at all. */
function sample(count, columnCount) {
  const random = createRandom(5);
  const columns = Array.from({ length: columnCount }, () => Float64Array.from({ length: count }, () => random.normal()));
  const [a, b, c, d, e] = columns;
  const labels = Float64Array.from({ length: count }, (_, i) => (random.uniform() < 1 / (1 + Math.exp(1 - Math.sin(2 * a[i]) - 0.5 * b[i] - 0.3 * c[i] ** 2 - 0.4 * d[i] * e[i])) ? 1 : 0));
  return { columns, labels };
}

const part = ({ columns, labels }, from, to) => Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column.slice(from, to)])), label: labels.slice(from, to) });

/** Telco on held-out folds and growth with rows, through the public door, beside splines before a logistic regression and boosted trees, both of scikit-learn. */
export function run() {
  return [...(existsSync(TELCO) ? onTelco() : []), ...[10_000, 30_000, 100_000].flatMap((count) => growth(count, 20))];
}

function onTelco() {
  const { frame, folds } = telco();
  const train = frame.take(Uint32Array.from(folds.keys()).filter((row) => folds[row] !== 0));
  const { millis } = cpuTime(() => fitAdditiveLogistic(train, { target: 'label' }));
  const { metrics } = crossValidate(frame, { target: 'label', folds, fit: (rows) => fitAdditiveLogistic(rows, { target: 'label' }), metrics: { rocAuc, logLoss } });
  const peers = pythonPeer('additiveLogistic.py', 'telco', TELCO) ?? [];
  const ratios = peers.map((peer) => ratio(millis, peer.millis, peer.who));
  const ours = line('Telco, a fold of five', 'fitAdditiveLogistic', train.rowCount, millis, ['bar 500 ms', figures(metrics.rocAuc.estimate, metrics.logLoss.estimate), ...ratios].join('; '));
  return [ours, ...peers.map((peer) => peerLine('Telco, a fold of five', peer.who, train.rowCount, peer.millis, figures(peer.auc, peer.loss)))];
}

function growth(count, columnCount) {
  const held = 20_000;
  const data = sample(count + held, columnCount);
  const [train, test] = [part(data, 0, count), part(data, count, count + held)];
  const flat = new Float64Array((count + held) * columnCount);
  data.columns.forEach((column, j) => flat.set(column, j * (count + held)));
  const peers = pythonPeer('additiveLogistic.py', 'numbers', shareNumbers('x.f64', flat), shareNumbers('y.f64', data.labels), count, held, columnCount) ?? [];
  const what = `${columnCount} columns`;
  const ours = ['none', 'auto'].map((crosses) => {
    const { millis, result } = cpuTime(() => fitAdditiveLogistic(train, { target: 'label', crosses }), 1);
    const loss = logLoss(data.labels.slice(count), result.predictProbability(test));
    const ratios = peers.map((peer) => ratio(millis, peer.millis, peer.who));
    return line(`${what}, crosses ${crosses}`, 'fitAdditiveLogistic', count, millis, [`log loss ${loss.toFixed(4)}`, ...ratios].join('; '));
  });
  return [...ours, ...peers.map((peer) => peerLine(what, peer.who, count, peer.millis, `log loss ${peer.loss.toFixed(4)}`))];
}
