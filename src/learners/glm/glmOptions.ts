import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { FitProgress } from '../logisticOptions.js';
import type { GlmFamilyName } from './glmFamily.js';

/** How to fit a generalised linear model. */
export interface GlmOptions<Names extends string = string> {
  /** The column to predict: numbers. */
  readonly target: Names;
  /**
   * What the target is. `'poisson'`: counts, or any numbers of 0 or more whose mean is in question (`standardErrors: 'robust'` then);
   * `'negative-binomial'`: whole counts that vary more than Poisson counts; `'gamma'`: amounts above 0; `'tweedie'`: amounts, many of them 0;
   * `'gaussian'`: any numbers, the mean being the sum itself. The logarithm of the mean is a sum over features in all but the last.
   */
  readonly family: GlmFamilyName;
  /** The columns to predict from. @defaultValue every column but the target, those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Added to the sum over features of each row. A column, or an array. @defaultValue 0 */
  readonly offset?: RowNumbers<Names>;
  /** How much each row was exposed, above 0: days, contacts, households. The mean is proportional to it. A column, or an array. @defaultValue 1 */
  readonly exposure?: RowNumbers<Names>;
  /** alpha of the negative binomial, whose variance is mean + alpha mean². @defaultValue estimated by maximum likelihood */
  readonly overdispersion?: number;
  /** p of Tweedie, between 1 and 2, whose variance is proportional to mean^p; `'estimate'`: by maximum likelihood. @defaultValue 1.5 */
  readonly tweediePower?: number | 'estimate';
  /**
   * `'model'`: right when the variance is as the family says; `'quasi'`: the same times the square root of Pearson's dispersion, right when it is
   * proportional to that; `'robust'`: HC0, right for any; by cluster (a column, or one value a row): when rows of one customer depend on
   * each other. Gamma, Tweedie and Gaussian have a dispersion of their own, so that `'model'` and `'quasi'` are the same. @defaultValue 'model'
   */
  readonly standardErrors?: 'model' | 'quasi' | 'robust' | { readonly cluster: Names | ArrayLike<string | number> };
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** Stop when no coefficient would move by more than this share of its standard error. @defaultValue 1e-8 */
  readonly tolerance?: number;
  /** At most so many iterations. @defaultValue 100 */
  readonly maxIterations?: number;
  /** Called after each iteration, the objective being minus half the deviance; returning false stops at what is reached. */
  readonly onProgress?: (progress: FitProgress) => boolean | undefined | void;
}

const OPTIONS = [
  'target', 'family', 'features', 'weights', 'offset', 'exposure', 'overdispersion', 'tweediePower', 'standardErrors', 'confidence', 'minLevelCount',
  'tolerance', 'maxIterations', 'onProgress',
];

/** Refuses what no fit could be meant by. */
export function requireGlmOptions(caller: string, options: GlmOptions): void {
  requireKnownOptions(caller, options, OPTIONS);
  const family = requireChoice(caller, 'family', options.family, ['poisson', 'negative-binomial', 'gamma', 'tweedie', 'gaussian']);
  const { confidence = 0.95, tolerance = 1e-8, maxIterations = 100, standardErrors = 'model', overdispersion, tweediePower, features, target } = options;
  const wrong = (option: string, needs: string, value: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  if (typeof target !== 'string') throw wrong('target', 'as the name of a column', target);
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', 'between 0 and 1', confidence);
  if (!(tolerance > 0)) throw wrong('tolerance', 'above 0', tolerance);
  if (!(maxIterations >= 1)) throw wrong('maxIterations', 'of 1 or more', maxIterations);
  if (overdispersion !== undefined && !(overdispersion >= 0 && overdispersion < Infinity)) throw wrong('overdispersion', 'of 0 or more', overdispersion);
  if (tweediePower !== undefined && tweediePower !== 'estimate' && !(tweediePower > 1 && tweediePower < 2)) {
    throw wrong('tweediePower', "between 1 and 2 (or 'estimate'); 1 is family 'poisson', 2 is family 'gamma'", tweediePower);
  }
  if (overdispersion !== undefined && family !== 'negative-binomial') throw wrong('overdispersion', "with family 'negative-binomial' only", overdispersion);
  if (tweediePower !== undefined && family !== 'tweedie') throw wrong('tweediePower', "with family 'tweedie' only", tweediePower);
  if (options.exposure !== undefined && options.offset !== undefined) throw wrong('exposure', 'or offset, not both (add the logarithm of the exposure to the offset)', options.exposure);
  if (options.exposure !== undefined && family === 'gaussian') throw wrong('exposure', "with a family whose mean is never negative, not 'gaussian'", options.exposure);
  const known = ['model', 'quasi', 'robust'].includes(standardErrors as string) || 'cluster' in (Object(standardErrors) as object);
  if (!known) throw wrong('standardErrors', "as 'model', 'quasi', 'robust' or { cluster }", standardErrors);
  if (features?.includes(target) === true) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${target}" as a feature: it is the target; leave it out of features`, { column: target });
  }
}
