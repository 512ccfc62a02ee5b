import type { SparseRows } from '../../numeric/sparseRows.js';
import { ItemsetStore } from './itemsetStore.js';
import { mineBits } from './mineBits.js';
import type { MiningState } from './miningState.js';
import type { MiningPlan } from './miningOptions.js';
import { rankBaskets } from './rankedBaskets.js';

/** Frequent itemsets, each after all its subsets. */
export interface MinedItemsets {
  readonly store: ItemsetStore;
  /** The column of each rank. */
  readonly columns: Int32Array;
  /** The first set the limit of sets left out. */
  readonly cut: { readonly count: number; readonly length: number } | undefined;
  /** How many ranks, from 0, were not looked at because the caller stopped. */
  readonly notDone: number;
}

/**
 * Depth first (Eclat, Zaki 2000), sets growing by ever more frequent products, the most frequent first, so that all subsets of a set come before it.
 * Where baskets have few of the products their cells are walked (occurrence deliver, Uno 2004); where they have many of them the products become
 * bitsets over the baskets of the set so far (see mineBits).
 */
export function mineItemsets(rows: SparseRows, plan: MiningPlan): MinedItemsets {
  const { cells, starts, columns } = rankBaskets(rows, plan.minCount);
  const itemCount = columns.length;
  const store = new ItemsetStore(itemCount, plan.minCount, plan.maxItemsets);
  const bitsOf = new Uint8Array(65_536);
  for (let i = 1; i < bitsOf.length; i++) bitsOf[i] = bitsOf[i >> 1]! + (i & 1);
  const state: MiningState = {
    cells, store, bitsOf, places: starts, placeCount: starts.length, maxLength: plan.maxLength, levels: [], bits: new Int32Array(0), bitCount: 0,
    counts: new Int32Array(itemCount), slots: new Int32Array(itemCount).fill(-1), filled: new Int32Array(0),
  };
  let notDone = itemCount;
  walk(state, 0, starts.length, 0, (done) => {
    notDone = itemCount - done;
    return plan.onProgress?.({ done, total: itemCount, objective: store.size }) === false;
  });
  return { store, columns, cut: store.finish(), notDone };
}

/**
 * All sets that add to the one of `length` products whose baskets are the places `from` to `to` (each behind the last product of the set). `stop` is
 * asked after each product of the first level.
 */
function walk(state: MiningState, from: number, to: number, length: number, stop?: (done: number) => boolean): void {
  const { store, levels } = state;
  const level = (levels[length] ??= { ranks: new Int32Array(state.slots.length), counts: new Int32Array(state.slots.length), starts: new Int32Array(state.slots.length), ends: new Int32Array(state.slots.length) });
  const { ranks, counts } = level;
  const found = countRanks(state, from, to, ranks, counts, store.leastCount(length + 1));
  if (found === 0) return;
  const deeper = length + 1 < state.maxLength;
  if (deeper && length > 0 && mineBits(state, from, to, length, found)) return;
  const first = state.placeCount;
  if (deeper) deliver(state, from, to, length, found);
  for (let i = 0; i < found; i++) {
    if (counts[i]! >= store.leastCount(length + 1)) {
      store.add(ranks[i]!, counts[i]!, length + 1);
      if (deeper && level.ends[i]! - level.starts[i]! >= store.leastCount(length + 2)) walk(state, level.starts[i]!, level.ends[i]!, length + 1);
    }
    if (stop?.(i + 1) === true) break;
  }
  state.placeCount = first;
}

/** In how many of the baskets each rank is: the frequent ones, most frequent product first; how many they are. */
function countRanks({ cells, places, counts }: MiningState, from: number, to: number, ranks: Int32Array, kept: Int32Array, least: number): number {
  let met = 0;
  for (let o = from; o < to; o++) {
    for (let p = places[o]!, rank = cells[p]!; rank >= 0; rank = cells[++p]!) if (counts[rank]!++ === 0) ranks[met++] = rank;
  }
  let found = 0;
  for (let i = 0; i < met; i++) {
    const rank = ranks[i]!;
    if (counts[rank]! >= least) ranks[found++] = rank;
    else counts[rank] = 0;
  }
  ranks.subarray(0, found).sort().reverse();
  for (let i = 0; i < found; i++) {
    kept[i] = counts[ranks[i]!]!;
    counts[ranks[i]!] = 0;
  }
  return found;
}

/** The places behind each rank, in the baskets where more follows; none for the most frequent one, behind which nothing can. */
function deliver(state: MiningState, from: number, to: number, length: number, found: number): void {
  const { cells, slots } = state;
  const { ranks, counts, starts, ends } = state.levels[length]!;
  starts[0] = ends[0] = state.placeCount;
  for (let i = 1; i < found; i++) {
    starts[i] = slots[ranks[i]!] = state.placeCount;
    state.placeCount += counts[i]!;
  }
  if (state.placeCount > state.places.length) {
    const longer = new Int32Array(state.placeCount + (state.placeCount >> 1));
    longer.set(state.places);
    state.places = longer;
  }
  const { places } = state;
  const last = ranks[0]!;
  for (let o = from; o < to; o++) {
    for (let p = places[o]!, rank = cells[p]!; rank >= 0 && rank < last; rank = cells[p]!) {
      const slot = slots[rank]!;
      if (cells[++p]! < 0 || slot < 0) continue;
      places[slot] = p;
      slots[rank] = slot + 1;
    }
  }
  for (let i = 1; i < found; i++) {
    ends[i] = slots[ranks[i]!]!;
    slots[ranks[i]!] = -1;
  }
}
