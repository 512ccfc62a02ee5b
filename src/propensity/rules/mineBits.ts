import type { MiningState } from './miningState.js';

/** Cells walked in the time of one word of two bitsets, and a half of it for pairs; measured, flat from 2 to 16. */
const WORDS_A_CELL = 4;

/**
 * Does what `walk` is about to do with bitsets over the baskets at hand (one bit each) where that is quicker: pairs × words of bitsets against pairs of
 * cells walked. False, and nothing done, where it is not. Diffsets (dEclat) save nothing here: a word holds 32 baskets either way.
 */
export function mineBits(state: MiningState, from: number, to: number, length: number, found: number): boolean {
  const { cells, places, slots } = state;
  const { ranks, counts } = state.levels[length]!;
  let kept = 0;
  for (let i = 0; i < found; i++) kept += counts[i]!;
  const words = (to - from + 31) >>> 5;
  if (found * found * words * (to - from) > WORDS_A_CELL * kept * kept) return false;
  const first = state.bitCount;
  reserve(state, first + found * words);
  state.bits.fill(0, first, first + found * words);
  for (let i = 0; i < found; i++) slots[ranks[i]!] = first + i * words;
  const { bits } = state;
  for (let o = from; o < to; o++) {
    const word = (o - from) >>> 5;
    for (let p = places[o]!, rank = cells[p]!; rank >= 0; rank = cells[++p]!) if (slots[rank]! >= 0) bits[slots[rank]! + word]! |= 1 << (o - from);
  }
  for (let i = 0; i < found; i++) slots[ranks[i]!] = -1;
  state.bitCount = first + found * words;
  joinClass(state, length, found, first, words);
  state.bitCount = first;
  return true;
}

/** All sets that add to the one of `length` products: each of the class, and joined with the more frequent ones of it the class of the next level. */
function joinClass(state: MiningState, length: number, found: number, first: number, words: number): void {
  const { store, levels } = state;
  const { ranks, counts } = levels[length]!;
  const next = (levels[length + 1] ??= { ranks: new Int32Array(ranks.length), counts: new Int32Array(ranks.length), starts: new Int32Array(ranks.length), ends: new Int32Array(ranks.length) });
  const deeper = length + 1 < state.maxLength;
  const top = state.bitCount;
  for (let i = 0; i < found; i++) {
    if (counts[i]! < store.leastCount(length + 1)) continue;
    store.add(ranks[i]!, counts[i]!, length + 1);
    if (i === 0 || !deeper) continue;
    reserve(state, top + words * i);
    const own = first + i * words;
    const filled = filledWords(state, own, words);
    // Words without a basket of the set are squeezed out once they are the half: deep sets cost what they hold.
    const width = 2 * filled <= words ? filled : words;
    const least = store.leastCount(length + 2);
    let joined = 0;
    for (let j = 0; j < i; j++) {
      const to = top + joined * width;
      const other = first + j * words;
      const count = width < words ? joinFilled(state, own, other, to, width) : joinWords(state.bits, state.bitsOf, own, other, to, width);
      if (count < least) continue;
      next.ranks[joined] = ranks[j]!;
      next.counts[joined++] = count;
    }
    state.bitCount = top + joined * width;
    if (joined > 0) joinClass(state, length + 1, joined, top, width);
    state.bitCount = top;
  }
}

function filledWords(state: MiningState, own: number, words: number): number {
  if (state.filled.length < words) state.filled = new Int32Array(words);
  const { bits, filled } = state;
  let count = 0;
  for (let w = 0; w < words; w++) if (bits[own + w] !== 0) filled[count++] = w;
  return count;
}

function joinWords(bits: Int32Array, bitsOf: Uint8Array, a: number, b: number, to: number, words: number): number {
  let count = 0;
  for (let w = 0; w < words; w++) {
    const both = bits[a + w]! & bits[b + w]!;
    bits[to + w] = both;
    count += bitsOf[both & 65_535]! + bitsOf[both >>> 16]!;
  }
  return count;
}

function joinFilled({ bits, bitsOf, filled }: MiningState, a: number, b: number, to: number, words: number): number {
  let count = 0;
  for (let w = 0; w < words; w++) {
    const word = filled[w]!;
    const both = bits[a + word]! & bits[b + word]!;
    bits[to + w] = both;
    count += bitsOf[both & 65_535]! + bitsOf[both >>> 16]!;
  }
  return count;
}

function reserve(state: MiningState, size: number): void {
  if (size <= state.bits.length) return;
  const longer = new Int32Array(2 * size);
  longer.set(state.bits.subarray(0, state.bitCount));
  state.bits = longer;
}
