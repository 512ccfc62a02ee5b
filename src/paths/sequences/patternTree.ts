/** In `PatternTree.items`: the item is in the same step as the item of the parent; without it, it begins a new step. */
export const SAME_STEP = 0x40000000;

/** Paths as a tree: each node is the path to its parent and one item more. 12 to 16 bytes a path. */
export interface PatternTree {
  readonly size: number;
  /** The node that a path goes on from, always a smaller number; -1 for paths of one item. */
  readonly parents: Int32Array;
  /** The last item, a position in `itemLevels`, with {@link SAME_STEP}. */
  readonly items: Int32Array;
  /** Customers (the sum of their weights) whose journey has the path. */
  readonly counts: Float64Array;
}
