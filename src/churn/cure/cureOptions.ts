import { requireChoice, requireKnownOptions } from '../../data/options.js';
import type { FitProgress } from '../../learners/logisticOptions.js';
import { requireFitLimits } from '../accelerated/acceleratedOptions.js';
import { SURVIVAL_COLUMNS, type SurvivalColumns } from '../survivalRows.js';

/** How the times of those who leave are spread. */
export type CureDistribution = 'weibull' | 'exponential' | 'log-normal' | 'log-logistic';

/** How to fit a mixture of customers who leave at some time and customers who never do. */
export interface MixtureCureOptions<Names extends string = string> extends SurvivalColumns<Names> {
  /** The columns that tell when those leave who do; `[]` for none. @defaultValue every column but those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** The columns that tell who never leaves; `[]` for one share for all. @defaultValue the same as `features` */
  readonly cureFeatures?: readonly Names[];
  /** How the times of those who leave are spread. @defaultValue 'weibull' */
  readonly distribution?: CureDistribution;
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** At most so many Newton steps from each start. @defaultValue 200 */
  readonly maxIterations?: number;
  /** Called after each Newton step, the objective being the log-likelihood of times in units of their own spread; returning false stops at what is reached. */
  readonly onProgress?: (progress: FitProgress) => boolean | undefined | void;
}

const OPTIONS = ['features', 'cureFeatures', 'distribution', 'confidence', 'minLevelCount', 'maxIterations', 'onProgress'];

/** Refuses what no fit could be meant by. */
export function requireCureOptions(caller: string, options: MixtureCureOptions): void {
  requireKnownOptions(caller, options, [...SURVIVAL_COLUMNS, ...OPTIONS]);
  requireChoice(caller, 'distribution', options.distribution ?? 'weibull', ['weibull', 'exponential', 'log-normal', 'log-logistic']);
  requireFitLimits(caller, options);
  const { cureFeatures: features = [], ...rest } = options;
  requireFitLimits(caller, { ...rest, features });
}
