import type { TargetValue } from '../../data/binaryTarget.js';
import type { FoldPlanOptions } from '../../data/foldPlan.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { FitProgress } from '../logisticOptions.js';
import type { ElasticNetFamily } from './penalisedLoss.js';

/** How to fit an elastic net. The options of folds are for choosing the penalty. */
export interface ElasticNetOptions<Names extends string = string> extends FoldPlanOptions<Names> {
  /** The column to predict: classes, numbers or counts. */
  readonly target: Names;
  /** Which value of the target counts as 1; any other counts as 0. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /**
   * What the target is taken for. @defaultValue `'binomial'` for two classes (0 and 1 too) or with `positive`, `'multinomial'` for more classes, `'gaussian'` for
   * numbers; counts must be asked for
   */
  readonly family?: ElasticNetFamily;
  /** The columns to predict from. @defaultValue every column but the target, those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Added to the linear predictor of each row, such as the log of an exposure. A column, or an array. Not for more than two classes. @defaultValue 0 */
  readonly offset?: RowNumbers<Names>;
  /**
   * Share of the absolute values in the penalty: 1 is the lasso, which leaves columns out; 0 is ridge, which keeps all; between the two correlated
   * columns come and go together. Glmnet's `alpha`, scikit-learn's `l1_ratio`. @defaultValue 0.5
   */
  readonly mixing?: number;
  /** The strength of the penalty: one (then nothing is chosen), or those to choose from. Glmnet's `lambda`. @defaultValue `lambdaCount` of them, as the data suggest */
  readonly lambda?: number | readonly number[];
  /** How many penalties to try, evenly on the log scale. @defaultValue 100 */
  readonly lambdaCount?: number;
  /** The smallest penalty as a share of the largest, at which all coefficients are 0. @defaultValue 1e-4, or 1e-2 where there are more columns than rows */
  readonly lambdaMinRatio?: number;
  /** The penalty of the least deviance on held-out rows, or the largest whose deviance is within one standard error of that: fewer columns. @defaultValue 'minimum' */
  readonly choose?: 'minimum' | 'oneStandardError';
  /** The sign the effect of a column must have (of a category: of all its levels, against the first). Others may have any. */
  readonly signs?: { readonly [Name in Names]?: 'positive' | 'negative' };
  /** How much of the penalty a column bears: 0 is none. Unlike in glmnet the factors are not rescaled. @defaultValue 1 */
  readonly penaltyFactors?: { readonly [Name in Names]?: number };
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** Whether the model keeps the coefficients for every penalty, for `atLambda`. @defaultValue false */
  readonly keepPath?: boolean;
  /** Largest violation of the conditions for a minimum, as a share of the largest slope at the start. @defaultValue 1e-9 */
  readonly tolerance?: number;
  /** At most so many steps for each penalty. @defaultValue 100 */
  readonly maxIterations?: number;
  /** Called after each penalty, of the path and then of each fold; `objective` is the explained share of the deviance. Returning false stops at what is reached. */
  readonly onProgress?: (progress: FitProgress) => boolean | undefined | void;
}

const OPTIONS = [
  'target', 'positive', 'family', 'features', 'weights', 'offset', 'mixing', 'lambda', 'lambdaCount', 'lambdaMinRatio', 'folds', 'stratify', 'groups', 'time', 'horizon', 'seed',
  'choose', 'signs', 'penaltyFactors', 'minLevelCount', 'keepPath', 'tolerance', 'maxIterations', 'onProgress',
];

/** Refuses what no fit could be meant by. */
export function requireElasticNetOptions(caller: string, options: ElasticNetOptions): void {
  requireKnownOptions(caller, options, OPTIONS);
  const { target, features, mixing = 0.5, lambda = 1, lambdaMinRatio = 0.5, tolerance = 1, signs, penaltyFactors } = options;
  const check = (option: string, value: unknown, holds: boolean, needs: string): void => {
    if (!holds) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  };
  check('mixing', mixing, mixing >= 0 && mixing <= 1, 'between 0 and 1');
  const lambdas: readonly unknown[] = typeof lambda === 'number' ? [lambda] : lambda;
  check('lambda', lambda, lambdas instanceof Array && lambdas.length > 0, 'as a number, or an array of some');
  for (const value of lambdas) check('lambda', value, typeof value === 'number' && value >= 0 && value < Infinity, 'of 0 or more');
  check('lambdaMinRatio', lambdaMinRatio, lambdaMinRatio > 0 && lambdaMinRatio < 1, 'between 0 and 1');
  check('tolerance', tolerance, tolerance > 0, 'above 0');
  requireWhole(caller, 'lambdaCount', options.lambdaCount ?? 100, 2);
  requireWhole(caller, 'maxIterations', options.maxIterations ?? 100, 1);
  requireChoice(caller, 'choose', options.choose ?? 'minimum', ['minimum', 'oneStandardError']);
  for (const [column, sign] of Object.entries(signs ?? {})) requireChoice(caller, `the sign of "${column}"`, sign, ['positive', 'negative']);
  for (const [column, factor] of Object.entries(penaltyFactors ?? {})) check(`the penalty factor of "${column}"`, factor, (factor as number) >= 0 && (factor as number) < Infinity, 'of 0 or more');
  if (features?.includes(target) === true) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${target}" as a feature: it is the target; leave it out of features`, { column: target });
  }
}
