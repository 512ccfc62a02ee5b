import { createRandom } from 'clientela/data';
import { dataEnvelopment } from 'clientela/potential';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Units with log-normal inputs, and outputs that follow them with decreasing returns, noise and inefficiency. */
function sample(count, inputCount, outputCount) {
  const random = createRandom(7);
  const inputs = Array.from({ length: inputCount }, (_, i) => `x${i}`);
  const outputs = Array.from({ length: outputCount }, (_, i) => `y${i}`);
  const columns = Object.fromEntries([...inputs, ...outputs].map((name) => [name, new Float64Array(count)]));
  for (let row = 0; row < count; row++) {
    let size = 0;
    for (const name of inputs) {
      const log = 0.6 * random.normal();
      columns[name][row] = Math.exp(log);
      size += log / inputCount;
    }
    for (const name of outputs) columns[name][row] = Math.exp(0.8 * size + 0.3 * random.normal() - Math.abs(0.4 * random.normal()));
  }
  const values = new Float64Array(count * (inputCount + outputCount));
  [...inputs, ...outputs].forEach((name, at) => columns[name].forEach((value, row) => (values[row * (inputCount + outputCount) + at] = value)));
  return { columns, inputs, outputs, values };
}

/** Variable returns by outputs beside HiGHS (bar: .5 s for 500 units, where HiGHS took 1.17 s), how the time grows, and the other questions. */
export async function run() {
  const lines = [];
  for (const count of [500, 1000, 2000, 10_000]) {
    const { columns, inputs, outputs, values } = sample(count, 3, 2);
    const ours = cpuTime(() => dataEnvelopment(columns, { inputs, outputs }), 3);
    const { certificate, scores, statuses } = ours.result;
    const [theirs] = (count <= 500 ? pythonPeer('dataEnvelopment.py', shareNumbers(`units${count}.f64`, values), count, 3, 2) : undefined) ?? [];
    const sum = scores.reduce((total, score) => total + score, 0);
    if (theirs !== undefined && Math.abs(theirs.sum - sum) > 1e-6 * sum) throw new Error(`the scores differ from HiGHS: ${sum}, ${theirs.sum}`);
    const note = `${statuses.filter((status) => status === 'efficient').length} efficient, gap ${certificate.gap.toExponential(0)}${count === 500 ? ', bar 500 ms' : ''}`;
    lines.push(line('3 inputs, 2 outputs, with slacks', 'dataEnvelopment', count, ours.millis, [note, ratio(ours.millis, theirs?.millis, 'HiGHS')].filter((text) => text !== '').join('; ')));
    if (theirs !== undefined) lines.push(peerLine('3 inputs, 2 outputs, scores only', theirs.who, count, theirs.millis));
  }
  const { columns, inputs, outputs } = sample(500, 3, 2);
  for (const options of [{ returns: 'constant' }, { returns: 'increasing' }, { superEfficiency: true }, { returns: 'freeDisposal' }]) {
    const ours = cpuTime(() => dataEnvelopment(columns, { inputs, outputs, ...options }), 3);
    lines.push(line(Object.entries(options).flat().join(' '), 'dataEnvelopment', 500, ours.millis));
  }
  const wide = sample(1000, 6, 4);
  const many = cpuTime(() => dataEnvelopment(wide.columns, { inputs: wide.inputs, outputs: wide.outputs }), 1);
  const note = `${many.result.statuses.filter((status) => status === 'efficient').length} efficient`;
  lines.push(line('6 inputs, 4 outputs', 'dataEnvelopment', 1000, many.millis, note));
  const customers = sample(20_000, 3, 2);
  const scored = cpuTime(() => dataEnvelopment(customers.columns, { inputs, outputs, reference: columns }), 1);
  lines.push(line('against a reference of 500', 'dataEnvelopment', 20_000, scored.millis, `${scored.result.infeasible.length} beyond comparison`));
  return lines;
}
