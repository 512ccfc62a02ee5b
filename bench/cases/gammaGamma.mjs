import { fitGammaGamma, simulatePurchases, Nbd } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers of a negative binomial law of purchases and a gamma-gamma law of amounts: about half never bought again. */
function sample(count) {
  const model = Nbd.fromParameters({ unit: 'week', r: 0.5, alpha: 12 });
  const { frequency, monetary } = simulatePurchases(model, { customers: count, observation: { weeks: 39 }, spend: { parameters: { p: 6.25, q: 3.74, v: 15.44 } }, seed: 5 });
  return { frequency, monetary };
}

/** Maximum likelihood beside lifetimes (which takes the customers with a repeat purchase), and what comes of it for every customer. */
export function run() {
  const lines = [];
  for (const count of [2000, 100_000, 1_000_000]) {
    const customers = sample(count);
    const { millis, result: model } = cpuTime(() => fitGammaGamma(customers), 3);
    if (!model.fit.convergence.converged) throw new Error('fitGammaGamma did not converge');
    const known = customers.frequency.map((_, i) => i).filter((i) => customers.frequency[i] > 0);
    const column = (name) => shareNumbers(`${name}.f64`, known.map((i) => customers[name][i]));
    const peer = count > 100_000 ? undefined : pythonPeer('gammaGamma.py', column('frequency'), column('monetary'));
    if (peer !== undefined && peer.logLikelihood > model.fit.logLikelihood + 1e-4) throw new Error(`lifetimes finds a higher likelihood: ${peer.logLikelihood}, not ${model.fit.logLikelihood}`);
    lines.push(line('amounts of repeat purchases', 'fitGammaGamma', count, millis, `${known.length} with amounts, ${model.fit.evaluations} evaluations; ${ratio(millis, peer?.millis, 'lifetimes')}`));
    if (peer !== undefined) lines.push(peerLine(`${known.length} with amounts`, 'lifetimes', count, peer.millis));
    lines.push(line('mean of each customer', 'expectedSpend', count, cpuTime(() => model.expectedSpend(customers), 3).millis));
    lines.push(line('interval of each customer', 'spendInterval', count, cpuTime(() => model.spendInterval(customers), 3).millis));
  }
  return lines;
}
