import type { SparseRows } from '../../numeric/sparseRows.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** 1 for a holding of the test, in the order of the holdings. */
export type Marks = Uint8Array;

/** Those whose draw, made of customer, product and seed alone, falls below the share. */
export function markHashed(customers: ArrayLike<string | number>, products: readonly string[], { offsets, columns }: SparseRows, share: number, seed: number): Marks {
  // Both halves of the seed.
  const start = mixed(mixed(seed % 4_294_967_296 | 0) ^ Math.floor(seed / 4_294_967_296));
  const ofProduct = Int32Array.from(products, (product) => hashed(product, start ^ 0x5bd1e995));
  const below = share * 4_294_967_296;
  const marks = new Uint8Array(columns.length);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const ofCustomer = hashed(String(customers[c]), start);
    for (let h = offsets[c]!; h < offsets[c + 1]!; h++) if (mixed(ofCustomer ^ ofProduct[columns[h]!]!) >>> 0 < below) marks[h] = 1;
  }
  return marks;
}

/** The latest holdings of every customer, as many as `countOf` says of the number held; of one moment the product further back in the catalogue is the later. */
export function markLatest({ offsets }: SparseRows, since: Float64Array, countOf: (held: number) => number): Marks {
  const marks = new Uint8Array(since.length);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const from = offsets[c]!;
    const held = offsets[c + 1]! - from;
    const count = countOf(held);
    if (count === 0) continue;
    // A holding nobody knows the beginning of was there from the beginning; the order is stable, so columns decide where moments are the same.
    const moments = since.slice(from, from + held).map((moment) => (Number.isNaN(moment) ? -Infinity : moment));
    const order = held > 64 ? sortedOrder(moments) : insertionOrder(moments);
    for (let i = held - count; i < held; i++) marks[from + order[i]!] = 1;
  }
  return marks;
}

// For the few of one customer; the radix sort clears six thousand counters each time.
function insertionOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 1; i < order.length; i++) {
    let j = i;
    for (; j > 0 && values[order[j - 1]!]! > values[i]!; j--) order[j] = order[j - 1]!;
    order[j] = i;
  }
  return order;
}

// FNV-1a over the code units (Fowler, Noll and Vo), then mixed.
function hashed(text: string, start: number): number {
  let hash = start ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

// The finaliser of MurmurHash3 (Appleby, public domain): every bit of the input turns half of the bits.
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
