import { createRandom, EventLog } from 'clientela/data';
import { concentration, naturalBreaks, rfm } from 'clientela/segmentation';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

function columnsOf(count) {
  const random = createRandom(1);
  const customer = new Int32Array(count);
  const time = new Float64Array(count);
  const amount = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    customer[i] = random.integer(count / 10);
    time[i] = Date.UTC(2024, 0, 1) + random.integer(730) * 86_400_000;
    amount[i] = 1 + random.integer(10_000) / 100;
  }
  return { customer, time, amount };
}

/** Recency, frequency and money of ten purchases a customer, scored and named: 1M transactions in 250 ms was asked for. */
export function run() {
  const roles = { customer: 'customer', time: 'time', amount: 'amount' };
  const asOf = '2026-01-01';
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const columns = columnsOf(count);
    const log = EventLog.fromColumns(columns, roles);
    const what = 'RFM scores and segments';
    const scored = cpuTime(() => rfm(log, { asOf }));
    const all = cpuTime(() => rfm(EventLog.fromColumns(columns, roles), { asOf }), 3);
    const files = Object.entries(columns).map(([name, values]) => shareNumbers(`${name}${count}`, values));
    const peer = pythonPeer('rfm.py', ...files, Date.parse(asOf));
    const bar = count === 1_000_000 ? '; bar 250 ms' : '';
    lines.push(line(what, 'rfm of an EventLog', count, scored.millis, ratio(scored.millis, peer?.millis, 'pandas') + bar));
    lines.push(line(what, 'EventLog.fromColumns and rfm', count, all.millis, ratio(all.millis, peer?.millis, 'pandas') + bar));
    if (peer) lines.push(peerLine(what, `pandas ${peer.version}`, count, peer.millis, peer.champions === scored.result.segments[0].customers ? 'the same champions' : 'OTHER champions'));
    lines.push(line('RFM by natural breaks', 'rfm, scoring: naturalBreaks', count, cpuTime(() => rfm(log, { asOf, scoring: naturalBreaks }), 3).millis));
    lines.push(line('Gini, Lorenz, ABC of customers', 'concentration', scored.result.monetary.length, cpuTime(() => concentration(scored.result.monetary)).millis));
  }
  return lines;
}
