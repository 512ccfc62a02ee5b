import { createRandom, EventLog } from 'clientela/data';
import { productItineraries, productOrder } from 'clientela/paths';
import { cpuTime, line } from '../harness.mjs';

/** Ten events a customer within 900 days, of so many items, the first ones popular. */
function sample(customers, itemCount) {
  const random = createRandom(3);
  const size = 10 * customers;
  const columns = { id: new Int32Array(size), at: new Float64Array(size), item: new Array(size) };
  const names = Array.from({ length: itemCount }, (_, i) => `p${i}`);
  for (let e = 0; e < size; e++) {
    columns.id[e] = Math.floor(e / 10);
    columns.at[e] = 1.7e12 + random.integer(900 * 1440) * 60_000;
    columns.item[e] = names[Math.floor(itemCount * random.uniform() ** 1.5)];
  }
  return EventLog.fromColumns(columns, { customer: 'id', time: 'at', item: 'item' });
}

/** How the time grows with customers and items, up to 5M events of 500k customers; no peer gives these figures. */
export function run() {
  const lines = [];
  for (const [customers, itemCount] of [[5000, 20], [50_000, 20], [500_000, 8], [500_000, 20], [50_000, 200], [500_000, 200]]) {
    const log = sample(customers, itemCount);
    const order = cpuTime(() => productOrder(log), 1);
    lines.push(line(`order, ${itemCount} items`, 'productOrder', 10 * customers, order.millis, `${order.result.pairs.length} pairs, both readings`));
    if (itemCount !== 20) continue;
    const itineraries = cpuTime(() => productItineraries(log), 1);
    lines.push(line(`itineraries, ${itemCount} items`, 'productItineraries', 10 * customers, itineraries.millis));
  }
  return lines;
}
