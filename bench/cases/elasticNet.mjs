import { createRandom, Frame } from 'clientela/data';
import { fitElasticNet } from 'clientela/learners';
import { line, peerLine, rPeer, ratio, shareNumbers } from '../harness.mjs';
import { frameOf, sample } from './logistic.mjs';

const FOLDS = 5;

/** R's glmnet, in C++: undefined where there is no Rscript with it. */
function glmnet(columns, labels, mixing, folds) {
  const flat = new Float64Array(labels.length * columns.length);
  columns.forEach((column, j) => flat.set(column, j * labels.length));
  return rPeer('elasticNet.R', shareNumbers('x.f64', flat), shareNumbers('y.u8', labels), labels.length, columns.length, mixing, folds);
}

/** CPU time of the path alone (the fit is stopped when the first fold begins, where the explained share falls back to 0) or of all, and the model. */
function timed(frame, options, folds, repetitions) {
  const foldOf = Int32Array.from({ length: frame.rowCount }, (_, i) => i % FOLDS);
  const times = [];
  let model;
  for (let i = 0; i < repetitions; i++) {
    let last = 0;
    const onProgress = ({ objective }) => {
      const goesOn = folds >= 2 || objective >= last - 1e-9;
      last = objective;
      return goesOn;
    };
    globalThis.gc?.();
    const start = process.cpuUsage();
    model = fitElasticNet(frame, { target: 'y', folds: foldOf, ...options, onProgress });
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return { millis: times.sort((a, b) => a - b)[repetitions >> 1], model };
}

/** Mixed data as marketing has them: numbers, and categories of several levels, as a frame and as the dummies a peer needs. */
function mixed(count) {
  const random = createRandom(7);
  const numbers = Array.from({ length: 10 }, () => new Float64Array(count));
  const levels = [12, 4, 8, 3, 3, 3, 2, 10, 5, 3];
  const categories = levels.map(() => new Array(count));
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let logOdds = -2.5;
    const common = random.normal();
    numbers.forEach((values, j) => (logOdds += 0.4 * Math.cos(j) * (values[i] = random.normal() + (j < 5 ? 1.5 * common : 0))));
    levels.forEach((size, j) => {
      const level = random.integer(size);
      categories[j][i] = `l${level}`;
      logOdds += 0.3 * Math.sin(level + j);
    });
    labels[i] = random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  }
  const named = { ...Object.fromEntries(numbers.map((values, j) => [`x${j}`, values])), ...Object.fromEntries(categories.map((values, j) => [`c${j}`, values])) };
  const dummies = categories.flatMap((values) => [...new Set(values)].sort().slice(1).map((level) => Float64Array.from(values, (value) => (value === level ? 1 : 0))));
  return { frame: Frame.fromColumns({ ...named, y: Float64Array.from(labels) }), columns: [...numbers, ...dummies], labels };
}

/** Exact minima along the path, through the public door (reading and encoding included), beside glmnet at its default precision. */
export function run() {
  const lines = [];
  const numeric = (count) => ({ ...sample(count, 20), frame: undefined });
  const cases = [[10_000, 0.5], [100_000, 1], ['mixed', 1]];
  for (const [count, mixing] of cases) {
    const data = count === 'mixed' ? mixed(41_188) : numeric(count);
    const frame = data.frame ?? frameOf(data);
    const what = `path, ${data.columns.length} columns, mixing ${mixing}`;
    const peer = glmnet(data.columns, data.labels, mixing, count === 10_000 ? FOLDS : 0);
    const path = timed(frame, { mixing }, 0, 3);
    const shared = Math.min(peer?.ratios.length ?? 0, path.model.path.length);
    for (let k = 0; k < shared; k++) {
      const point = path.model.path[k];
      if (Math.abs(point.lambda / peer.lambdas[k] - 1) > 1e-9 || Math.abs(point.devianceRatio - peer.ratios[k]) > 1e-4) throw new Error(`the path differs from glmnet at point ${k}`);
    }
    lines.push(line(what, 'fitElasticNet', frame.rowCount, path.millis, ratio(path.millis, peer?.path, 'glmnet', count === 100_000 ? 2 : undefined)));
    lines.push(line(what, 'fitElasticNet, largest violation', frame.rowCount, 0, path.model.convergence.gradientNorm.toExponential(1)));
    if (peer === undefined) continue;
    lines.push(peerLine(what, peer.who, frame.rowCount, peer.path, `${peer.lambdas.length} penalties; violation ${peer.violation.toExponential(1)}`));
    if (peer.cv === null) continue;
    const all = timed(frame, { mixing }, FOLDS, 1);
    lines.push(line(`${what}, ${FOLDS} folds`, 'fitElasticNet', frame.rowCount, all.millis, ratio(all.millis, peer.cv, 'cv.glmnet')));
    lines.push(peerLine(`${what}, ${FOLDS} folds`, peer.who, frame.rowCount, peer.cv));
  }
  return lines;
}
