import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { cellOf } from '../../data/replayColumn.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import type { PeerMetric } from '../../learners/peers/peersState.js';
import { createRandom } from '../../numeric/random.js';
import type { ScalingOption } from '../space/scaling.js';
import { finishSegments } from './finishSegments.js';
import { KMedoids } from './kMedoids.js';
import { MixedSpace } from './mixedSpace.js';
import { distinctMixed, learnMixedFeatures, openMixed, segmentsWithin, weighFeatures, type SharedMixedOptions } from './openMixed.js';
import { searchMedoids } from './searchMedoids.js';

const CALLER = 'fitKMedoids';
const OPTIONS = ['segments', 'metric', 'features', 'scaling', 'featureWeights', 'weights', 'sample', 'starts', 'seed', 'onProgress'];

/** How to segment by k-medoids. */
export interface KMedoidsOptions<Names extends string = string> {
  /** How many segments; fewer come back where fewer rows differ. */
  readonly segments: number;
  /**
   * `'gower'`: the mean over the features, numbers as a share of their range, categories 0 or 1 (Gower, 1971); `'manhattan'`: the sum of differences on the scale of the
   * model, categories 0 or 1; `'euclidean'`: the root of the sum of their squares. @defaultValue 'gower' when a feature is a category, otherwise 'euclidean'
   */
  readonly metric?: PeerMetric;
  /** The columns: numbers, categories, booleans (which are categories). @defaultValue every column but dates, identifiers and the weights */
  readonly features?: readonly Names[];
  /** How numbers enter distances; for Gower's distance before their range is taken, where `'none'` and `'standard'` are the formula as published. @defaultValue 'auto' */
  readonly scaling?: ScalingOption<Names>;
  /** How much a feature counts, by name. @defaultValue 1 each */
  readonly featureWeights?: { readonly [Name in Names]?: number };
  /** How much each row counts: a column or one number a row; 2 is the row twice. @defaultValue 1 each */
  readonly weights?: RowNumbers<Names>;
  /** More than twice so many distinct rows are searched in five samples of so many. Memory is 8 bytes for each pair of rows searched. @defaultValue 2000 */
  readonly sample?: number;
  /** How many local optima to compare: the first from spread rows, each further one from the best so far with a medoid or two drawn anew. @defaultValue 20 million over the square of the number of rows searched, 1 to 100 */
  readonly starts?: number;
  /** Of the draws. @defaultValue 1 */
  readonly seed?: number;
  /** Told after each start; `objective` is the lowest cost so far, in a sample that of the sample. Returning `false` stops there. @defaultValue none */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | void;
}

/**
 * Segments customers of any columns, each segment around the one real customer from whom the others are least far: k-medoids, by FasterPAM (Schubert
 * and Rousseeuw, 2021, Information Systems 101) from several starts.
 *
 * What is made small is the sum of the distances, not of their squares, so that giants weigh less than in k-means. A pair of rows is compared by the
 * features known of both, the distance being raised in proportion to what is left out (Gower, 1971); with none in common they are as far apart as the farthest pair. A level
 * never seen differs from all. O(n^2) time a pass and memory up to 4000 distinct rows (128 MB); more are searched in samples (CLARA; Kaufman and
 * Rousseeuw, 1990), which the model tells, and judged by all rows.
 *
 * @param data - raw rows
 * @param options - how many segments, by which columns and distance
 * @returns the model; segment 0 is the largest
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = [1, 2, 3, 10, 11, 12, 13].map((visits) => ({ visits, plan: visits < 5 ? 'basic' : 'gold' }));
 * const model = fitKMedoids(customers, { segments: 2 });
 * model.labels; // => [1, 1, 1, 0, 0, 0, 0]
 * model.medoids[1]; // => { row: 1, values: { visits: 2, plan: 'basic' }, size: 3 }
 * model.assignRow({ visits: 2, plan: 'gold' }).drivers[0].feature; // => 'plan'
 * ```
 */
export function fitKMedoids<Data extends TableOf<Data>>(data: Data, options: KMedoidsOptions<ColumnNameOf<Data>>): KMedoids {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { scaling, featureWeights, sample = 2000, starts, seed = 1, onProgress } = options as KMedoidsOptions;
  const opened = openMixed(CALLER, data, options as SharedMixedOptions);
  const byDefault = opened.names.every((name) => opened.view.source(name).kind === 'number') ? 'euclidean' : 'gower';
  const metric = requireChoice(CALLER, 'metric', options.metric ?? byDefault, ['gower', 'euclidean', 'manhattan']);
  const features = weighFeatures(CALLER, learnMixedFeatures(CALLER, opened, scaling, metric), featureWeights);
  const space = new MixedSpace(features, metric);
  const points = space.points(CALLER, opened.view);
  const distinct = distinctMixed(CALLER, points, opened.weights);
  const { segments, warnings } = segmentsWithin(CALLER, options.segments, distinct.rows.length);
  if (starts !== undefined) requireWhole(CALLER, 'starts', starts, 1);
  const size = Math.max(requireWhole(CALLER, 'sample', sample, 1), segments);
  const progress = { stopped: false };
  const effort = { segments, size, starts };
  const found = searchMedoids(space, points, distinct, effort, createRandom(seed), (done, total, objective) => !(progress.stopped = onProgress?.({ done, total, objective }) === false));
  const values = found.rows.map((row) => features.map(({ column }) => shownCell(cellOf(opened.view.source(column), row))));
  const { order, labels, segments: states, cost, softness } = finishSegments(space, points, opened.weights, values, 1, found.farthest);
  const convergence = { converged: !progress.stopped, iterations: found.tries, gradientNorm: 0, reason: progress.stopped ? 'stopped by onProgress' : 'no swap helps' };
  const rows = order.map((i) => found.rows[i]!);
  return new KMedoids({ format: 'KMedoids', formatVersion: 1, metric, features, segments: states, rows, sample: found.sample, softness, cost, convergence, warnings }, labels);
}

/** As JSON keeps it: booleans as the text of their level. */
function shownCell(cell: unknown): number | string | null {
  return typeof cell === 'boolean' ? String(cell) : (cell as number | string | null);
}
