import { createRandom } from 'clientela/data';
import { BgNbd, fitBgNbd, fitMbgNbd } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Histories of a BG/NBD on a grid of days, first purchases over twelve weeks, seen for 39: rates exponential, probabilities of stopping beta (1, 3). */
function sample(count, isOnGrid) {
  const random = createRandom(5);
  const [frequency, recency, tenure] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const wait = () => -Math.log(1 - random.uniform());
  for (let i = 0; i < count; i++) {
    const rate = 0.06 * wait();
    const stops = 1 - (1 - random.uniform()) ** (1 / 3);
    const length = 27 + 12 * random.uniform();
    tenure[i] = isOnGrid ? Math.ceil(length * 7) / 7 : length;
    for (let time = wait() / rate; time < length; time += wait() / rate) {
      frequency[i]++;
      recency[i] = isOnGrid ? Math.max(1, Math.floor(time * 7)) / 7 : time;
      if (random.uniform() < stops) break;
    }
  }
  return { unit: 'week', frequency, recency, tenure };
}

/** Fits through the public door, grouping and standard errors included, beside lifetimes; forecasts and residual values of customers. */
export function run() {
  const lines = [];
  for (const [count, isOnGrid, bar] of [[2357, true, 20], [100_000, true, 160], [1_000_000, true, 1000], [10_000_000, true, 3000], [1_000_000, false, null]]) {
    const customers = sample(count, isOnGrid);
    const { frequency, recency, tenure } = customers;
    const what = isOnGrid ? 'days' : 'all different';
    const peer = count > 100_000 ? undefined : pythonPeer('bgNbd.py', shareNumbers('x.f64', frequency), shareNumbers('t.f64', recency), shareNumbers('T.f64', tenure));
    for (const [name, fit] of [['fitBgNbd', fitBgNbd], ['fitMbgNbd', fitMbgNbd]]) {
      // A fit of two thousand customers is over before the engine has optimised it: the bar is for a program that has run for a while.
      if (count < 10_000) for (let i = 0; i < 10; i++) fit(customers);
      const { millis, result } = cpuTime(() => fit(customers), count > 1e6 ? 1 : 5);
      if (!result.fit.convergence.converged) throw new Error(`${name} did not converge`);
      const isSame = name === 'fitBgNbd';
      if (isSame && peer !== undefined && result.fit.logLikelihood < peer.logLikelihood - 1e-4) throw new Error('lifetimes finds a higher likelihood');
      const notes = [bar === null ? null : `bar ${bar} ms`, `${result.fit.distinctHistories} histories, ${result.fit.evaluations} evaluations`, isSame && peer !== undefined ? ratio(millis, peer.millis, peer.who) : null];
      lines.push(line(what, name, count, millis, notes.filter((note) => note !== null).join('; ')));
    }
    if (peer !== undefined) lines.push(peerLine(what, peer.who, count, peer.millis));
    if (count !== 100_000) continue;
    const model = BgNbd.fromParameters({ unit: 'week', r: 1, alpha: 16.7, a: 1, b: 3 });
    const expected = cpuTime(() => model.expectedPurchases(customers, { weeks: 39 }), 3);
    lines.push(line('of each', 'expectedPurchases', count, expected.millis, ratio(expected.millis, peer?.expectedMillis, peer?.who)));
    lines.push(line('of each', 'aliveProbabilityAt', count, cpuTime(() => model.aliveProbabilityAt(customers, { weeks: 39 }), 1).millis));
    lines.push(line('a year', 'discountedPurchases', count, cpuTime(() => model.discountedPurchases(customers, { annualDiscountRate: 0.1, horizon: { years: 1 } }), 1).millis));
    lines.push(line('for ever', 'discountedPurchases', count, cpuTime(() => model.discountedPurchases(customers, { annualDiscountRate: 0.1 }), 1).millis));
  }
  return lines;
}
