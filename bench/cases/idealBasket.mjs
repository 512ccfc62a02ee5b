import { createRandom } from 'clientela/data';
import { idealBasket } from 'clientela/propensity';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const PRODUCTS = Array.from({ length: 20 }, (_, j) => `p${j}`);
const EXCLUSIVE = [['p0', 'p4', 'p7'], ['p2', 'p3'], ['p10', 'p11', 'p12', 'p13']];

/** Customers more and less active, products more and less popular; one cell in five held already. `step` rounds the probabilities: many ties. */
function portfolio(count, step = 0) {
  const random = createRandom(7);
  const byProduct = (draw) => Object.fromEntries(PRODUCTS.map((product) => [product, draw()]));
  const margin = byProduct(() => 10 + 190 * random.uniform() ** 2);
  const contactCost = byProduct(() => 0.5 + 3.5 * random.uniform());
  const base = PRODUCTS.map(() => 0.02 + 0.4 * random.uniform() ** 2);
  const probability = new Float64Array(count * PRODUCTS.length);
  for (let i = 0, at = 0; i < count; i++) {
    const active = 0.3 + 1.4 * random.uniform();
    for (let j = 0; j < PRODUCTS.length; j++, at++) {
      const held = random.uniform() < 0.2;
      const p = Math.min(0.95, base[j] * active * 2 * random.uniform());
      probability[at] = held ? NaN : step > 0 ? Math.round(p / step) * step : p;
    }
  }
  const capacity = Object.fromEntries(PRODUCTS.flatMap((product, j) => (j % 4 === 3 ? [] : [[product, Math.floor(count * (0.02 + 0.01 * (j % 5)))]])));
  const cells = { customers: Array.from({ length: count }, (_, i) => i), products: PRODUCTS, probability };
  return { cells, options: { margin, contactCost, capacity, budget: 1.2 * count, maxPerCustomer: 3, exclusive: EXCLUSIVE } };
}

const percent = (gap) => `gap at most ${(100 * gap).toPrecision(2)} %`;

/** Capacities, a budget, up to three of twenty products, three exclusive groups; HiGHS solves the whole-number problem and the linear relaxation. */
export function run() {
  const lines = [];
  const what = 'up to 3 of 20 products, capacities, budget, exclusive groups';
  for (const [count, bar] of [[1000], [10_000], [100_000, 2000], [1_000_000]]) {
    const { cells, options } = portfolio(count);
    const { millis, result } = cpuTime(() => idealBasket(cells, options), count > 100_000 ? 1 : 3);
    const peers = count > 1000 ? [] : [true, false].flatMap((whole) => highs({ count, whole }, cells, options, result, millis));
    const notes = [`${percent(result.gap)}${bar === undefined ? '' : ` (bar ${bar} ms, 0.1 %)`}`, ...peers.map(({ note }) => note)];
    lines.push(line(what, 'idealBasket', count, millis, notes.join('; ')), ...peers.map((peer) => peerLine(what, peer.who, count, peer.millis)));
  }
  const tied = portfolio(100_000, 0.05);
  const ties = cpuTime(() => idealBasket(tied.cells, tied.options), 3);
  lines.push(line('the same, probabilities rounded to 5 %', 'idealBasket', 100_000, ties.millis, percent(ties.result.gap)));
  const { cells, options } = portfolio(100_000);
  const all = cpuTime(() => idealBasket(cells, { ...options, maxPerCustomer: Infinity }), 3);
  lines.push(line('the same, as many products as are worth it', 'idealBasket', 100_000, all.millis, percent(all.result.gap)));
  return lines;
}

function highs({ count, whole }, cells, options, result, millis) {
  const terms = {
    margin: Object.values(options.margin),
    cost: Object.values(options.contactCost),
    capacity: PRODUCTS.map((product) => options.capacity[product] ?? count),
    budget: options.budget,
    most: options.maxPerCustomer,
    exclusive: EXCLUSIVE.map((group) => group.map((product) => PRODUCTS.indexOf(product))),
    whole,
  };
  const peer = pythonPeer('idealBasket.py', shareNumbers('basket.f64', cells.probability), count, JSON.stringify(terms));
  if (peer === undefined) return [];
  if (peer.value < result.value * (1 - 1e-9) || peer.value > result.bound * (1 + 1e-9)) throw new Error(`HiGHS' ${peer.value} is not between the plan's ${result.value} and its bound ${result.bound}`);
  const name = whole ? 'HiGHS, whole numbers' : 'HiGHS, linear relaxation';
  return [{ who: name, millis: peer.millis, note: `${ratio(millis, peer.millis, name)}; its value is ${(100 * (peer.value / result.value - 1)).toPrecision(2)} % above ours` }];
}
