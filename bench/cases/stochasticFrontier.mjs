import { createRandom, Frame } from 'clientela/data';
import { fitStochasticFrontier } from 'clientela/potential';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** ln spend = x'b + noise - |inefficiency|, with a known slope for each column. */
function sample(count, columnCount) {
  const random = createRandom(3);
  const columns = Array.from({ length: columnCount }, () => new Float64Array(count));
  const logSpend = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columnCount; j++) logSpend[i] += 0.3 * Math.cos(j) * (columns[j][i] = random.normal());
    logSpend[i] += 0.35 * random.normal() - Math.abs(0.7 * random.normal());
  }
  const frame = Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), spend: logSpend.map(Math.exp) });
  return { columns, logSpend, frame };
}

/** The maximum of the likelihood, through the public door, beside scipy's BFGS with the analytic gradient (half-normal; without standard errors). */
export function run() {
  const lines = [];
  for (const [count, columnCount, bar] of [[4000, 8, 50], [100_000, 9, 1500]]) {
    const { columns, logSpend, frame } = sample(count, columnCount);
    const flat = new Float64Array(count * columnCount);
    columns.forEach((column, j) => flat.set(column, j * count));
    const peer = pythonPeer('stochasticFrontier.py', shareNumbers('x.f64', flat), shareNumbers('y.f64', logSpend), count, columnCount);
    for (const distribution of ['halfNormal', 'exponential', 'truncatedNormal']) {
      const { millis, result } = cpuTime(() => fitStochasticFrontier(frame, { target: 'spend', distribution }), 3);
      if (!result.convergence.converged) throw new Error(`${distribution} did not converge`);
      const isSame = distribution === 'halfNormal';
      if (isSame && peer !== undefined && result.logLikelihood < peer.logLikelihood - 1e-5) throw new Error('scipy finds a higher likelihood');
      lines.push(line(`${columnCount} columns, ${distribution}`, 'fitStochasticFrontier', count, millis, `bar ${bar} ms${isSame ? `; ${ratio(millis, peer?.millis, peer?.who)}` : ''}`));
      if (isSame) lines.push(line(`${columnCount} columns, posterior of all rows`, 'efficiencies', count, cpuTime(() => result.efficiencies(frame), 3).millis));
    }
    if (peer !== undefined) lines.push(peerLine(`${columnCount} columns, halfNormal`, peer.who, count, peer.millis));
  }
  return lines;
}
