import { requireKnownOptions, requireWhole } from '../data/options.js';
import type { ColumnNameOf, TableLike, TableOf } from '../data/table.js';
import { parseTable } from '../data/takeRows.js';
import type { CrossValidation, DefaultMetric, Metric } from './crossValidate.js';
import { crossValidate } from './crossValidate.js';
import { requireFit } from './crossValidationSteps.js';
import { readJudgedTarget } from './judgedTarget.js';
import type { ParametersOf, SearchSpace } from './searchSpace.js';
import { search, TUNE_OPTIONS, type Trial, type TuneOptions } from './tune.js';

/** Options of {@link nestedCrossValidate}: those of `tune` say how to choose, the others how to judge. */
export interface NestedCrossValidateOptions<Names extends string, Model, Space extends SearchSpace, MetricName extends string>
  extends Omit<TuneOptions<Names, Model, Space>, 'outOfTime' | 'onProgress'> {
  /** How many folds the choice is made on, within the training rows of each outer fold. @defaultValue 5 */
  readonly innerFolds?: number;
  /** Named figures of merit for the judgement; the choice goes by `metric`. @defaultValue rocAuc, logLoss, brierScore and averagePrecision */
  readonly metrics?: Readonly<Record<MetricName, Metric>>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Called after every outer fold with the first metric on it as `objective`; returning false stops there. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** What {@link nestedCrossValidate} returns. */
export interface NestedCrossValidation<Parameters, MetricName extends string> extends CrossValidation<MetricName> {
  /** The trial chosen within each outer fold: parameters that differ much between folds hardly matter, or cannot be told apart. */
  readonly chosen: readonly Trial<Parameters>[];
}

/**
 * How well a way of learning does that chooses its own parameters: chosen inside, judged outside.
 *
 * Every outer fold is scored by a model whose parameters were tuned on the training rows alone, on folds of their own, and which was then learnt from all of them (Stone, 1974; Cawley
 * and Talbot, JMLR 11, 2010). So the figures hold for the whole procedure, the choice included, where the best estimate of {@link tune} flatters. For a target of amounts give `metrics`.
 * `groups` and `time` hold inside and outside. Costs folds x (innerFolds x budget + 1) fits at most.
 *
 * @param data - a Frame, rows, or columns
 * @param options - target, fit, space, budget as for `tune`; folds, innerFolds, metrics
 * @returns as `crossValidate`, with what was chosen in each fold
 * @throws a {@link ClientelaError} as `tune` and `crossValidate`
 * @example
 * ```ts
 * import { rocAuc } from 'clientela/evaluation';
 * import { fitLogisticRegression } from 'clientela/learners';
 * const customers = Array.from({ length: 90 }, (_, i) => ({ plan: i % 3 ? 'basic' : 'gold', left: i % 3 ? i % 5 === 0 : i % 5 > 0 }));
 * const result = nestedCrossValidate(customers, {
 *   target: 'left', folds: 3, innerFolds: 3, metrics: { rocAuc },
 *   space: { ridge: [0.1, 1, 1000] },
 *   fit: (train, { ridge }) => fitLogisticRegression(train, { target: 'left', ridge }),
 * });
 * result.chosen.length; // => 3
 * result.metrics.rocAuc.estimate > 0.7; // => true
 * ```
 */
export function nestedCrossValidate<Data extends TableOf<Data>, Model, const Space extends SearchSpace, MetricName extends string = DefaultMetric>(
  data: Data,
  options: NestedCrossValidateOptions<ColumnNameOf<Data>, Model, Space, MetricName>,
): NestedCrossValidation<ParametersOf<Space>, MetricName> {
  const caller = 'nestedCrossValidate';
  requireKnownOptions(caller, options, [...TUNE_OPTIONS.filter((name) => name !== 'outOfTime'), 'innerFolds', 'metrics', 'confidence']);
  const { innerFolds = 5, fit, space, metric, lowerIsBetter, budget, strategy, race, folds, onProgress, metrics, confidence, seed = 1, weights, ...shared } = options;
  requireFit(caller, fit);
  requireWhole(caller, 'innerFolds', innerFolds, 2);
  const choice = given({ metric, lowerIsBetter, budget, strategy, race });
  const view = parseTable(caller, data);
  const whole: TableLike<ColumnNameOf<Data>> = { rowCount: view.rowCount, names: view.names as readonly ColumnNameOf<Data>[], column: (name) => view.source(name) };
  const { numeric } = readJudgedTarget(caller, view, options.target, options.positive);
  const chosen: Trial<ParametersOf<Space>>[] = [];
  const judged = crossValidate<typeof whole, Model, MetricName>(whole, {
    ...shared,
    ...given({ folds, onProgress, metrics, confidence, weights }),
    seed,
    fit: (train, rows) => {
      // Other folds than outside; rows keep their positions in the data, and their weights.
      const inner = typeof weights === 'object' ? { weights: Float64Array.from(rows, (row) => weights[row]!) } : given({ weights });
      const tuning: TuneOptions<ColumnNameOf<Data>, Model, Space> = {
        ...shared,
        ...choice,
        ...inner,
        target: options.target,
        space,
        folds: innerFolds,
        seed: seed + 1,
        fit: (part, parameters, positions) => fit(part, parameters, positions.map((position) => rows[position]!)),
      };
      // The whole decides what the target is: a part of it may have two of its amounts only.
      const result = search<typeof train, Model, Space>(train, tuning, numeric);
      chosen.push(result.best);
      return result.fit();
    },
  });
  return { ...judged, chosen };
}

// Without the options that were not given: `undefined` is no value of an option.
function given<Options extends object>(options: Options): { [Name in keyof Options]?: NonNullable<Options[Name]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as typeof options;
}
