import { createRandom, Frame } from 'clientela/data';
import { fitResponseGroups } from 'clientela/response';
import { cpuTime, line, peerLine, rPeer, ratio, shareNumbers } from '../harness.mjs';

const LEVELS = [12, 4, 8, 3, 3, 3, 2, 10, 5, 3];

/** Ten numbers and ten categories, one customer in ten responding; as a frame, and as numbers for the peer. */
function campaign(count) {
  const random = createRandom(7);
  const numbers = Array.from({ length: 10 }, () => new Float64Array(count));
  const codes = new Uint8Array(count * LEVELS.length);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const common = random.normal();
    let logOdds = -3.5;
    numbers.forEach((values, j) => (logOdds += 0.3 * Math.cos(j) * (values[i] = random.normal() + (j < 5 ? common : 0))));
    LEVELS.forEach((size, j) => {
      const level = random.integer(size);
      codes[j * count + i] = level;
      logOdds += 0.5 * Math.sin(level + j);
    });
    labels[i] = random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  }
  const categories = LEVELS.map((_, j) => Array.from(codes.subarray(j * count, (j + 1) * count), (level) => `l${level}`));
  const named = (columns, letter) => Object.fromEntries(columns.map((values, j) => [`${letter}${j}`, values]));
  const frame = Frame.fromColumns({ ...named(numbers, 'x'), ...named(categories, 'c'), y: Float64Array.from(labels) });
  return { frame, numbers, codes, labels };
}

/** R's rpart on the rows that grow our groups, all of them given; undefined where there is no Rscript with it. */
function rpart({ numbers, codes, labels }, least) {
  const flat = new Float64Array(labels.length * numbers.length);
  numbers.forEach((column, j) => flat.set(column, j * labels.length));
  const files = [shareNumbers('x.f64', flat), shareNumbers('c.u8', codes), shareNumbers('y.u8', labels)];
  return rPeer('responseGroups.R', ...files, labels.length, numbers.length, LEVELS.length, least);
}

/** The whole way: split in three, grown, estimated, tested. Beside rpart, which only grows, all rows grow here too, to as many leaves. */
export function run() {
  const lines = [];
  for (const count of [41_188, 1_000_000]) {
    const data = campaign(count);
    const repetitions = count > 100_000 ? 1 : 3;
    const time = (options) => cpuTime(() => fitResponseGroups(data.frame, { target: 'y', ...options }), repetitions).millis;
    const what = '20 columns, half of them numbers';
    const peer = rpart(data, Math.max(100, count / 100));
    const alone = time({ shares: [1, 0, 0], complexity: 0, maxGroups: peer?.leaves ?? 12 });
    lines.push(line(what, 'Gini tree on all rows, as many leaves', count, alone, ratio(alone, peer?.plain, 'rpart, no folds')));
    if (peer) lines.push(peerLine(what, `${peer.who}, no folds`, count, peer.plain, `${peer.leaves} leaves`));
    if (peer?.folds) lines.push(peerLine(what, `${peer.who}, 5 folds`, count, peer.folds));
    lines.push(line(what, 'Gini tree, honest', count, time({})));
    lines.push(line(what, 'CHAID, honest', count, time({ method: 'chaid' })));
    lines.push(line(what, 'three attributes crossed', count, time({ attributes: ['c0', 'x1', 'c2'] })));
    const groups = fitResponseGroups(data.frame, { target: 'y', method: 'chaid' });
    lines.push(line(what, 'assign', count, cpuTime(() => groups.assign(data.frame), repetitions).millis));
  }
  return lines;
}
