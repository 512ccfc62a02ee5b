import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { attributeOutcomes } from 'clientela/paths';
import { cpuTime, line, quotedRatio } from '../harness.mjs';

const file = resolve(import.meta.dirname, '../../../shared/data/paths/journeys/channelattribution_PathData.csv');

/** The 10,000 paths of ChannelAttribution 2.2.4, which takes 190 ms for order 1 by simulation (notes/paths.md, §6 D); the bar is 20 ms for the exact answer. */
export async function run() {
  if (!existsSync(file)) {
    console.log('  left out: there is no ../shared');
    return [];
  }
  const paths = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1).map((text) => {
    const [path, conversions, value, nulls] = text.split(',');
    return { path: path.split(' > '), conversions: Number(conversions), value: Number(value), nulls: Number(nulls) };
  });
  const plain = paths.map(({ path, conversions, nulls }) => ({ path, conversions, nulls }));
  const lines = [];
  for (const [what, rows, options, theirs] of [
    ['order 1, conversions', plain, { methods: ['markov1'], replicates: 0 }, 190],
    ['order 2, conversions', plain, { methods: ['markov2'], replicates: 0 }],
    ['order 3, conversions', plain, { methods: ['markov3'], replicates: 0 }],
    ['rules and order 1, conversions and value', paths, { replicates: 0 }],
    ['the same with 200 replicates', paths, {}],
  ]) {
    const { millis } = cpuTime(() => attributeOutcomes(rows, options), options.replicates === 0 ? 15 : 1);
    lines.push(line(what, 'attributeOutcomes', rows.length, millis, quotedRatio(millis, theirs, 'ChannelAttribution')));
  }
  return lines;
}
