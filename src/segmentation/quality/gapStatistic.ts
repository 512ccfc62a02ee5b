import { requireKnownOptions, requireWhole } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { createRandom } from '../../numeric/random.js';
import { completedPoints } from './completedPoints.js';
import { addDistanceSums } from './distanceSums.js';
import { firstSEmax, gapFigures, tibs2001 } from './gapFigures.js';
import { startedKMeans } from './kMeansTask.js';
import { partitionFigures } from './partitionFigures.js';
import { referenceDraws } from './referencePoints.js';
import { groupOf, rowGroups, type RowGroups } from './rowGroups.js';
import { segmentRange } from './segmentRange.js';
import { segmentSpace, type SegmentSpaceOptions } from './segmentSpace.js';

/** Options of {@link gapStatistic}. */
export interface GapOptions<Names extends string = string> extends SegmentSpaceOptions<Names> {
  /** The first and the last number of segments. @defaultValue [1, 8] */
  readonly segments?: readonly [number, number];
  /** How many data sets without structure to draw, at least 2. @defaultValue 50 */
  readonly references?: number;
  /** 2 for the squared distances of the paper, the inertia; 1 for plain distances, which `clusGap` of R takes by default, in O(n²). @defaultValue 2 */
  readonly power?: 1 | 2;
  /** Of the draws and the fits. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each fit; false stops: the numbers of segments that are complete are returned. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** The gap of one number of segments in a {@link GapStatistic}. */
export interface GapRow {
  /** How many. */
  readonly segments: number;
  /** The logarithm of the dispersion within the segments. */
  readonly logDispersion: number;
  /** Its mean over the data without structure. */
  readonly expected: number;
  /** `expected - logDispersion`: by how much tighter the segments are. */
  readonly gap: number;
  /** Of the gap, the finite number of draws included. */
  readonly standardError: number;
}

/** What {@link gapStatistic} returns. */
export interface GapStatistic {
  /** One row for each number of segments the data have distinct rows for. */
  readonly table: readonly GapRow[];
  /** The smallest number whose gap is within a standard error of the first local maximum. */
  readonly firstSEmax: number;
  /** The smallest number whose gap is within a standard error of the next: the rule of the paper. */
  readonly tibs2001: number;
}

/** Starts of each fit, of the data and the reference alike. */
const STARTS = 4;

/**
 * How much tighter k-means segments are than in data without structure, by the number of segments; 1 among them.
 *
 * The reference is uniform in the box that holds the rows along their principal axes, so that correlated columns alone are no segments. A missing value
 * counts as the mean of its column. Time: references + 1 fits for each number. (Tibshirani, Walther and Hastie, 2001.)
 *
 * @param data - the rows: a Frame, row objects or columns
 * @param options - features, scaling, segments, references, power, seed, onProgress
 * @returns the gaps and what two rules make of them
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const amount = [1, 1.2, 1.4, 1.6, 1.8, 2, 9, 9.2, 9.4, 9.6, 9.8, 10];
 * gapStatistic({ amount }, { segments: [1, 4] }).tibs2001; // => 2
 * ```
 */
export function gapStatistic<Data extends TableOf<Data>>(data: Data, options: GapOptions<ColumnNameOf<Data>> = {}): GapStatistic {
  requireKnownOptions('gapStatistic', options, ['features', 'scaling', 'segments', 'references', 'power', 'seed', 'onProgress']);
  const counts = segmentRange('gapStatistic', options.segments ?? [1, 8], 1);
  const draws = requireWhole('gapStatistic', 'references', options.references ?? 50, 2);
  const { seed = 1, power = 2 } = options;
  const space = segmentSpace('gapStatistic', data, options);
  const { width } = space;
  const points = completedPoints(space.points, width);
  const random = createRandom(seed);
  const draw = referenceDraws(points, width);
  const references = Array.from({ length: draws }, () => draw(random));
  const table: GapRow[] = [];
  const total = counts.length * (draws + 1);
  let [done, floor] = [0, 0];
  for (const segments of counts) {
    const logs: number[] = [];
    for (const some of [points, ...references]) {
      const groups = rowGroups(startedKMeans(some, width, segments, seed, STARTS), segments);
      if (some === points && groupOf(groups, segments - 1).length === 0) return finished(table);
      const found = power === 2 ? partitionFigures(some, width, groups).inertia : distanceSum(some, width, groups);
      floor ||= found * 1e-12;
      logs.push(Math.log(Math.max(found, floor)));
      if (options.onProgress?.({ done: ++done, total, objective: found }) === false) return finished(table);
    }
    const [logDispersion, ...expected] = logs as [number, ...number[]];
    const figures = gapFigures(logDispersion, expected);
    table.push({ segments, logDispersion, expected: figures.gap + logDispersion, ...figures });
  }
  return finished(table);
}

function finished(table: readonly GapRow[]): GapStatistic {
  const at = (place: number): number => table[place]?.segments ?? 1;
  return { table, firstSEmax: at(firstSEmax(table)), tibs2001: at(tibs2001(table)) };
}

/** Half the sum of the distances between all rows of a segment over its size: `clusGap` with d.power = 1. */
function distanceSum(points: Float64Array, width: number, groups: RowGroups): number {
  let total = 0;
  for (let c = 0; c < groups.count; c++) {
    const rows = groupOf(groups, c);
    const sums = new Float64Array(rows.length);
    addDistanceSums(points, width, rows, rows, sums, sums);
    for (const sum of sums) total += sum / (2 * rows.length);
  }
  return total;
}
