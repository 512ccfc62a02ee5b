import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { FitProgress } from '../../learners/logisticOptions.js';
import { SURVIVAL_COLUMNS, type SurvivalColumns } from '../survivalRows.js';
import type { TimeDistribution } from './timeFamily.js';

/** How to fit a model of accelerated failure time. */
export interface AcceleratedFailureOptions<Names extends string = string> extends SurvivalColumns<Names> {
  /**
   * The column of times by which the event had come, where it is only known to lie between `duration` and this: equal to `duration`, the event
   * came then; missing or infinite, it had not come yet. A missing `duration` is then 'at some time before'. Instead of `event`.
   * @defaultValue none: `event` says what `duration` is
   */
  readonly durationUpper?: Names;
  /** The columns to predict from; `[]` for none. @defaultValue every column but those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /**
   * How times are spread: `'weibull'` (the one in which features multiply both time and hazard), `'exponential'` (a Weibull of constant
   * hazard), `'log-normal'` and `'log-logistic'` (hazards that rise and fall); `'gaussian'` and `'logistic'` of the time itself, which may be
   * below 0 then; `'choose'`: the first four are fitted, and the one of the least AIC is kept. @defaultValue 'weibull'
   */
  readonly distribution?: TimeDistribution | 'choose';
  /**
   * `'model'`: right when times are as the distribution says and rows independent; `'robust'`: from the squared scores (White, 1982); by cluster (a
   * column, or one value a row): when rows of one customer depend on each other. @defaultValue 'model'
   */
  readonly standardErrors?: 'model' | 'robust' | { readonly cluster: Names | ArrayLike<string | number> };
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** At most so many iterations. @defaultValue 100 */
  readonly maxIterations?: number;
  /** Called after each iteration, the objective being the log-likelihood of times in units of their own spread; returning false stops at what is reached. */
  readonly onProgress?: (progress: FitProgress) => boolean | undefined | void;
}

const OPTIONS = ['durationUpper', 'features', 'distribution', 'standardErrors', 'confidence', 'minLevelCount', 'maxIterations', 'onProgress'];

/** Refuses what no fit could be meant by. */
export function requireAcceleratedOptions(caller: string, options: AcceleratedFailureOptions): void {
  requireKnownOptions(caller, options, [...SURVIVAL_COLUMNS, ...OPTIONS]);
  const { distribution = 'weibull', standardErrors = 'model', durationUpper } = options;
  requireChoice(caller, 'distribution', distribution, ['weibull', 'exponential', 'log-normal', 'log-logistic', 'gaussian', 'logistic', 'choose']);
  if (typeof standardErrors !== 'object') requireChoice(caller, 'standardErrors', standardErrors, ['model', 'robust']);
  requireFitLimits(caller, options);
  const [other] = [options.event, options.eventValue].filter((value) => value !== undefined);
  if (durationUpper === undefined) return;
  if (typeof durationUpper !== 'string') throw refuse(caller, 'durationUpper', 'as the name of a column', durationUpper);
  if (other !== undefined) throw refuse(caller, 'durationUpper', 'or event, not both (durationUpper says by itself whether and when the event came)', durationUpper);
}

/** What all fits of this kind have in common. */
export function requireFitLimits(caller: string, { confidence = 0.95, maxIterations = 100, features, duration, event }: Pick<AcceleratedFailureOptions, 'confidence' | 'maxIterations' | 'features' | 'duration' | 'event'>): void {
  if (!(confidence > 0 && confidence < 1)) throw refuse(caller, 'confidence', 'between 0 and 1', confidence);
  if (!(maxIterations >= 1)) throw refuse(caller, 'maxIterations', 'of 1 or more', maxIterations);
  for (const column of [duration, event]) {
    if (column === undefined || !Array.isArray(features) || !features.includes(column)) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${column}" as a feature: it says what is foretold; leave it out of features`, { function: caller, column });
  }
}

function refuse(caller: string, option: string, needs: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { function: caller, option, value });
}
