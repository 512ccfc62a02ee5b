/** A column of numbers as trees see it: as it is. */
export interface NumberFeature {
  /** The column of the data. */
  readonly column: string;
  /** Whether training had missing values here, so that the trees know where to send them. */
  readonly missing: boolean;
}

/** A column of categories as trees see it: positions in a list of levels. */
export interface CategoryFeature {
  /** The column of the data. */
  readonly column: string;
  /** The levels of training, by code unit; `(missing)` stands last where a value was missing. */
  readonly levels: readonly string[];
}

/** A column of the data as trees see it. */
export type TreeFeature = NumberFeature | CategoryFeature;

/**
 * Trees as flat lists, one entry a node. The children of a node stand side by side: the right one at `left + 1`.
 *
 * A number goes left when it is at most the threshold; a category when its level is in the set. What training never showed (a missing number
 * in a column without, an unseen level) goes both ways, each with the weight of its training rows: it is the average customer there.
 */
export interface TreeNodes {
  /** The root of each tree. */
  readonly roots: readonly number[];
  /** Which feature a node asks, by position; -1 for a leaf. */
  readonly feature: readonly number[];
  /** For a number the threshold, for a category the position in `sets`, for a leaf 0. */
  readonly threshold: readonly number[];
  /** The left child; 0 for a leaf. */
  readonly left: readonly number[];
  /** 1 where a missing number goes left, 0 where it goes right. */
  readonly missingLeft: readonly number[];
  /** What a leaf adds; 0 for other nodes. */
  readonly value: readonly number[];
  /** Training rows in the node, by weight. */
  readonly cover: readonly number[];
  /** By how much the split of a node improved the objective; 0 for a leaf. */
  readonly gain: readonly number[];
  /** Of category splits: the positions of the levels that go left. */
  readonly sets: readonly (readonly number[])[];
}
