/** A criterion that names a number of segments. */
export type SegmentCriterion = 'silhouette' | 'calinskiHarabasz' | 'daviesBouldin' | 'gap' | 'stability' | 'bic' | 'icl';

/** One number of segments in a {@link SegmentCountComparison}; null where a figure does not exist or was not asked for. */
export interface SegmentCountRow {
  /** How many. */
  readonly segments: number;
  /** Sum of the squared distances to the centres, on the scale of the model: the elbow curve. */
  readonly inertia: number;
  /** Mean silhouette width, -1 to 1; larger is better. */
  readonly silhouette: number | null;
  /** The same from the distances to the centres; it has no vote, as it follows the silhouette. */
  readonly simplifiedSilhouette: number | null;
  /** Variance ratio; larger is better. */
  readonly calinskiHarabasz: number | null;
  /** Spread over separation; smaller is better. */
  readonly daviesBouldin: number | null;
  /** Mean logarithm of the inertia in data without structure, less that in the data. */
  readonly gap: number | null;
  /** Of the gap, the draw of the reference included. */
  readonly gapStandardError: number | null;
  /** By how many standard deviations of the reference the inertia falls deeper from one segment to these than it does there. */
  readonly evidence: number | null;
  /** Bayesian information criterion, of methods with a likelihood; smaller is better. */
  readonly bic: number | null;
  /** The same with the entropy of the memberships; smaller is better. */
  readonly icl: number | null;
  /** Mean Jaccard coefficient of the segments in resampled data, 0 to 1. */
  readonly stability: number | null;
  /** That of the least stable segment. */
  readonly worstStability: number | null;
  /** Rows of the smallest segment over all rows. */
  readonly smallestShare: number;
}

/** What {@link compareSegmentCounts} returns. */
export interface SegmentCountComparison {
  /** One row for one segment and for each number asked for; those for which the data have too few distinct rows are left out. */
  readonly table: readonly SegmentCountRow[];
  /** The number of segments each criterion names. */
  readonly votes: { readonly [Criterion in SegmentCriterion]?: number };
  /** What follows from the votes. */
  readonly recommendation: {
    /** How many segments; 1 where the data show no structure. */
    readonly segments: number;
    /** Why, in a sentence. */
    readonly reason: string;
    /** Share of the votes for this number, 0 to 1. */
    readonly agreement: number;
    /** Whether some criterion names another number. */
    readonly disagreement: boolean;
  };
  /** Whether there are segments at all. */
  readonly structure: {
    readonly found: boolean;
    /** The largest `evidence` of the table; through `fitSegmentation` of mixed columns that against the same columns shuffled each by itself. Null without a reference. */
    readonly evidence: number | null;
  };
  /** Rows of the data. */
  readonly rowCount: number;
  /** Rows the figures are of: fewer than `rowCount` when a sample was drawn. */
  readonly rowsUsed: number;
  /** Whether `onProgress` stopped it: the table then has fewer rows, or figures of fewer samples. */
  readonly stopped: boolean;
}
