import { requireChoice, requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableLike, TableOf } from '../../data/table.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { fitAdditiveLogistic } from '../../learners/additive/fitAdditiveLogistic.js';
import { fitLogisticRegression } from '../../learners/fitLogisticRegression.js';
import { fitBoostedTrees } from '../../learners/trees/fitBoostedTrees.js';
import { readSurvivalRows, SURVIVAL_COLUMNS, type SurvivalColumns } from '../survivalRows.js';
import { DiscreteHazard } from './discreteHazard.js';
import type { HazardLearner, HazardLearnerName, HazardModel, HazardTask } from './hazardLearners.js';
import { EVENT, hazardTable, TIME, type HazardTime } from './hazardTable.js';
import { intervalCuts } from './intervalCuts.js';
import { personPeriods, type PersonPeriods } from './personPeriods.js';

/** How a hazard is learnt. */
export interface DiscreteHazardOptions<Names extends string = string> extends SurvivalColumns<Names> {
  /** The columns to predict from. @defaultValue every column but those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** How many intervals, or their ends ascending from above 0. With `time: 'intervals'` one without an event is joined to the next. @defaultValue one for each time of an event where there are 60 or fewer, otherwise 20 with about as many events each */
  readonly intervals?: number | readonly number[];
  /** `'logistic'`: odds multiply, with errors and tests in `model`; `'additive'`: smooth terms; `'boosted trees'`: whatever the data show, also hazards that cross; or a learner of your own. @defaultValue 'logistic' */
  readonly learner?: HazardLearnerName | HazardLearner;
  /** How time stands among the features, as column `(time)`: `'intervals'`: a level for each; `'number'`: the end of the interval; `'log'`: its logarithm. @defaultValue `'intervals'` for `'logistic'`, otherwise `'number'` */
  readonly time?: HazardTime;
  /** The ridge penalty of `'logistic'`, on standardised columns. @defaultValue 0 */
  readonly ridge?: number;
  /** Chance in `'boosted trees'`, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

const CALLER = 'fitDiscreteHazard';
const LEARNERS: readonly HazardLearnerName[] = ['logistic', 'additive', 'boosted trees'];

/**
 * When customers leave, by any learner of probabilities: the hazard in each interval of time, learnt from a row for each customer and interval.
 *
 * With a logistic learner and a level for each interval this is the discrete-time survival model of Cox (1972) and Allison (1982); trees learn hazards that cross and effects
 * that change with time. A customer who was observed for part of an interval counts by that part, so that nothing is lost of those still without the event. Start–stop rows (`entry`) carry what changes
 * over time. Rows × intervals have to fit in memory: with many rows take fewer intervals. O(rows × intervals) and the learner.
 *
 * @param data - one row a customer, or a customer and stretch of time: a Frame, rows or columns
 * @param options - durations, events, learner; see {@link DiscreteHazardOptions}
 * @returns the model
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `NOT_IDENTIFIED` (no event), `UNKNOWN_COLUMN`, `COLUMN_KIND`, `MISSING_VALUE`, `INVALID_VALUE`, `TARGET_CLASSES` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = Array.from({ length: 400 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', months: 1 + (i % 6), left: i % (i % 2 ? 7 : 2) === 0 }));
 * const hazard = fitDiscreteHazard(customers, { duration: 'months', event: 'left' });
 * hazard.cuts; // => [0, 1, 2, 3, 4, 5, 6]
 * const [basic, gold] = hazard.predictSurvival([{ plan: 'basic' }, { plan: 'gold' }], 3);
 * basic < gold; // => true
 * // What remains of the next two months, for one who has stayed two.
 * hazard.predictSurvival([{ plan: 'gold' }], 2, { elapsed: 2 })[0] > gold; // => true
 * ```
 */
export function fitDiscreteHazard<Data extends TableOf<Data>>(data: Data, options: DiscreteHazardOptions<ColumnNameOf<Data>>): DiscreteHazard {
  requireKnownOptions(CALLER, options, [...SURVIVAL_COLUMNS, 'features', 'intervals', 'learner', 'time', 'ridge', 'seed']);
  const learner = typeof options.learner === 'function' ? options.learner : requireChoice(CALLER, 'learner', options.learner ?? 'logistic', LEARNERS);
  const view = parseTable(CALLER, data);
  const rows = readSurvivalRows(CALLER, view, options);
  const time = requireChoice(CALLER, 'time', options.time ?? (learner === 'logistic' ? 'intervals' : 'number'), ['intervals', 'number', 'log']);
  const cuts = intervalCuts(CALLER, rows, options.intervals, time === 'intervals');
  const features = featuresOf(view, options);
  const periods = personPeriods(rows, cuts);
  const table = hazardTable(view, features, periods.rows, { intervals: periods.intervals, cuts, time, labels: periods.labels });
  const task = { target: EVENT, features: [...features, TIME], weights: periods.weights };
  const model = typeof learner === 'function' ? learner(table, task) : learn(learner, table, task, options);
  return new DiscreteHazard(
    {
      features,
      learner: typeof learner === 'function' ? 'own' : learner,
      time,
      cuts: Array.from(cuts),
      rowCount: rows.weights === null ? view.rowCount : rows.weights.filter((weight) => weight > 0).length,
      events: rows.events.reduce((sum, came, row) => sum + came * (rows.weights?.[row] ?? 1), 0),
      periodCount: periods.rows.length,
      logLikelihood: logLikelihood(requireHazards(model, table), periods),
    },
    model,
  );
}

function featuresOf(view: ParsedTable, { features, duration, event, entry, weights }: DiscreteHazardOptions): readonly string[] {
  const isOther = (name: string): boolean => [duration, event, entry, weights].includes(name);
  const isId = (name: string): boolean => (view.source(name)).kind === 'id';
  const chosen = features ?? view.names.filter((name) => !isOther(name) && !isId(name));
  const wrong = chosen.find((name) => isOther(name) || name === TIME || name === EVENT);
  if (wrong !== undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} cannot use "${wrong}" as a feature: it says when the event came; leave it out of features`, { function: CALLER, column: wrong });
  return chosen;
}

function learn(learner: HazardLearnerName, table: TableLike, { target, features, weights }: HazardTask, { ridge = 0, seed = 1 }: DiscreteHazardOptions): HazardModel {
  switch (learner) {
    case 'logistic':
      return fitLogisticRegression(table, { target, features, weights, ridge });
    case 'additive':
      return fitAdditiveLogistic(table, { target, features, weights });
    case 'boosted trees':
      return fitBoostedTrees(table, { target, features, weights, seed });
  }
}

/** Probabilities below 1, one a row; a hazard of 1 leaves nobody to foretell. */
function requireHazards(model: HazardModel, table: TableLike): Float64Array {
  const hazards = model.predictProbability(table);
  const row = hazards.findIndex((hazard) => !(hazard >= 0 && hazard <= 1));
  if (hazards.length === table.rowCount && row < 0) return hazards;
  throw new ClientelaError('INVALID_VALUE', `${CALLER} needs a learner that foretells a probability for each row, found ${row < 0 ? `${hazards.length} for ${table.rowCount} rows` : String(hazards[row])}`, { function: CALLER, option: 'learner' });
}

function logLikelihood(hazards: Float64Array, { labels, weights }: PersonPeriods): number {
  return hazards.reduce((sum, hazard, i) => (weights[i] === 0 ? sum : sum + weights[i]! * (labels[i] === 1 ? Math.log(hazard) : Math.log1p(-hazard))), 0);
}
