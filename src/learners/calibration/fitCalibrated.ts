import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import { planFolds, type FoldPlanOptions } from '../../data/foldPlan.js';
import { describeValue } from '../../data/instant.js';
import { readProbabilities } from '../../data/labelsAndScores.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableLike, TableOf } from '../../data/table.js';
import { parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { CalibratedModel } from './calibratedModel.js';
import type { ProbabilityModel } from './calibratedModelState.js';
import type { CalibrationFigures, CalibrationMethod, CalibrationReport } from './calibrationReport.js';
import { crossFit, figuresOf, judgedFolds, learnCalibrator, logLossOf, poolFolds, type FoldScores } from './crossFit.js';

const CALLER = 'fitCalibrated';
const OPTIONS = ['target', 'positive', 'method', 'weights', 'folds', 'stratify', 'groups', 'time', 'horizon', 'seed', 'onProgress'];

/** Options of {@link fitCalibrated}. */
export interface FitCalibratedOptions<Names extends string = string> extends FoldPlanOptions<Names> {
  /** The column that says what happened; known in every row. */
  readonly target: Names;
  /** The value of it whose probability is wanted; the fitter must take the same. @defaultValue 1 of 0 and 1, true, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** How to calibrate. `'auto'` takes what has the lowest log loss on rows it has not seen, leaving the probabilities alone (`'none'`) included. @defaultValue 'auto' */
  readonly method?: 'auto' | CalibrationMethod;
  /** Weights in calibration and report: a column, or one number a row (the fitter sees the column, and takes it as it likes). @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** Called after every fold with its log loss as `objective` (`total` counts the last fit too); returning false goes on with the folds so far, two at least. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/**
 * A model of your choice whose probabilities hold for new customers: calibrated on out-of-fold scores, then learnt anew from all rows.
 *
 * Every fold is scored by a model that has not seen it; the calibrator is learnt from those scores together, as scikit-learn's
 * CalibratedClassifierCV does with ensemble=False. The report judges it cross-fitted: each fold by a calibrator of the other folds. `'auto'`
 * compares none, Platt's sigmoid on log-odds, beta and isotonic so, and its own figure is the lowest of four, by that much too good.
 * Isotonic probabilities keep 1 / (n + 2) from 0 and 1. Costs one fit a fold and one more; rows in date order: give `time`.
 *
 * @param fitter - learns a model from a table (`rows`: the positions of its rows in the data); everything learnt or chosen belongs in here
 * @param data - a Frame, rows, or columns
 * @param options - target, method, and how to divide the rows
 * @returns the calibrated model, with its `report`
 * @throws a {@link ClientelaError} `INVALID_INPUT` when the fitter gives no model for two classes, `INVALID_OPTION`, `TARGET_CLASSES`, `MISSING_VALUE`, `EMPTY_INPUT`,
 * `UNKNOWN_COLUMN`, `PERFECT_SEPARATION` (method beta), or what the fitter throws
 * @example
 * ```ts
 * import { fitLogisticRegression } from 'clientela/learners';
 * const customers = Array.from({ length: 300 }, (_, i) => ({ visits: i % 10, bought: (i * 7) % 11 < i % 10 ? 'yes' : 'no' }));
 * const model = fitCalibrated((train) => fitLogisticRegression(train, { target: 'bought' }), customers, { target: 'bought' });
 * model.report.after.logLoss <= model.report.before.logLoss; // => true
 * model.predictProbabilityRow({ visits: 9 }) > 0.5; // => true
 * ```
 */
export function fitCalibrated<Data extends TableOf<Data>, Model extends ProbabilityModel>(
  fitter: (train: TableLike<ColumnNameOf<Data>>, rows: Uint32Array) => Model,
  data: Data,
  options: FitCalibratedOptions<ColumnNameOf<Data>>,
): CalibratedModel<Model> {
  requireKnownOptions(CALLER, options, OPTIONS);
  const method = requireChoice(CALLER, 'method', options.method ?? 'auto', ['auto', 'none', 'platt', 'isotonic', 'beta']);
  if (typeof fitter !== 'function') throw new ClientelaError('INVALID_INPUT', `${CALLER} needs a fitter, (train) => model, found ${describeValue(fitter)}`);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const { labels, positive } = readBinaryTarget(CALLER, view, options.target, options.positive);
  const weights = options.weights === undefined ? undefined : readWeights(CALLER, view, options.weights);
  requireKnownTarget(labels, options.target);
  const { folds, stopped } = scoreFolds({ fitter, view, labels, weights, positive }, options);
  const report = chooseMethod(method, folds, options.time === undefined ? 'chance' : 'time', stopped);
  const calibrator = learnCalibrator(CALLER, report.method, poolFolds(folds));
  const rows = Uint32Array.from(labels.keys());
  const whole = { rowCount: view.rowCount, names: view.names as readonly ColumnNameOf<Data>[], column: (name: string) => view.source(name) };
  return new CalibratedModel(requireModel(fitter(whole, rows), positive), calibrator, { target: options.target, positive, report });
}

interface Work<Names extends string> {
  readonly fitter: (train: TableLike<Names>, rows: Uint32Array) => ProbabilityModel;
  readonly view: ParsedTable;
  readonly labels: Int8Array;
  readonly weights: Float64Array | undefined;
  readonly positive: TargetValue;
}

function scoreFolds<Names extends string>({ fitter, view, labels, weights, positive }: Work<Names>, options: FitCalibratedOptions<Names>): { folds: FoldScores[]; stopped: boolean } {
  const plan = planFolds(CALLER, view, labels, options);
  const folds: FoldScores[] = [];
  let [wanted, stopped] = [true, false];
  for (const { train, test } of plan) {
    const model = requireModel(fitter(takeRows(view, train), train), positive);
    const probabilities = model.predictProbability(takeRows(view, test));
    const pick = (values: ArrayLike<number>): number[] => Array.from(test, (row) => values[row]!);
    requireOneEach(probabilities, test);
    const fold = readProbabilities(CALLER, pick(labels), probabilities, weights && pick(weights));
    folds.push(fold);
    // Said once is said, also while a second fold is still needed.
    if (options.onProgress?.({ done: folds.length, total: plan.length + 1, objective: logLossOf(fold, fold.scores) }) === false) wanted = false;
    stopped = !wanted && folds.length >= 2 && folds.length < plan.length;
    if (stopped) break;
  }
  return { folds, stopped };
}

interface Trial {
  readonly method: CalibrationMethod;
  readonly figures: CalibrationFigures | null;
}

function chooseMethod(method: 'auto' | CalibrationMethod, folds: readonly FoldScores[], order: 'time' | 'chance', stopped: boolean): CalibrationReport {
  const judged = poolFolds(judgedFolds(folds, order));
  const before = figuresOf(judged, judged.scores);
  const methods: readonly CalibrationMethod[] = method === 'auto' ? ['platt', 'beta', 'isotonic'] : method === 'none' ? [] : [method];
  const trials = methods.map((name): Trial => {
    const probabilities = crossFit(CALLER, name, folds, order, method === 'auto');
    return { method: name, figures: probabilities && figuresOf(judged, probabilities) };
  });
  // Stable: of equal ones the simplest is first.
  const ranked = [{ method: 'none', figures: before } as Trial, ...trials].sort((a, b) => (a.figures?.logLoss ?? Infinity) - (b.figures?.logLoss ?? Infinity));
  const chosen = method === 'auto' ? ranked[0]! : ranked.find((trial) => trial.method === method)!;
  return {
    method: chosen.method,
    folds: folds.length,
    rowCount: judged.labels.length,
    before,
    after: chosen.figures!,
    tried: ranked.map((trial) => ({ method: trial.method, logLoss: trial.figures && trial.figures.logLoss })),
    stopped,
  };
}

function requireKnownTarget(labels: Int8Array, target: string): void {
  const row = labels.indexOf(-1);
  if (row < 0) return;
  throw new ClientelaError('MISSING_VALUE', `${CALLER} needs the target in every row, found none in column "${target}", row ${row}; leave such rows out`, { column: target, row });
}

function requireOneEach(probabilities: Float64Array | undefined, rows: Uint32Array): void {
  if (probabilities?.length === rows.length) return;
  throw new ClientelaError('INVALID_INPUT', `${CALLER} needs one probability a row, found ${probabilities?.length} for ${rows.length} rows; calibrate a model of two classes`);
}

function requireModel<Model extends ProbabilityModel>(model: Model, positive: TargetValue): Model {
  const given = Object(model) as Partial<ProbabilityModel> & { readonly positive?: TargetValue };
  if (typeof given.predictProbability !== 'function' || typeof given.toJSON !== 'function') {
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs a fitter that returns a model with predictProbability and toJSON, found ${describeValue(model)}`);
  }
  if (given.positive === undefined || given.positive === positive) return model;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} calibrates the probability of ${describeValue(positive)}, found a model of ${describeValue(given.positive)}; give both the same positive`);
}
