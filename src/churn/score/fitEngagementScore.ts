import type { TargetValue } from '../../data/binaryTarget.js';
import type { Column, DateColumn } from '../../data/column.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableInput, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { valuesById } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';
import { isLog } from '../../scores/readLog.js';
import { churnLabels } from '../define/churnLabels.js';
import { directionOf, type ChurnRule } from '../define/churnRule.js';
import { CHURN_TABLE_OPTIONS, LEARN_OPTIONS, type ChurnScoreOptions } from './churnOptions.js';
import { CHURN_LOG_OPTIONS, churnRows, LOG_LEARN_OPTIONS, splitOptions } from './churnRows.js';
import type { EngagementScore } from './engagementScore.js';
import type { ChurnScoreLogOptions } from './fitChurnScore.js';
import { learnEngagement } from './learnEngagement.js';

/** What a two-sided score is to learn from a table, and how it is judged. */
export interface EngagementScoreOptions<Names extends string = string> extends Omit<ChurnScoreOptions<Names>, 'positive' | 'direction'> {
  /** The value of the target for those who left. */
  readonly leave: TargetValue;
  /** The value for those who stayed and grew; any other value is staying as they were. */
  readonly grow: TargetValue;
}

/** What a two-sided score is to learn from an event log, and how it is judged. */
export interface EngagementScoreLogOptions extends ChurnScoreLogOptions {
  /** What growing means: `{ kind: 'growth', usual }` or `{ kind: 'newLine' }`; `rule` says what leaving means. Who did both has left. */
  readonly growth: ChurnRule;
}

const CALLER = 'fitEngagementScore';
const LABEL = 'leaves';

/**
 * Both sides of a relationship in one score: for every customer the calibrated probabilities of leaving, of staying as they are, and of growing.
 *
 * Two scores are learnt as `fitChurnScore` does, nested: leaving or not, from all; growing or not, from those who stayed. So the three add up to 1 by
 * construction, and no link between the two sides is assumed (ordered or multinomial forms would). O(rows × columns²).
 *
 * @param data - one row a customer (and moment): a Frame, rows or columns
 * @param options - the target with the values of leaving and growing, and how to judge
 * @returns the score: `predict(data)` gives three probabilities a row
 * @throws a {@link ClientelaError} as `fitChurnScore`
 * @example
 * ```ts
 * const customers = Array.from({ length: 300 }, (_, i) => ({ visits: i % 10, next: (i * 7) % 10 > i % 10 ? 'left' : (i * 3) % 10 < i % 10 ? 'grew' : 'same' }));
 * const score = fitEngagementScore(customers, { target: 'next', leave: 'left', grow: 'grew', methods: ['logistic'] });
 * score.predictRow({ visits: 0 }).leave > score.predictRow({ visits: 9 }).leave; // => true
 * score.report.shares.leave.estimate; // => 0.4
 * ```
 */
export function fitEngagementScore<Data extends TableOf<Data>>(data: Data, options: EngagementScoreOptions<ColumnNameOf<Data>>): EngagementScore;
/**
 * The same from an event log: the customers who could leave at each of a series of moments, and what they did in the horizon after, by two rules.
 *
 * @param log - who did what, when, for how much
 * @param options - the rules of leaving and growing, the horizon, the moments, and how to judge
 * @returns the score; `scoreEngagement` gives the probabilities of today
 */
export function fitEngagementScore(log: EventLog, options: EngagementScoreLogOptions): EngagementScore;
export function fitEngagementScore(data: TableInput | EventLog, options: EngagementScoreOptions | EngagementScoreLogOptions): EngagementScore {
  return isLog(data) ? fitFromLog(data, options as EngagementScoreLogOptions) : fitFromTable(data, options as EngagementScoreOptions);
}

function fitFromTable(data: TableInput, options: EngagementScoreOptions): EngagementScore {
  requireKnownOptions(CALLER, options, [...CHURN_TABLE_OPTIONS.filter((name) => name !== 'positive'), ...LEARN_OPTIONS.filter((name) => name !== 'direction'), 'leave', 'grow']);
  const { target, leave, grow, ...rest } = options;
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`, { function: CALLER });
  const [left, grew] = [codeOf(view.source(target), target, 'leave', leave), codeOf(view.source(target), target, 'grow', grow)];
  const rows = { ...view, names: view.names.filter((name) => name !== target) };
  const grows = left.map((is, row) => (is === 0 ? grew[row]! : NaN));
  return learnEngagement(CALLER, rows, { leaves: left, grows }, rest);
}

/** 1 where the column has the value, 0 where another, NaN where none. */
function codeOf(column: Column, target: string, option: string, value: TargetValue): Float64Array {
  const wanted = column.kind === 'category' ? column.levels.indexOf(String(value)) : Number(value);
  const values: ArrayLike<number> = column.kind === 'category' ? column.codes : column.kind === 'id' ? [] : column.values;
  const codes = Float64Array.from(values, (found) => (Number.isNaN(found) || (found < 0 && column.kind !== 'number') ? NaN : Number(found === wanted)));
  if (codes.includes(1)) return codes;
  throw new ClientelaError('TARGET_CLASSES', `${CALLER} needs rows with ${option} = ${describeValue(value)} in column "${target}", found none`, { function: CALLER, column: target, option, value });
}

function fitFromLog(log: EventLog, options: EngagementScoreLogOptions): EngagementScore {
  requireKnownOptions(CALLER, options, [...CHURN_LOG_OPTIONS, ...LOG_LEARN_OPTIONS, 'growth']);
  requireDirection('rule', options.rule, 'leave');
  requireDirection('growth', options.growth, 'deepen');
  const { making, learning } = splitOptions(options);
  const made = churnRows(CALLER, log, making, LABEL);
  const leaves = (made.rows.column(LABEL) as { readonly values: Float64Array }).values;
  const labels = { leaves, grows: growthOf(log, made.rows, options) };
  return learnEngagement(CALLER, parseTable(CALLER, made.rows.without([LABEL])), labels, { ...learning, time: 'asOf', horizon: made.span }, made);
}

function requireDirection(option: string, rule: ChurnRule, direction: 'leave' | 'deepen'): void {
  if (typeof rule === 'object' && (rule as object | null) !== null && directionOf(rule) === direction) return;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} as a rule of ${direction === 'leave' ? 'leaving' : 'growing, such as { kind: \'growth\', usual: { months: 6 } }'}, found ${describeValue((rule as { kind?: unknown } | undefined)?.kind)}`, { function: CALLER, option });
}

/** Whether the customer of each row grew; NaN where that is not known. */
function growthOf(log: EventLog, rows: Frame, { growth, horizon, gap, lookback }: EngagementScoreLogOptions): Float64Array {
  const moments = (rows.column('asOf') as DateColumn).values;
  const ids = rows.ids();
  const labelsAt = new Map([...new Set(moments)].map((asOf) => {
    const { customers, values } = churnLabels(log, { asOf, rule: growth, horizon, ...(gap && { gap }), ...(lookback && { lookback }) });
    return [asOf, valuesById(CALLER, customers, values)] as const;
  }));
  return moments.map((asOf, row) => labelsAt.get(asOf)!.get(String(ids[row]!)) ?? NaN);
}
