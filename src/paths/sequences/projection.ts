import type { SequenceRows } from './miningPlan.js';
import type { PatternStore } from './patternStore.js';
import { longer, type PathWalk } from './walkPaths.js';

/** What an engine counts with: journeys by place, and by key (of an item that begins a step, or joins one) what it met. */
export interface Projection {
  items: Int32Array;
  /** The place before in the row with the same item; what lies before the row, such as -1, for none. */
  before: Int32Array;
  /** The weight of the row; null for one each. */
  weightOf: Float64Array | null;
  /** The end of the rows in use. */
  top: number;
  /** The places of first occurrences, as counted. */
  notes: Int32Array;
  noted: number;
  /** How many places were looked at. */
  looked: number;
  /** The most places of a row. */
  readonly longest: number;
  readonly met: Int32Array;
  readonly counts: Int32Array;
  readonly sums: Float64Array;
  /** The last place of an item in the row. */
  readonly lastOf: Int32Array;
  /** Where the next place of a key goes; -1 for none. */
  readonly slots: Int32Array;
  /** To which depth a key is frequent: behind a longer path it cannot be in more rows. */
  readonly allowed: Int32Array;
}

/** Rows to count in, with so many keys; each row stands before its first place on the walk. */
export function projectRows({ items, starts, levels, weights, rowCount }: SequenceRows, walk: PathWalk, keys: number): Projection {
  const before = new Int32Array(items.length).fill(-1);
  const lastOf = new Int32Array(levels.length).fill(-1);
  const weightOf = weights && new Float64Array(items.length);
  let longest = 0;
  walk.needPlaces(rowCount);
  walk.placeCount = rowCount;
  for (let r = 0; r < rowCount; r++) {
    const [start, end] = [starts[r]!, starts[r + 1]!];
    walk.places[r] = start - 1;
    longest = Math.max(longest, end - start);
    weightOf?.fill(weights![r]!, start, end);
    for (let x = start; x < end - 1; x++) {
      const y = items[x]!;
      if (lastOf[y]! >= start) before[x] = lastOf[y]!;
      lastOf[y] = x;
    }
  }
  return {
    items, before, weightOf, top: items.length, notes: new Int32Array(256), noted: 0, looked: 0, longest, lastOf, met: new Int32Array(keys), counts: new Int32Array(keys), sums: new Float64Array(keys), slots: new Int32Array(keys).fill(-1), allowed: new Int32Array(keys),
  };
}

/** Of the keys met, lays the frequent ones on the walk, each with room for its places from its slot on; how many they are. */
export function layKids(projection: Projection, walk: PathWalk, store: PatternStore, touched: number, depth: number, width: number): number {
  const { met, counts, sums, slots, weightOf } = projection;
  let found = 0;
  for (let i = 0; i < touched; i++) {
    const key = met[i]!;
    if ((weightOf === null ? counts[key]! : sums[key]!) >= store.least && store.mayHave(depth, key % width)) met[found++] = key;
    else counts[key] = sums[key] = 0;
  }
  if (found === 0) return 0;
  sortStart(met, found);
  walk.needKids(found);
  let place = walk.placeCount;
  for (let i = 0, kid = walk.kidCount; i < found; i++, kid++) {
    const key = met[i]!;
    walk.kids[kid] = key;
    walk.counts[kid] = weightOf === null ? counts[key]! : sums[key]!;
    walk.starts[kid] = slots[key] = place;
    place += counts[key]!;
    counts[key] = sums[key] = 0;
  }
  walk.needPlaces(place - walk.placeCount);
  walk.placeCount = place;
  return found;
}

/** Ends the places of those laid. */
export function closeKids({ met, slots, allowed }: Projection, walk: PathWalk, found: number, depth: number): void {
  for (let i = 0; i < found; i++) {
    const key = met[i]!;
    walk.ends[walk.kidCount++] = slots[key]!;
    slots[key] = -1;
    allowed[key] = depth + 1;
  }
}

/** Doubles what the rows are in until so much more fits. */
export function needRows(projection: Projection, more: number): void {
  const { items, before, weightOf, top } = projection;
  if (top + more <= items.length) return;
  const length = 2 * (top + more);
  projection.items = longer(items, length);
  projection.before = longer(before, length);
  projection.weightOf = weightOf && longer(weightOf, length);
}

/** Few are sorted faster by hand. */
function sortStart(keys: Int32Array, count: number): void {
  if (count > 40) {
    keys.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
}
