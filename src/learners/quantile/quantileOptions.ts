import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';

/** How far a fit of several quantiles has come. */
export interface QuantileProgress {
  /** Quantiles done. */
  readonly done: number;
  /** Quantiles asked for. */
  readonly total: number;
  /** The losses of the quantile just done. */
  readonly objective: number;
}

/** How to fit a quantile regression. */
export interface QuantileRegressionOptions<Names extends string = string> {
  /** The column of numbers to predict. */
  readonly target: Names;
  /** The columns to predict from. @defaultValue every column but the target, those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** Which quantile, in (0, 1): 0.9 is what nine in ten stay below. @defaultValue 0.5, the median */
  readonly quantile?: number;
  /** Several quantiles at once, instead of `quantile`. */
  readonly quantiles?: readonly number[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /**
   * `'iid'`: one density of the residuals for all rows, without weights only; `'nid'`: one for each row, right also where the spread
   * depends on the features, at the cost of two more fits for each quantile. @defaultValue 'none'
   */
  readonly standardErrors?: 'none' | 'iid' | 'nid';
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** Called after each quantile; returning false leaves out those that remain. */
  readonly onProgress?: (progress: QuantileProgress) => boolean | undefined | void;
}

const OPTIONS = ['target', 'features', 'quantile', 'quantiles', 'weights', 'standardErrors', 'confidence', 'minLevelCount', 'onProgress'];

/** The quantiles asked for, ascending; refuses what no fit could be meant by. */
export function requireQuantileOptions(caller: string, options: QuantileRegressionOptions): number[] {
  requireKnownOptions(caller, options, OPTIONS);
  const wrong = (option: string, needs: string, value: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  const { target, features, quantile, quantiles, weights, standardErrors = 'none', confidence = 0.95 } = options;
  if (quantile !== undefined && quantiles !== undefined) throw wrong('one of quantile and quantiles', 'and not both', quantiles);
  const asked: readonly number[] = quantiles ?? [quantile ?? 0.5];
  if (!(asked instanceof Array) || asked.length === 0) throw wrong('quantiles', 'as an array of numbers', quantiles);
  const ascending = [...asked].sort((a, b) => a - b);
  const odd = ascending.find((tau, i) => !(tau > 0 && tau < 1) || tau === ascending[i - 1]);
  if (odd !== undefined) throw wrong(quantiles ? 'quantiles' : 'quantile', 'between 0 and 1, each once', odd);
  requireChoice(caller, 'standardErrors', standardErrors, ['none', 'iid', 'nid']);
  if (standardErrors === 'iid' && weights !== undefined) throw wrong('standardErrors', "as 'nid' with weights", standardErrors);
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', 'between 0 and 1', confidence);
  if (features?.includes(target) !== true) return ascending;
  throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${target}" as a feature: it is the target; leave it out of features`, { column: target });
}
