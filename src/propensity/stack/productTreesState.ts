import type { TreeFeature, TreeNodes } from '../../learners/trees/treeNodes.js';

/** Boosted trees of many products over the same columns, as plain JSON. */
export interface ProductTreesState {
  readonly products: readonly string[];
  /** Columns of the profile, in the order the trees number them; after them come the flags. */
  readonly inputs: readonly TreeFeature[];
  /** Products whose holding is a flag (1 held, 0 not), by position in `products`. */
  readonly flags: readonly number[];
  /** Log-odds before the first tree, one a product. */
  readonly baselines: readonly number[];
  /** Null for a product too few took: it has its baseline. */
  readonly trees: readonly (TreeNodes | null)[];
}
