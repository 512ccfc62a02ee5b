import { createRandom, Frame } from 'clientela/data';
import { fitNearestPeers } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

function sample(count, columnCount) {
  const random = createRandom(4);
  return Array.from({ length: columnCount }, () => Float64Array.from({ length: count }, () => random.normal()));
}

const frameOf = (columns) => Frame.fromColumns(Object.fromEntries(columns.map((column, j) => [`x${j}`, column])));

/** All rows among all rows, exactly: by the tree in few dimensions, by comparing with all in many; and mixed rows, which no peer takes. */
export function run() {
  const lines = [];
  for (const [count, columnCount, peers] of [[1000, 5, 100], [10_000, 5, 100], [10_000, 5, 10], [100_000, 5, 10], [10_000, 10, 10], [10_000, 20, 10]]) {
    const columns = sample(count, columnCount);
    const frame = frameOf(columns);
    const what = `${columnCount} numbers, ${peers} peers`;
    const ours = cpuTime(() => fitNearestPeers(frame, { peers }).peersOf(frame), 1);
    const flat = new Float64Array(count * columnCount);
    columns.forEach((column, j) => flat.set(column, j * count));
    const found = (count <= 10_000 ? pythonPeer('nearestPeers.py', shareNumbers('x.f64', flat), count, columnCount, peers) : undefined) ?? [];
    for (const { who, distances } of found) {
      // scikit-learn's brute force takes differences of squares: 7 digits.
      const off = Math.max(...distances.map((distance, i) => Math.abs(distance - ours.result.distances[i])));
      if (off > (who.includes('brute') ? 1e-6 : 1e-12)) throw new Error(`distances differ from ${who} by ${off}`);
    }
    lines.push(line(what, 'fitNearestPeers + peersOf', count, ours.millis, ratio(ours.millis, found[0]?.millis, 'scikit-learn kd_tree')));
    for (const peer of found) lines.push(peerLine(what, peer.who, count, peer.millis));
  }
  const mixed = sample(5000, 4);
  const frame = Frame.fromColumns({ ...Object.fromEntries(mixed.map((column, j) => [`x${j}`, column])), plan: Array.from(mixed[0], (x, i) => `p${(i + Math.round(x)) % 7}`) });
  const gower = cpuTime(() => fitNearestPeers(frame, { metric: 'gower', peers: 10 }).peersOf(frame), 1);
  return [...lines, line('4 numbers, 1 category, Gower', 'fitNearestPeers + peersOf', 5000, gower.millis)];
}
