import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { FitProgress } from '../../learners/logisticOptions.js';
import { SURVIVAL_COLUMNS, type SurvivalColumns } from '../survivalRows.js';
import type { CoxTies } from './coxRows.js';

/** Shrinks all coefficients, none to 0. */
export interface CoxRidge {
  /** theta: half of it times the sum of squared coefficients on the raw scale is taken off the log-likelihood, as R's `ridge(…, scale = FALSE)` does. Above 0. */
  readonly ridge: number;
}

/** Shrinks coefficients, some of them to exactly 0. */
export interface CoxElasticNet {
  /** How strong the penalty is, 0 or more: log-likelihood / rows - lambda (mixing sum |b| + (1 - mixing) / 2 sum b²) is maximised, b being coefficients of columns of standard deviation 1, as glmnet does. */
  readonly lambda: number;
  /** From 0 (ridge) to 1 (lasso); alpha of glmnet. @defaultValue 1 */
  readonly mixing?: number;
}

/** Takes off the bias of small samples, and is finite under separation, too. */
export interface CoxFirth {
  /** Half the log-determinant of the information is added to the log-likelihood (Firth, 1993; Heinze and Schemper, 2001). */
  readonly firth: true;
}

/** A penalty on the coefficients. */
export type CoxPenalty = CoxRidge | CoxElasticNet | CoxFirth;

/** Options of every Cox fit. */
export interface CoxColumns<Names extends string = string> extends SurvivalColumns<Names> {
  /** The columns to predict from. @defaultValue every column but those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** A column of groups that each have a baseline hazard of their own, the coefficients being shared. @defaultValue one group */
  readonly strata?: Names;
  /**
   * What happens to events of the same time. `'efron'`: as if in random order, nearly exact; `'breslow'`: all against all, cruder; `'exact'`: they
   * truly come together (the discrete model, SAS's DISCRETE), which takes rows * largest tie * columns² steps. @defaultValue 'efron'
   */
  readonly ties?: CoxTies;
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** Times that differ by at most this share of the mean time are taken as one; R's `timefix` has 1.5e-8. @defaultValue 0: equal to the bit */
  readonly tieTolerance?: number;
  /** At most so many iterations. @defaultValue 100 */
  readonly maxIterations?: number;
  /** Called after each iteration, the objective being the (penalised) log-likelihood; returning false stops at what is reached. */
  readonly onProgress?: (progress: FitProgress) => boolean | undefined | void;
}

/** How to fit a Cox regression. */
export interface CoxRegressionOptions<Names extends string = string> extends CoxColumns<Names> {
  /** A ridge, an elastic net, or Firth's. @defaultValue none */
  readonly penalty?: CoxPenalty;
  /**
   * `'model'`: right when hazards are proportional and rows independent; `'robust'`: from the squared score residuals (Lin and Wei, 1989), right
   * for any; by cluster (a column, or one value a row): when rows of one customer depend on each other. Not with a penalty, nor with exact ties.
   * @defaultValue 'model'
   */
  readonly standardErrors?: 'model' | 'robust' | { readonly cluster: Names | ArrayLike<string | number> };
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /**
   * Stop when no combination of coefficients would move by more than this share of its standard error; with `lambda` when no slope is off by more
   * than this share of the largest at the start. @defaultValue 1e-8
   */
  readonly tolerance?: number;
}

/** The options of {@link CoxColumns} besides those of durations. */
export const COX_COLUMNS: readonly string[] = ['features', 'strata', 'ties', 'minLevelCount', 'tieTolerance', 'maxIterations', 'onProgress'];
const FIT = ['penalty', 'standardErrors', 'confidence', 'tolerance'];

/** Refuses what no fit could be meant by. */
export function requireCoxOptions(caller: string, options: CoxRegressionOptions): void {
  requireKnownOptions(caller, options, [...SURVIVAL_COLUMNS, ...COX_COLUMNS, ...FIT]);
  requireCoxColumns(caller, options);
  const { penalty, standardErrors = 'model', confidence = 0.95, tolerance = 1e-8 } = options;
  check(caller, 'confidence', confidence, confidence > 0 && confidence < 1, 'between 0 and 1');
  check(caller, 'tolerance', tolerance, tolerance > 0, 'above 0');
  if (typeof standardErrors !== 'object') requireChoice(caller, 'standardErrors', standardErrors, ['model', 'robust']);
  if (options.ties === 'exact' && standardErrors !== 'model') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs standardErrors 'model' with ties: 'exact', as score residuals of the discrete model are not known; use ties: 'efron'`, { function: caller, option: 'standardErrors' });
  }
  if (penalty !== undefined) requirePenalty(caller, penalty);
  if (penalty !== undefined && 'firth' in penalty && options.ties === 'exact') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ties 'efron' or 'breslow' with penalty: { firth: true }, found 'exact'`, { function: caller, option: 'ties' });
  }
  if (penalty !== undefined && standardErrors !== 'model') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs standardErrors 'model' with a penalty, found ${describeValue(standardErrors)}; leave out one of them`, { function: caller, option: 'standardErrors' });
  }
}

/** What the fits have in common. */
export function requireCoxColumns(caller: string, { ties = 'efron', tieTolerance = 0, maxIterations = 1, strata, weights, features, duration, event }: CoxColumns): void {
  requireChoice(caller, 'ties', ties, ['efron', 'breslow', 'exact']);
  check(caller, 'tieTolerance', tieTolerance, tieTolerance >= 0 && tieTolerance < 1, 'of 0 or more, and below 1');
  check(caller, 'maxIterations', maxIterations, maxIterations >= 1, 'of 1 or more');
  if (strata !== undefined) check(caller, 'strata', strata, typeof strata === 'string', 'as the name of a column');
  if (ties === 'exact' && weights !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs rows without weights for ties: 'exact', as the discrete model knows none; use 'efron'`, { function: caller, option: 'weights' });
  }
  for (const column of [duration, event]) {
    if (column !== undefined && features?.includes(column) === true) {
      throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${column}" as a feature: it says what is foretold; leave it out of features`, { function: caller, column });
    }
  }
}

function requirePenalty(caller: string, penalty: CoxPenalty): void {
  const names = Object.keys(Object(penalty) as object).sort().join(', ');
  if (!['ridge', 'lambda', 'lambda, mixing', 'firth'].includes(names)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs penalty as { ridge }, { lambda, mixing } or { firth: true }, found ${names === '' ? describeValue(penalty) : `{ ${names} }`}`, { function: caller, option: 'penalty' });
  }
  const { ridge = 1, lambda = 0, mixing = 1, firth = true } = penalty as Partial<CoxRidge & CoxElasticNet & { firth: unknown }>;
  check(caller, 'ridge', ridge, ridge > 0 && ridge < Infinity, 'above 0');
  check(caller, 'lambda', lambda, lambda >= 0 && lambda < Infinity, 'of 0 or more');
  check(caller, 'mixing', mixing, mixing >= 0 && mixing <= 1, 'between 0 and 1');
  check(caller, 'firth', firth, firth === true, 'as true');
}

/** Throws `INVALID_OPTION` where something does not hold. */
export function check(caller: string, option: string, value: unknown, holds: boolean, needs: string): void {
  if (!holds) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { function: caller, option, value });
}
