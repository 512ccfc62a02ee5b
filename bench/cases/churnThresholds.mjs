import { createRandom, EventLog } from 'clientela/data';
import { churnSnapshots, churnThresholds, personalRhythm } from 'clientela/churn';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const DAY = 86_400_000;
const DAYS = 1000;
const START = Date.UTC(2024, 0, 1);

/** Visits over 1000 days at rates of their own, of customers of whom most stop some day. */
function sample(count) {
  const random = createRandom(5);
  const customer = new Int32Array(count);
  const time = new Float64Array(count);
  let n = 0;
  for (let c = 0; n < count; c++) {
    const mean = 4 - 30 * Math.log(random.uniform());
    const gone = DAYS * 2 * random.uniform();
    for (let day = 300 * random.uniform(); day < Math.min(gone, DAYS) && n < count; day -= mean * Math.log(random.uniform())) {
      customer[n] = c;
      time[n++] = START + day * DAY;
    }
  }
  return { customer, time };
}

/** Open and closed gaps, their curve, the regain with its intervals by customers, both errors, the suggested day; rolling snapshots and rhythms of the same log. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const { customer, time } = sample(count);
    const log = EventLog.fromColumns({ customer, time }, { customer: 'customer', time: 'time' }, { observedUntil: START + DAYS * DAY });
    const peer = pythonPeer('churnThresholds.py', shareNumbers('customer.i32', customer), shareNumbers('time.f64', time), START / DAY + DAYS - 1, 180);
    const { millis, result } = cpuTime(() => churnThresholds(log, { horizon: { days: 180 } }), 3);
    if (peer !== undefined && (Math.abs(peer.regain - result.silences[0].regain.estimate) > 1e-9 || peer.first !== result.suggested.days)) throw new Error('numpy finds another curve');
    lines.push(line('visits, gaps of days', 'churnThresholds', count, millis, `bar ${count / 1000} ms; ${[ratio(millis, peer?.millis, 'numpy, curve alone'), ratio(millis, peer?.lifelines, 'lifelines, curve alone')].filter(Boolean).join('; ')}`));
    if (peer !== undefined) lines.push(peerLine('visits, curve alone', 'numpy', count, peer.millis));
    if (peer?.lifelines !== undefined) lines.push(peerLine('visits, curve alone', 'lifelines', count, peer.lifelines));
    lines.push(line('visits, by moments', 'churnThresholds', count, cpuTime(() => churnThresholds(log, { horizon: { days: 180 }, visits: 'moments' }), 3).millis));
    lines.push(line('visits', 'personalRhythm', count, cpuTime(() => personalRhythm(log), 3).millis));
    const rolling = { from: '2025-01-01', to: '2026-04-01', every: { months: 3 }, horizon: { days: 90 }, rule: { kind: 'inactivity' }, drift: false };
    lines.push(line('visits, 6 moments', 'churnSnapshots', count, cpuTime(() => churnSnapshots(log, rolling), 3).millis));
  }
  return lines;
}
