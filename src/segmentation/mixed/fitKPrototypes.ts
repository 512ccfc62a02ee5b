import { requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { createRandom } from '../../numeric/random.js';
import { unscaled, type ScalingOption } from '../space/scaling.js';
import { weighCategories, type CategoryWeightOption } from './categoryWeights.js';
import { finishSegments } from './finishSegments.js';
import { KPrototypes } from './kPrototypes.js';
import { MixedSpace, type MixedFeature } from './mixedSpace.js';
import { distinctMixed, learnMixedFeatures, openMixed, segmentsWithin, type SharedMixedOptions } from './openMixed.js';
import type { PrototypePartition } from './prototypePartition.js';
import { searchPrototypes } from './searchPrototypes.js';

const CALLER = 'fitKPrototypes';
const OPTIONS = ['segments', 'features', 'scaling', 'categoryWeight', 'weights', 'starts', 'maxIterations', 'seed', 'onProgress'];

/** How to segment by k-prototypes. */
export interface KPrototypesOptions<Names extends string = string> {
  /** How many segments; fewer come back where fewer rows differ. */
  readonly segments: number;
  /** The columns: numbers, categories, booleans (which are categories). @defaultValue every column but dates, identifiers and the weights */
  readonly features?: readonly Names[];
  /** How numbers enter distances. @defaultValue 'auto' */
  readonly scaling?: ScalingOption<Names>;
  /**
   * Gamma, what a mismatch of categories costs where a number costs the square of its difference: a number for all, by column, or estimated:
   * `'variance'`: the mean variance of the numbers over the mean of 1 - sum of squared shares of the levels, so that both kinds of column count about the same
   * (`lambdaest` of clustMixType); `'huang'`: half the mean standard deviation of the numbers (Huang, 1998). 1 where there are no numbers: k-modes.
   * @defaultValue 'variance'
   */
  readonly categoryWeight?: CategoryWeightOption<Names>;
  /** How much each row counts: a column or one number a row; 2 is the row twice. @defaultValue 1 each */
  readonly weights?: RowNumbers<Names>;
  /** How many local optima to compare: the first from greedy k-means++ seeds, each further one from the best so far with a prototype or two put elsewhere. @defaultValue 60,000 over the number of distinct rows, 10 to 200 */
  readonly starts?: number;
  /** Passes over the rows, at most, for each start. @defaultValue 100 */
  readonly maxIterations?: number;
  /** Of the draws. @defaultValue 1 */
  readonly seed?: number;
  /** Told after each start; `objective` is the lowest cost so far. Returning `false` stops there. @defaultValue none */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | void;
}

/**
 * Segments customers described by numbers and categories, each segment around its mean numbers and most frequent levels (k-prototypes; Huang, 1998,
 * Data Mining and Knowledge Discovery 2). Of categories only it is k-modes, of numbers only k-means.
 *
 * What is made small is the sum over rows of the squared differences of the numbers on the scale of the model and of gamma for each category that
 * differs; a missing value counts nothing, and a level never seen differs from all. Passes over all rows are followed by moves of single rows that make the
 * whole cheaper (Hartigan, 1975), and the best of several starts is kept; the same rows in another order give the same segments. More than 5000 distinct rows are
 * searched in a sample of so many and settled on all. O(rows * segments * features) a pass.
 *
 * @param data - raw rows
 * @param options - how many segments, by which columns
 * @returns the model; segment 0 is the largest
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = [1, 2, 3, 10, 11, 12, 13].map((visits) => ({ visits, plan: visits < 5 ? 'basic' : 'gold' }));
 * const model = fitKPrototypes(customers, { segments: 2 });
 * model.labels; // => [1, 1, 1, 0, 0, 0, 0]
 * model.prototypes[1]; // => { values: { visits: 2, plan: 'basic' }, size: 3 }
 * const { segment, missing } = model.assignRow({ visits: 9, plan: null });
 * segment; // => 0
 * missing; // => ['plan']
 * ```
 */
export function fitKPrototypes<Data extends TableOf<Data>>(data: Data, options: KPrototypesOptions<ColumnNameOf<Data>>): KPrototypes {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { scaling, categoryWeight, starts, maxIterations = 100, seed = 1, onProgress } = options as KPrototypesOptions;
  const opened = openMixed(CALLER, data, options as SharedMixedOptions);
  const features = weighCategories(CALLER, opened, learnMixedFeatures(CALLER, opened, scaling, 'euclidean'), categoryWeight);
  const space = new MixedSpace(features, 'euclidean');
  const points = space.points(CALLER, opened.view);
  const distinct = distinctMixed(CALLER, points, opened.weights);
  const { segments, warnings } = segmentsWithin(CALLER, options.segments, distinct.rows.length);
  const tries = requireWhole(CALLER, 'starts', starts ?? Math.max(10, Math.min(200, Math.floor(60_000 / distinct.rows.length))), 1);
  const effort = { segments, tries, maxIterations: requireWhole(CALLER, 'maxIterations', maxIterations, 1) };
  const progress = { stopped: false };
  const partition = searchPrototypes(points, features, distinct, effort, createRandom(seed), (done, objective) => !(progress.stopped = onProgress?.({ done, total: tries, objective }) === false));
  const { labels, segments: states, cost, softness } = finishSegments(space, points, opened.weights, prototypesOf(partition, features), 2);
  const reason = progress.stopped ? 'stopped by onProgress' : partition.isLimited ? 'iteration limit' : 'no row moves';
  const convergence = { converged: reason === 'no row moves', iterations: partition.passes, gradientNorm: 0, reason };
  return new KPrototypes({ format: 'KPrototypes', formatVersion: 1, metric: 'euclidean', features, segments: states, softness, cost, convergence, warnings }, labels);
}

/** In units of the data. */
function prototypesOf({ means, modes, sizes }: PrototypePartition, features: readonly MixedFeature[]): (number | string | null)[][] {
  let mean = 0;
  let mode = 0;
  return Array.from(sizes, () => features.map((feature) => (feature.kind === 'number' ? unscaled(feature, means[mean++]!) : (feature.levels[modes[mode++]!] ?? null))));
}
