import { createRandom } from 'clientela/data';
import { fitBoostedTrees } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';
import { frameOf } from './logistic.mjs';

/** Twenty columns, of which some act alone, some together and some not at all; rows beyond `count` are held out. */
function sample(count, columnCount, held) {
  const random = createRandom(5);
  const columns = Array.from({ length: columnCount }, () => new Float64Array(count + held));
  const labels = new Uint8Array(count + held);
  for (let i = 0; i < labels.length; i++) {
    let logOdds = -1;
    for (let j = 0; j < columnCount; j++) {
      columns[j][i] = j % 4 === 3 ? Math.exp(random.normal()) : random.normal();
      if (j < 10) logOdds += 0.4 * Math.cos(j) * columns[j][i];
    }
    logOdds += columns[0][i] > 0.5 && columns[1][i] < 0 ? 1 : Math.abs(columns[2][i]);
    labels[i] = random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  }
  return { columns, labels };
}

const part = ({ columns, labels }, from, to) => ({ columns: columns.map((column) => column.slice(from, to)), labels: labels.slice(from, to) });
const logLoss = (labels, p) => labels.reduce((sum, y, i) => sum - Math.log(y === 1 ? p[i] : 1 - p[i]), 0) / labels.length;

/** As the peers grow them: every split may ask all columns, and nothing is smoothed. */
const SETTINGS = { trees: 100, learningRate: 0.1, maxLeaves: 31, minLeafRows: 20, l2: 0, pathSmoothing: 0, featureSharePerSplit: 1 };

/** 100 trees of 31 leaves through the public door, beside scikit-learn and XGBoost with one thread at the same settings. */
export function run() {
  const lines = [];
  const what = '100 trees of 31 leaves, 20 columns';
  for (const [count, repetitions] of [[10_000, 3], [200_000, 3], [1_000_000, 1]]) {
    const held = 50_000;
    const data = sample(count, 20, held);
    const train = part(data, 0, count);
    const test = part(data, count, count + held);
    const frame = frameOf(train);
    const ours = cpuTime(() => fitBoostedTrees(frame, { target: 'y', ...SETTINGS }), repetitions);
    const loss = logLoss(test.labels, ours.result.predictProbability(frameOf(test)));
    const flat = new Float64Array((count + held) * 20);
    data.columns.forEach((column, j) => flat.set(column, j * (count + held)));
    const peers = pythonPeer('boostedTrees.py', shareNumbers('x.f64', flat), shareNumbers('y.u8', data.labels), count, held, 20, repetitions) ?? [];
    const ratios = peers.map(({ who, millis }) => ratio(ours.millis, millis, who.split(' ')[0], count === 10_000 ? undefined : who.startsWith('XGBoost') ? 1.5 : 1));
    lines.push(line(what, 'fitBoostedTrees', count, ours.millis, [...ratios, `log loss ${loss.toFixed(5)}`].join(', ')));
    for (const peer of peers) lines.push(peerLine(what, peer.who, count, peer.millis, `log loss ${peer.loss.toFixed(5)}`));
  }
  return lines;
}
