import { fitDecisionTree } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';
import { frameOf, sample } from './logistic.mjs';

/** A full tree, every leaf pure, beside scikit-learn; and what the defaults take, cross-validated pruning included. */
export function run() {
  const lines = [];
  for (const count of [2000, 20_000, 200_000]) {
    const data = sample(count, 20);
    const frame = frameOf(data);
    const flat = new Float64Array(count * 20);
    data.columns.forEach((column, j) => flat.set(column, j * count));
    const ours = cpuTime(() => fitDecisionTree(frame, { target: 'y', complexity: 0, minLeafRows: 1, minSplitRows: 2, maxDepth: 1000 }), 3);
    const peer = pythonPeer('decisionTree.py', shareNumbers('x.f64', flat), shareNumbers('y.u8', data.labels), count);
    lines.push(line('full tree, 20 columns', 'fitDecisionTree', count, ours.millis, ratio(ours.millis, peer?.millis, 'scikit-learn', count === 20_000 ? 1 : undefined)));
    if (peer) lines.push(peerLine('full tree, 20 columns', peer.who, count, peer.millis, `${peer.leaves} leaves, ours ${ours.result.report.pruning.at(-1).leaves}`));
    if (count === 20_000) lines.push(line('pruned by 10 folds', 'fitDecisionTree', count, cpuTime(() => fitDecisionTree(frame, { target: 'y' }), 1).millis));
  }
  return lines;
}
