import { fitAcceleratedFailure, fitMixtureCure } from 'clientela/churn';
import { createRandom, Frame } from 'clientela/data';
import { cpuTime, line, peerLine, pythonPeer, rPeer, ratio, shareNumbers } from '../harness.mjs';

const COLUMNS = 10;

/** Five columns of numbers, five of 0 and 1; exponential times, observed for up to a year: some 7 in 10 rows have the event. */
function sample(count) {
  const random = createRandom(12_345);
  const slopes = [0.5, -0.4, 0.3, -0.2, 0.1, 0.6, -0.5, 0.4, -0.3, 0.2];
  const columns = slopes.map(() => new Float64Array(count));
  const [days, events] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < COLUMNS; j++) sum += slopes[j] * (columns[j][i] = j < 5 ? Math.sqrt(12) * (random.uniform() - 0.5) : Number(random.uniform() < 0.3 + 0.05 * (j - 5)));
    const time = -Math.log(1 - random.uniform()) / (0.01 * Math.exp(sum));
    const end = 365 * (1 - random.uniform());
    days[i] = Math.min(time, end);
    events[i] = Number(time <= end);
  }
  const frame = Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), days, events });
  return { columns, days, events, frame };
}

/** The Weibull of R and lifelines at 100,000 rows, the other distributions, growth, predictions, and a mixture. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const { columns, days, events, frame } = sample(count);
    const isCompared = count === 100_000;
    for (const distribution of isCompared ? ['weibull', 'exponential', 'log-normal', 'log-logistic'] : ['weibull']) {
      const { millis, result } = cpuTime(() => fitAcceleratedFailure(frame, { duration: 'days', event: 'events', distribution }), 5);
      if (result.status !== 'converged') throw new Error(`${distribution} did not converge`);
      const notes = [`${result.convergence.iterations} iterations`];
      if (isCompared && distribution === 'weibull') {
        const flat = new Float64Array(count * COLUMNS);
        columns.forEach((column, j) => flat.set(column, j * count));
        const paths = [shareNumbers('x.f64', flat), shareNumbers('t.f64', days), shareNumbers('e.f64', events), count, COLUMNS];
        for (const peer of [rPeer('acceleratedFailure.R', ...paths), pythonPeer('acceleratedFailure.py', ...paths)]) {
          if (peer === undefined) continue;
          if (result.logLikelihood < peer.logLikelihood - 1e-6) throw new Error(`${peer.who} finds a higher likelihood`);
          notes.push(ratio(millis, peer.millis, peer.who), `log-likelihood higher by ${(result.logLikelihood - peer.logLikelihood).toExponential(1)}`);
          lines.push(peerLine(`${COLUMNS} columns, weibull`, peer.who, count, peer.millis));
        }
      }
      lines.push(line(`${COLUMNS} columns, ${distribution}`, 'fitAcceleratedFailure', count, millis, notes.join('; ')));
      if (!isCompared) continue;
      lines.push(line(`median left after 30 days, ${distribution}`, 'predictQuantile', count, cpuTime(() => result.predictQuantile(frame, 0.5, { elapsed: 30 }), 3).millis));
      lines.push(line(`mean within a year, ${distribution}`, 'predictRestrictedMean', count, cpuTime(() => result.predictRestrictedMean(frame, 365), 3).millis));
    }
    if (count < 1_000_000) lines.push(line('2 + 2 columns, weibull', 'fitMixtureCure', count, cpuTime(() => fitMixtureCure(frame, { duration: 'days', event: 'events', features: ['x0', 'x5'] }), 1).millis));
  }
  return lines;
}
