import type { EventLog } from '../data/eventLog.js';
import { requireKnownOptions } from '../data/options.js';
import type { ColumnNameOf, TableInput, TableOf } from '../data/table.js';
import { learnTarget } from './learnTarget.js';
import { outcomeSpan } from './outcomeSpan.js';
import { isLog, LOG_OPTIONS, OUTCOME, readLog, type LogTargetOptions } from './readLog.js';
import { SCORE_OPTIONS, TARGET_OPTIONS, type TargetScoreLogOptions, type TargetScoreOptions } from './targetOptions.js';
import type { TargetScore } from './targetScore.js';

const CALLER = 'fitTargetScore';

/**
 * A validated, calibrated score for every customer, in one call: the probability of a target such as "buys within two weeks".
 *
 * Logistic regression, a scorecard, elastic net and boosted trees are tried on the same rows left out (later ones where dates are known), and the one with
 * the least log loss is taken (one of the first three, if it beats boosted trees by more than the standard error of the difference); numbers, categories,
 * booleans and missing values as they come.
 * It is judged on customers it has not seen: on later ones where dates are known, otherwise on folds left out in turn. The score
 * itself is then learnt from all labelled rows. Columns that know the outcome, and what changed over time, stand in the report. Identifiers, dates and columns that are the same everywhere are left out by themselves.
 * The choice is made on 20,000 rows at most, or as many as it takes to have 100 of the rarer class; then come 2 to 6 fits on all. O(rows × columns²).
 *
 * @param data - one row a customer (and moment): a Frame, rows or columns
 * @param options - the target, and how to judge
 * @returns the score, with its `report`, `profiles()` and `explain(row)`
 * @throws a {@link ClientelaError} `TARGET_CLASSES` for a target without two classes of ten rows or more, `EMPTY_INPUT`,
 * `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_OPTION`, `NON_FINITE_VALUE`
 * @example
 * ```ts
 * const customers = Array.from({ length: 200 }, (_, i) => ({ visits: i % 10, plan: i % 3 ? 'basic' : 'gold', bought: (i * 7) % 10 < i % 10 ? 'yes' : 'no' }));
 * const score = fitTargetScore(customers, { target: 'bought' });
 * score.report.auc.estimate > 0.7; // => true
 * score.predictRow({ visits: 9, plan: 'gold' }) > score.predictRow({ visits: 0, plan: 'gold' }); // => true
 * score.explain({ visits: 9, plan: 'gold' })[0]?.feature; // => 'visits'
 * ```
 */
export function fitTargetScore<Data extends TableOf<Data>>(data: Data, options: TargetScoreOptions<ColumnNameOf<Data>>): TargetScore;
/**
 * The same from an event log: every customer at a series of moments, with what was known then, and whether the outcome happened in the horizon after.
 * It is judged on the latest moments; `scoreCustomers` gives the scores of today.
 *
 * @param log - who did what, when, for how much
 * @param options - the outcome and its horizon, the moments, and how to judge
 * @returns the score; its features are columns of `snapshot`
 */
export function fitTargetScore(log: EventLog, options: TargetScoreLogOptions): TargetScore;
export function fitTargetScore(data: TableInput | EventLog, options: TargetScoreOptions | TargetScoreLogOptions): TargetScore {
  if (isLog(data)) return fitFromLog(data, options as TargetScoreLogOptions);
  requireKnownOptions(CALLER, options, [...TARGET_OPTIONS, ...SCORE_OPTIONS]);
  return learnTarget(CALLER, data, options as TargetScoreOptions).score;
}

function fitFromLog(log: EventLog, options: TargetScoreLogOptions): TargetScore {
  requireKnownOptions(CALLER, options, [...LOG_OPTIONS, ...SCORE_OPTIONS]);
  const given = Object.entries(options) as [string, unknown][];
  const [ofLog, ofScore] = [true, false].map((isLogs) => Object.fromEntries(given.filter(([name]) => LOG_OPTIONS.includes(name) === isLogs)));
  const data = readLog(CALLER, log, ofLog as unknown as LogTargetOptions);
  return learnTarget(CALLER, data, { ...ofScore, target: OUTCOME, time: 'asOf', horizon: outcomeSpan(options.gap, options.horizon) }).score;
}
