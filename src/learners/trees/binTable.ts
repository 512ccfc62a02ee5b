import type { TreeMemory } from './treeMemory.js';

/** A column in bins, as trees are grown on it. */
export interface BinnedFeature {
  /** The column of the data. */
  readonly column: string;
  /** Bins that hold known values (for a category: levels, `(missing)` among them). */
  readonly bins: number;
  /** The bin of missing numbers, after all others; -1 where training has none, and for categories. */
  readonly missingBin: number;
  /** Of a number the last value of each bin but the last; null for a category. */
  readonly edges: Float64Array | null;
  /** Of a category the levels in each bin; null for a number. */
  readonly groups: readonly (readonly number[])[] | null;
  /** The levels of a category. */
  readonly levels: readonly string[] | null;
  /** 1 where the prediction may not fall with the column, -1 where it may not rise, 0 otherwise. */
  readonly direction: number;
  /** Where the feature's first bin stands in a histogram, in bins. */
  readonly offset: number;
}

/** All columns in bins: the bin of each row and feature is `memory.cells[row * features.length + feature]`. */
export interface BinTable {
  readonly rowCount: number;
  readonly features: readonly BinnedFeature[];
  /** Bins of a histogram, all features together. */
  readonly slots: number;
  readonly memory: TreeMemory;
}
