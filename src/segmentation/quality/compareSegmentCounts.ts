import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { chooseSegmentCount } from './chooseSegmentCount.js';
import { kMeansTask } from './kMeansTask.js';
import { CRITERIA } from './recommendSegments.js';
import { pointsOf } from './rowGroups.js';
import { sampledRows } from './sampledRows.js';
import type { SegmentCountComparison, SegmentCriterion } from './segmentCountComparison.js';
import { segmentRange } from './segmentRange.js';
import { segmentSpace, type SegmentSpaceOptions } from './segmentSpace.js';

/** Options of {@link compareSegmentCounts}. */
export interface CompareSegmentCountsOptions<Names extends string = string> extends SegmentSpaceOptions<Names> {
  /** The first and the last number of segments, from 2. @defaultValue [2, 8] */
  readonly segments?: readonly [number, number];
  /** Whose votes count. @defaultValue all that apply */
  readonly criteria?: readonly SegmentCriterion[];
  /** How many data sets without structure to draw for the gap; 0 for no gap, otherwise at least 2. @defaultValue 20 */
  readonly references?: number;
  /** How many resampled data sets the stability is taken from; 0 for none. @defaultValue 20 */
  readonly bootstraps?: number;
  /** The smallest share of the rows a segment may have, 0 to 1. @defaultValue 0 */
  readonly minShare?: number;
  /** Of more rows than these so many are drawn, and the comparison is of them. @defaultValue 2000 */
  readonly sample?: number;
  /** Of the draws and the fits. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each fit; false stops there, and the result says so. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/**
 * How many segments the rows have, and whether they have any: every number in a range judged by every criterion, and a recommendation with its reason.
 *
 * Each criterion names a number: the largest silhouette, the largest Calinski-Harabasz, the smallest Davies-Bouldin, the gap by the rule firstSEmax (from two segments on when there
 * is structure), the largest number all of whose segments are highly stable (Jaccard at least 0.85 in resampled rows), and for methods with a likelihood the smallest BIC and ICL. Numbers with an unstable segment
 * (below 0.6), or with one smaller than `minShare`, are out. Of the others the one with the most votes is recommended, of equals the smallest.
 *
 * One segment is recommended, with the words "no structure", when the inertia falls no deeper than in rows spread evenly over the same range (the largest `evidence`
 * at most 3: as many standard deviations), or no number is stable. Both are held against the data as scaled: a column with few distinct values, or with a long tail and
 * `scaling: 'none'`, has structure of its own.
 *
 * The segments are those of k-means. A missing value counts as the mean of its column. O(numbers · (references + bootstraps)) fits of at most `sample` rows.
 * (Hennig, 2007; Tibshirani, Walther and Hastie, 2001.)
 *
 * @param data - the rows: a Frame, row objects or columns
 * @param options - features, scaling, segments, criteria, references, bootstraps, minShare, sample, seed, onProgress
 * @returns the table, the votes, the recommendation, and whether there is structure
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const visits = [1, 2, 3, 2, 1, 2, 40, 41, 39, 40, 42, 41, 80, 81, 79, 80, 82, 81];
 * const { recommendation, structure } = compareSegmentCounts({ visits }, { segments: [2, 5] });
 * structure.found; // => true
 * recommendation.segments; // => 3
 * ```
 */
export function compareSegmentCounts<Data extends TableOf<Data>>(data: Data, options: CompareSegmentCountsOptions<ColumnNameOf<Data>> = {}): SegmentCountComparison {
  const caller = 'compareSegmentCounts';
  requireKnownOptions(caller, options, ['features', 'scaling', 'segments', 'criteria', 'references', 'bootstraps', 'minShare', 'sample', 'seed', 'onProgress']);
  const counts = segmentRange(caller, options.segments ?? [2, 8], 2);
  const { seed = 1, onProgress } = options;
  const most = requireWhole(caller, 'sample', options.sample ?? 2000, 2);
  const plan = {
    counts,
    seed,
    onProgress,
    references: requireWhole(caller, 'references', options.references ?? 20, 0),
    bootstraps: requireWhole(caller, 'bootstraps', options.bootstraps ?? 20, 0),
    minShare: requireFinite(caller, 'minShare', options.minShare ?? 0),
    criteria: options.criteria === undefined ? CRITERIA : options.criteria.map((criterion) => requireChoice(caller, 'criteria', criterion, CRITERIA)),
  };
  const { view, points, width } = segmentSpace(caller, data, options);
  const drawn = view.rowCount <= most ? points : pointsOf(points, width, sampledRows(view.rowCount, most, seed));
  return { ...chooseSegmentCount(kMeansTask(drawn, width), plan), rowCount: view.rowCount };
}
