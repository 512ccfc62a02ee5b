import { BgNbd, bootstrapModel, deltaInterval, drawInterval, fitBgNbd, groupSummary, parameterDraws, simulatePurchases } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers like those of CDNOW: first purchases over twelve weeks, 39 weeks seen, counted in days. */
function sample(count) {
  const model = BgNbd.fromParameters({ unit: 'day', r: 0.243, alpha: 30.9, a: 0.793, b: 2.426 });
  const { frequency, recency, tenure } = simulatePurchases(model, { customers: count, observation: { weeks: 39 }, arrivals: { weeks: 12 }, seed: 6 });
  const whole = (values) => values.map(Math.ceil);
  return groupSummary({ unit: 'day', frequency, recency: whole(recency), tenure: whole(tenure) });
}

/** Three ways to an interval of all purchases to come; the bootstrap beside as many refits of lifetimes on the same groups of customers, ten of which are timed. */
export function run() {
  const lines = [];
  for (const [count, samples] of [[2357, 1000], [100_000, 100]]) {
    const groups = sample(count);
    const total = (model) => model.expectedPurchases(groups, { weeks: 39 }).reduce((sum, value, i) => sum + groups.weights[i] * value, 0);
    const bootstrap = cpuTime(() => bootstrapModel((drawn, start) => fitBgNbd(drawn, { start }), groups, { samples }), 1);
    const { model } = bootstrap.result;
    const columns = ['frequency', 'recency', 'tenure', 'weights'].map((name) => shareNumbers(`${name}.f64`, groups[name]));
    const peer = pythonPeer('lifetimeUncertainty.py', ...columns);
    lines.push(line(`${samples} refits of BG/NBD`, 'bootstrapModel', count, bootstrap.millis, ratio(bootstrap.millis, peer && (peer.millisPerFit * samples), 'lifetimes')));
    if (peer !== undefined) lines.push(peerLine(`${samples} refits of BG/NBD`, 'lifetimes, from 10 refits', count, peer.millisPerFit * samples));
    const delta = cpuTime(() => deltaInterval(model, total, { scale: 'log' }), 3);
    const draws = cpuTime(() => drawInterval(parameterDraws(model, { draws: samples }), total), 1);
    const wide = drawInterval(bootstrap.result, total).standardError / delta.result.standardError;
    if (!(wide > 0.75 && wide < 1.33)) throw new Error(`bootstrap and delta method differ: ${wide}`);
    lines.push(line('interval of a total', 'deltaInterval', count, delta.millis), line(`interval of a total, ${samples} draws`, 'parameterDraws', count, draws.millis));
  }
  return lines;
}
