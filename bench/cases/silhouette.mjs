import { createRandom } from 'clientela/data';
import { calinskiHarabasz, compareSegmentCounts, daviesBouldin, silhouette } from 'clientela/segmentation';
import { cpuTime, line, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Eight clouds that overlap, in eight columns; labels from 0. */
function clouds(count, columnCount, segments) {
  const random = createRandom(7);
  const centers = Array.from({ length: segments * columnCount }, () => 1.5 * random.normal());
  const labels = new Int32Array(count);
  const columns = Array.from({ length: columnCount }, () => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const label = random.integer(segments);
    labels[i] = label;
    for (let j = 0; j < columnCount; j++) columns[j][i] = centers[label * columnCount + j] + random.normal();
  }
  return { labels, columns, data: Object.fromEntries(columns.map((values, j) => [`x${j}`, values])) };
}

const options = { scaling: 'none' };

/** The indices of a partition beside scikit-learn's, the sampled silhouette, and what comparing numbers of segments takes. */
export function run() {
  const lines = [];
  for (const count of [2500, 5000, 10_000]) {
    const { data, labels, columns } = clouds(count, 8, 8);
    const flat = new Float64Array(count * 8);
    columns.forEach((values, j) => flat.set(values, j * count));
    const peers = pythonPeer('silhouette.py', shareNumbers('x.f64', flat), shareNumbers('labels.i32', labels), count, 8);
    const figures = { silhouette: (kind) => silhouette(data, labels, { ...options, kind }).estimate, calinskiHarabasz: () => calinskiHarabasz(data, labels, options), daviesBouldin: () => daviesBouldin(data, labels, options) };
    for (const [name, run] of Object.entries(figures)) {
      const ours = cpuTime(() => run('exact'));
      const peer = peers?.[name];
      if (peer !== undefined && Math.abs(ours.result / peer.value - 1) > 1e-9) throw new Error(`${name} differs from scikit-learn`);
      lines.push(line('8 segments, 8 columns', name, count, ours.millis, ratio(ours.millis, peer?.millis, 'scikit-learn', name === 'silhouette' && count === 10_000 ? 1 : undefined)));
    }
    lines.push(line('8 segments, 8 columns', 'silhouette, simplified', count, cpuTime(() => figures.silhouette('simplified')).millis));
  }
  const { data, labels } = clouds(100_000, 8, 8);
  const sampled = cpuTime(() => silhouette(data, labels, options), 1);
  lines.push(line('8 segments, 8 columns', 'silhouette, sampled', 100_000, sampled.millis, `${sampled.result.rowsUsed} rows, ± ${((sampled.result.upper - sampled.result.lower) / 2).toFixed(4)}`));
  for (const count of [1000, 10_000, 100_000]) {
    const portfolio = clouds(count, 8, 5);
    const { millis, result } = cpuTime(() => compareSegmentCounts(portfolio.data), 1);
    lines.push(line('2 to 8 segments, 8 columns', 'compareSegmentCounts', count, millis, `${result.recommendation.segments} segments, from ${result.rowsUsed} rows`));
  }
  return lines;
}
