import { createRandom, Frame } from 'clientela/data';
import { fitUplift } from 'clientela/response';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const COLUMNS = 10;

/** A trial of one treatment with an effect on the log-odds that depends on two of ten columns. */
function sample(count) {
  const random = createRandom(7);
  const columns = Array.from({ length: COLUMNS }, () => new Float64Array(count));
  const [treated, bought] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    let logOdds = -1.7;
    for (let j = 0; j < COLUMNS; j++) {
      columns[j][i] = random.normal();
      logOdds += columns[j][i] * 0.2 * Math.cos(j);
    }
    treated[i] = random.uniform() < 0.5 ? 1 : 0;
    if (treated[i]) logOdds += 0.3 + 0.3 * columns[0][i] - 0.2 * columns[1][i];
    bought[i] = random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  }
  return { columns, treated, bought };
}

/** The bar is 150 ms for T at the size of Hillstrom. Learners over logistic regressions through the public door, report and balance of the arms included, against scikit-uplift and a DR learner by hand on scikit-learn. */
export function run() {
  const lines = [];
  // As many as the rows of Hillstrom with one of its two e-mails or none; and many.
  for (const count of [42_693, 500_000]) {
    const { columns, treated, bought } = sample(count);
    const features = columns.map((_, j) => `x${j}`);
    const frame = Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), treated, bought });
    const options = { target: 'bought', treatment: 'treated', control: 0, features };
    const repetitions = count > 100_000 ? 3 : 5;
    const ours = Object.fromEntries((count > 100_000 ? ['T'] : ['T', 'DR']).map((method) => [method, cpuTime(() => fitUplift(frame, { ...options, method }), repetitions)]));
    const flat = new Float64Array(count * COLUMNS);
    columns.forEach((column, j) => flat.set(column, j * count));
    const peers = pythonPeer('uplift.py', shareNumbers('x.f64', flat), shareNumbers('w.f64', treated), shareNumbers('y.f64', bought), count, COLUMNS) ?? [];
    for (const [method, { millis, result }] of Object.entries(ours)) {
      const own = peers.filter((peer) => peer.method === method);
      const uplift = result.predictUplift(frame);
      lines.push(line(`uplift, ${method} learner, 10 columns`, 'fitUplift', count, millis, ratio(millis, own[0]?.millis, own[0]?.who ?? 'peer')));
      for (const peer of own) {
        const gap = Math.max(...peer.first.map((value, i) => Math.abs(value - uplift[i])));
        lines.push(peerLine(`uplift, ${method} learner, 10 columns`, peer.who, count, peer.millis, `first uplifts within ${gap.toExponential(1)}`));
      }
    }
  }
  return lines;
}
