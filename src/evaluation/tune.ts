import type { TargetValue } from '../data/binaryTarget.js';
import { planFolds, type FoldPlanOptions } from '../data/foldPlan.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../data/options.js';
import { numbersOf } from '../data/replayColumn.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { ColumnNameOf, TableLike, TableOf } from '../data/table.js';
import { parseTable, takeRows, type ParsedTable } from '../data/takeRows.js';
import { ClientelaError } from '../errors.js';
import { requireMetric, requireWeighable } from './countedMetric.js';
import type { Metric } from './crossValidate.js';
import { requireFit, requireScores } from './crossValidationSteps.js';
import { isLoss, readJudgedTarget, usualMetric, usualPredictor, type JudgedTarget } from './judgedTarget.js';
import { outOfTimeRows } from './outOfTimeRows.js';
import { meanOf, runTrial, type TrialGround } from './runTrial.js';
import { proposeParameters, type ParametersOf, type SearchSpace, type SearchStrategy } from './searchSpace.js';
import type { OutOfTimeOptions } from './validateOutOfTime.js';

/** Options of {@link tune}. */
export interface TuneOptions<Names extends string, Model, Space extends SearchSpace> extends FoldPlanOptions<Names> {
  /** The column that says what happened; known in every row. */
  readonly target: Names;
  /** The value of the target that counts as the event. @defaultValue 1 of 0 and 1, true, or the later of two levels; numbers of more than two values are amounts */
  readonly positive?: TargetValue;
  /** Learns a model with these parameters from training rows; `rows` are their positions in the data. */
  readonly fit: (train: TableLike<Names>, parameters: ParametersOf<Space>, rows: Uint32Array) => Model;
  /** What may be chosen: `{ learningRate: { from: 0.01, to: 0.3, scale: 'log' }, maxLeaves: [7, 15, 31] }`. */
  readonly space: Space;
  /** What is judged by. @defaultValue logLoss, for amounts meanSquaredError */
  readonly metric?: Metric;
  /** Whether a smaller value of the metric is the better one. @defaultValue true for the losses of this library, false otherwise */
  readonly lowerIsBetter?: boolean;
  /** Instead of folds: learn from earlier rows and judge on later ones, cut once as in `validateOutOfTime`. */
  readonly outOfTime?: OutOfTimeOptions<Names>;
  /** How many choices are tried at most. @defaultValue 30 */
  readonly budget?: number;
  /** `'quasiRandom'` fills the space evenly; `'random'` draws independently. A space of lists no larger than the budget is tried completely. @defaultValue 'quasiRandom' */
  readonly strategy?: SearchStrategy;
  /** Whether a trial is given up once it is clearly behind the best on the folds done. @defaultValue true */
  readonly race?: boolean;
  /** Scores rows the model has not seen, one number each. @defaultValue model.predictProbability(test), for amounts model.predict(test) */
  readonly predict?: (model: Model, test: TableLike<Names>) => ArrayLike<number>;
  /** Weights for the metric (the training rows carry their own columns into `fit`): a column, or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** Called after every trial with the best estimate so far as `objective`; returning false stops with that. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** One choice that was tried. */
export interface Trial<Parameters> {
  /** What was chosen. */
  readonly parameters: Parameters;
  /** Mean of the metric over the folds done; `NaN` where there is none. */
  readonly estimate: number;
  /** Its standard error from the spread of the folds; of a single cut in time by bootstrap. */
  readonly standardError: number;
  /** The metric on each fold done, in the order of the folds. */
  readonly folds: readonly number[];
  /** `'discarded'`: given up as clearly behind; `'failed'`: the model does not exist for these parameters. */
  readonly outcome: 'complete' | 'discarded' | 'failed';
  /** Why it failed. */
  readonly failure?: string;
}

/** What {@link tune} returns. */
export interface Tuning<Model, Parameters> {
  /** The best of the complete trials. */
  readonly best: Trial<Parameters>;
  /** All trials in the order in which they were tried. */
  readonly trials: readonly Trial<Parameters>[];
  /** The complete trials whose estimate lies within one standard error of the best, best first: the simplest of them is hardly worse, and steadier. */
  readonly withinOneStandardError: readonly Trial<Parameters>[];
  /** Whether onProgress ended the search early. */
  readonly stopped: boolean;
  /** Learns the model from all rows with these parameters, those of the best trial by default. */
  readonly fit: (parameters?: Parameters) => Model;
}

/** The names of the options of `tune`. */
export const TUNE_OPTIONS: readonly string[] = [
  'target', 'positive', 'fit', 'space', 'metric', 'lowerIsBetter', 'outOfTime', 'budget', 'strategy', 'race', 'predict', 'weights', 'onProgress',
  'folds', 'stratify', 'groups', 'time', 'horizon', 'seed',
];

/**
 * The parameters with which a way of learning does best out of sample, found by search; all trials are judged on the same rows.
 *
 * Choices fill the space evenly by a Halton sequence with a random shift; each is judged fold by fold and given up from the second fold on when it is behind the best so far by a
 * one-sided paired t-test at 0.1 (Kuhn, arXiv 1405.6974, 2014). Rows in date order: give `time` (folds, each later than what is learnt from) or `outOfTime` (one cut).
 * The estimate of the best is the best of many and so flatters: judge it on rows the search has not seen, by `nestedCrossValidate` or `validateOutOfTime` with the search inside
 * `fit`. The same seed gives the same trials. At most budget x folds fits.
 *
 * @param data - a Frame, rows, or columns
 * @param options - target, fit, space, and how to judge
 * @returns the best trial, all trials, and `fit()` for the model on all rows
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `NOT_IDENTIFIED` when no trial gives a model, `TARGET_CLASSES`, `MISSING_VALUE`, `UNKNOWN_COLUMN`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * import { fitLogisticRegression } from 'clientela/learners';
 * const customers = Array.from({ length: 90 }, (_, i) => ({ plan: i % 3 ? 'basic' : 'gold', left: i % 3 ? i % 5 === 0 : i % 5 > 0 }));
 * const search = tune(customers, {
 *   target: 'left',
 *   space: { ridge: [0.1, 1, 1000] },
 *   fit: (train, { ridge }) => fitLogisticRegression(train, { target: 'left', ridge }),
 * });
 * search.trials.length; // => 3
 * search.best.parameters.ridge < 1000; // => true
 * search.fit().predictProbability(customers).length; // => 90
 * ```
 */
export function tune<Data extends TableOf<Data>, Model, const Space extends SearchSpace>(
  data: Data,
  options: TuneOptions<ColumnNameOf<Data>, Model, Space>,
): Tuning<Model, ParametersOf<Space>> {
  requireKnownOptions(CALLER, options, TUNE_OPTIONS);
  requireFit(CALLER, options.fit);
  return search(data, options);
}

/** As {@link tune}; `amounts` where these rows are a part of data whose target is one of amounts, also if this part has two values of it only. */
export function search<Data extends TableOf<Data>, Model, const Space extends SearchSpace>(
  data: Data,
  options: TuneOptions<ColumnNameOf<Data>, Model, Space>,
  amounts = false,
): Tuning<Model, ParametersOf<Space>> {
  const view = parseTable(CALLER, data);
  const { seed = 1, fit } = options;
  const budget = requireWhole(CALLER, 'budget', options.budget ?? 30, 1);
  const strategy = requireChoice<SearchStrategy>(CALLER, 'strategy', options.strategy ?? 'quasiRandom', ['quasiRandom', 'random']);
  const choices = proposeParameters(CALLER, options.space, budget, strategy, seed) as ParametersOf<Space>[];
  const target = amounts ? { values: numbersOf(CALLER, options.target, view.source(options.target)), numeric: true } : readJudgedTarget(CALLER, view, options.target, options.positive);
  const ground = groundOf(view, target, options);
  const predict = options.predict ?? usualPredictor(CALLER, target.numeric);
  const trials: Trial<ParametersOf<Space>>[] = [];
  let best: Trial<ParametersOf<Space>> | undefined;
  let stopped = false;
  for (const parameters of choices) {
    const { values, ...run } = runTrial(ground, (fold) => requireScores(CALLER, predict(fit(fold.trainTable, parameters, fold.train), fold.testTable), fold.test), best?.folds);
    const trial = { parameters, estimate: meanOf(values), folds: values, ...run };
    trials.push(trial);
    if (trial.outcome === 'complete' && (best === undefined || ground.sign * (trial.estimate - best.estimate) < 0)) best = trial;
    stopped = options.onProgress?.({ done: trials.length, total: choices.length, objective: best?.estimate ?? NaN }) === false && trials.length < choices.length;
    if (stopped) break;
  }
  const everyRow = Uint32Array.from({ length: view.rowCount }, (_, row) => row);
  const chosen = requireBest(best, trials);
  return {
    best: chosen,
    trials,
    withinOneStandardError: closeTo(chosen, trials, ground.sign),
    stopped,
    fit: (parameters = chosen.parameters) => fit(takeRows(view, everyRow), parameters, everyRow),
  };
}

const CALLER = 'tune';

function groundOf<Names extends string>(
  view: ParsedTable,
  target: JudgedTarget,
  options: FoldPlanOptions<Names> & { readonly outOfTime?: OutOfTimeOptions<Names>; readonly metric?: Metric; readonly lowerIsBetter?: boolean; readonly race?: boolean; readonly weights?: RowNumbers<Names> },
): TrialGround<Names> {
  const { outOfTime, race = true, metric = usualMetric(target) } = options;
  requireMetric(CALLER, metric);
  if (outOfTime !== undefined && [options.folds, options.time, options.groups, options.horizon].some((given) => given !== undefined)) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} takes outOfTime, or folds, time and groups, found both; leave one out`, { option: 'outOfTime' });
  }
  if (outOfTime !== undefined) requireKnownOptions(CALLER, outOfTime, ['time', 'horizon', 'testFrom', 'testShare']);
  const weights = options.weights === undefined ? undefined : readWeights(CALLER, view, options.weights);
  if (weights !== undefined) requireWeighable(CALLER, metric);
  const plan = outOfTime === undefined ? planFolds(CALLER, view, target.numeric ? null : Int8Array.from(target.values), options) : [outOfTimeRows(CALLER, view, outOfTime)];
  // Tables are opened once: a column of a fold is copied for the first trial only.
  const folds = plan.map(({ train, test }) => ({
    train,
    test,
    trainTable: takeRows<Names>(view, train),
    testTable: takeRows<Names>(view, test),
    labels: Float64Array.from(test, (row) => target.values[row]!),
    weights: weights && Float64Array.from(test, (row) => weights[row]!),
  }));
  return { folds, metric, sign: isLoss(metric, options.lowerIsBetter) ? 1 : -1, race };
}

function requireBest<Parameters>(best: Trial<Parameters> | undefined, trials: readonly Trial<Parameters>[]): Trial<Parameters> {
  if (best !== undefined) return best;
  throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} found no parameters with which a model exists, tried ${trials.length}; the last said: ${trials[trials.length - 1]?.failure ?? ''}`, { trials: trials.length });
}

function closeTo<Parameters>(best: Trial<Parameters>, trials: readonly Trial<Parameters>[], sign: 1 | -1): Trial<Parameters>[] {
  const close = trials.filter(({ outcome, estimate }) => outcome === 'complete' && sign * (estimate - best.estimate) <= best.standardError);
  return close.sort((a, b) => sign * (a.estimate - b.estimate));
}
