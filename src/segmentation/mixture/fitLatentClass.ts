import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { createRandom } from '../../numeric/random.js';
import { searchClimbs, TOLERANCE, type Climb, type MixtureProgress, type Step } from './climb.js';
import { weightedRows } from './weightedRows.js';
import { LatentClass } from './latentClass.js';
import { latentCoordinates, latentStart, latentStep, usesAllClasses } from './latentEm.js';
import { levelCodes } from './latentFeatures.js';
import { levelRows, type LatentClasses } from './latentRows.js';
import { learnLevels } from './learnLevels.js';
import { summariseLatentClasses } from './summariseLatentClasses.js';

/** Options of `fitLatentClass`. */
export interface LatentClassOptions<Names extends string = string> {
  /** How many segments. */
  readonly segments: number;
  /**
   * Columns of categories or booleans; a column of numbers when named, every value a level.
   *
   * @defaultValue all columns of categories and booleans
   */
  readonly features?: readonly Names[];
  /** What each row counts: a column or one number a row; 2 is the row twice, 0 no row. */
  readonly weights?: RowNumbers<Names>;
  /**
   * Starts of EM: more find a better optimum, in proportionally more time.
   *
   * @defaultValue 64
   */
  readonly starts?: number;
  /**
   * Steps of one climb at most.
   *
   * @defaultValue 2000
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

const CALLER = 'fitLatentClass';
/** Many: trials say little here, where the likelihood has long flat ridges. */
const FINALISTS = 16;

/**
 * Segments of customers described by categories: the latent class model (Lazarsfeld, 1950), maximum likelihood by EM from random starts, as poLCA does it
 * (Linzer and Lewis, 2011). Rows count by what is known of them. Equal rows are worked on once, so the time grows with the number of different ones.
 *
 * Compare `bic` over several numbers of segments, 1 included: where it is lowest for 1, the features are independent and there are no segments to find.
 *
 * @param data - rows, columns or a frame
 * @param options - how many `segments`, and more with good defaults
 * @returns the model, segments numbered by their share, the largest first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_OPTION`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `DUPLICATE_COLUMN`
 * @example
 * ```ts
 * const row = (channel: string, plan: string) => ({ channel, plan });
 * const customers = [row('web', 'basic'), row('web', 'basic'), row('web', 'gold'), row('shop', 'gold')];
 * const one = fitLatentClass(customers, { segments: 1 });
 * one.profiles[0]?.channel; // => { shop: 0.25, web: 0.75 }
 * one.logLikelihood; // => 3 * Math.log(0.75) + Math.log(0.25) + 4 * Math.log(0.5)
 * one.parameterCount; // => 2
 * ```
 */
export function fitLatentClass<const Data extends TableOf<Data>>(data: Data, options: LatentClassOptions<ColumnNameOf<Data>>): LatentClass {
  requireKnownOptions(CALLER, options, ['segments', 'features', 'weights', 'starts', 'maxIterations', 'seed', 'onProgress']);
  const { starts = 64, maxIterations = 2000, seed = 1, onProgress } = options;
  const wanted = requireWhole(CALLER, 'segments', options.segments, 1);
  requireWhole(CALLER, 'starts', starts, 1);
  requireWhole(CALLER, 'maxIterations', maxIterations, 1);
  const view = parseTable(CALLER, data);
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const features = learnLevels(CALLER, view, options.features, [options.weights], weights);
  const distinct = weightedRows(levelCodes(CALLER, view, features), features.length, weights);
  if (distinct.count === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row with a known value, found none`);
  const levels = features.map((feature) => feature.levels.length);
  const rows = { ...levelRows(distinct.points, distinct.weights, levels), weights: distinct.weights };
  let stopped = false;
  let found: Climb<LatentClasses> | null = null;
  for (let segments = Math.min(wanted, distinct.count); found === null; segments--) {
    const random = createRandom(seed);
    const tries = segments === 1 ? 1 : starts;
    const step = (params: LatentClasses): Step<LatentClasses> => latentStep(rows, params);
    found = searchClimbs<LatentClasses>({
      starts: tries,
      coordinates: latentCoordinates(levels),
      start: () => latentStart(levels, segments, random),
      trial: step,
      step,
      isSound: (params) => usesAllClasses(rows, params),
      finalists: FINALISTS,
      tolerance: 0.005 * TOLERANCE * rows.weights.reduce((sum, weight) => sum + weight, 0),
      maxIterations,
      goOn(done, objective) {
        stopped ||= onProgress?.({ done, total: tries + FINALISTS, objective }) === false;
        return !stopped;
      },
    });
  }
  const state = summariseLatentClasses(features, rows, found, wanted, stopped);
  return new LatentClass(state, new LatentClass(state).assign(data));
}
