import { createRandom } from 'clientela/data';
import { fitParetoNbd, ParetoNbd } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Histories of a Pareto/NBD on a grid of days, first purchases over twelve weeks, seen for 39: rates of purchases and of death exponential. */
function sample(count, isOnGrid) {
  const random = createRandom(5);
  const [frequency, recency, tenure] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const wait = () => -Math.log(1 - random.uniform());
  for (let i = 0; i < count; i++) {
    const rate = 0.06 * wait();
    const death = wait() / (0.05 * wait());
    const length = 27 + 12 * random.uniform();
    tenure[i] = isOnGrid ? Math.ceil(length * 7) / 7 : length;
    const end = Math.min(death, length);
    for (let time = wait() / rate; time < end; time += wait() / rate) {
      frequency[i]++;
      recency[i] = isOnGrid ? Math.max(1, Math.floor(time * 7)) / 7 : time;
    }
  }
  return { unit: 'week', frequency, recency, tenure };
}

/** Fits through the public door, grouping and standard errors included, beside lifetimes; what the model answers of customers. */
export function run() {
  const lines = [];
  for (const [count, isOnGrid, bar] of [[2357, true, 80], [100_000, true, 1000], [1_000_000, true, null], [10_000_000, true, null], [100_000, false, null]]) {
    const customers = sample(count, isOnGrid);
    const { frequency, recency, tenure } = customers;
    const what = isOnGrid ? 'days' : 'all different';
    const hasPeer = isOnGrid && count <= 100_000;
    // lifetimes takes half a minute for the larger: once.
    const peer = hasPeer ? pythonPeer('paretoNbd.py', shareNumbers('x.f64', frequency), shareNumbers('t.f64', recency), shareNumbers('T.f64', tenure), count > 10_000 ? 1 : 3) : undefined;
    const { millis, result } = cpuTime(() => fitParetoNbd(customers), count > 1e5 ? 1 : 5);
    if (!result.fit.convergence.converged) throw new Error('fitParetoNbd did not converge');
    if (peer !== undefined && result.fit.logLikelihood < peer.logLikelihood - 1e-4) throw new Error('lifetimes finds a higher likelihood');
    const notes = [bar === null ? null : `bar ${bar} ms`, `${result.fit.distinctHistories} histories, ${result.fit.evaluations} evaluations`, peer === undefined ? null : ratio(millis, peer.millis, peer.who)];
    lines.push(line(what, 'fitParetoNbd', count, millis, notes.filter((note) => note !== null).join('; ')));
    if (peer !== undefined) lines.push(peerLine(what, peer.who, count, peer.millis));
    if (count !== 100_000 || !isOnGrid) continue;
    const model = ParetoNbd.fromParameters({ unit: 'week', r: 1, alpha: 16.7, s: 1, beta: 20 });
    const answers = {
      aliveProbability: () => model.aliveProbability(customers),
      expectedPurchases: () => model.expectedPurchases(customers, { weeks: 39 }),
      purchaseProbability: () => model.purchaseProbability(customers, { weeks: 39 }),
      nextPurchase: () => model.nextPurchase(customers, 0.1),
      discountedPurchases: () => model.discountedPurchases(customers, { annualDiscountRate: 0.1 }),
    };
    for (const [name, answer] of Object.entries(answers)) {
      const { millis: answered } = cpuTime(answer, 3);
      lines.push(line('of each', name, count, answered, name === 'expectedPurchases' ? ratio(answered, peer?.expectedMillis, peer?.who) : ''));
    }
    if (peer !== undefined) lines.push(peerLine('of each', `${peer.who}, expected purchases`, count, peer.expectedMillis));
  }
  return lines;
}
