import { createRandom } from 'clientela/data';
import { fitHdbscan, fitHierarchy } from 'clientela/segmentation';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Six clouds and, for densities, an even background. */
function sample(count, columnCount, background) {
  const random = createRandom(3);
  const columns = Array.from({ length: columnCount }, () => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const cloud = random.integer(background ? 7 : 6);
    for (let j = 0; j < columnCount; j++) columns[j][i] = cloud === 6 ? 8 * (random.uniform() - 0.5) : random.normal() * (0.5 + cloud * 0.1) + 4 * Math.cos(cloud * 7 + j * j);
  }
  return columns;
}

const tableOf = (columns) => Object.fromEntries(columns.map((column, j) => [`x${j}`, column]));
const flatOf = (columns) => Float64Array.from({ length: columns.length * columns[0].length }, (_, i) => columns[i % columns.length][Math.floor(i / columns.length)]);

/** Trees (with the cophenetic correlation) and dense segments, through the public door, and how they grow with the rows. */
export function run() {
  const lines = [];
  for (const [linkage, count, columnCount] of [['ward', 1000, 8], ['ward', 2000, 8], ['ward', 4000, 3], ['ward', 4000, 8], ['average', 2000, 8], ['complete', 2000, 8], ['single', 4000, 8], ['ward', 20_000, 8]]) {
    const columns = sample(count, columnCount, false);
    const table = tableOf(columns);
    const ours = cpuTime(() => fitHierarchy(table, { linkage, scaling: 'none' }), 3);
    const what = `${linkage} linkage, ${columnCount} numbers`;
    const peer = count > 10_000 ? undefined : pythonPeer('hierarchy.py', shareNumbers('x.f64', flatOf(columns)), count, columnCount, linkage);
    const bar = linkage === 'ward' && count === 4000 ? 2 : undefined;
    lines.push(line(what, 'fitHierarchy', count, ours.millis, peer === undefined ? 'two steps' : ratio(ours.millis, peer.millis, 'scipy', bar)));
    if (peer === undefined) continue;
    const sum = ours.result.heights.reduce((total, height) => total + height, 0);
    if (Math.abs(sum / peer.sum - 1) > 1e-10) throw new Error(`the heights differ from scipy: ${sum} and ${peer.sum}`);
    lines.push(peerLine(what, 'scipy', count, peer.millis));
  }
  for (const [count, columnCount] of [[2000, 3], [5000, 3], [20_000, 3], [2000, 8], [5000, 8], [20_000, 8]]) {
    const columns = sample(count, columnCount, true);
    const table = tableOf(columns);
    const ours = cpuTime(() => fitHdbscan(table, { minSize: 25, minSamples: 10, scaling: 'none' }), 1);
    const what = `HDBSCAN, ${columnCount} numbers`;
    const assigned = cpuTime(() => ours.result.assign(table), 1);
    const peers = pythonPeer('hdbscanPeers.py', shareNumbers('x.f64', flatOf(columns)), count, columnCount, 25, 10) ?? [];
    lines.push(line(what, 'fitHdbscan', count, ours.millis, ratio(ours.millis, peers[0]?.millis, 'scikit-learn')), line(what, 'assign', count, assigned.millis));
    for (const { who, millis, noise } of peers) lines.push(line(what, who, count, millis, `noise ${noise}, ours ${ours.result.labels.filter((label) => label < 0).length}`));
  }
  return lines;
}
