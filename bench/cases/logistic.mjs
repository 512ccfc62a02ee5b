import { createRequire } from 'node:module';
import { createRandom, Frame } from 'clientela/data';
import { fitLogisticRegression } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Correlated columns on different scales, with a known effect each. */
export function sample(count, columnCount) {
  const random = createRandom(3);
  const columns = Array.from({ length: columnCount }, () => new Float64Array(count));
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const common = random.normal();
    let logOdds = -1;
    for (let j = 0; j < columnCount; j++) {
      const value = 0.5 * common + random.normal();
      columns[j][i] = value * (1 + j) + j;
      logOdds += value * 0.6 * Math.cos(j);
    }
    labels[i] = random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  }
  return { columns, labels };
}

export function frameOf({ columns, labels }) {
  return Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), y: Float64Array.from(labels) });
}

const largest = (found, expected) => Math.max(...found.map((value, j) => Math.abs(value / expected[j] - 1)));

/** Exact maximum likelihood with standard errors, through the public door, against scikit-learn (which gives no standard errors). */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const data = sample(count, 20);
    const frame = frameOf(data);
    const ours = cpuTime(() => fitLogisticRegression(frame, { target: 'y' }));
    const estimates = ours.result.coefficients.map(({ estimate }) => estimate);
    const flat = new Float64Array(count * 20);
    data.columns.forEach((column, j) => flat.set(column, j * count));
    const peers = pythonPeer('logistic.py', shareNumbers('x.f64', flat), shareNumbers('y.u8', data.labels), count, 20) ?? [];
    const exact = peers.find(({ who }) => who.includes('1e-10'));
    if (exact !== undefined && largest(exact.coefficients, estimates) > 1e-8) throw new Error('the coefficients differ from scikit-learn');
    lines.push(line('logistic, 20 columns', 'fitLogisticRegression', count, ours.millis, ratio(ours.millis, peers[0]?.millis, 'scikit-learn newton-cholesky', count === 1_000_000 ? 1 : undefined)));
    for (const peer of peers) lines.push(peerLine('logistic, 20 columns', peer.who, count, peer.millis, `coefficients within ${largest(peer.coefficients, estimates).toExponential(1)}`));
  }
  return [...lines, ...mlLogisticRegression()];
}

/** ml-logistic-regression takes fixed gradient steps, 50,000 by default: 200 are timed and the default extrapolated. */
function mlLogisticRegression() {
  const require = createRequire(import.meta.url);
  const PeerRegression = require('ml-logistic-regression');
  // The matrices of its own dependency, whatever version that is.
  const { Matrix } = createRequire(require.resolve('ml-logistic-regression'))('ml-matrix');
  const data = sample(1000, 20);
  const X = new Matrix(Array.from({ length: 1000 }, (_, i) => data.columns.map((column) => column[i])));
  const y = Matrix.columnVector(Array.from(data.labels));
  const steps = 200;
  const { millis } = cpuTime(() => new PeerRegression({ numSteps: steps, learningRate: 5e-5 }).train(X, y), 3);
  const frame = frameOf(data);
  const ours = cpuTime(() => fitLogisticRegression(frame, { target: 'y' }));
  return [
    line('logistic, 20 columns', 'fitLogisticRegression', 1000, ours.millis, 'converged'),
    peerLine('logistic, 20 columns', `ml-logistic-regression, ${steps} steps`, 1000, millis, `its default of 50,000 steps: about ${Math.round((millis * 50_000) / steps / 1000)} s; no intercept`),
  ];
}
