import { createRandom, Frame } from 'clientela/data';
import { fitUpliftForest } from 'clientela/response';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** A trial as large as Hillstrom's with ten numbers, of which two tell who reacts; half the rows treated, a seventh of them visit. */
export function trial(count) {
  const random = createRandom(8);
  const columns = Array.from({ length: 10 }, () => new Float64Array(count));
  const arm = new Uint8Array(count);
  const y = new Uint8Array(count);
  const truth = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // Half of the columns have a few values, half are continuous.
    for (let j = 0; j < 10; j++) columns[j][i] = j % 2 ? random.integer(2 + 2 * j) : random.normal();
    arm[i] = random.integer(2);
    truth[i] = columns[1][i] > 1 && columns[0][i] > -0.5 ? 0.1 : 0;
    y[i] = random.uniform() < 0.11 + 0.02 * (columns[2][i] > 0) + arm[i] * truth[i] ? 1 : 0;
  }
  return { columns, arm, y, truth };
}

function correlation(a, b) {
  const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
    ab += (a[i] - ma) * (b[i] - mb);
  }
  return ab / Math.sqrt(aa * bb);
}

const frameOf = ({ columns, arm, y }) => Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), arm: Float64Array.from(arm), y: Float64Array.from(y) });

/** 50 trees through the public door, against causalml's forest with as many rows in a leaf; how well either ranks rows it has not seen. */
export function run() {
  const lines = [];
  const later = trial(20_000);
  const laterTable = Object.fromEntries(later.columns.map((column, j) => [`x${j}`, column]));
  for (const count of [16_000, 64_000, 256_000]) {
    const data = trial(count);
    const frame = frameOf(data);
    const fit = (options) => fitUpliftForest(frame, { target: 'y', treatment: 'arm', control: 0, trees: 50, ...options });
    const ours = cpuTime(() => fit({}), 3);
    const bar = count === 64_000 ? ', bar 8000 ms' : '';
    const found = ours.result.predictUplift(laterTable);
    lines.push(line('50 trees, 10 columns, honest', 'fitUpliftForest', count, ours.millis, `correlation with the true uplift ${correlation(found, later.truth).toFixed(3)}${bar}`));
    // What causalml grows: a tree from as many rows as there are, not honest.
    const full = cpuTime(() => fit({ honest: false, sampleShare: 1, minArmSize: 100, normalise: true, criterion: 'KL' }), 1);
    const flat = (columns, n) => columns.reduce((all, column, j) => (all.set(column, j * n), all), new Float64Array(10 * n));
    // The peer needs minutes for more.
    const peer = count > 16_000 ? undefined : pythonPeer('upliftForest.py', shareNumbers('x.f64', flat(data.columns, count)), shareNumbers('y.u8', data.y), shareNumbers('arm.u8', data.arm), count, shareNumbers('later.f64', flat(later.columns, 20_000)), shareNumbers('truth.f64', later.truth));
    lines.push(line('50 trees of all rows, KL normalised', 'fitUpliftForest', count, full.millis, ratio(full.millis, peer?.millis, 'causalml')));
    if (peer) lines.push(peerLine('50 trees of all rows, KL normalised', peer.who, count, peer.millis, `correlation with the true uplift ${peer.correlation.toFixed(3)}`));
    lines.push(line('predict 20,000 rows', 'UpliftForest', count, cpuTime(() => ours.result.predictUplift(laterTable), 3).millis));
  }
  return lines;
}
