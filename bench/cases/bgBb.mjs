import { createRandom } from 'clientela/data';
import { fitBgBb } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers who buy with a probability uniform from 0 to 1 and stop with one that is the least of `k` such numbers, watched for `shortest` to twice as many periods. */
function sample(count, shortest, k) {
  const random = createRandom(4);
  const [frequency, recency, tenure] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const buys = random.uniform();
    let stops = 1;
    for (let j = 0; j < k; j++) stops = Math.min(stops, random.uniform());
    tenure[i] = shortest + (i % (shortest + 1));
    for (let t = 1; t <= tenure[i] && random.uniform() >= stops; t++) {
      if (random.uniform() >= buys) continue;
      frequency[i]++;
      recency[i] = t;
    }
  }
  return { unit: 'year', frequency, recency, tenure };
}

/** Maximum likelihood and expected purchases, beside lifetimes (whose histories are grouped for it beforehand); then a year of days. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const customers = sample(count, 6, 5);
    const fitted = cpuTime(() => fitBgBb(customers), 3);
    const model = fitted.result;
    if (!model.fit.convergence.converged) throw new Error('fitBgBb did not converge');
    const expected = cpuTime(() => model.expectedPurchases(customers, { years: 5 }), 3);
    const peer = count > 100_000 ? undefined : pythonPeer('bgBb.py', ...['frequency', 'recency', 'tenure'].map((name) => shareNumbers(`${name}.f64`, customers[name])));
    if (peer !== undefined && peer.logLikelihood > model.fit.logLikelihood + 1e-4) throw new Error('lifetimes finds a higher likelihood');
    const total = expected.result.reduce((sum, value) => sum + value, 0);
    if (peer !== undefined && Math.abs(peer.expected / total - 1) > 1e-3) throw new Error(`lifetimes expects ${peer.expected} purchases, not ${total}`);
    lines.push(line('6 to 12 periods', 'fitBgBb', count, fitted.millis, `${model.fit.distinctHistories} histories, ${model.fit.evaluations} evaluations; ${ratio(fitted.millis, peer?.millis, 'lifetimes')}`));
    lines.push(line('6 to 12 periods', 'expectedPurchases', count, expected.millis, ratio(expected.millis, peer?.expectedMillis, 'lifetimes')));
    if (peer !== undefined) lines.push(peerLine('6 to 12 periods', 'lifetimes fit', count, peer.millis), peerLine('6 to 12 periods', 'lifetimes expected', count, peer.expectedMillis));
  }
  const daily = { ...sample(20_000, 180, 300), unit: 'day' };
  const { millis, result } = cpuTime(() => fitBgBb(daily), 3);
  lines.push(line('180 to 360 days', 'fitBgBb', 20_000, millis, `${result.fit.distinctHistories} histories, ${result.fit.evaluations} evaluations`));
  return lines;
}
