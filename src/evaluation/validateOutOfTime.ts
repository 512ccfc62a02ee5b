import type { TargetValue } from '../data/binaryTarget.js';
import type { Duration } from '../data/duration.js';
import type { Instant } from '../data/instant.js';
import { requireKnownOptions } from '../data/options.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { ColumnNameOf, TableLike, TableOf } from '../data/table.js';
import { parseTable, takeRows } from '../data/takeRows.js';
import { cellAt } from '../data/cellAt.js';
import { ClientelaError } from '../errors.js';
import { averagePrecision } from './averagePrecision.js';
import { bootstrapInterval, type BootstrapEstimate } from './bootstrapInterval.js';
import { brierScore } from './brierScore.js';
import type { DefaultMetric, Metric } from './crossValidate.js';
import { mapValues, requireFit, requireScores } from './crossValidationSteps.js';
import { normalMultiplier } from './intervals.js';
import { readJudgedTarget, usualMetrics, usualPredictor } from './judgedTarget.js';
import { logLoss } from './logLoss.js';
import { outOfTimeRows } from './outOfTimeRows.js';
import { rocAuc } from './rocAuc.js';

/** Where later rows begin, and which earlier ones may be learnt from. */
export interface OutOfTimeOptions<Names extends string = string> {
  /** A column of dates or numbers: the moment of each row. */
  readonly time: Names;
  /** How long after its moment the outcome of a row was observed: a duration, or for a column of numbers a number of its unit. Rows whose outcome was not over when the test begins are not learnt from. */
  readonly horizon?: Duration | number;
  /** The moment from which rows are judged: an instant, or for a column of numbers a number. @defaultValue where `testShare` of the rows is left */
  readonly testFrom?: Instant;
  /** Share of the rows kept for judgement, between 0 and 1. @defaultValue 0.3 */
  readonly testShare?: number;
}

/** Options of {@link validateOutOfTime}. */
export interface ValidateOutOfTimeOptions<Names extends string, Model, MetricName extends string> extends OutOfTimeOptions<Names> {
  /** The column that says what happened; known in every row. */
  readonly target: Names;
  /** The value of the target that counts as the event. @defaultValue 1 of 0 and 1, true, or the later of two levels; numbers of more than two values are amounts */
  readonly positive?: TargetValue;
  /** Learns a model from the earlier rows; `rows` are their positions in the data. Everything that is learnt (choices too) belongs in here. */
  readonly fit: (train: TableLike<Names>, rows: Uint32Array) => Model;
  /** Scores the later rows, one number each. @defaultValue model.predictProbability(test), for amounts model.predict(test) */
  readonly predict?: (model: Model, test: TableLike<Names>) => ArrayLike<number>;
  /** Named figures of merit. @defaultValue rocAuc, logLoss, brierScore and averagePrecision; for amounts they have to be given */
  readonly metrics?: Readonly<Record<MetricName, Metric>>;
  /** Weights for the metrics: a column, or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** A column whose rows of one value are drawn together for the intervals, such as the customer of repeated snapshots. @defaultValue every row by itself */
  readonly groups?: Names;
  /** How many bootstrap samples the intervals rest on. @defaultValue 500 */
  readonly replicates?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance in the intervals, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** What {@link validateOutOfTime} returns. */
export interface OutOfTimeValidation<Model, MetricName extends string> {
  /** Each metric on the later rows, with an interval by bootstrap. */
  readonly metrics: Readonly<Record<MetricName, BootstrapEstimate>>;
  /** Positions of the later rows, ascending. */
  readonly rows: Uint32Array;
  /** Their scores, in that order. */
  readonly scores: Float64Array;
  /** What happened there: 1 for the event and 0 for none, or the amounts. */
  readonly labels: Float64Array;
  /** First moment that is judged, as the column has it (dates in UTC milliseconds). */
  readonly testFrom: number;
  /** How many rows were learnt from. */
  readonly trainRows: number;
  /** Earlier rows left out because their outcome was not over. */
  readonly purgedRows: number;
  /** The model that was judged. */
  readonly model: Model;
}

const OPTIONS = ['target', 'positive', 'fit', 'predict', 'metrics', 'weights', 'groups', 'replicates', 'confidence', 'seed', 'time', 'horizon', 'testFrom', 'testShare'];

/**
 * How a way of learning does on later customers: it learns from earlier rows only, and is judged on those that follow.
 *
 * The honest figure wherever rows carry dates: folds at random let a model look into the future, and in markets that move they promise what later
 * customers do not keep. Rows of one moment stay on one side. With `horizon`, rows whose outcome was still open when the test begins are left out of the training, as
 * they would have been on that day. One fit.
 *
 * @param data - a Frame, rows, or columns
 * @param options - target, time, fit, and where to cut
 * @returns metrics with intervals, the scores of the later rows, the model
 * @throws a {@link ClientelaError} `INVALID_OPTION` where a side of the cut is empty, `TARGET_CLASSES`, `MISSING_VALUE`, `COLUMN_KIND`, `UNKNOWN_COLUMN`, `INVALID_DATE`,
 * `LENGTH_MISMATCH` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * import { fitLogisticRegression } from 'clientela/learners';
 * const rows = Array.from({ length: 200 }, (_, day) => ({ day, visits: (day * 7) % 10, bought: Number((day * 37) % 100 < ((day * 7) % 10) * 10) }));
 * const result = validateOutOfTime(rows, {
 *   target: 'bought', time: 'day', horizon: 14, testShare: 0.25,
 *   fit: (train) => fitLogisticRegression(train, { target: 'bought', features: ['visits'] }),
 * });
 * [result.testFrom, result.trainRows, result.purgedRows]; // => [150, 137, 13]
 * result.metrics.rocAuc.estimate > 0.5; // => true
 * ```
 */
export function validateOutOfTime<Data extends TableOf<Data>, Model, MetricName extends string = DefaultMetric>(
  data: Data,
  options: ValidateOutOfTimeOptions<ColumnNameOf<Data>, Model, MetricName>,
): OutOfTimeValidation<Model, MetricName> {
  const caller = 'validateOutOfTime';
  requireKnownOptions(caller, options, OPTIONS);
  requireFit(caller, options.fit);
  const view = parseTable(caller, data);
  const { confidence = 0.95, seed = 1, replicates = 500, groups } = options;
  normalMultiplier(caller, confidence);
  const target = readJudgedTarget(caller, view, options.target, options.positive);
  const weights = options.weights === undefined ? undefined : readWeights(caller, view, options.weights);
  const metrics = usualMetrics(caller, target, options.metrics, { rocAuc, logLoss, brierScore, averagePrecision } as Readonly<Record<MetricName, Metric>>);
  const cut = outOfTimeRows(caller, view, options);
  const model = options.fit(takeRows(view, cut.train), cut.train);
  const predict = options.predict ?? usualPredictor(caller, target.numeric);
  const scores = Float64Array.from(requireScores(caller, predict(model, takeRows(view, cut.test)), cut.test));
  const labels = Float64Array.from(cut.test, (row) => target.values[row]!);
  const drawn = {
    ...(weights === undefined ? {} : { weights: Float64Array.from(cut.test, (row) => weights[row]!) }),
    ...(groups === undefined ? {} : { groups: Array.from(cut.test, (row) => groupAt(caller, view.source(groups), row)) }),
  };
  const summary = mapValues(metrics, (metric) => bootstrapInterval(metric, labels, scores, { ...drawn, replicates, confidence, seed }));
  return { metrics: summary, rows: cut.test, scores, labels, testFrom: cut.testFrom, trainRows: cut.train.length, purgedRows: cut.purged, model };
}

function groupAt(caller: string, column: Parameters<typeof cellAt>[0], row: number): unknown {
  const value = cellAt(column, row);
  if (value !== null) return value;
  throw new ClientelaError('MISSING_VALUE', `${caller} needs a group for every row judged, found none in row ${row}; give such rows a group of their own`, { row });
}
