import { SAME_STEP, type PatternTree } from './patternTree.js';
import type { SequenceKind } from './sequenceOptions.js';

/** How many items each path of the tree has. */
export function pathLengths({ size, parents }: PatternTree): Uint16Array {
  const lengths = new Uint16Array(size);
  for (let node = 0; node < size; node++) lengths[node] = parents[node]! < 0 ? 1 : lengths[parents[node]!]! + 1;
  return lengths;
}

/**
 * Takes from the admitted those not of the kind. Where a longer path is never more frequent than a part of it, and every path between two admitted ones can be chosen admitted,
 * it is enough to compare each path with those that lack one of its items.
 */
export function chooseKind(tree: PatternTree, admitted: Uint8Array, kind: SequenceKind): void {
  if (kind === 'frequent' || kind === 'top') return;
  const { size, parents, items, counts } = tree;
  const childOf = childTable(tree);
  // without[d * width + i]: the path at depth d without its item i.
  const lists: Int32Array[] = [];
  const lengths = pathLengths(tree);
  const chosen = kind === 'generators' ? admitted.slice() : admitted;
  const isAdmitted = kind === 'generators' ? admitted : admitted.slice();
  for (let node = 0; node < size; node++) {
    const depth = lengths[node]! - 1;
    const list = (lists[depth] ??= new Int32Array(depth + 1));
    const parent = parents[node]!;
    const item = items[node]!;
    if (depth > 0) {
      const before = lists[depth - 1]!;
      for (let i = 0; i + 1 < depth; i++) list[i] = before[i]! < 0 ? -1 : childOf(before[i]!, item);
      // What joined the item taken out joins the one before it, or begins the step in its place.
      const joins = (item & SAME_STEP) !== 0 && (items[parent]! & SAME_STEP) === 0;
      list[depth - 1] = childOf(parents[parent]!, joins ? item & ~SAME_STEP : item);
    }
    list[depth] = parent;
    if (isAdmitted[node] === 0) continue;
    for (let i = 0; i <= depth; i++) {
      const part = list[i]!;
      if (part < 0 || isAdmitted[part] === 0) continue;
      if (kind === 'generators') {
        if (counts[part] === counts[node]) chosen[node] = 0;
      } else if (kind === 'maximal' || counts[part] === counts[node]) chosen[part] = 0;
    }
  }
  if (kind === 'generators') admitted.set(chosen);
}

/** Finds the node that goes on from a node (-1: begins) with an item; -1 for none. Open addressing. */
export function childTable({ size, parents, items }: PatternTree): (parent: number, item: number) => number {
  let bits = 4;
  while (2 ** bits < size * 1.6) bits++;
  const mask = 2 ** bits - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  const placeOf = (parent: number, item: number): number => {
    const key = Math.imul(Math.imul(parent + 1, 0x9e3779b1) ^ item, 0x85ebca6b);
    return (key ^ (key >>> 15)) & mask;
  };
  for (let node = 0; node < size; node++) {
    let at = placeOf(parents[node]!, items[node]!);
    while (table[at]! >= 0) at = (at + 1) & mask;
    table[at] = node;
  }
  return (parent, item) => {
    for (let at = placeOf(parent, item); ; at = (at + 1) & mask) {
      const node = table[at]!;
      if (node < 0 || (parents[node] === parent && items[node] === item)) return node;
    }
  };
}

/** The chosen nodes by falling count, then fewer items, then as the tree has them, which is lexically. */
export function orderPaths(tree: PatternTree, chosen: Uint8Array): Uint32Array {
  const nodes = new Uint32Array(tree.size);
  let size = 0;
  for (let node = 0; node < tree.size; node++) if (chosen[node] === 1) nodes[size++] = node;
  return groupBy(groupBy(nodes.subarray(0, size), pathLengths(tree), 1), tree.counts, -1);
}

/** Stable, by rising (1) or falling (-1) key; there are few keys, so they are counted and not compared. */
function groupBy(nodes: Uint32Array, keys: ArrayLike<number>, direction: 1 | -1): Uint32Array {
  const places = new Map<number, number>();
  for (const node of nodes) places.set(keys[node]!, (places.get(keys[node]!) ?? 0) + 1);
  let place = 0;
  for (const key of [...places.keys()].sort((a, b) => direction * (a - b))) {
    const size = places.get(key)!;
    places.set(key, place);
    place += size;
  }
  const grouped = new Uint32Array(nodes.length);
  for (const node of nodes) {
    const at = places.get(keys[node]!)!;
    grouped[at] = node;
    places.set(keys[node]!, at + 1);
  }
  return grouped;
}
