import type { SequenceRows } from '../miningPlan.js';
import { longer } from '../walkPaths.js';
import type { LimitedPlaces } from './limitedPlaces.js';

/**
 * Where a path ends in the journeys, and how it can go on.
 *
 * An occurrence is the place of the path's last item, and that of its first. All ends are kept, not only the first one: it may lie too far from what follows. Of the
 * beginnings that lead to one end the latest is enough (any other is farther from whatever follows), for a least span the earliest, for both limits each of them counts.
 * What is reached from an end begins and stops the later, the later the end: so each place is taken from the last end that reaches it, or from the first.
 */
export class LimitedSearch {
  /** What a path goes on with has a key: the code of the item in the same step, `width` + code in a new one. */
  readonly width: number;
  /** Of each key: the customers, and those of them with the least span. */
  readonly counts: Float64Array;
  readonly spanned: Float64Array;
  /** Of each key, a number for those with the least span: the sum of one drawn for each, so that the same customers have the same. */
  readonly hashes: Float64Array;
  /** Of each key, how many occurrences. */
  readonly sizes: Int32Array;
  /** The first `touched` are the keys found. */
  readonly keys: Int32Array;
  touched = 0;
  #ends: Int32Array;
  #starts: Int32Array;
  readonly #rows: SequenceRows;
  readonly #places: LimitedPlaces;
  readonly #counted: Int32Array;
  readonly #spannedBy: Int32Array;
  /** For both span limits: up to where each beginning has gone on. */
  readonly #taken: Int32Array | null;
  readonly #marks: Float64Array;
  #arranging = false;

  constructor(rows: SequenceRows, places: LimitedPlaces) {
    const keyCount = 2 * rows.levels.length;
    const size = rows.items.length;
    this.#rows = rows;
    this.#places = places;
    this.width = rows.levels.length;
    this.counts = new Float64Array(keyCount);
    this.spanned = places.longFrom === null ? this.counts : new Float64Array(keyCount);
    this.hashes = new Float64Array(keyCount);
    // Whole numbers whose sum is exact, in any order.
    this.#marks = Float64Array.from({ length: rows.rowCount }, (_, r) => Math.floor(((mix(2 * r) + mix(2 * r + 1) / 2 ** 32) / rows.rowCount) * 2 ** 21));
    this.sizes = new Int32Array(keyCount);
    this.keys = new Int32Array(keyCount);
    this.#counted = new Int32Array(keyCount);
    this.#spannedBy = new Int32Array(keyCount);
    this.#taken = places.longFrom === null || places.spanEnd === null ? null : new Int32Array(size);
    this.#ends = new Int32Array(2 * size);
    this.#starts = new Int32Array(2 * size);
  }

  /** Finds every item wherever it is: the paths of one item. */
  begin(): void {
    const { starts, rowCount } = this.#rows;
    for (let r = 0; r < rowCount; r++) for (let x = starts[r]!; x < starts[r + 1]! - 1; x++) this.#find(x, x + 1, this.width, x, r);
  }

  /** Finds what comes after the occurrences from `low` to `high`, in the same step, in a later one. */
  extend(low: number, high: number, inSame: boolean, inLater: boolean): void {
    const { bounds, longFrom, spanEnd } = this.#places;
    const ends = this.#ends;
    const starts = this.#starts;
    const taken = this.#taken;
    let before = 0;
    for (let o = low; o < high; o++) {
      const end = ends[o]!;
      const start = starts[o]!;
      const row = bounds[4 * end]!;
      if (inSame) this.#find(end + 1, bounds[4 * end + 1]!, 0, start, row);
      if (!inLater) continue;
      let from = bounds[4 * end + 2]!;
      let to = bounds[4 * end + 3]!;
      if (spanEnd !== null) to = Math.min(to, spanEnd[start]!);
      if (taken !== null) {
        from = Math.max(from, taken[start]!);
        taken[start] = Math.max(from, to);
      } else if (longFrom !== null) {
        from = Math.max(from, before);
        before = Math.max(before, to);
      } else if (o + 1 < high) to = Math.min(to, bounds[4 * ends[o + 1]! + 2]!);
      if (from < to) this.#find(from, to, this.width, start, row);
    }
    if (taken !== null) for (let o = low; o < high; o++) taken[starts[o]!] = 0;
  }

  /** The items at places from `from` to before `to`, their keys raised by `base`. */
  #find(from: number, to: number, base: number, start: number, row: number): void {
    const { items, weights } = this.#rows;
    const { sizes, counts, spanned } = this;
    if (this.#arranging) {
      for (let x = from; x < to; x++) {
        const key = base + items[x]!;
        const at = -1 - sizes[key]!;
        if (at < 0) continue;
        this.#ends[at] = x;
        this.#starts[at] = start;
        sizes[key]!--;
      }
      return;
    }
    const { longFrom } = this.#places;
    const long = longFrom === null ? 0 : longFrom[start]!;
    const mark = this.#marks[row]!;
    const weight = weights === null ? 1 : weights[row]!;
    for (let x = from; x < to; x++) {
      const key = base + items[x]!;
      if (sizes[key]!++ === 0) {
        this.keys[this.touched++] = key;
        counts[key] = spanned[key] = this.hashes[key] = 0;
        this.#counted[key] = this.#spannedBy[key] = -1;
      }
      if (this.#counted[key] !== row) {
        this.#counted[key] = row;
        counts[key]! += weight;
      }
      if (x < long || this.#spannedBy[key] === row) continue;
      this.#spannedBy[key] = row;
      this.hashes[key]! += mark;
      if (longFrom !== null) spanned[key]! += weight;
    }
  }

  /** From now on the occurrences found are put behind `from`, in the order of `kept`; those of other keys are left out. */
  arrange(kept: Int32Array, from: number): void {
    let to = from;
    for (const key of kept) {
      const size = this.sizes[key]!;
      this.sizes[key] = -1 - to;
      to += size;
    }
    if (to > this.#ends.length) {
      this.#ends = longer(this.#ends, 2 * to);
      this.#starts = longer(this.#starts, 2 * to);
    }
    this.#arranging = true;
  }

  /** Forgets the keys found. */
  clear(): void {
    for (let k = 0; k < this.touched; k++) this.sizes[this.keys[k]!] = 0;
    this.touched = 0;
    this.#arranging = false;
  }
}

/** Scrambles a whole number to one of 32 bits (the finish of MurmurHash3). */
function mix(value: number): number {
  let bits = Math.imul(value + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
