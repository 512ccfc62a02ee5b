import type { TargetValue } from '../data/binaryTarget.js';
import { requireKnownOptions } from '../data/options.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { ColumnNameOf, TableLike, TableOf } from '../data/table.js';
import { parseTable, takeRows } from '../data/takeRows.js';
import type { Estimate } from '../numeric/estimate.js';
import { averagePrecision } from './averagePrecision.js';
import { brierScore } from './brierScore.js';
import { requireWeighable } from './countedMetric.js';
import { mapValues, metricsOn, requireFit, requireScores } from './crossValidationSteps.js';
import { planFolds, type FoldPlanOptions } from '../data/foldPlan.js';
import { normalMultiplier } from './intervals.js';
import { readJudgedTarget, usualMetrics, usualPredictor } from './judgedTarget.js';
import { logLoss } from './logLoss.js';
import { metricOverFolds } from './metricOverFolds.js';
import { rocAuc } from './rocAuc.js';

/** A figure of merit of scores against labels, such as `rocAuc`. */
export type Metric = (labels: ArrayLike<number>, scores: ArrayLike<number>, weights?: ArrayLike<number>) => number;

/** The metrics of {@link crossValidate} when none are given. */
export type DefaultMetric = 'rocAuc' | 'logLoss' | 'brierScore' | 'averagePrecision';

/** Options of {@link crossValidate}. */
export interface CrossValidateOptions<Names extends string, Model, MetricName extends string> extends FoldPlanOptions<Names> {
  /** The column that says what happened; known in every row. */
  readonly target: Names;
  /** The value of the target that counts as the event. @defaultValue 1 of 0 and 1, true, or the later of two levels by code unit; numbers of more than two values are amounts */
  readonly positive?: TargetValue;
  /**
   * Learns a model from training rows, a table that every function of the library takes (its cells: `train.column(name)`); `rows` are
   * their positions in the data. Everything that is learnt (choices too) belongs in here.
   */
  readonly fit: (train: TableLike<Names>, rows: Uint32Array) => Model;
  /** Scores rows the model has not seen, one number each. @defaultValue model.predictProbability(test), for amounts model.predict(test) */
  readonly predict?: (model: Model, test: TableLike<Names>) => ArrayLike<number>;
  /** Weights for the metrics (the training rows carry their own columns into `fit`): a column, or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** Named figures of merit. @defaultValue rocAuc, logLoss, brierScore and averagePrecision, which need probabilities; for amounts they have to be given */
  readonly metrics?: Readonly<Record<MetricName, Metric>>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Called after every fold with the first metric on it as `objective`; returning false stops there. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** One metric over all rows that were predicted out of sample. */
export interface CrossValidatedMetric extends Estimate {
  /** Standard deviation over the folds, over the root of their number; Infinity for a single fold. */
  readonly standardError: number;
}

/** One fold. */
export interface CrossValidationFold<MetricName extends string> {
  /** How many rows its model learnt from. */
  readonly trainRows: number;
  /** How many rows it was judged on. */
  readonly testRows: number;
  /** The metrics on those. */
  readonly metrics: Readonly<Record<MetricName, number>>;
}

/** What {@link crossValidate} returns. */
export interface CrossValidation<MetricName extends string> {
  /** For every row its score by a model that has not seen it, in the order of the data; NaN where there is none (the earliest rows under `time`, or folds after a stop). */
  readonly outOfFold: Float64Array;
  /** 1 for the event and 0 for none, or the amounts, in the order of the data. */
  readonly labels: Float64Array;
  /** The folds in their order. */
  readonly folds: readonly CrossValidationFold<MetricName>[];
  /** Each metric over all out-of-fold scores, with an interval from its spread over the folds. */
  readonly metrics: Readonly<Record<MetricName, CrossValidatedMetric>>;
  /** Whether onProgress ended the work early. */
  readonly stopped: boolean;
}

/**
 * How well a way of learning does on customers it has not seen: every row is scored by a model learnt without its fold.
 *
 * The estimate of each metric is over all out-of-fold scores together; its interval is estimate ± t x standard error, from the spread of the
 * folds with Student's t. The folds share training rows, so the interval is somewhat too narrow (Bengio and Grandvalet, 2004). Scores of
 * different models are ranked together, so where the models hardly tell customers apart the pooled AUC falls below the mean of the folds.
 * Rows in date order: give `time`, since random folds let a model look into the future; several rows of one customer: give `groups`.
 * What a column holds is decided once, by all rows: so it is the same in every fold. Costs one fit per fold.
 *
 * @param data - a Frame, rows, or columns
 * @param options - target, fit, and how to divide, predict and judge
 * @returns out-of-fold scores, folds and metrics
 * @throws a {@link ClientelaError} `TARGET_CLASSES` (also when a fold holds one label only), `MISSING_VALUE`, `INVALID_OPTION`, `UNKNOWN_COLUMN`,
 * `LENGTH_MISMATCH` or `NON_FINITE_VALUE` for unusable predictions
 * @example
 * ```ts
 * import { rocAuc } from 'clientela/evaluation';
 * import { fitLogisticRegression } from 'clientela/learners';
 * const customers = Array.from({ length: 90 }, (_, i) => ({ plan: i % 3 ? 'basic' : 'gold', left: i % 3 ? i % 5 === 0 : i % 5 > 0 }));
 * const result = crossValidate(customers, { target: 'left', fit: (train) => fitLogisticRegression(train, { target: 'left' }), metrics: { rocAuc } });
 * result.folds.length; // => 5
 * result.metrics.rocAuc.estimate > 0.7; // => true
 * ```
 */
export function crossValidate<Data extends TableOf<Data>, Model, MetricName extends string = DefaultMetric>(
  data: Data,
  options: CrossValidateOptions<ColumnNameOf<Data>, Model, MetricName>,
): CrossValidation<MetricName> {
  requireKnownOptions('crossValidate', options, OPTIONS);
  requireFit('crossValidate', options.fit);
  const view = parseTable('crossValidate', data);
  const { target, positive, confidence = 0.95, fit } = options;
  normalMultiplier('crossValidate', confidence);
  const judged = readJudgedTarget('crossValidate', view, target, positive);
  const labels = judged.values;
  const predict = options.predict ?? usualPredictor('crossValidate', judged.numeric);
  const weights = options.weights === undefined ? undefined : readWeights('crossValidate', view, options.weights);
  const metrics = usualMetrics('crossValidate', judged, options.metrics, { rocAuc, logLoss, brierScore, averagePrecision } as Readonly<Record<MetricName, Metric>>);
  if (weights !== undefined) for (const metric of Object.values<Metric>(metrics)) requireWeighable('crossValidate', metric);
  const plan = planFolds('crossValidate', view, judged.numeric ? null : Int8Array.from(labels), options);
  const outOfFold = new Float64Array(view.rowCount).fill(Number.NaN);
  const folds: CrossValidationFold<MetricName>[] = [];
  let stopped = false;
  for (const { train, test } of plan) {
    const scores = requireScores('crossValidate', predict(fit(takeRows(view, train), train), takeRows(view, test)), test);
    test.forEach((row, i) => (outOfFold[row] = scores[i]!));
    const onFold = metricsOn(metrics, test, labels, outOfFold, weights);
    folds.push({ trainRows: train.length, testRows: test.length, metrics: onFold });
    const objective = Object.values<number>(onFold)[0] ?? Number.NaN;
    stopped = options.onProgress?.({ done: folds.length, total: plan.length, objective }) === false && folds.length < plan.length;
    if (stopped) break;
  }
  const scored = Uint32Array.from(outOfFold.keys()).filter((row) => !Number.isNaN(outOfFold[row]));
  const pooled = metricsOn(metrics, scored, labels, outOfFold, weights);
  const summary = mapValues(pooled, (estimate, name) => metricOverFolds(estimate, folds.map((fold) => fold.metrics[name]), confidence));
  return { outOfFold, labels, folds, metrics: summary, stopped };
}

const OPTIONS = [
  'target', 'positive', 'fit', 'predict', 'weights', 'metrics', 'confidence', 'onProgress', 'folds', 'stratify', 'groups', 'time', 'horizon', 'seed',
];
