import { createRandom, Frame } from 'clientela/data';
import { fitKMedoids, fitKPrototypes, gowerDistances } from 'clientela/segmentation';
import { cpuTime, line, peerLine, pythonPeer, rPeer, ratio, shareNumbers } from '../harness.mjs';

/** Rows around `groups` centres that overlap: numbers, and categories that follow the group four times in five. */
function sample(count, width, depth, groups, seed) {
  const random = createRandom(seed);
  const centers = Float64Array.from({ length: groups * width }, () => 1.5 * random.normal());
  const numbers = new Float64Array(count * width);
  const codes = new Float64Array(count * depth);
  for (let i = 0; i < count; i++) {
    const group = random.integer(groups);
    for (let j = 0; j < width; j++) numbers[i * width + j] = centers[group * width + j] + random.normal();
    for (let j = 0; j < depth; j++) codes[i * depth + j] = random.uniform() < 0.8 ? (group + j) % 5 : random.integer(5);
  }
  return { numbers, codes };
}

function frameOf({ numbers, codes }, count) {
  const columns = {};
  const width = numbers.length / count;
  const depth = codes.length / count;
  for (let j = 0; j < width; j++) columns[`x${j}`] = Float64Array.from({ length: count }, (_, i) => numbers[i * width + j]);
  for (let j = 0; j < depth; j++) columns[`c${j}`] = Array.from({ length: count }, (_, i) => `level ${codes[i * depth + j]}`);
  return Frame.fromColumns(columns);
}

const rPam = (path, count, width, segments, original) => rPeer('pam.R', path, count, width, segments, original ? 'yes' : 'no') ?? [];

/** k-prototypes beside kmodes, k-medoids beside R's pam, both from raw rows; costs must not be above those of the peers. */
export function run() {
  const lines = [];
  for (const count of [600, 2400, 9600]) {
    const data = sample(count, 6, 4, 5, 3);
    const frame = frameOf(data, count);
    const of = (options) => cpuTime(() => fitKPrototypes(frame, { segments: 5, scaling: 'none', categoryWeight: 0.5, ...options }), count > 600 || options.starts === undefined ? 5 : 99);
    const what = '6 numbers, 4 categories, 5 segments';
    const peers = (process.env.PEERS_PYTHON && count <= 2400 ? pythonPeer('kprototypes.py', shareNumbers('x.f64', data.numbers), shareNumbers('c.f64', data.codes), count, 6, 4, 5, 0.5) : undefined) ?? [];
    const one = of({ starts: 1 });
    const usual = of({});
    for (const { who, cost } of peers) if (usual.result.cost > cost * (1 + 1e-9)) throw new Error(`cost ${usual.result.cost} above ${cost} of ${who}`);
    lines.push(line(what, 'fitKPrototypes, 1 start', count, one.millis, ratio(one.millis, peers[0]?.millis, 'kmodes n_init=1', 0.01)));
    lines.push(line(what, 'fitKPrototypes, default', count, usual.millis, ratio(usual.millis, peers[1]?.millis, 'kmodes n_init=10')));
    for (const { who, millis } of peers) lines.push(peerLine(what, who, count, millis));
  }
  for (const count of [1000, 2000, 4000, 16_000]) {
    const data = sample(count, 6, 0, 8, 5);
    const frame = frameOf(data, count);
    const of = (options) => cpuTime(() => fitKMedoids(frame, { segments: 8, scaling: 'none', ...options }), count > 1000 ? 5 : 19);
    const what = '6 numbers, 8 segments, Euclid';
    const peers = count <= 4000 ? rPam(shareNumbers('m.f64', data.numbers), count, 6, 8, count <= 2000) : [];
    const one = of({ starts: 1 });
    const usual = of({});
    for (const { who, cost } of peers) if (usual.result.cost > cost * (1 + 1e-3)) throw new Error(`cost ${usual.result.cost} above ${cost} of ${who}`);
    const faster = peers[0]?.millis;
    lines.push(line(what, 'fitKMedoids, 1 start', count, one.millis, ratio(one.millis, faster, 'R pam faster', 1)));
    lines.push(line(what, 'fitKMedoids, default', count, usual.millis, ratio(usual.millis, faster, 'R pam faster')));
    for (const { who, millis } of peers) lines.push(peerLine(what, who, count, millis));
  }
  const mixed = frameOf(sample(2000, 6, 4, 5, 3), 2000);
  lines.push(line('6 numbers, 4 categories', 'gowerDistances', 2000, cpuTime(() => gowerDistances(mixed), 3).millis));
  lines.push(line('6 numbers, 4 categories, 5 segments, Gower', 'fitKMedoids, 1 start', 2000, cpuTime(() => fitKMedoids(mixed, { segments: 5, starts: 1 }), 3).millis));
  return lines;
}
