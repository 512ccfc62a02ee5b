/** Ranks whose sums are kept one by one before a node of the tree: what lies within two lines of the cache. */
const LEAF_BITS = 4;

/**
 * Sums of weights by rank that answer at once how much lies below a rank, while weights come and go: a binary indexed tree (Fenwick, 1994) over
 * leaves of 16 ranks, so that few reads miss the cache. Ranks are 0, 1, …; O(log ranks) a call.
 */
export class RankSums {
  readonly #tree: Float64Array;
  readonly #at: Float64Array;
  #nodes = 0;
  /** The sum over all ranks. */
  total = 0;

  /** @param capacity - how many ranks there will be at most */
  constructor(capacity: number) {
    this.#at = new Float64Array(capacity);
    this.#tree = new Float64Array((capacity >>> LEAF_BITS) + 2);
  }

  /** Starts again from nothing, for this many ranks. */
  reset(ranks: number): void {
    this.#nodes = (ranks >>> LEAF_BITS) + 1;
    this.#at.fill(0, 0, ranks);
    this.#tree.fill(0, 0, this.#nodes + 1);
    this.total = 0;
  }

  /** Adds a weight to a rank; a negative one takes it away. */
  add(rank: number, weight: number): void {
    const tree = this.#tree;
    const nodes = this.#nodes;
    this.#at[rank]! += weight;
    this.total += weight;
    for (let node = (rank >>> LEAF_BITS) + 1; node <= nodes; node += node & -node) tree[node]! += weight;
  }

  /** The sum over all lower ranks. */
  below(rank: number): number {
    const tree = this.#tree;
    const at = this.#at;
    const leaf = rank >>> LEAF_BITS;
    let sum = 0;
    for (let node = leaf; node > 0; node &= node - 1) sum += tree[node]!;
    for (let one = leaf << LEAF_BITS; one < rank; one++) sum += at[one]!;
    return sum;
  }

  /** The sum at a rank. */
  at(rank: number): number {
    return this.#at[rank]!;
  }
}
