import type { TargetValue } from '../data/binaryTarget.js';
import { requireKnownOptions, requireWhole } from '../data/options.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { ColumnNameOf, TableLike, TableOf } from '../data/table.js';
import { takeColumn } from '../data/takeColumn.js';
import { parseTable, type ParsedTable } from '../data/takeRows.js';
import { unknownColumn } from '../data/unknownColumn.js';
import { ClientelaError } from '../errors.js';
import type { Estimate } from '../numeric/estimate.js';
import { createRandom, shuffle, type Random } from '../numeric/random.js';
import { requireFigure, requireMetric } from './countedMetric.js';
import type { Metric } from './crossValidate.js';
import { requireScores } from './crossValidationSteps.js';
import { normalMultiplier } from './intervals.js';
import { isLoss, readJudgedTarget, usualMetric, usualPredictor } from './judgedTarget.js';
import { metricOverFolds } from './metricOverFolds.js';
import { replaceColumns } from './replacedColumns.js';

/** Options of {@link permutationImportance}. */
export interface PermutationImportanceOptions<Names extends string, Model> {
  /** The column that says what happened; known in every row. */
  readonly target: Names;
  /** The value of the target that counts as the event. @defaultValue 1 of 0 and 1, true, or the later of two levels; numbers of more than two values are amounts */
  readonly positive?: TargetValue;
  /** What suffers when a column is shuffled. @defaultValue logLoss, for amounts meanSquaredError */
  readonly metric?: Metric;
  /** Whether a smaller value of the metric is the better one. @defaultValue true for the losses of this library, false otherwise */
  readonly lowerIsBetter?: boolean;
  /** Columns to look at; an array of several among them is shuffled as one, rows kept together. @defaultValue model.features, otherwise every column but the target */
  readonly features?: readonly (Names | readonly Names[])[];
  /** How often each is shuffled. @defaultValue 5 */
  readonly repeats?: number;
  /** Scores a table, one number per row. @defaultValue model.predictProbability(table), for amounts model.predict(table) */
  readonly predict?: (model: Model, table: TableLike<Names>) => ArrayLike<number>;
  /** Weights for the metric, and for how often a row lends its value: a column, or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each feature with its importance as `objective`; returning false stops there. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** How much one feature, or a group of them, matters to a model. */
export interface FeatureImportance extends Estimate {
  /** The column, or the columns of a group joined by ' + '. */
  readonly feature: string;
  /** The columns that were shuffled together. */
  readonly columns: readonly string[];
  /** Standard error of the estimate over the repeats; Infinity for one repeat. */
  readonly standardError: number;
  /** The loss in each repeat. */
  readonly losses: Float64Array;
}

/** What {@link permutationImportance} returns. */
export interface PermutationImportance {
  /** The metric with all columns as they are. */
  readonly metric: number;
  /** Features, the most important first. */
  readonly features: readonly FeatureImportance[];
  /** Whether onProgress ended the work early. */
  readonly stopped: boolean;
}

const OPTIONS = ['target', 'positive', 'metric', 'lowerIsBetter', 'features', 'repeats', 'predict', 'weights', 'confidence', 'seed', 'onProgress'];

/**
 * How much each feature matters to a fitted model: by how much the metric worsens when the values of that column are shuffled among the rows.
 *
 * Give rows the model has not seen: on its own training rows, what it learnt by heart counts as important. The estimate is the mean over the repeats, the interval
 * (Student's t) speaks of the chance in the shuffles, not of other customers (Breiman, 2001; Fisher, Rudin and Dominici, JMLR 20, 2019). Columns that say the
 * same share their importance, or hide it altogether, and shuffling one of them makes customers that cannot exist: shuffle such columns as a group.
 * About 0, or below it, is a feature without use here. One prediction of all rows per feature and repeat; only the shuffled column is copied.
 *
 * @param model - anything with predictProbability or predict, or with `predict` among the options
 * @param data - a Frame, rows, or columns, as the model takes them
 * @param options - target, metric, features, repeats, predict, weights, seed
 * @returns the metric as it is, and the features, the most important first
 * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_OPTION`, `MISSING_VALUE`, `TARGET_CLASSES`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE` for unusable predictions
 * @example
 * ```ts
 * const rows = Array.from({ length: 60 }, (_, i) => ({ visits: i % 10, shoe: (i * 7) % 4, bought: i % 10 > 4 }));
 * const model = { predictProbability: (table: { column(name: string): unknown }) => (table.column('visits') as { values: Float64Array }).values.map((visits) => visits / 10) };
 * const { features } = permutationImportance(model, rows, { target: 'bought' });
 * features[0]?.feature; // => 'visits'
 * features[1]?.estimate; // => 0
 * ```
 */
export function permutationImportance<Data extends TableOf<Data>, Model>(model: Model, data: Data, options: PermutationImportanceOptions<ColumnNameOf<Data>, Model>): PermutationImportance {
  requireKnownOptions(CALLER, options, OPTIONS);
  const view = parseTable(CALLER, data);
  const { confidence = 0.95, seed = 1 } = options;
  normalMultiplier(CALLER, confidence);
  const repeats = requireWhole(CALLER, 'repeats', options.repeats ?? 5, 1);
  const groups = columnGroups(model, view, options);
  const target = readJudgedTarget(CALLER, view, options.target, options.positive);
  const weights = options.weights === undefined ? undefined : readWeights(CALLER, view, options.weights);
  const metric = options.metric ?? usualMetric(target);
  requireMetric(CALLER, metric);
  const sign = isLoss(metric, options.lowerIsBetter) ? 1 : -1;
  const predict = options.predict ?? usualPredictor(CALLER, target.numeric);
  const all = Uint32Array.from({ length: view.rowCount }, (_, row) => row);
  const score = (table: TableLike<ColumnNameOf<Data>>): number => requireFigure(CALLER, metric(target.values, requireScores(CALLER, predict(model, table), all), weights));
  const whole = score(replaceColumns(view, new Map()));
  const features: FeatureImportance[] = [];
  let stopped = false;
  for (const columns of groups) {
    // Every feature meets the same shuffles, whichever others are asked for.
    const random = createRandom(seed);
    const losses = new Float64Array(repeats);
    for (let repeat = 0; repeat < repeats; repeat++) {
      const donors = donorsOf(view.rowCount, weights, random);
      losses[repeat] = sign * (score(replaceColumns(view, new Map(columns.map((name) => [name, takeColumn(view.source(name), donors)])))) - whole);
    }
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / repeats;
    features.push({ feature: columns.join(' + '), columns, ...metricOverFolds(mean, Array.from(losses), confidence), losses });
    stopped = options.onProgress?.({ done: features.length, total: groups.length, objective: mean }) === false && features.length < groups.length;
    if (stopped) break;
  }
  return { metric: whole, features: features.sort((a, b) => b.estimate - a.estimate), stopped };
}

const CALLER = 'permutationImportance';

// Without weights every row lends its value once; with weights rows lend in proportion, so that the column keeps its weighted distribution.
function donorsOf(rowCount: number, weights: Float64Array | undefined, random: Random): Uint32Array {
  const donors = Uint32Array.from({ length: rowCount }, (_, row) => row);
  if (weights === undefined) return shuffle(donors, random);
  const upTo = weights.slice();
  for (let row = 1; row < rowCount; row++) upTo[row]! += upTo[row - 1]!;
  return donors.map(() => {
    const place = random.uniform() * upTo[rowCount - 1]!;
    let low = 0;
    let high = rowCount - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > place) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}

function columnGroups(model: unknown, view: ParsedTable, options: { readonly target: string; readonly features?: readonly (string | readonly string[])[] }): string[][] {
  const own = (model as { readonly features?: unknown } | null | undefined)?.features;
  const named = Array.isArray(own) && own.every((name) => typeof name === 'string' && view.names.includes(name)) ? (own as string[]) : undefined;
  const wanted = options.features ?? named ?? view.names.filter((name) => name !== options.target);
  const groups = Array.from(wanted, (group) => (typeof group === 'string' ? [group] : [...group]));
  for (const name of groups.flat()) if (!view.names.includes(name)) throw unknownColumn(CALLER, name, view.names);
  if (groups.length > 0 && groups.every((group) => group.length > 0)) return groups;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs at least one feature, and one column in every group, found none; name columns in features`, { option: 'features' });
}
