import { createRandom, EventLog } from 'clientela/data';
import { customersOnPath, Journeys, mineSequences, pathTimes, surprisingPaths } from 'clientela/paths';
import { cpuTime, line } from '../harness.mjs';

/** Up to 23 events of 40 items a customer, some items popular, 1 to 20 days apart. */
function journeysOf(count) {
  const random = createRandom(3);
  const [customer, time, item] = [[], [], []];
  for (let c = 0; c < count; c++) {
    let day = random.integer(300);
    for (let left = random.integer(24); left > 0; left--) {
      customer.push(c);
      time.push(Date.UTC(2024, 0, 1 + day));
      item.push(`p${String(Math.floor(40 * random.uniform() ** 2)).padStart(2, '0')}`);
      day += 1 + random.integer(20);
    }
  }
  return Journeys.fromLog(EventLog.fromColumns({ customer: Int32Array.from(customer), time: Float64Array.from(time), item }, { customer: 'customer', time: 'time', item: 'item' }));
}

/** The times of a thousand paths in 100,000 journeys, and what chance says of some. No peer gives either. */
export async function run() {
  const lines = [];
  for (const [count, top] of [[10_000, 1000], [100_000, 1000]]) {
    const journeys = journeysOf(count);
    const mined = mineSequences(journeys, { patterns: 'top', top, minSteps: 2 });
    const paths = mined.slice(0, top);
    const note = `${journeys.stepCount} steps`;
    const times = cpuTime(() => pathTimes(journeys, paths, { horizon: { days: 90 } }), 1);
    if (times.result.some(({ count: found }, i) => found !== paths[i].count)) throw new Error('pathTimes counts otherwise than mineSequences');
    lines.push(line(`times of ${top} paths`, 'pathTimes', count, times.millis, note));
    const gaps = cpuTime(() => pathTimes(journeys, paths.slice(0, 100), { horizon: { days: 90 }, maxGap: { days: 30 } }), 1);
    lines.push(line('times of 100 paths, gaps to 30 days', 'pathTimes', count, gaps.millis, note));
    lines.push(line('who went one path', 'customersOnPath', count, cpuTime(() => customersOnPath(journeys, paths[0]), 3).millis, note));
    for (const name of ['order', 'markov']) {
      lines.push(line(`100 paths against ${name}`, 'surprisingPaths', count, cpuTime(() => surprisingPaths(journeys, paths.slice(-100), { null: name }), 1).millis, note));
    }
  }
  return lines;
}
