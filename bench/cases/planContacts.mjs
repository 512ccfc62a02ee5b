import { createRandom } from 'clientela/data';
import { contactFrontier, planContacts } from 'clientela/scoring';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const COSTS = [0.01, 0.05, 4, 0.8];

/** Skewed response, four channels: few customers are worth a call. */
function channels(count) {
  const random = createRandom(42);
  const values = new Float64Array(4 * count);
  for (let i = 0; i < count; i++) {
    const base = random.uniform() ** 4 * 0.4;
    const worth = 20 + 180 * random.uniform();
    [0.35, 0.5, 1, 0.7].forEach((reach, k) => (values[4 * i + k] = base * reach * (0.5 + random.uniform()) * worth - COSTS[k]));
  }
  return values;
}

function termsOf(count) {
  const [email, sms, call, mail] = [0.3, 0.15, 0.04, 0.1].map((share) => Math.floor(share * count));
  return { actions: ['email', 'sms', 'call', 'mail'], cost: { email: 0.01, sms: 0.05, call: 4, mail: 0.8 }, capacity: { email, sms, call, mail }, budget: 0.2 * count };
}

const percent = (gap) => `gap at most ${(100 * gap).toPrecision(2)} %`;

/** Capacities and a budget, through the public door; HiGHS solves the linear relaxation, whose value is the bound. */
export function run() {
  const lines = [];
  for (const [count, bar] of [[20_000], [100_000, 400], [1_000_000, 4000]]) {
    const values = channels(count);
    const terms = termsOf(count);
    const cold = cpuTime(() => planContacts(values, terms), 3);
    lines.push(line('4 channels, capacities, budget', 'planContacts', count, cold.millis, `${percent(cold.result.gap)}${bar === undefined ? '' : ` (bar ${bar} ms, 0.1 %)`}`));
    const warm = cpuTime(() => planContacts(values, { ...terms, budget: 0.19 * count, start: cold.result.prices }), 3);
    lines.push(line('the same, another budget', 'planContacts, start', count, warm.millis, `${percent(warm.result.gap)}${count === 1_000_000 ? ' (bar 500 ms)' : ''}`));
    if (count > 20_000) continue;
    const peer = pythonPeer('planContacts.py', shareNumbers('contacts.f64', values), count, JSON.stringify(COSTS), JSON.stringify(Object.values(terms.capacity)), terms.budget);
    if (peer === undefined) continue;
    if (Math.abs(cold.result.bound / peer.value - 1) > 1e-6) throw new Error(`the bound ${cold.result.bound} differs from HiGHS' ${peer.value}`);
    lines.push(peerLine('4 channels, capacities, budget', 'HiGHS, linear relaxation', count, peer.millis, `${ratio(cold.millis, peer.millis, 'HiGHS')}, the bounds agree to ${Math.abs(cold.result.bound / peer.value - 1).toExponential(0)}`));
  }
  return [...lines, tenActions(), frontier(), several()];
}

/** What the heap and the typed arrays hold at the most beside the values. */
function tenActions() {
  const count = 1_000_000;
  const random = createRandom(5);
  const values = Float64Array.from({ length: 10 * count }, () => 10 * random.uniform() ** 3 - 0.5);
  const actions = Array.from({ length: 10 }, (_, k) => `a${k}`);
  const terms = { actions, cost: Object.fromEntries(actions.map((name, k) => [name, 0.2 + 0.1 * k])), capacity: Object.fromEntries(actions.map((name) => [name, 50_000])), budget: 0.2 * count };
  const { millis, result } = cpuTime(() => planContacts(values, terms), 3);
  globalThis.gc?.();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const plan = planContacts(values, { ...terms, onProgress: () => void (most = Math.max(most, process.memoryUsage().arrayBuffers)) });
  most = Math.max(most, process.memoryUsage().arrayBuffers);
  return line('10 actions, capacities, budget', 'planContacts', count, millis, `${percent(result.gap)}; ${Math.round((most - before) / count)} bytes a customer beside the values, ${plan.contacts} contacts`);
}

function frontier() {
  const count = 100_000;
  const { budget, ...terms } = termsOf(count);
  const budgets = Array.from({ length: 10 }, (_, at) => (budget * (at + 1)) / 5);
  const { millis } = cpuTime(() => contactFrontier(channels(count), { ...terms, budgets }), 3);
  return line('frontier of 10 budgets', 'contactFrontier', count, millis);
}

/** The shape of an ideal basket: up to five of twenty, pairs that exclude each other. */
function several() {
  const count = 100_000;
  const random = createRandom(5);
  const actions = Array.from({ length: 20 }, (_, k) => `p${k}`);
  const values = Float64Array.from({ length: 20 * count }, () => 10 * random.uniform() ** 3 - 0.5);
  const terms = { actions, cost: 1, budget: count, perCustomer: 5, exclude: [['p0', 'p1'], ['p2', 'p3']], capacity: { p0: 5000, p4: 8000 } };
  const { millis, result } = cpuTime(() => planContacts(values, terms), 3);
  return line('up to 5 of 20, exclusions, budget', 'planContacts', count, millis, percent(result.gap));
}
