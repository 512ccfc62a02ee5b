import { createRandom, EventLog, labelOutcome, snapshot } from 'clientela/data';
import { rfm } from 'clientela/segmentation';
import { cpuTime, line } from '../harness.mjs';

function columnsOf(count) {
  const random = createRandom(1);
  const customer = new Int32Array(count);
  const time = new Float64Array(count);
  const amount = new Float64Array(count);
  const item = new Array(count);
  for (let i = 0; i < count; i++) {
    customer[i] = random.integer(count / 10);
    time[i] = Date.UTC(2024, 0, 1) + random.integer(900) * 86_400_000;
    amount[i] = random.integer(10_000) / 100;
    item[i] = `item${random.integer(50)}`;
  }
  return { customer, time, amount, item };
}

/** Building a log, and walking it: all linear in the events but for the sort. */
export function run() {
  const roles = { customer: 'customer', time: 'time', amount: 'amount', item: 'item' };
  const asOf = '2026-01-01';
  const lines = [];
  for (const count of [50_000, 500_000, 5_000_000]) {
    const columns = columnsOf(count);
    const built = cpuTime(() => EventLog.fromColumns(columns, roles), 3);
    const log = built.result;
    const bytes = log.times.byteLength + log.amounts.byteLength + log.items.byteLength + log.offsets.byteLength;
    lines.push(line('events from typed columns', 'EventLog.fromColumns', count, built.millis, `${(bytes / count).toFixed(1)} bytes an event`));
    lines.push(line('recency, frequency, money', 'rfm', count, cpuTime(() => rfm(log, { asOf }), 3).millis));
    lines.push(line('features at a moment', 'snapshot', count, cpuTime(() => snapshot(log, { asOf }), 3).millis));
    lines.push(line('labels after a moment', 'labelOutcome', count, cpuTime(() => labelOutcome(log, { asOf, horizon: { days: 30 } }), 3).millis));
  }
  const rows = Array.from({ length: 500_000 }, (_, i) => ({ customer: `c${(i * 7919) % 50_000}`, time: `2025-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`, amount: i % 97, item: `item${i % 50}` }));
  lines.push(line('events from row objects, ISO text', 'EventLog.fromRows', rows.length, cpuTime(() => EventLog.fromRows(rows, roles), 3).millis));
  return lines;
}
