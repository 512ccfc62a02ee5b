import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { TableLike } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Propensity, TrialOptions } from '../trial/trialOptions.js';
import type { OutcomeModel } from './openPart.js';
import type { UpliftMethod } from './upliftState.js';

/** What a learner of the caller's own is to learn. */
export interface LearnerTask {
  /** The column of the table to predict: 1 and 0 where `isBinary`, otherwise numbers. */
  readonly target: string;
  /** The columns to predict it from: all others. */
  readonly features: readonly string[];
  /** Whether probabilities of 1 are wanted (`predictProbability`), or expected numbers (`predict`). */
  readonly isBinary: boolean;
  /** One weight a row; absent where all are 1. */
  readonly weights?: Float64Array;
  /** Chance, made repeatable. */
  readonly seed: number;
}

/** A learner of the caller's own, such as `(table, { target }) => fitGlm(table, { target, family: 'tweedie' })`. */
export type CustomLearner = (table: TableLike, task: LearnerTask) => OutcomeModel;

/** What can learn an outcome. */
export type OutcomeLearner = 'logistic' | 'linear' | 'elastic net' | 'boosted trees' | CustomLearner;

/** What can learn an effect, which is a number. */
export type EffectLearner = 'linear' | 'elastic net' | 'boosted trees' | CustomLearner;

/** How far a fit has come. */
export interface UpliftProgress {
  /** Models learnt. */
  readonly done: number;
  /** Models to learn. */
  readonly total: number;
  /** The same as `done`: there is no one figure that rises over models of different things. */
  readonly objective: number;
}

/** How to learn an uplift. */
export interface UpliftOptions<Names extends string = string> extends Omit<TrialOptions<Names>, 'propensity'> {
  /** The columns to predict from: what is known before the treatment. @defaultValue every column but target, treatment, those named in other options and those of kind `id` or `date` */
  readonly features?: readonly Names[];
  /**
   * How models of outcomes become one of uplift; see {@link fitUplift}. @defaultValue 'DR'
   */
  readonly method?: UpliftMethod;
  /** What learns the outcome. @defaultValue 'logistic' for two classes, 'linear' for numbers */
  readonly learner?: OutcomeLearner;
  /** What learns the effect in X, R, DR and transformed outcome. @defaultValue 'linear' with learner 'logistic', 'linear' or a function, else the same as `learner` */
  readonly effectLearner?: EffectLearner;
  /** Whether S lets the effect of every feature differ by arm (which makes it T), or only the level. For learners 'logistic' and 'linear'. @defaultValue false */
  readonly interactions?: boolean;
  /**
   * As for any trial; `'estimate'`: a logistic regression of the arm on the features, for data that were not dealt at random. What no feature tells of who was
   * treated still biases the result. @defaultValue the shares observed
   */
  readonly propensity?: Propensity<Names> | 'estimate';
  /** Folds of cross-fitting in R and DR: each row's outcome is compared with models that have not seen it. 1: none. @defaultValue 5 */
  readonly folds?: number;
  /** Estimated propensities are kept at least so far from 0 and 1. @defaultValue 0.01 */
  readonly clip?: number;
  /** Of intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance (folds, learners), made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each model; returning false ends cross-fitting with the folds learnt so far (two at least): other rows then do not teach the effect. */
  readonly onProgress?: (progress: UpliftProgress) => boolean | undefined | void;
}

const OPTIONS = [
  'target', 'positive', 'treatment', 'control', 'treatments', 'weights', 'features', 'method', 'learner', 'effectLearner', 'interactions', 'propensity', 'folds', 'clip',
  'confidence', 'seed', 'onProgress',
];
const METHODS = ['T', 'S', 'X', 'R', 'DR', 'class transformation', 'transformed outcome'] as const;
const LEARNERS = ['logistic', 'linear', 'elastic net', 'boosted trees'] as const;

/** Methods that have a model of the effect. */
export function hasEffectModel(method: UpliftMethod): boolean {
  return method !== 'T' && method !== 'S' && method !== 'class transformation';
}

/** Refuses what no fit could be meant by. */
export function requireUpliftOptions(caller: string, options: UpliftOptions): void {
  requireKnownOptions(caller, options, OPTIONS);
  const { method = 'DR', learner, effectLearner, interactions = false, clip = 0.01, confidence = 0.95, features, target, treatment } = options;
  requireChoice(caller, 'method', method, METHODS);
  if (learner !== undefined && typeof learner !== 'function') requireChoice(caller, 'learner', learner, LEARNERS);
  if (effectLearner !== undefined && typeof effectLearner !== 'function') requireChoice(caller, 'effectLearner', effectLearner, LEARNERS.slice(1));
  requireWhole(caller, 'folds', options.folds ?? 5, 1);
  const wrong = (option: string, needs: string, value: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', 'between 0 and 1', confidence);
  if (!(clip >= 0 && clip < 0.5)) throw wrong('clip', 'between 0 and 0.5', clip);
  if (effectLearner !== undefined && !hasEffectModel(method)) throw wrong('effectLearner', `with X, R, DR and transformed outcome only, as method '${method}' learns no effect`, effectLearner);
  if (typeof interactions !== 'boolean') throw wrong('interactions', 'true or false', interactions);
  if (interactions && (method !== 'S' || (learner !== undefined && learner !== 'logistic' && learner !== 'linear'))) {
    throw wrong('interactions', "with method 'S' and learner 'logistic' or 'linear' only", interactions);
  }
  for (const name of [target, treatment]) {
    if (features?.includes(name) === true) throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${name}" as a feature: it is the ${name === target ? 'target' : 'treatment'}; leave it out of features`, { column: name });
  }
}
