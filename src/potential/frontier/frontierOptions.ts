import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { InefficiencyDistribution } from './frontierLaw.js';
import { requireConfidence } from './requireConfidence.js';

/** How far a fit of a frontier has come. */
export interface FrontierProgress {
  /** Iterations done. */
  readonly done: number;
  /** Iterations at most. */
  readonly total: number;
  /** The log-likelihood, of the target in units of its own spread. */
  readonly objective: number;
}

/** How to fit a stochastic frontier. */
export interface StochasticFrontierOptions<Names extends string = string> {
  /** The column of numbers whose frontier is sought: spend, output or cost. */
  readonly target: Names;
  /** The columns to predict the frontier from. @defaultValue every column but the target, those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** How inefficiency is spread. @defaultValue 'halfNormal' */
  readonly distribution?: InefficiencyDistribution;
  /** `'production'`: inefficiency lowers the target (spend below the wallet); `'cost'`: it raises it. @defaultValue 'production' */
  readonly frontier?: 'production' | 'cost';
  /** Whether the sum over features is ln(target) or the target itself. Features are taken as they are in both. @defaultValue 'log' */
  readonly scale?: 'log' | 'asIs';
  /** Columns that the size of inefficiency depends on: ln sigmaU² is a sum over them. @defaultValue none: the same for all rows */
  readonly inefficiencyDrivers?: readonly Names[];
  /** Columns that the size of the noise depends on: ln sigmaV² is a sum over them. @defaultValue none */
  readonly noiseDrivers?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** `'information'`: from the exact second derivatives of the likelihood. @defaultValue 'information' */
  readonly standardErrors?: 'information' | 'none';
  /** Of the intervals. @defaultValue 0.9 */
  readonly confidence?: number;
  /** Called after each iteration; returning false stops at the best so far. */
  readonly onProgress?: (progress: FrontierProgress) => boolean | undefined | void;
}

const OPTIONS = ['target', 'features', 'distribution', 'frontier', 'scale', 'inefficiencyDrivers', 'noiseDrivers', 'weights', 'minLevelCount', 'standardErrors', 'confidence', 'onProgress'];

/** Refuses options that no fit could be meant by. */
export function requireFrontierOptions(caller: string, options: StochasticFrontierOptions): void {
  requireKnownOptions(caller, options, OPTIONS);
  const { target, features, distribution = 'halfNormal', frontier = 'production', scale = 'log', standardErrors = 'information', confidence = 0.9, inefficiencyDrivers = [], noiseDrivers = [] } = options;
  requireChoice(caller, 'distribution', distribution, ['halfNormal', 'exponential', 'truncatedNormal']);
  requireChoice(caller, 'frontier', frontier, ['production', 'cost']);
  requireChoice(caller, 'scale', scale, ['log', 'asIs']);
  requireChoice(caller, 'standardErrors', standardErrors, ['information', 'none']);
  requireConfidence(caller, confidence);
  for (const [option, names] of Object.entries({ features: features ?? [], inefficiencyDrivers, noiseDrivers })) {
    if (!Array.isArray(names)) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as an array of names, found ${describeValue(names)}`, { option, value: names });
    if (names.includes(target)) throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${target}" in ${option}: it is the target; leave it out`, { option, column: target });
  }
}
