import { createRandom, EventLog } from 'clientela/data';
import { customerSummary, groupSummary, mergePieces, purchasePieces, summaryOfPieces } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const DAY = 86_400_000;
const [START, SPLIT, END] = [Date.UTC(2025, 0, 1), Date.UTC(2025, 9, 1), Date.UTC(2026, 0, 1)];

/** Customers who join within half a year, and buy seven times in the mean, some twice a day. */
function columnsOf(customers) {
  const random = createRandom(1);
  const [customer, day, amount] = [[], [], []];
  for (let c = 0; c < customers; c++) {
    const rate = random.uniform() ** 2 / 18;
    for (let at = random.integer(182); at < 365; at += Math.floor(-Math.log(1 - random.uniform()) / rate)) {
      customer.push(c);
      day.push(START + at * DAY);
      amount.push(1 + random.integer(10_000) / 100);
    }
  }
  return { customer: Int32Array.from(customer), day: Float64Array.from(day), amount: Float64Array.from(amount) };
}

const total = (values) => values.reduce((sum, value) => sum + (value > 0 ? value : 0), 0);
const mustAgree = (found, wanted, what) => {
  found.forEach((value, i) => {
    if (Math.abs(value - wanted[i]) > 1e-9 * wanted[i]) throw new Error(`${what}: ${value} is not ${wanted[i]}`);
  });
};

/** From a log to what models of purchases learn from, beside lifetimes, with growth to a million customers. */
export function run() {
  const lines = [];
  for (const customers of [10_000, 100_000, 1_000_000]) {
    const columns = columnsOf(customers);
    const log = EventLog.fromColumns(columns, { customer: 'customer', time: 'day', amount: 'amount' });
    const one = cpuTime(() => customerSummary(log, { asOf: END, unit: 'day' }));
    const split = cpuTime(() => customerSummary(log, { split: SPLIT, asOf: END, unit: 'day' }));
    const [early, late] = [log.between({ to: SPLIT }), log.between({ from: SPLIT })];
    const pieces = cpuTime(() => [purchasePieces(early), purchasePieces(late)], 3);
    const merged = cpuTime(() => summaryOfPieces(mergePieces(...pieces.result), { asOf: END, unit: 'day' }), 3);
    const groups = cpuTime(() => groupSummary(one.result), 3);
    if (merged.result.spend.some((value, i) => value !== one.result.spend[i])) throw new Error('merged pieces differ from one pass');
    const files = Object.entries(columns).map(([name, values]) => shareNumbers(`${name}${customers}`, values));
    const peer = customers > 100_000 ? undefined : pythonPeer('customerSummary.py', ...files, '2025-09-30', '2025-12-31');
    if (peer !== undefined) {
      const { frequency, recency, tenure, monetary } = one.result;
      mustAgree([frequency, recency, tenure, monetary].map(total), peer.totals, 'totals');
      const part = split.result;
      mustAgree([part.frequency, part.recency, part.tenure, part.holdout.frequency].map(total), peer.splitTotals, 'totals of the split');
    }
    lines.push(line('summary', 'customerSummary', customers, one.millis, ratio(one.millis, peer?.millis, peer?.who)));
    lines.push(line('summary and holdout', 'customerSummary, split', customers, split.millis, ratio(split.millis, peer?.splitMillis, peer?.who)));
    lines.push(line('two spans of time', 'purchasePieces', customers, pieces.millis));
    lines.push(line('merged and closed', 'mergePieces, summaryOfPieces', customers, merged.millis));
    lines.push(line('different histories', 'groupSummary', customers, groups.millis, `${groups.result.weights.length} of ${log.eventCount} events`));
    if (peer !== undefined) {
      lines.push(peerLine('summary', peer.who, customers, peer.millis));
      lines.push(peerLine('summary and holdout', peer.who, customers, peer.splitMillis));
    }
  }
  return lines;
}
