import { createRandom, Frame } from 'clientela/data';
import { averagePrecision, bootstrapInterval, compareRocAuc, expectedMaximumProfit, gainsTable, liftAt, logLoss, permutationImportance, profitCurve, rocAuc, rocAucInterval } from 'clientela/evaluation';
import { fitLogisticRegression } from 'clientela/learners';
import { cpuTime, line, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

function simulated(count) {
  const random = createRandom(2);
  const labels = Uint8Array.from({ length: count }, () => (random.uniform() < 0.2 ? 1 : 0));
  const probabilities = Float64Array.from(labels, (label) => 1 / (1 + Math.exp(1.5 - random.normal() - label)));
  return { labels, probabilities, other: probabilities.map((p) => (p + random.uniform()) / 2) };
}

/** What the bars of the metrics at a million rows ask, in CPU milliseconds. */
const BARS = { gainsTable: 250, profitCurve: 250 };

/** Metrics as they grow, the bootstrap, and permutation importance. */
export function run() {
  return [...metrics(), ...bootstrap(), ...importance()];
}

function metrics() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const { labels, probabilities, other } = simulated(count);
    const peers = pythonPeer('evaluation.py', 'metrics', shareNumbers('labels.u8', labels), shareNumbers('scores.f64', probabilities)) ?? {};
    const calls = {
      logLoss: () => logLoss(labels, probabilities),
      averagePrecision: () => averagePrecision(labels, probabilities),
      rocAucInterval: () => rocAucInterval(labels, probabilities),
      compareRocAuc: () => compareRocAuc(labels, probabilities, other),
      gainsTable: () => gainsTable(labels, probabilities),
      liftAt: () => liftAt(labels, probabilities, 0.1),
      profitCurve: () => profitCurve(labels, probabilities, { contactCost: 1, benefit: 4 }),
      expectedMaximumProfit: () => expectedMaximumProfit(labels, probabilities, { purpose: 'churn' }),
    };
    for (const [name, call] of Object.entries(calls)) {
      const { millis } = cpuTime(call, 3);
      const bar = count === 1_000_000 && BARS[name] !== undefined ? `bar ${BARS[name]} ms` : '';
      lines.push(line('metric', name, count, millis, ratio(millis, peers[name], peers.who) || bar));
    }
  }
  return lines;
}

function bootstrap() {
  const lines = [];
  for (const count of [1000, 10_000, 100_000]) {
    const { labels, probabilities } = simulated(count);
    const files = [shareNumbers('labels.u8', labels), shareNumbers('scores.f64', probabilities)];
    const peer = pythonPeer('evaluation.py', 'bootstrap', ...files);
    const ours = cpuTime(() => bootstrapInterval(rocAuc, labels, probabilities, { replicates: 200, method: 'percentile' }), 3);
    // The peer's comes from 20 samples.
    if (peer !== undefined && Math.abs(peer.standardError / ours.result.standardError - 1) > 0.6) throw new Error('the standard errors differ');
    lines.push(line('bootstrap of the AUC, 200 samples', 'bootstrapInterval', count, ours.millis, ratio(ours.millis, peer?.millis, peer?.who)));
    const accelerated = cpuTime(() => bootstrapInterval(rocAuc, labels, probabilities, { replicates: 200 }), 3);
    lines.push(line('bootstrap of the AUC, 200 samples', 'bootstrapInterval, BCa', count, accelerated.millis));
  }
  return lines;
}

function importance() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const random = createRandom(3);
    const columns = Array.from({ length: 20 }, () => Float64Array.from({ length: count }, () => random.normal()));
    const labels = Float64Array.from({ length: count }, (_, i) => (random.uniform() < 1 / (1 + Math.exp(1 - columns[0][i] - columns[1][i])) ? 1 : 0));
    const frame = Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), y: labels });
    const model = fitLogisticRegression(frame, { target: 'y' });
    const ours = cpuTime(() => permutationImportance(model, frame, { target: 'y' }), 3);
    const flat = new Float64Array(count * 20);
    columns.forEach((column, j) => flat.set(column, j * count));
    const peer = pythonPeer('evaluation.py', 'importance', shareNumbers('y.u8', Uint8Array.from(labels)), shareNumbers('x.f64', flat));
    lines.push(line('permutation importance, 20 columns x 5', 'permutationImportance', count, ours.millis, ratio(ours.millis, peer?.millis, peer?.who)));
  }
  return lines;
}
