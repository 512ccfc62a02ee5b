import { kmeans } from 'ml-kmeans';
import { createRandom, Frame } from 'clientela/data';
import { fitKMeans, fitMiniBatchKMeans } from 'clientela/segmentation';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Eight clouds that overlap: the border is long, and Lloyd's algorithm takes many passes. */
function clouds(count, width) {
  const random = createRandom(3);
  const middles = Array.from({ length: 8 * width }, () => 1.5 * random.normal());
  const columns = Array.from({ length: width }, () => new Float64Array(count));
  for (let row = 0; row < count; row++) {
    const cloud = random.integer(8);
    for (let j = 0; j < width; j++) columns[j][row] = middles[cloud * width + j] + random.normal();
  }
  const frame = Frame.fromColumns(Object.fromEntries(columns.map((column, j) => [`x${j}`, column])));
  const flat = new Float64Array(count * width);
  columns.forEach((column, j) => column.forEach((x, row) => (flat[row * width + j] = x)));
  // Of a million eight neighbouring rows, some of one cloud, from where 20 passes are not enough; rows spread over the data would be done after eleven.
  const rowOf = (c) => (count > 200_000 ? c + 8 : Math.floor((c + 0.5) * (count / 8)));
  const start = Array.from({ length: 8 }, (_, c) => Object.fromEntries(columns.map((column, j) => [`x${j}`, column[rowOf(c)]])));
  return { frame, flat, start };
}

/** Each of some rows of the frame. */
function batchesOf(frame, size) {
  return Array.from({ length: Math.ceil(frame.rowCount / size) }, (_, i) => Object.fromEntries(frame.names.map((name) => [name, frame.column(name).values.subarray(i * size, (i + 1) * size)])));
}

const rowsOf = (flat, width) => Array.from({ length: flat.length / width }, (_, row) => [...flat.subarray(row * width, (row + 1) * width)]);

/** The whole fit through the public door (reading, placing, radii) against scikit-learn's from its matrix, one thread each, without scaling. */
export function run() {
  const lines = [];
  for (const [count, width, limit, bar] of [[10_000, 8, 300], [100_000, 8, 300, 1], [100_000, 8, 20], [1_000_000, 10, 20, 1]]) {
    const what = `k-means, ${width} columns, 8 segments, ${limit === 300 ? 'to convergence' : `${limit} passes`}`;
    const { frame, flat, start } = clouds(count, width);
    const data = shareNumbers('points.f64', flat);
    const centers = shareNumbers('start.f64', Float64Array.from(start.flatMap((center) => Object.values(center))));
    const peer = (job) => pythonPeer('kmeans.py', data, centers, count, width, 8, job, limit);
    const common = { segments: 8, scaling: 'none' };
    // scikit-learn's passes do not count the last assignment.
    const ours = cpuTime(() => fitKMeans(frame, { ...common, start, effort: count > 50_000 ? 'high' : 'low', maxIterations: limit + 1 }), count > 200_000 ? 3 : 5);
    const theirs = peer('lloyd');
    const { inertia, convergence } = ours.result;
    if (theirs && limit < 300 && Math.abs(inertia / theirs.inertia - 1) > 1e-9) throw new Error(`the sums of squares differ: ${inertia}, scikit-learn ${theirs.inertia}`);
    lines.push(line(what, 'fitKMeans', count, ours.millis, `${ratio(ours.millis, theirs?.millis, 'scikit-learn', bar)}; ${convergence.iterations} passes, ${inertia.toFixed(3)}`));
    if (theirs) lines.push(peerLine(what, theirs.who, count, theirs.millis, `${theirs.iterations} passes, ${theirs.inertia.toFixed(3)}`));
    const assigned = cpuTime(() => ours.result.assign(frame));
    lines.push(line(`assign, ${width} columns, 8 segments`, 'KMeans.assign', count, assigned.millis, `${(count / assigned.millis / 1000).toFixed(1)} million rows a second (bar 5)`));
    if (theirs) lines.push(peerLine(`assign, ${width} columns, 8 segments`, theirs.who, count, theirs.predict));
    if (limit === 20) {
      const whole = cpuTime(() => fitKMeans(frame, common), count > 200_000 ? 3 : 5);
      const defaults = peer('default');
      const name = `k-means by default with seeding, ${width} columns`;
      const ml = count > 200_000 ? undefined : mlKMeans(flat, width);
      lines.push(line(name, 'fitKMeans', count, whole.millis, [ratio(whole.millis, defaults?.millis, 'scikit-learn', 1.5), ml && `${(ml.millis / whole.millis).toFixed(0)} x faster than ml-kmeans (bar 15)`, whole.result.inertia.toFixed(1)].filter(Boolean).join('; ')));
      if (defaults) lines.push(peerLine(name, defaults.who, count, defaults.millis, defaults.inertia.toFixed(1)));
      if (ml) lines.push(peerLine(name, 'ml-kmeans', count, ml.millis));
      const batches = batchesOf(frame, 10_000);
      const small = cpuTime(() => fitMiniBatchKMeans(batches, common), 3);
      const theirBatches = peer('minibatch');
      lines.push(line(`k-means in batches, ${width} columns`, 'fitMiniBatchKMeans', count, small.millis, `${ratio(small.millis, theirBatches?.millis, 'scikit-learn')}; ${small.result.inertia.toFixed(1)}`));
      if (theirBatches) lines.push(peerLine(`k-means in batches, ${width} columns`, theirBatches.who, count, theirBatches.millis, theirBatches.inertia.toFixed(1)));
    }
  }
  return lines;
}

function mlKMeans(flat, width) {
  const rows = rowsOf(flat, width);
  return cpuTime(() => kmeans(rows, 8, { seed: 1 }), 1);
}
