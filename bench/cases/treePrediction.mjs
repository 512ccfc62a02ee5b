import { fitBoostedTrees } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';
import { sample } from './logistic.mjs';

const record = ({ columns }) => Object.fromEntries(columns.map((column, j) => [`x${j}`, column]));

/** 100 trees of 31 leaves on 20 columns: predictions of a million rows beside scikit-learn, and Shapley values of ten thousand. */
export function run() {
  const train = sample(50_000, 20);
  const model = fitBoostedTrees({ ...record(train), y: Float64Array.from(train.labels) }, { target: 'y', trees: 100, maxLeaves: 31, learningRate: 0.1, minLeafRows: 20 });
  const lines = [];
  const flatten = (data, count) => {
    const flat = new Float64Array(count * 20);
    data.columns.forEach((column, j) => flat.set(column, j * count));
    return flat;
  };
  for (const count of [100_000, 1_000_000]) {
    const data = sample(count, 20);
    const columns = record(data);
    const ours = cpuTime(() => model.predictProbability(columns), 3);
    const peer = pythonPeer('treePrediction.py', shareNumbers('train.f64', flatten(train, 50_000)), shareNumbers('labels.u8', train.labels), shareNumbers('rows.f64', flatten(data, count)), count);
    lines.push(line('100 trees, predict', 'BoostedTrees', count, ours.millis, ratio(ours.millis, peer?.millis, 'scikit-learn HGB', count === 1_000_000 ? 1 : undefined)));
    if (peer) lines.push(peerLine('100 trees, predict', peer.who, count, peer.millis));
  }
  const some = record(sample(10_000, 20));
  const { millis } = cpuTime(() => model.contributions(some), 3);
  lines.push(line('100 trees, Shapley values', 'BoostedTrees', 10_000, millis, 'bar 4000 ms'));
  const row = Object.fromEntries(Object.entries(some).map(([name, values]) => [name, values[0]]));
  lines.push(line('100 trees, explain one row', 'BoostedTrees', 1, cpuTime(() => model.explain(row), 9).millis));
  lines.push(line('100 trees, predict one row', 'BoostedTrees', 1, cpuTime(() => model.predictProbabilityRow(row), 9).millis));
  return lines;
}
