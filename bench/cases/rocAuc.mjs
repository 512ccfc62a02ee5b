import { createRandom } from 'clientela/data';
import { rocAuc } from 'clientela/evaluation';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** The area under the ROC curve, scores all different and scores with ties. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const random = createRandom(2);
    const labels = Uint8Array.from({ length: count }, () => (random.uniform() < 0.2 ? 1 : 0));
    const distinct = Float64Array.from(labels, (label) => random.normal() + label);
    const scores = { distinct, '1,001 values': distinct.map((score) => Math.round(score * 100)) };
    for (const [kind, values] of Object.entries(scores)) {
      const ours = cpuTime(() => rocAuc(labels, values));
      const peer = pythonPeer('rocAuc.py', shareNumbers('labels.u8', labels), shareNumbers('scores.f64', values));
      if (peer !== undefined && Math.abs(peer.auc - ours.result) > 1e-12) throw new Error(`rocAuc: ${ours.result} against ${peer.auc}`);
      lines.push(line(`ROC AUC, ${kind}`, 'rocAuc', count, ours.millis, ratio(ours.millis, peer?.millis, 'scikit-learn', count === 1_000_000 ? 0.5 : undefined)));
      if (peer !== undefined) lines.push(peerLine(`ROC AUC, ${kind}`, peer.who, count, peer.millis));
    }
  }
  return lines;
}
