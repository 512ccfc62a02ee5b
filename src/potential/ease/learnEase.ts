import { planFolds, type FoldRows } from '../../data/foldPlan.js';
import { readProbabilities } from '../../data/labelsAndScores.js';
import { takeRows, type ParsedTable } from '../../data/takeRows.js';
import { crossFit, judgedFolds, learnCalibrator, logLossOf, poolFolds, type FoldScores } from '../../learners/calibration/crossFit.js';
import type { CalibrationMethod } from '../../learners/calibration/calibrationReport.js';
import type { Calibrator } from '../../learners/calibration/calibrator.js';
import { fitLogisticRegression } from '../../learners/fitLogisticRegression.js';
import type { LogisticRegression } from '../../learners/logisticRegression.js';
import type { BoostedTrees } from '../../learners/trees/boostedTrees.js';
import { fitBoostedTrees } from '../../learners/trees/fitBoostedTrees.js';
import type { EaseSettings } from './captureEaseOptions.js';
import type { EaseTrial } from './captureEaseState.js';

/** The customers learnt from, with what is to be foretold in the column {@link CAPTURED}. */
export interface EaseTask {
  readonly table: ParsedTable;
  readonly labels: Int8Array;
  readonly weights: Float64Array;
  /** Columns of the caller and built-in ones. */
  readonly features: readonly string[];
  readonly settings: EaseSettings;
}

/** The column of the outcome in the table learnt from. */
export const CAPTURED = 'potential.captured';

/** What came of learning. */
export interface LearntEase {
  readonly model: LogisticRegression | BoostedTrees;
  readonly calibrator: Calibrator | null;
  readonly calibration: CalibrationMethod;
  readonly learner: 'logistic' | 'trees';
  readonly tried: readonly EaseTrial[];
  /** Calibrated, each by a model and a calibrator that have not seen the row. */
  readonly outOfFold: Float64Array;
  readonly plan: readonly FoldRows[];
}

type Choice = { readonly learner: 'logistic'; readonly ridge: number } | { readonly learner: 'trees'; readonly ridge: null };

/** So many rows are enough to choose a way of learning. */
const MOST_ROWS = 20_000;
/** Levels of fewer rows are pooled by the logistic regression. */
const FEWEST_OF_LEVEL = 10;

/** The way of learning with the least log loss on customers left out, calibrated, and learnt from all. */
export function learnEase(caller: string, task: EaseTask): LearntEase {
  const { settings, table } = task;
  const choices: Choice[] = [];
  if (settings.learner !== 'trees') for (const ridge of [1, 30]) choices.push({ learner: 'logistic', ridge });
  if (settings.learner !== 'logistic') choices.push({ learner: 'trees', ridge: null });
  const sample = table.rowCount > MOST_ROWS && choices.length > 1 ? everyNth(task, Math.ceil(table.rowCount / MOST_ROWS)) : task;
  const plan = planFolds(caller, sample.table, sample.labels, { folds: settings.folds, seed: settings.seed });
  const trials = choices.map((choice) => {
    const folds = scoreFolds(caller, sample, plan, choice);
    return { choice, folds, ...calibrate(caller, settings.calibration, folds) };
  });
  // Stable: of equal ones the simplest is first.
  trials.sort((a, b) => a.logLoss - b.logLoss);
  let [best] = trials as [(typeof trials)[0]];
  let wholePlan = plan;
  if (sample !== task) {
    wholePlan = planFolds(caller, table, task.labels, { folds: settings.folds, seed: settings.seed });
    const folds = scoreFolds(caller, task, wholePlan, best.choice);
    best = { choice: best.choice, folds, ...calibrate(caller, settings.calibration, folds) };
  }
  return {
    model: fit(task, task.table, task.weights, best.choice),
    calibrator: learnCalibrator(caller, best.method, poolFolds(best.folds)),
    calibration: best.method,
    learner: best.choice.learner,
    tried: trials.map(({ choice, logLoss }) => ({ ...choice, logLoss })),
    outOfFold: inOrder(wholePlan, best.probabilities),
    plan: wholePlan,
  };
}

/** Out-of-fold probabilities of a logistic regression on some of the columns: what the ease is compared with. */
export function baselineEase(caller: string, task: EaseTask, plan: readonly FoldRows[], features: readonly string[]): Float64Array {
  return inOrder(plan, poolFolds(scoreFolds(caller, { ...task, features }, plan, { learner: 'logistic', ridge: 1 })).scores);
}

function fit({ features, settings }: EaseTask, table: ParsedTable | ReturnType<typeof takeRows>, weights: Float64Array, { learner, ridge }: Choice): LogisticRegression | BoostedTrees {
  const rows = 'column' in table ? table : takeRows(table, Uint32Array.from({ length: table.rowCount }, (_, row) => row));
  const shared = { target: CAPTURED, positive: true, features, weights };
  return learner === 'logistic' ? fitLogisticRegression(rows, { ...shared, ridge, minLevelCount: FEWEST_OF_LEVEL }) : fitBoostedTrees(rows, { ...shared, loss: 'logistic', seed: settings.seed });
}

function scoreFolds(caller: string, task: EaseTask, plan: readonly FoldRows[], choice: Choice): FoldScores[] {
  const { table, labels, weights } = task;
  return plan.map(({ train, test }) => {
    const pick = (values: ArrayLike<number>, rows: Uint32Array): Float64Array => new Float64Array(rows.length).map((_, i) => values[rows[i]!]!);
    const model = fit(task, takeRows(table, train), pick(weights, train), choice);
    return readProbabilities(caller, pick(labels, test), model.predictProbability(takeRows(table, test)), pick(weights, test));
  });
}

interface Calibrated {
  readonly method: CalibrationMethod;
  readonly probabilities: Float64Array;
  readonly logLoss: number;
}

function calibrate(caller: string, method: 'auto' | CalibrationMethod, folds: readonly FoldScores[]): Calibrated {
  const pooled = poolFolds(judgedFolds(folds, 'chance'));
  const methods: readonly CalibrationMethod[] = method === 'auto' ? ['none', 'platt', 'beta', 'isotonic'] : [method];
  const found: Calibrated[] = [];
  for (const name of methods) {
    const probabilities = name === 'none' ? pooled.scores : crossFit(caller, name, folds, 'chance', method === 'auto');
    if (probabilities !== null) found.push({ method: name, probabilities, logLoss: logLossOf(pooled, probabilities) });
  }
  return found.reduce((best, one) => (one.logLoss < best.logLoss ? one : best));
}

function inOrder(plan: readonly FoldRows[], probabilities: Float64Array): Float64Array {
  const values = new Float64Array(probabilities.length);
  let at = 0;
  for (const { test } of plan) for (const row of test) values[row] = probabilities[at++]!;
  return values;
}

function everyNth(task: EaseTask, step: number): EaseTask {
  const rows = Uint32Array.from({ length: Math.ceil(task.table.rowCount / step) }, (_, i) => i * step);
  const part = takeRows(task.table, rows);
  return {
    ...task,
    table: { rowCount: rows.length, names: part.names, source: (name) => part.column(name) },
    labels: Int8Array.from(rows, (row) => task.labels[row]!),
    weights: Float64Array.from(rows, (row) => task.weights[row]!),
  };
}
