import { sortedOrder } from '../../numeric/sorting.js';
import type { ContextTreeState } from './contextTree.js';
import type { SymbolJourneys } from './stepSymbols.js';

/** Numbers pairs of whole numbers from 0, in order of first sight: open addressing over typed arrays. */
class PairIndex {
  size = 0;
  first: Int32Array = new Int32Array(1 << 12);
  second: Int32Array = new Int32Array(1 << 12);
  /** The number of the pair in each slot, from 1; 0 where none is. */
  #slots = new Int32Array(1 << 13);

  add(a: number, b: number): number {
    const { first, second } = this;
    const mask = this.#slots.length - 1;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (first[found - 1] === a && second[found - 1] === b) return found - 1;
      slot = (slot + 1) & mask;
    }
    first[this.size] = a;
    second[this.size] = b;
    this.#slots[slot] = ++this.size;
    if (this.size === first.length) this.#grow();
    return this.size - 1;
  }

  #grow(): void {
    const { first, second, size } = this;
    this.first = new Int32Array(2 * size);
    this.second = new Int32Array(2 * size);
    this.#slots = new Int32Array(4 * size);
    this.size = 0;
    for (let i = 0; i < size; i++) this.add(first[i]!, second[i]!);
  }
}

/** How often each item followed each context of up to `maxOrder` steps; contexts seen less than `minCount` times are left out. O(events × maxOrder). */
export function countContexts(journeys: SymbolJourneys, maxOrder: number, minCount: number): ContextTreeState {
  const { offsets, symbols, itemOffsets, items, isTarget, weights } = journeys;
  const contexts = new PairIndex();
  const pairs = new PairIndex();
  contexts.add(-1, -1);
  let counts = new Float64Array(1 << 12);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    if (weight === 0) continue;
    for (let s = offsets[c]!; s < offsets[c + 1]!; s++) {
      for (let order = 0, node = 0; ; ) {
        for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) {
          if (isTarget[i] === 0) continue;
          const pair = pairs.add(node, items[i]!);
          if (pair >= counts.length) counts = grown(counts);
          counts[pair]! += weight;
        }
        if (++order > maxOrder || s - order < offsets[c]!) break;
        node = contexts.add(node, symbols[s - order]!);
      }
    }
  }
  return pack(contexts, pairs, counts, minCount);
}

function grown(counts: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * counts.length);
  longer.set(counts);
  return longer;
}

/** Puts contexts and followers in the order of the tree. */
function pack(contexts: PairIndex, pairs: PairIndex, counts: Float64Array, minCount: number): ContextTreeState {
  const { place, nodes } = placeContexts(contexts, pairs, counts, minCount);
  const width = pairs.second.reduce((most, item) => Math.max(most, item), 0) + 1;
  const keys = new Float64Array(pairs.size);
  for (let p = 0; p < pairs.size; p++) keys[p] = place[pairs.first[p]!]! < 0 ? Infinity : place[pairs.first[p]!]! * width + pairs.second[p]!;
  const order = sortedOrder(keys).filter((p) => keys[p]! < Infinity);
  const children = new Array<number>(nodes.length).fill(0);
  for (let v = 1; v < nodes.length; v++) children[place[contexts.first[nodes[v]!]!]!]!++;
  const followers = new Array<number>(nodes.length).fill(0);
  for (const p of order) followers[place[pairs.first[p]!]!]!++;
  const longer = new Float64Array(pairs.size);
  for (const p of order) if (pairs.first[p]! > 0) longer[pairs.add(contexts.first[pairs.first[p]!]!, pairs.second[p]!)]!++;
  return {
    symbols: Array.from(nodes, (node) => contexts.second[node]!),
    children,
    followers,
    items: Array.from(order, (p) => pairs.second[p]!),
    counts: Array.from(order, (p) => counts[p]!),
    contexts: Array.from(order, (p) => longer[p]!),
  };
}

/** The contexts kept, level by level, and the place of each (-1 where it is left out). */
function placeContexts(contexts: PairIndex, pairs: PairIndex, counts: Float64Array, minCount: number): { readonly place: Int32Array; readonly nodes: readonly number[] } {
  const { first, second, size } = contexts;
  const totals = new Float64Array(size);
  for (let p = 0; p < pairs.size; p++) totals[pairs.first[p]!]! += counts[p]!;
  const levels = new Uint8Array(size);
  const byLevel: number[][] = [];
  let width = 1;
  for (let v = 1; v < size; v++) {
    const level = levels[first[v]!]!;
    levels[v] = level + 1;
    width = Math.max(width, second[v]! + 2);
    if (totals[v]! >= minCount) (byLevel[level] ??= []).push(v);
  }
  const place = new Int32Array(size).fill(-1);
  const nodes = [0];
  place[0] = 0;
  for (const level of byLevel) {
    const keys = Float64Array.from(level, (v) => place[first[v]!]! * width + second[v]! + 1);
    for (const i of sortedOrder(keys)) place[level[i]!] = nodes.push(level[i]!) - 1;
  }
  return { place, nodes };
}
