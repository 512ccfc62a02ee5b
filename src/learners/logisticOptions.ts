import type { TargetValue } from '../data/binaryTarget.js';
import { describeValue } from '../data/instant.js';
import { requireKnownOptions } from '../data/options.js';
import type { RowNumbers } from '../data/rowNumbers.js';
import { ClientelaError } from '../errors.js';

/** How far a fit has come. */
export interface FitProgress {
  /** Iterations done. */
  readonly done: number;
  /** Iterations allowed. */
  readonly total: number;
  /** The log-likelihood, less any penalty: it rises. */
  readonly objective: number;
}

/** How to fit a logistic regression. */
export interface LogisticRegressionOptions<Names extends string = string> {
  /** The column to predict: two different values. */
  readonly target: Names;
  /** Which value of the target counts as 1; any other counts as 0. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The columns to predict from. @defaultValue every column but the target, those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /**
   * Strength of the penalty ridge / 2 times the sum of squared coefficients of the standardised columns (the intercept is free) against the
   * summed log loss; scikit-learn's 1 / C. @defaultValue 0: none
   */
  readonly ridge?: number;
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Added to the log-odds of each row. A column, or an array. @defaultValue 0 */
  readonly offset?: RowNumbers<Names>;
  /** Whether to reduce the bias of small samples by Firth's penalty, which is finite also where classes are separated. @defaultValue false */
  readonly firth?: boolean;
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /**
   * `'model'`: right when the model is; `'robust'`: HC0, right also when it is not; by cluster (a column, or one value a row): when
   * rows of one customer depend on each other. @defaultValue 'model'
   */
  readonly standardErrors?: 'model' | 'robust' | { readonly cluster: Names | ArrayLike<string | number> };
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** Stop when no coefficient would move by more than this share of its standard error. @defaultValue 1e-8 */
  readonly tolerance?: number;
  /** At most so many iterations. @defaultValue 50 */
  readonly maxIterations?: number;
  /** Called after each iteration; returning false stops at what is reached. */
  readonly onProgress?: (progress: FitProgress) => boolean | undefined | void;
}

const OPTIONS = [
  'target', 'positive', 'features', 'ridge', 'weights', 'offset', 'firth', 'confidence', 'standardErrors', 'minLevelCount', 'tolerance', 'maxIterations',
  'onProgress',
];

/** Refuses what no fit could be meant by. */
export function requireLogisticOptions(caller: string, options: LogisticRegressionOptions): void {
  requireKnownOptions(caller, options, OPTIONS);
  const { ridge = 0, confidence = 0.95, tolerance = 1e-8, maxIterations = 50, standardErrors = 'model', firth = false, features } = options;
  const wrong = (option: string, needs: string, value: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  if (!(ridge >= 0 && ridge < Infinity)) throw wrong('ridge', 'of 0 or more', ridge);
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', 'between 0 and 1', confidence);
  if (!(tolerance > 0)) throw wrong('tolerance', 'above 0', tolerance);
  if (!(maxIterations >= 1)) throw wrong('maxIterations', 'of 1 or more', maxIterations);
  if (firth && ridge > 0) throw wrong('ridge', 'of 0 with firth: true, as both are penalties', ridge);
  const known = standardErrors === 'model' || standardErrors === 'robust' || (typeof standardErrors === 'object' && 'cluster' in standardErrors);
  if (!known) throw wrong('standardErrors', "as 'model', 'robust' or { cluster }", standardErrors);
  if (features?.includes(options.target) === true) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${options.target}" as a feature: it is the target; leave it out of features`, {
      column: options.target,
    });
  }
}
