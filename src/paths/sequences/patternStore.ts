import { orderPaths, pathLengths } from './choosePaths.js';
import { SAME_STEP, type PatternTree } from './patternTree.js';
import type { PathRules } from './sequenceOptions.js';
import type { TopCounts } from './topCounts.js';
import { longer } from './walkPaths.js';

/** In the store: the path passes all restrictions. */
const ADMITTED = 0x20000000;
const CODE = 0x1fffffff;

/**
 * Paths as they are found, depth first. It knows the path the search is at, so that an engine holds no numbers of nodes: the store can let paths go
 * that fell behind when the threshold rose.
 */
export class PatternStore implements PatternTree {
  /** The count a path must have; it may rise while the search goes on. */
  least: number;
  size = 0;
  parents: Int32Array = new Int32Array(256);
  items: Int32Array = new Int32Array(256);
  counts: Float64Array = new Float64Array(256);
  /** Within limits: a number for the customers of a path, the same for the same ones. */
  hashes: Float64Array;
  /** Whether the threshold had to rise for want of room. */
  cut = false;
  readonly #rules: PathRules;
  readonly #flags: { readonly start: Uint8Array; readonly end: Uint8Array; readonly has: Uint8Array };
  readonly #tops: TopCounts | null;
  /** So many of the first are kept when there are more than `#most`; null: with all others as frequent, or none of them. */
  readonly #top: number | null;
  #most: number;
  /** Of as many items as the last of the first kept: what is no more frequent and goes on comes behind it. */
  #lastItems = Infinity;
  #admitted = 0;
  #room: number;
  // The path the search is at, by place.
  readonly #nodes: number[] = [];
  readonly #codes: number[] = [];
  readonly #steps: number[] = [];
  readonly #stepItems: number[] = [];
  readonly #marks: number[] = [];

  constructor(rules: PathRules, levels: Int32Array, least: number, maxPatterns: number, tops: TopCounts | null, top: number | null, isLimited: boolean) {
    this.#rules = rules;
    const flags = (byLevel: Uint8Array | null): Uint8Array => Uint8Array.from(levels, (level) => (byLevel === null ? 1 : byLevel[level]!));
    this.#flags = { start: flags(rules.startsWith), end: flags(rules.endsWith), has: flags(rules.contains) };
    this.least = least;
    this.#most = maxPatterns;
    this.#tops = tops;
    this.#top = top;
    this.hashes = new Float64Array(isLimited ? 256 : 0);
    this.#room = Math.max(4096, Math.ceil(maxPatterns * 1.25));
  }

  /** Whether only the threshold is looked for. */
  get isTop(): boolean {
    return this.#tops !== null;
  }

  /** How many paths pass all restrictions. */
  get found(): number {
    return this.#admitted;
  }

  /** The item at a place of the path the search is at. */
  has(depth: number): number {
    return this.#codes[depth]!;
  }

  /** Whether the first `depth` items can be followed by one more step. */
  mayStep(depth: number): boolean {
    return depth === 0 || (depth < this.#rules.maxItems && this.#steps[depth - 1]! < this.#rules.maxSteps && (this.#marks[depth - 1]! & 1) !== 0);
  }

  /** Whether their last step can have one more item. */
  mayJoin(depth: number): boolean {
    return depth > 0 && depth < this.#rules.maxItems && this.#stepItems[depth - 1]! < this.#rules.maxStepItems;
  }

  /** Whether they can be followed by this item. */
  mayHave(depth: number, code: number): boolean {
    if (this.#rules.repeats) return true;
    for (let at = 0; at < depth; at++) if ((this.#codes[at]! & CODE) === code) return false;
    return true;
  }

  /** Told of every extension of a path as soon as it is counted: the threshold of a search for the most frequent rises before it goes deeper. */
  offer(depth: number, item: number, count: number): void {
    this.#enter(depth, item);
    if (this.#passes(depth)) this.least = Math.max(this.least, this.#tops!.offer(count));
  }

  /** The item at place `depth` of the path; below the threshold only for paths that go on from it, of at most `most` customers. Whether any of those can be found. */
  add(depth: number, item: number, count: number, most: number = count, hash = 0): boolean {
    this.#enter(depth, item);
    if (this.#tops !== null) return true;
    if (this.size >= this.#room) this.#compact(depth);
    if (this.size === this.parents.length) this.#grow();
    const node = this.size++;
    const passes = count >= this.least && this.#passes(depth);
    if (passes) this.#admitted++;
    this.parents[node] = depth === 0 ? -1 : this.#nodes[depth - 1]!;
    this.items[node] = passes ? item | ADMITTED : item;
    this.counts[node] = count;
    this.hashes[node] = hash;
    this.#nodes[depth] = node;
    return most > this.least || depth + 1 < this.#lastItems;
  }

  /** Ends the search: which paths pass all restrictions, one a node; `items` are codes from here on. */
  finish(): Uint8Array {
    if (this.#admitted > this.#most) this.#compact(0);
    const admitted = new Uint8Array(this.size);
    for (let node = 0; node < this.size; node++) {
      admitted[node] = (this.items[node]! & ADMITTED) === 0 ? 0 : 1;
      this.items[node] = this.items[node]! & ~ADMITTED;
    }
    return admitted;
  }

  #enter(depth: number, item: number): void {
    const code = item & CODE;
    const joins = (item & SAME_STEP) !== 0;
    const { start, end, has } = this.#flags;
    const before = depth === 0 ? 0 : this.#marks[depth - 1]!;
    const steps = depth === 0 ? 1 : joins ? this.#steps[depth - 1]! : this.#steps[depth - 1]! + 1;
    this.#codes[depth] = item;
    this.#steps[depth] = steps;
    this.#stepItems[depth] = joins ? this.#stepItems[depth - 1]! + 1 : 1;
    this.#marks[depth] = (before & 5) | (steps === 1 ? start[code]! : 0) | ((joins ? before & 2 : 0) | (end[code]! << 1)) | (has[code]! << 2);
  }

  #passes(depth: number): boolean {
    return this.#marks[depth] === 7 && this.#steps[depth]! >= this.#rules.minSteps && depth + 1 >= this.#rules.minItems;
  }

  #grow(): void {
    const length = Math.min(this.#room, this.parents.length * 2);
    this.parents = longer(this.parents, length);
    this.items = longer(this.items, length);
    this.counts = longer(this.counts, length);
    if (this.hashes.length > 0) this.hashes = longer(this.hashes, length);
  }

  /** Lets go what no path found goes through, having raised the threshold until those found fit. */
  #compact(depth: number): void {
    const { parents, items, counts, hashes, size } = this;
    if (this.#admitted > this.#most) this.#raise();
    const places = new Int32Array(size).fill(-1);
    for (let at = 0; at < depth; at++) places[this.#nodes[at]!] = 0;
    for (let node = size - 1; node >= 0; node--) {
      const isIn = (items[node]! & ADMITTED) !== 0 && counts[node]! >= this.least;
      if (!isIn) items[node] = items[node]! & ~ADMITTED;
      if (isIn || places[node] === 0) {
        places[node] = 0;
        if (parents[node]! >= 0) places[parents[node]!] = 0;
      }
    }
    this.size = this.#admitted = 0;
    for (let node = 0; node < size; node++) {
      if (places[node]! < 0) continue;
      const place = (places[node] = this.size++);
      parents[place] = parents[node]! < 0 ? -1 : places[parents[node]!]!;
      items[place] = items[node]!;
      counts[place] = counts[node]!;
      hashes[place] = hashes[node]!;
      if ((items[node]! & ADMITTED) !== 0) this.#admitted++;
    }
    for (let at = 0; at < depth; at++) this.#nodes[at] = places[this.#nodes[at]!]!;
    this.#room = Math.max(this.#room, Math.ceil(this.size * 1.25));
  }

  /** The least threshold above which those found fit; of the most frequent, the first are kept. */
  #raise(): void {
    const { counts, items } = this;
    const order = orderPaths(this, Uint8Array.from(items, (item) => (item & ADMITTED ? 1 : 0)));
    this.cut = true;
    let kept = this.#top ?? this.#most;
    if (this.#top === null) {
      const over = counts[order[kept]!]!;
      while (kept > 0 && counts[order[kept - 1]!] === over) kept--;
      this.least = kept > 0 ? counts[order[kept - 1]!]! : over + Math.max(1, over * 1e-9);
      return;
    }
    this.#most = kept;
    const last = order[kept - 1]!;
    this.least = counts[last]!;
    this.#lastItems = pathLengths(this)[last]!;
    for (const node of order.subarray(kept)) items[node] = items[node]! & ~ADMITTED;
  }
}
