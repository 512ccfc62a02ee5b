import { createRandom, EventLog } from 'clientela/data';
import { directlyFollows, fitMarkovPaths, Journeys, MarkovPaths, sankeyOf, transitionHeatMap } from 'clientela/paths';
import { cpuTime, line } from '../harness.mjs';

/** Customers with about 10 events each of so many items, some far more frequent, each leaning towards a few others. */
function sample(customerCount, itemCount) {
  const random = createRandom(9);
  const count = customerCount * 10;
  const [id, at, item] = [new Int32Array(count), new Float64Array(count), new Int32Array(count)];
  const names = Array.from({ length: itemCount }, (_, i) => `i${String(i).padStart(4, '0')}`);
  for (let e = 0, c = -1, time = 0, last = 0; e < count; e++) {
    if (c < 0 || (c < customerCount - 1 && random.uniform() < 0.1)) {
      c++;
      time = 1_700_000_000_000 + random.integer(1_000_000_000);
    }
    time += 1 + random.integer(2_000_000_000);
    last = random.uniform() < 0.5 ? (last * 7 + random.integer(4)) % itemCount : Math.floor(itemCount * random.uniform() ** 3);
    [id[e], at[e], item[e]] = [c, time, last];
  }
  return EventLog.fromColumns({ id, at, item: Array.from(item, (code) => names[code]) }, { customer: 'id', time: 'at', item: 'item' });
}

/** The bar: 5 million events of 500,000 customers in seconds. No peer: pm4py was at hand for its figures only, of logs of some thousand events. */
export async function run() {
  const lines = [];
  for (const [customers, items] of [[5_000, 50], [50_000, 50], [500_000, 50], [500_000, 1000]]) {
    const journeys = Journeys.fromLog(sample(customers, items));
    const size = journeys.stepCount;
    const repetitions = customers > 100_000 ? 1 : 3;
    const map = cpuTime(() => directlyFollows(journeys), repetitions);
    lines.push(line(`directly follows, ${items} items`, 'directlyFollows', size, map.millis, `${map.result.edgeCount} edges, ${map.result.variantCount} variants`));
    const first = cpuTime(() => fitMarkovPaths(journeys, { order: 1, ends: 'final' }), repetitions);
    lines.push(line(`Markov order 1, ${items} items`, 'fitMarkovPaths', size, first.millis, `${first.result.states.length} states, waits of ${first.result.transitions().length} moves`));
    if (items === 50) {
      const auto = cpuTime(() => fitMarkovPaths(journeys, { ends: 'final' }), repetitions);
      lines.push(line(`Markov orders 1 to 3 by BIC, ${items} items`, 'fitMarkovPaths', size, auto.millis, `order ${auto.result.order}`));
    }
    const solved = cpuTime(() => MarkovPaths.fromJSON(JSON.parse(JSON.stringify(first.result))).absorption(), repetitions);
    lines.push(line(`absorption, ${items} items`, 'MarkovPaths.absorption', first.result.states.length, solved.millis, `with reading the JSON; ${solved.result.expectedSteps.toFixed(3)} steps to the end`));
    lines.push(line(`heat map, ${items} items`, 'transitionHeatMap', size, cpuTime(() => transitionHeatMap(journeys), repetitions).millis));
    lines.push(line(`Sankey, ${items} items`, 'sankeyOf', size, cpuTime(() => sankeyOf(journeys), repetitions).millis));
  }
  return lines;
}
