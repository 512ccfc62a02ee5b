import { requireKnownOptions, requireWhole } from '../../data/options.js';
import type { ColumnNameOf, TableLike, TableOf } from '../../data/table.js';
import { takeRows } from '../../data/takeRows.js';
import type { SegmentLabels } from '../space/readSegmentLabels.js';
import { startedKMeans } from './kMeansTask.js';
import { recoveries } from './recoveries.js';
import { groupOf, pointsOf } from './rowGroups.js';
import { labelledPoints, type SegmentSpaceOptions } from './segmentSpace.js';

/** Options of {@link segmentStability}. */
export interface SegmentStabilityOptions<Names extends string = string> extends SegmentSpaceOptions<Names> {
  /**
   * Segments a part of the rows again, as the labels were made; -1 is no segment.
   *
   * @defaultValue k-means with as many segments
   */
  readonly refit?: (rows: TableLike<Names>, seed: number) => ArrayLike<number>;
  /** How many resampled data sets. @defaultValue 100 */
  readonly bootstraps?: number;
  /** Of the draws and the fits. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each data set; false stops at those done. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** How well one segment is found again. */
export interface SegmentRecovery {
  /** The number of the segment. */
  readonly segment: number;
  /** Rows in it. */
  readonly size: number;
  /** Mean over the resampled data of the largest Jaccard coefficient with a segment found there, 0 to 1. */
  readonly jaccard: number;
  /** Standard error of that mean. */
  readonly standardError: number;
  /** In how many resampled data the coefficient was below 0.5. */
  readonly dissolved: number;
  /** In how many it was above 0.75. */
  readonly recovered: number;
}

/** What {@link segmentStability} returns. */
export interface SegmentStability {
  /** Each segment that has rows, in the order of its number. */
  readonly segments: readonly SegmentRecovery[];
  /** Mean of the segments. */
  readonly mean: number;
  /** The least stable of them. */
  readonly worst: number;
  /** How many resampled data sets there were. */
  readonly bootstraps: number;
}

/**
 * Whether each segment is found again when the customers had been others: the rows are drawn with replacement, segmented anew, and each segment compared with its like.
 *
 * Below 0.6 a segment should not be relied on, from 0.75 it is a pattern in the data, from 0.85 highly stable (Hennig, 2007; `clusterboot` of fpc). A row drawn
 * twice counts once. Stable does not mean right: two halves of an even cloud may be found again each time. Time: one fit of 63 % of the rows a data set.
 *
 * @param data - the rows: a Frame, row objects or columns
 * @param labels - the segment of each row: a number from 0, or a name; -1 or an empty name for none
 * @param options - features, scaling, refit, bootstraps, seed, onProgress
 * @returns by segment the mean Jaccard coefficient and how often it was dissolved or recovered
 * @throws a {@link ClientelaError} `INVALID_INPUT` when no row has a segment, `LENGTH_MISMATCH`, `INVALID_VALUE`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const visits = [1, 2, 3, 2, 1, 2, 40, 41, 39, 40, 42, 41];
 * const stability = segmentStability({ visits }, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
 * stability.worst; // => 1
 * ```
 */
export function segmentStability<Data extends TableOf<Data>>(data: Data, labels: SegmentLabels, options: SegmentStabilityOptions<ColumnNameOf<Data>> = {}): SegmentStability {
  requireKnownOptions('segmentStability', options, ['features', 'scaling', 'refit', 'bootstraps', 'seed', 'onProgress']);
  const { refit, seed = 1, onProgress } = options;
  const bootstraps = requireWhole('segmentStability', 'bootstraps', options.bootstraps ?? 100, 1);
  const { view, points, width, groups, labels: segmentOf, used } = labelledPoints('segmentStability', data, labels, options, 1);
  const fitRows = (rows: Int32Array, draw: number): ArrayLike<number> => (refit === undefined ? startedKMeans(pointsOf(points, width, rows), width, used, draw, 4) : refit(takeRows(view, rows), draw));
  let done = 0;
  const found = recoveries(segmentOf, groups.count, bootstraps, seed, fitRows, (worst) => onProgress?.({ done: ++done, total: bootstraps, objective: worst }) !== false);
  const segments = Array.from({ length: groups.count }, (_, segment): SegmentRecovery => ({
    segment, size: groupOf(groups, segment).length, jaccard: found.jaccard[segment]!, standardError: found.standardError[segment]!, dissolved: found.dissolved[segment]!, recovered: found.recovered[segment]!,
  })).filter(({ size }) => size > 0);
  const values = segments.map(({ jaccard }) => jaccard);
  return { segments, mean: values.reduce((sum, x) => sum + x, 0) / used, worst: Math.min(...values), bootstraps: found.done };
}
