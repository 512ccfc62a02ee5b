import { segmentDrift, segmentMigration, alignSegments } from 'clientela/segmentation';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers in ten segments at two moments, a twentieth of them new, in ascending order of their identifiers as every result of the library. */
function moments(count) {
  const ids = Int32Array.from({ length: count }, (_, i) => i);
  const before = Int32Array.from(ids, (i) => (i * 7919) % 10);
  const after = Int32Array.from(ids, (i) => ((i * 104_729) % 3 === 0 ? (before[i] + ((i * 31) % 9)) % 10 : before[i]));
  const entered = Math.floor(count / 20);
  return { ids, before: before.subarray(0, count - entered), after: after.subarray(entered), entered };
}

/** One million customers between two moments: identifiers matched, table, tests, flows and projection. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const { ids, before, after, entered } = moments(count);
    const text = Array.from(ids, (id) => String(id).padStart(7, '0'));
    const from = { customers: text.slice(0, count - entered), segment: before };
    const to = { customers: text.slice(entered), segment: after };
    const { millis, result } = cpuTime(() => segmentMigration(from, to));
    const peer = pythonPeer('segmentMovement.py', shareNumbers(`before${count}`, before), shareNumbers(`after${count}`, after), entered);
    if (peer !== undefined && peer.stayShare !== undefined && Math.abs(peer.stayShare - result.stayShare) > 1e-12) throw new Error(`stay share ${result.stayShare}, the peer says ${peer.stayShare}`);
    lines.push(line('migration of ten segments', 'segmentMigration', count, millis, ratio(millis, peer?.millis, 'pandas')));
    if (peer !== undefined) lines.push(peerLine('migration of ten segments', peer.who, count, peer.millis, 'merge and crosstab only'));
    const mixed = { customers: [...to.customers].reverse(), segment: Int32Array.from(after).reverse() };
    lines.push(line('migration, identifiers in no order', 'segmentMigration', count, cpuTime(() => segmentMigration(from, mixed)).millis));
    lines.push(line('alignment of ten segments', 'alignSegments', count, cpuTime(() => alignSegments(before, after)).millis));
    const column = (shift) => ({ spend: Float64Array.from(ids, (i) => ((i * 2_654_435_761) % 10_007) + shift) });
    const [then, now] = [column(0), column(100)];
    lines.push(line('drift of one number', 'segmentDrift', count, cpuTime(() => segmentDrift(then, now)).millis));
  }
  return lines;
}
