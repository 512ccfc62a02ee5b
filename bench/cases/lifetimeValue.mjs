import { BgNbd, customerEquity, fitLifetimeValue, GammaGamma, LifetimeValue, lifetimeValueBy, MbgNbd, ParetoNbd, simulatePurchases } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const spending = GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 15.44 });
const laws = {
  'BG/NBD': BgNbd.fromParameters({ unit: 'week', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }),
  'MBG/NBD': MbgNbd.fromParameters({ unit: 'week', r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }),
  'Pareto/NBD': ParetoNbd.fromParameters({ unit: 'week', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }),
};

function sample(count) {
  const { frequency, recency, tenure, sumLogGaps, monetary } = simulatePurchases(laws['Pareto/NBD'], { customers: count, observation: { weeks: 39 }, arrivals: { weeks: 12 }, spend: spending, seed: 7 });
  return { unit: 'week', frequency, recency, tenure, sumLogGaps, monetary };
}

const bar = (count, millis) => (count === 100_000 ? `bar ${millis} ms; ` : '');

/** Values of all customers at given parameters beside lifetimes, then with intervals; sums; the whole call with five laws. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const customers = sample(count);
    const paths = ['frequency', 'recency', 'tenure'].map((name) => shareNumbers(`${name}.f64`, customers[name]));
    const peer = pythonPeer('lifetimeValue.py', ...paths, shareNumbers('monetary.f64', customers.monetary.map((amount) => (amount > 0 ? amount : 0))));
    for (const [name, buying] of Object.entries(laws)) {
      const model = LifetimeValue.fromLaws({ buying, spending }, { horizon: { days: 365 }, annualDiscountRate: 1.01 ** 12 - 1 });
      const { millis, result } = cpuTime(() => model.predict(customers, { intervals: false }), 3);
      const isPeers = name === 'BG/NBD' && peer !== undefined;
      // Theirs discounts at ends of months: some half a per cent less.
      if (isPeers && Math.abs(result.value.reduce((sum, value) => sum + value, 0) / peer.total - 1) > 0.02) throw new Error('lifetimes finds other values');
      lines.push(line(`values, ${name}`, 'LifetimeValue.predict', count, millis, `${bar(count, 300)}${isPeers ? ratio(millis, peer.millis, 'lifetimes') : ''}`));
      if (isPeers) lines.push(peerLine('values, BG/NBD', 'lifetimes', count, peer.millis));
      lines.push(line(`with intervals, ${name}`, 'LifetimeValue.predict', count, cpuTime(() => model.predict(customers), 3).millis, bar(count, 3000)));
    }
    const { millis, result: model } = cpuTime(() => fitLifetimeValue(customers), 3);
    lines.push(line(`five laws, ${model.report.chosen} chosen`, 'fitLifetimeValue', count, millis));
    lines.push(line('sums with both uncertainties', 'lifetimeValueBy', count, cpuTime(() => lifetimeValueBy(model, customers), 3).millis));
    lines.push(line('and newcomers', 'customerEquity', count, cpuTime(() => customerEquity(model, customers, { newCohorts: { perPeriod: 1000 } }), 3).millis));
  }
  return lines;
}
