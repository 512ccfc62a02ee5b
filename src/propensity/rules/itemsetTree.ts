import type { MinedItemsets } from './mineItemsets.js';

/** Itemsets with the way from each to its subsets. A set comes after all its subsets; its products stand by rank, rarest first. */
export interface ItemsetTree {
  readonly size: number;
  readonly counts: Int32Array;
  /** The products of set `s` are `members[starts[s]]` to `members[starts[s + 1] - 1]`, as ranks. */
  readonly starts: Uint32Array;
  readonly members: Int32Array;
  /** Beside each member, the set without it; -1 where nothing is left. */
  readonly without: Int32Array;
  /** The set of each rank alone. */
  readonly single: Int32Array;
}

/** O(members × log of the sets that share a beginning). */
export function buildItemsetTree({ store, columns }: MinedItemsets): ItemsetTree {
  const { size, ranks, counts, lengths } = store;
  const starts = new Uint32Array(size + 1);
  for (let s = 0; s < size; s++) starts[s + 1] = starts[s]! + lengths[s]!;
  const members = new Int32Array(starts[size]!);
  const without = new Int32Array(starts[size]!);
  const single = new Int32Array(columns.length).fill(-1);
  const { parents, firstChild, children } = arrangeChildren(lengths, size);
  const childOf = (parent: number, rank: number): number => {
    let low = firstChild[parent]!;
    let high = firstChild[parent + 1]! - 1;
    // Children stand by descending rank.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranks[children[middle]!]! > rank) low = middle + 1;
      else high = middle;
    }
    return children[low]!;
  };
  for (let s = 0; s < size; s++) {
    const rank = ranks[s]!;
    const last = starts[s + 1]! - 1;
    members[last] = rank;
    without[last] = parents[s]!;
    if (lengths[s] === 1) single[rank] = s;
    for (let i = starts[s]!, up = starts[Math.max(0, parents[s]!)]!; i < last; i++, up++) {
      members[i] = members[up]!;
      without[i] = without[up]! < 0 ? single[rank]! : childOf(without[up]!, rank);
    }
  }
  return { size, counts: counts.subarray(0, size), starts, members, without, single };
}

/** The columns of those members of a set that stand at the bits of `side`, ascending. */
export function columnsOfSide({ starts, members }: ItemsetTree, columns: Int32Array, set: number, side: number): number[] {
  const found: number[] = [];
  for (let i = starts[set]!; i < starts[set + 1]!; i++) {
    if (((side >> (i - starts[set]!)) & 1) === 0) continue;
    const column = columns[members[i]!]!;
    let place = found.length;
    for (; place > 0 && found[place - 1]! > column; place--) found[place] = found[place - 1]!;
    found[place] = column;
  }
  return found;
}

/** The set each set was grown from (-1: nothing), and the sets grown from each. */
function arrangeChildren(lengths: Int32Array, size: number): { readonly parents: Int32Array; readonly firstChild: Int32Array; readonly children: Int32Array } {
  const parents = new Int32Array(size);
  const firstChild = new Int32Array(size + 1);
  const path: number[] = [-1];
  for (let s = 0; s < size; s++) {
    path[lengths[s]!] = s;
    parents[s] = path[lengths[s]! - 1]!;
    if (parents[s]! >= 0) firstChild[parents[s]! + 1]!++;
  }
  for (let s = 0; s < size; s++) firstChild[s + 1]! += firstChild[s]!;
  const next = firstChild.slice();
  const children = new Int32Array(firstChild[size]!);
  for (let s = 0; s < size; s++) if (parents[s]! >= 0) children[next[parents[s]!]!++] = s;
  return { parents, firstChild, children };
}
