/** How a node is divided, and how many ways there were. */
export interface UpliftSplit {
  readonly feature: number;
  readonly gain: number;
  /** Of a number the last bin that goes left. */
  readonly bin: number;
  /** Whether missing numbers go left; where the node had none, whether the left side has the more rows. */
  readonly missingLeft: boolean;
  /** Of a category the bins that go left; null for a number. */
  readonly left: readonly number[] | null;
  /** Sums of the left side, pairs of outcome and weight, a pair a group. */
  readonly sums: Float64Array;
  /** Levels with rows in the node, of a category; 0 of a number. */
  readonly levels: number;
  /** Cuts that were looked at. */
  readonly cuts: number;
  /** The least and the largest share of rows on the left among them. */
  readonly lowest: number;
  readonly highest: number;
}

/** What splits are sought by. */
export interface SplitSearchRules {
  readonly criterion: number;
  readonly normalise: boolean;
  readonly minArmSize: number;
  readonly leastGain: number;
}
