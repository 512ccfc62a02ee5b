import { createRandom, Frame } from 'clientela/data';
import { fitNearestPeers } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const COLUMNS = 5;
const PEERS = 100;

/** Wallets as what the best of a customer's peers spend: the 0.9 quantile over 100 others, of all customers at once. */
export function run() {
  return [1000, 10_000].flatMap((count) => {
    const random = createRandom(4);
    const columns = Array.from({ length: COLUMNS }, () => Float64Array.from({ length: count }, () => random.normal()));
    const spend = columns[0].map((x) => Math.exp(3 + 0.8 * x + 0.5 * random.normal()));
    const frame = Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), spend });
    const ours = cpuTime(() => fitNearestPeers(frame, { target: 'spend', peers: PEERS }).predict(frame, { quantile: 0.9, leaveSelfOut: true }), 3);
    const flat = new Float64Array(count * (COLUMNS + 1));
    [...columns, spend].forEach((column, j) => flat.set(column, j * count));
    const peer = pythonPeer('quantilePeers.py', shareNumbers('x.f64', flat), count, COLUMNS, PEERS);
    peer?.wallets.forEach((wallet, i) => {
      if (Math.abs(ours.result[i] / wallet - 1) > 1e-12) throw new Error(`row ${i}: ${ours.result[i]}, scikit-learn ${wallet}`);
    });
    const what = `quantile .9 of ${PEERS} peers, ${COLUMNS} numbers`;
    const bar = count === 10_000 ? 'bar 1000 ms' : '';
    const lines = [line(what, 'fitNearestPeers + predict', count, ours.millis, [bar, ratio(ours.millis, peer?.millis, 'scikit-learn')].filter(Boolean).join('; '))];
    return peer === undefined ? lines : [...lines, peerLine(what, 'scikit-learn kd_tree + numpy quantile', count, peer.millis)];
  });
}
