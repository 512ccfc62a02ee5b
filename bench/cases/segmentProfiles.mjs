import { createRandom, Frame } from 'clientela/data';
import { describeSegments, segmentMap, segmentRules } from 'clientela/segmentation';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const NUMBERS = 16;
const CATEGORIES = 4;
const LEVELS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Sixteen numbers, four categories of six levels, and eight segments that half of them depend on. */
function sample(count) {
  const random = createRandom(7);
  const numbers = Array.from({ length: NUMBERS }, () => new Float64Array(count));
  const codes = Array.from({ length: CATEGORIES }, () => new Float64Array(count));
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const segment = Math.floor(8 * random.uniform() ** 1.5);
    labels[i] = segment;
    for (let j = 0; j < NUMBERS; j++) {
      const shift = j < 8 && j % 3 === segment % 3 ? 1 : 0;
      numbers[j][i] = j % 2 === 0 ? random.normal() + shift : Math.exp(random.normal() + shift);
    }
    for (let j = 0; j < CATEGORIES; j++) codes[j][i] = j < 2 && random.uniform() < 0.3 ? segment % 6 : random.integer(6);
  }
  return { numbers, codes, labels };
}

/** Cards, tests, typical customers; rules and map apart. The peer does with pandas and scipy what the cards hold. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const { numbers, codes, labels } = sample(count);
    const frame = Frame.fromColumns({
      ...Object.fromEntries(numbers.map((values, j) => [`x${j}`, values])),
      ...Object.fromEntries(codes.map((values, j) => [`c${j}`, Array.from(values, (code) => LEVELS[code])])),
    });
    const options = { scaling: 'standard' };
    const ours = cpuTime(() => describeSegments(frame, labels, options), 3);
    const flat = new Float64Array(count * (NUMBERS + CATEGORIES));
    [...numbers, ...codes].forEach((column, j) => flat.set(column, j * count));
    const peer = pythonPeer('segmentProfiles.py', shareNumbers('x.f64', flat), shareNumbers('labels.i32', labels), count, NUMBERS, CATEGORIES);
    if (peer && Math.abs(peer.v / ours.result.segments[0].numbers[0].vTest - 1) > 1e-9) throw new Error('the v-tests differ');
    lines.push(line('cards, 16 numbers, 4 categories', 'describeSegments', count, ours.millis, ratio(ours.millis, peer?.millis, 'pandas')));
    if (peer) lines.push(peerLine('cards, 16 numbers, 4 categories', peer.who, count, peer.millis));
    const rules = cpuTime(() => segmentRules(frame, labels, options), 3);
    lines.push(line('rules, at most 16', 'segmentRules', count, rules.millis, rules.result.statement.slice(0, 40)));
    lines.push(line('map, 16 numbers', 'segmentMap', count, cpuTime(() => segmentMap(frame, labels, options), 3).millis));
  }
  return lines;
}
