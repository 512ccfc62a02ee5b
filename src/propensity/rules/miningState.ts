import type { ItemsetStore } from './itemsetStore.js';

/** What the search for itemsets works on; the long arrays are stacks that grow as it goes deeper. */
export interface MiningState {
  /** The ranks of each basket, ascending, and -1 behind the last. */
  readonly cells: Int32Array;
  readonly store: ItemsetStore;
  readonly maxLength: number;
  /** How many bits are 1 in each number of 16 bits. */
  readonly bitsOf: Uint8Array;
  /** One a number of products so far. */
  readonly levels: MiningLevel[];
  /** Places in `cells`, from which the baskets of a set are read on. */
  places: Int32Array;
  placeCount: number;
  /** Bitsets of the ranks of a class, one after the other. */
  bits: Int32Array;
  bitCount: number;
  /** The words of a bitset that are not 0. */
  filled: Int32Array;
  /** By rank, all 0 between uses. */
  readonly counts: Int32Array;
  /** By rank, all -1 between uses. */
  readonly slots: Int32Array;
}

/** The products that may be added to a set, most frequent first. */
export interface MiningLevel {
  readonly ranks: Int32Array;
  readonly counts: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}
