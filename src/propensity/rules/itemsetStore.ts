/**
 * Itemsets as they are found, each after all its subsets, with a limit to how many are kept: when they are twice too many, those in the fewest
 * baskets go, among equals the longest, and no more such are taken. What is left always has its subsets, and is the same whatever came first.
 */
export class ItemsetStore {
  size = 0;
  /** The last rank of each set; a set is the path of ever smaller lengths before it. */
  ranks: Int32Array = new Int32Array(1024);
  counts: Int32Array = new Int32Array(1024);
  lengths: Int32Array = new Int32Array(1024);
  readonly #limit: number;
  /** Above any length: count × scale - length puts sets in the order in which they may stay. */
  readonly #scale: number;
  #floor: number;
  #dropped = false;

  constructor(itemCount: number, minCount: number, limit: number) {
    this.#limit = limit;
    this.#scale = itemCount + 1;
    this.#floor = (minCount - 1) * this.#scale;
  }

  /** The fewest baskets a set of this length must be in. */
  leastCount(length: number): number {
    return Math.floor((this.#floor + length) / this.#scale) + 1;
  }

  /** Keeps a set if it may stay; its subsets must have come before. */
  add(rank: number, count: number, length: number): void {
    if (this.size === this.ranks.length) {
      if (this.size >= 2 * this.#limit) this.#prune();
      else this.#widen();
    }
    if (count < this.leastCount(length)) return;
    this.ranks[this.size] = rank;
    this.counts[this.size] = count;
    this.lengths[this.size++] = length;
  }

  /** Cuts what is above the limit: the first set that had to go, or undefined when none had. */
  finish(): { readonly count: number; readonly length: number } | undefined {
    if (this.size > this.#limit) this.#prune();
    if (!this.#dropped) return undefined;
    const count = Math.ceil(this.#floor / this.#scale);
    return { count, length: count * this.#scale - this.#floor };
  }

  #widen(): void {
    const longer = (from: Int32Array): Int32Array => {
      const to = new Int32Array(Math.min(2 * from.length, Math.max(2 * this.#limit, from.length + 1)));
      to.set(from);
      return to;
    };
    this.ranks = longer(this.ranks);
    this.counts = longer(this.counts);
    this.lengths = longer(this.lengths);
  }

  #prune(): void {
    const { ranks, counts, lengths } = this;
    const worth = new Float64Array(this.size);
    for (let s = 0; s < worth.length; s++) worth[s] = counts[s]! * this.#scale - lengths[s]!;
    this.#floor = worth.slice().sort()[worth.length - this.#limit - 1]!;
    this.#dropped = true;
    this.size = 0;
    for (let s = 0; s < worth.length; s++) {
      if (worth[s]! <= this.#floor) continue;
      ranks[this.size] = ranks[s]!;
      counts[this.size] = counts[s]!;
      lengths[this.size++] = lengths[s]!;
    }
  }
}
