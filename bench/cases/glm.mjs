import { createRandom, Frame } from 'clientela/data';
import { fitGlm } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Columns on different scales with a known effect each, and targets of every family with the same means. */
function sample(count, columnCount) {
  const random = createRandom(5);
  const columns = Array.from({ length: columnCount }, () => new Float64Array(count));
  const targets = { poisson: new Float64Array(count), 'negative-binomial': new Float64Array(count), gamma: new Float64Array(count), tweedie: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    let eta = 0.3;
    const common = random.normal();
    for (let j = 0; j < columnCount; j++) {
      const value = 0.5 * common + random.normal();
      columns[j][i] = value * (1 + j) + j;
      eta += value * 0.12 * Math.cos(j);
    }
    const mean = Math.exp(eta);
    const gamma = -(Math.log(1 - random.uniform()) + Math.log(1 - random.uniform())) / 2;
    targets.poisson[i] = poisson(random, mean);
    targets['negative-binomial'][i] = poisson(random, mean * gamma);
    targets.gamma[i] = 30 * mean * gamma;
    for (let amounts = poisson(random, mean / 3); amounts > 0; amounts--) targets.tweedie[i] -= 20 * Math.log(1 - random.uniform());
  }
  return { columns, targets };
}

function poisson(random, mean) {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}

const largest = (found, expected) => Math.max(...found.map((value, j) => Math.abs(value - expected[j])));

/** Exact maximum likelihood with standard errors, through the public door, against statsmodels. */
export function run() {
  const lines = [];
  for (const [family, count] of [['poisson', 10_000], ['poisson', 100_000], ['poisson', 1_000_000], ['negative-binomial', 100_000], ['gamma', 100_000], ['tweedie', 100_000]]) {
    const { columns, targets } = sample(count, 20);
    const frame = Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), y: targets[family] });
    const ours = cpuTime(() => fitGlm(frame, { target: 'y', family }), count === 1_000_000 ? 3 : 5);
    const estimates = ours.result.coefficients.map(({ estimate }) => estimate);
    const flat = new Float64Array(count * 20);
    columns.forEach((column, j) => flat.set(column, j * count));
    const peers = pythonPeer('glm.py', shareNumbers('x.f64', flat), shareNumbers('y.f64', targets[family]), count, 20, family) ?? [];
    const what = `GLM ${family}, 20 columns`;
    lines.push(line(what, 'fitGlm', count, ours.millis, ratio(ours.millis, peers[0]?.millis, 'statsmodels', 1)));
    for (const peer of peers) lines.push(peerLine(what, peer.who, count, peer.millis, `coefficients within ${largest(peer.coefficients, estimates).toExponential(1)}`));
    if (family !== 'tweedie') continue;
    const power = cpuTime(() => fitGlm(frame, { target: 'y', family, tweediePower: 'estimate' }), 1);
    lines.push(line(what, 'fitGlm, power estimated', count, power.millis, `power ${power.result.tweediePower.estimate.toFixed(4)}, ${power.result.convergence.iterations} iterations`));
  }
  return lines;
}
