import type { EventLog } from '../../data/eventLog.js';
import { requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableInput, TableOf } from '../../data/table.js';
import { isLog } from '../../scores/readLog.js';
import { directionOf } from '../define/churnRule.js';
import { CHURN_TABLE_OPTIONS, LEARN_OPTIONS, type ChurnLearnOptions, type ChurnScoreOptions } from './churnOptions.js';
import { CHURN_LOG_OPTIONS, churnRows, LOG_LEARN_OPTIONS, splitOptions, type ChurnLogOptions } from './churnRows.js';
import type { ChurnScore } from './churnScore.js';
import { learnChurn } from './learnChurn.js';

/** What a churn score is to learn from an event log, and how it is judged. */
export interface ChurnScoreLogOptions extends ChurnLogOptions, Omit<ChurnLearnOptions, 'direction'> {
  /** Columns to learn from, of those that the log and the table of customers give. @defaultValue all that can serve */
  readonly features?: readonly string[];
  /** Columns not to learn from. */
  readonly exclude?: readonly string[];
  /** The column that might do as well alone. @defaultValue `recencyDays` */
  readonly baseline?: string;
}

const CALLER = 'fitChurnScore';
/** The column of labels in rows made from a log. */
const LABEL = 'churned';

/**
 * The calibrated probability that a customer leaves (or deepens) within the horizon, in one call: chosen, learnt, judged, and explained.
 *
 * Logistic regression, elastic net, additive curves with crosses and boosted trees are tried on the same rows left out, and the simplest whose log loss
 * is within one standard error of the least is taken. It is judged on customers it has not seen: where moments are known on the latest ones, learning
 * only from rows whose outcome was over by then; otherwise on folds, all rows of one customer in one. Rare leavers need nothing special: the
 * probabilities stay those of the data, and the cut follows from costs (`costThreshold`); rows multiplied to balance the classes are refused, for they
 * are learnt from and judged on at once. The report adds the base rate by moment, intervals, lift of the first tenth, expected maximum profit,
 * what the design of the data does to the figures, and a verdict. O(rows × columns²), the choice on 20,000 rows at most.
 *
 * @param data - one row a customer (and moment): a Frame, rows or columns
 * @param options - the target, and how to judge
 * @returns the score, with its `report`, `explain(row)`, `profiles()`, `threshold(costs)` and `decide(data, costs)`
 * @throws a {@link ClientelaError} `TARGET_CLASSES` for a target without two classes of ten rows or more, `INVALID_INPUT` for multiplied rows,
 * `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_OPTION`, `NON_FINITE_VALUE`
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * const random = createRandom(1);
 * const customers = Array.from({ length: 400 }, (_, i) => ({ complaints: i % 10, plan: i % 3 ? 'basic' : 'gold', left: random.uniform() < 0.08 * (i % 10) + 0.1 ? 'yes' : 'no' }));
 * const score = fitChurnScore(customers, { target: 'left', methods: ['logistic'] });
 * score.report.isBelievable; // => true
 * score.explain({ complaints: 9, plan: 'gold' })[0]?.feature; // => 'complaints'
 * score.threshold({ customerValue: 200, contactCost: 1, incentiveCost: 10 }); // => 11 / 67
 * ```
 */
export function fitChurnScore<Data extends TableOf<Data>>(data: Data, options: ChurnScoreOptions<ColumnNameOf<Data>>): ChurnScore;
/**
 * The same from an event log: the customers who could leave at each of a series of moments, what was known of them then, and whether they did in the
 * horizon after, by the rule. `scoreChurn` gives the scores of today.
 *
 * @param log - who did what, when, for how much
 * @param options - the rule and its horizon, the moments, attributes of customers, and how to judge
 * @returns the score; its features are columns of `snapshot`, and attributes
 */
export function fitChurnScore(log: EventLog, options: ChurnScoreLogOptions): ChurnScore;
export function fitChurnScore(data: TableInput | EventLog, options: ChurnScoreOptions | ChurnScoreLogOptions): ChurnScore {
  if (isLog(data)) return fitFromLog(data, options as ChurnScoreLogOptions);
  requireKnownOptions(CALLER, options, [...CHURN_TABLE_OPTIONS, ...LEARN_OPTIONS]);
  return learnChurn(CALLER, data, options as ChurnScoreOptions).score;
}

function fitFromLog(log: EventLog, options: ChurnScoreLogOptions): ChurnScore {
  requireKnownOptions(CALLER, options, [...CHURN_LOG_OPTIONS, ...LOG_LEARN_OPTIONS]);
  const { making, learning } = splitOptions(options);
  const made = churnRows(CALLER, log, making, LABEL);
  return learnChurn(CALLER, made.rows, { ...learning, target: LABEL, time: 'asOf', horizon: made.span, direction: directionOf(options.rule) }, made).score;
}
