import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { learnScaling } from '../space/learnScaling.js';
import { numberFeatures } from '../space/numberFeatures.js';
import { scaledPoints } from '../space/scaledPoints.js';
import type { ScalingOption } from '../space/scaling.js';
import type { MixtureProgress } from './climb.js';
import type { CovarianceKind } from './covarianceKind.js';
import { weightedRows } from './weightedRows.js';
import { GaussianMixture } from './gaussianMixture.js';
import { summariseGaussians } from './summariseGaussians.js';
import { findMixtures } from './findMixtures.js';

/** Options of `fitGaussianMixture`. */
export interface GaussianMixtureOptions<Names extends string = string> {
  /** How many segments. */
  readonly segments: number;
  /**
   * The shape of the segments, or `'auto'`: that of the lowest BIC, all four being tried from a few starts and the best two searched in earnest.
   *
   * @defaultValue `'auto'`
   */
  readonly covariance?: CovarianceKind | 'auto';
  /**
   * Columns of numbers or booleans.
   *
   * @defaultValue all such columns
   */
  readonly features?: readonly Names[];
  /**
   * How the columns enter; see {@link Scaling}.
   *
   * @defaultValue `'auto'`
   */
  readonly scaling?: ScalingOption<Names>;
  /** What each row counts: a column or one number a row; 2 is the row twice, 0 no row. */
  readonly weights?: RowNumbers<Names>;
  /**
   * Starts of EM: more find a better optimum, in proportionally more time.
   *
   * @defaultValue 20,000 over the number of distinct rows, 12 to 64
   */
  readonly starts?: number;
  /**
   * Steps of one climb at most.
   *
   * @defaultValue 1000
   */
  readonly maxIterations?: number;
  /**
   * Of the starts.
   *
   * @defaultValue 1
   */
  readonly seed?: number;
  /** Called at every step; returning false stops at the best so far. */
  readonly onProgress?: MixtureProgress;
}

const CALLER = 'fitGaussianMixture';
const KINDS: readonly CovarianceKind[] = ['full', 'diagonal', 'tied', 'spherical'];
/**
 * Segments by a mixture of normal distributions: maximum likelihood by EM (Dempster, Laird and Rubin, 1977), from starts of several kinds, the best climbed to the top.
 *
 * The likelihood of a mixture is without bound: a segment that collapses onto one customer, or onto a value many share (one purchase, say), has an infinite
 * density. Such ends are recognised (next to no spread in some direction, or fewer rows than determine its shape) and never given. Where
 * there are no others, every segment is given a hundredth of an average segment's rows with the covariance of the portfolio, and `warnings` says so. Rows with values missing count by
 * what is known of them (Ghahramani and Jordan, 1994). More segments than can be told apart give fewer. The same model whatever the order of the rows.
 * O(rows x segments x features^2) a step; trials run on 1,000 distinct rows where there are more.
 *
 * @param data - rows, columns or a frame; columns of numbers and booleans
 * @param options - how many `segments`, and more with good defaults
 * @returns the mixture, segments numbered by their share, the largest first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_OPTION`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `DUPLICATE_COLUMN`
 * @example
 * ```ts
 * const customers = [[20, 3], [22, 4], [21, 2], [23, 3], [40, 30], [44, 28], [41, 33], [43, 29], [42, 31]].map(([age, visits]) => ({ age, visits }));
 * const mixture = fitGaussianMixture(customers, { segments: 2, covariance: 'diagonal', scaling: 'standard' });
 * Array.from(mixture.labels); // => [1, 1, 1, 1, 0, 0, 0, 0, 0]
 * mixture.means[0]; // => { age: 42, visits: 30.2 }
 * mixture.parameterCount; // => 9
 * ```
 */
export function fitGaussianMixture<const Data extends TableOf<Data>>(data: Data, options: GaussianMixtureOptions<ColumnNameOf<Data>>): GaussianMixture {
  requireKnownOptions(CALLER, options, ['segments', 'covariance', 'features', 'scaling', 'weights', 'starts', 'maxIterations', 'seed', 'onProgress']);
  const { covariance = 'auto', maxIterations = 1000, seed = 1, onProgress } = options;
  const wanted = requireWhole(CALLER, 'segments', options.segments, 1);
  const chosen = requireChoice(CALLER, 'covariance', covariance, [...KINDS, 'auto']);
  if (options.starts !== undefined) requireWhole(CALLER, 'starts', options.starts, 1);
  requireWhole(CALLER, 'maxIterations', maxIterations, 1);
  const view = parseTable(CALLER, data);
  const names = numberFeatures(CALLER, view, options.features, [options.weights]);
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const features = learnScaling(CALLER, view, names, options.scaling, weights);
  const points = scaledPoints(CALLER, features, view);
  const width = names.length;
  const rows = weightedRows(points, width, weights);
  if (rows.count === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row with a known value, found none`);
  const starts = options.starts ?? Math.max(12, Math.min(64, Math.floor(20_000 / rows.count)));
  const kinds = chosen !== 'auto' ? [chosen] : width > 1 ? KINDS : KINDS.slice(1, 3);
  const { fits, stopped } = findMixtures(rows, width, kinds, Math.min(wanted, rows.count), { starts, maxIterations, seed, onProgress });
  const state = summariseGaussians(features, rows, fits, wanted, stopped);
  return new GaussianMixture(state, new GaussianMixture(state).assign(data));
}
