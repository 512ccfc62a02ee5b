import { createRandom, shuffle } from '../../numeric/random.js';
import { groupOf, type RowGroups } from './rowGroups.js';

/** Rows a segment has in the sample at least. */
const LEAST = 20;

/** About so many rows, the same share of every segment but at least 20 of its rows, drawn without replacement. */
export function sampledGroups(groups: RowGroups, sample: number, seed: number): RowGroups {
  const random = createRandom(seed);
  const starts = new Int32Array(groups.count + 1);
  const rows = new Int32Array(groups.rows.length);
  for (let c = 0; c < groups.count; c++) {
    const all = groupOf(groups, c);
    const wanted = Math.min(all.length, Math.max(LEAST, Math.round((sample * all.length) / groups.rows.length)));
    rows.set(shuffle(all.slice(), random).subarray(0, wanted).sort(), starts[c]);
    starts[c + 1] = starts[c]! + wanted;
  }
  return { count: groups.count, rows: rows.slice(0, starts[groups.count]), starts };
}
