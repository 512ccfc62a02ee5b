import { createRandom } from 'clientela/data';
import { fitGaussianMixture, fitLatentClass } from 'clientela/segmentation';
// Ten steps from given parameters are not public: they are what the bar compares.
import { gaussianStep } from '../../dist/segmentation/mixture/gaussianStep.js';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const WIDTH = 8;
const SEGMENTS = 8;

/** Overlapping segments of correlated columns, row-major. */
function sample(count) {
  const random = createRandom(4);
  const centers = Float64Array.from({ length: SEGMENTS * WIDTH }, () => 2 * random.normal());
  const points = new Float64Array(count * WIDTH);
  for (let row = 0; row < count; row++) {
    const segment = random.integer(SEGMENTS);
    const common = random.normal();
    for (let j = 0; j < WIDTH; j++) points[row * WIDTH + j] = centers[segment * WIDTH + j] + random.normal() + 0.5 * common;
  }
  return points;
}

/** EM by full covariances against scikit-learn on one thread, from equal parameters and through the public door; latent classes against a plain loop. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const points = sample(count);
    const columns = Array.from({ length: WIDTH }, (_, j) => j);
    const eye = Float64Array.from({ length: WIDTH * WIDTH }, (_, at) => (at % (WIDTH + 1) === 0 ? 1 : 0));
    const means = points.slice(0, SEGMENTS * WIDTH);
    const task = { kind: 'full', segments: SEGMENTS, width: WIDTH, blocks: [{ columns, known: WIDTH, points, weights: null, rows: null, count }], total: eye, weight: count, prior: 0, ridge: 1e-9 };
    const ours = cpuTime(() => {
      let params = { weights: new Float64Array(SEGMENTS).fill(1 / SEGMENTS), means, covariances: Array.from({ length: SEGMENTS }, () => eye) };
      let objective = 0;
      for (let step = 0; step < 10; step++) ({ objective, next: params } = gaussianStep(task, params));
      return objective / count;
    }, 3);
    const [steps, whole] = pythonPeer('gaussianMixture.py', shareNumbers('x.f64', points), shareNumbers('means.f64', means), count, WIDTH, SEGMENTS) ?? [];
    if (steps !== undefined && Math.abs(steps.logLikelihood - ours.result) > 1e-6) throw new Error(`log-likelihood ${ours.result}, scikit-learn ${steps.logLikelihood}`);
    lines.push(line('mixture, 8 x 8 full, 10 EM steps', 'gaussianStep', count, ours.millis, ratio(ours.millis, steps?.millis, 'scikit-learn', count === 100_000 ? 1.6 : undefined)));
    if (steps !== undefined) lines.push(peerLine('mixture, 8 x 8 full, 10 EM steps', steps.who, count, steps.millis));
    const data = Object.fromEntries(columns.map((j) => [`x${j}`, Float64Array.from({ length: count }, (_, row) => points[row * WIDTH + j])]));
    const fit = cpuTime(() => fitGaussianMixture(data, { segments: SEGMENTS, covariance: 'full', scaling: 'none', starts: 8 }), 1);
    lines.push(line('mixture, 8 x 8 full, fit', 'fitGaussianMixture, 8 starts', count, fit.millis, `mean log-likelihood ${(fit.result.logLikelihood / count).toFixed(5)}, ${fit.result.convergence.iterations} steps to the top`));
    if (whole !== undefined) lines.push(peerLine('mixture, 8 x 8 full, fit', whole.who, count, whole.millis, `mean log-likelihood ${whole.logLikelihood.toFixed(5)}, ${whole.iterations} steps`));
  }
  return [...lines, ...latentClasses()];
}

/** 100,000 customers, six columns of three levels, three classes: as written in the textbook, row by row, one start of 100 steps. */
function latentClasses() {
  const random = createRandom(6);
  const count = 100_000;
  const codes = Array.from({ length: 6 }, () => new Array(count));
  for (let row = 0; row < count; row++) {
    const kind = random.integer(3);
    for (const column of codes) column[row] = random.uniform() < 0.7 ? kind : random.integer(3);
  }
  const data = Object.fromEntries(codes.map((column, j) => [`c${j}`, column.map((code) => 'abc'[code])]));
  const ours = cpuTime(() => fitLatentClass(data, { segments: 3 }), 3);
  const naive = cpuTime(() => textbook(codes, count, 3, 100), 1);
  return [
    line('latent class, 6 columns, 3 classes', 'fitLatentClass, 64 starts', count, ours.millis, `log-likelihood ${ours.result.logLikelihood.toFixed(3)}; ${ratio(ours.millis, naive.millis, 'plain loop, 1 start')}`),
    peerLine('latent class, 6 columns, 3 classes', 'plain loop, 1 start, 100 steps', count, naive.millis, `log-likelihood ${naive.result.toFixed(3)}`),
  ];
}

function textbook(codes, count, segments, steps) {
  const random = createRandom(1);
  let shares = new Array(segments).fill(1 / segments);
  let tables = shares.map(() => codes.map(() => [0, 0, 0].map(() => (0.3 + random.uniform()) / 2.4)));
  let logLikelihood = 0;
  for (let step = 0; step < steps; step++) {
    logLikelihood = 0;
    const sums = shares.map(() => codes.map(() => [0, 0, 0]));
    const counts = shares.map(() => 0);
    for (let row = 0; row < count; row++) {
      const joint = shares.map((share, c) => codes.reduce((product, column, j) => product * tables[c][j][column[row]], share));
      const total = joint.reduce((a, b) => a + b, 0);
      logLikelihood += Math.log(total);
      joint.forEach((value, c) => {
        counts[c] += value / total;
        codes.forEach((column, j) => (sums[c][j][column[row]] += value / total));
      });
    }
    shares = counts.map((value) => value / count);
    tables = sums.map((table, c) => table.map((levels) => levels.map((value) => value / counts[c])));
  }
  return logLikelihood;
}
