import type { TargetValue } from '../data/binaryTarget.js';
import type { Duration } from '../data/calendar.js';
import type { NumberColumn } from '../data/column.js';
import type { EventLog } from '../data/eventLog.js';
import type { Frame } from '../data/frame.js';
import { describeValue } from '../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../data/options.js';
import type { ColumnNameOf, TableInput, TableOf } from '../data/table.js';
import { ClientelaError } from '../errors.js';
import { profileRules } from '../evaluation/profileRules.js';
import { profiles } from '../evaluation/profiles.js';
import { chooseMethod } from './chooseMethod.js';
import { CUSTOMER, LABEL, prepareTarget, takePrepared, type PreparedTarget } from './prepareTarget.js';
import { LOG_OPTIONS, OUTCOME, readLog, type LogTargetOptions } from './readLog.js';
import { writeReport } from './writeReport.js';
import type { ScoreModelState } from './scoreModel.js';
import { learn, METHODS, type ScoreMethod } from './scoreMethods.js';
import { TargetScore, type TargetRules } from './targetScore.js';
import { cutLaterRows, scoreFolds, scoreLater, type ScoreFit } from './validateTarget.js';

/** What a score is to learn from an event log, and how it is judged: without `target`, which is made, and with `horizon`, which is needed. */
export interface TargetScoreLogOptions extends LogTargetOptions, Omit<TargetScoreOptions, 'target' | 'positive' | 'time' | 'horizon'> {}

/** What a score is to learn, and how it is judged. */
export interface TargetScoreOptions<Names extends string = string> {
  /** The column to predict; rows where it is missing are left out and counted. */
  readonly target: Names;
  /** The value of it whose probability is the score. @defaultValue 1 of 0 and 1, true, or the later of two levels (`yes` of `no` and `yes`) */
  readonly positive?: TargetValue;
  /** The columns to learn from. @defaultValue all that can serve; the report says which were left out, and why */
  readonly features?: readonly Names[];
  /** Columns not to learn from, such as what is known only afterwards. */
  readonly exclude?: readonly Names[];
  /** A column of dates: the score is then judged on the latest rows, having learnt from the earlier ones. @defaultValue `asOf`, where it is a column of dates */
  readonly time?: Names;
  /** How long after its moment the outcome of a row was observed (gap and horizon together): rows whose outcome was not over when the judgement begins are not learnt from for it. */
  readonly horizon?: Duration;
  /** Share of the rows kept for that judgement, between 0 and 1. @defaultValue 0.3 */
  readonly testShare?: number;
  /** Without dates: how many folds are left out in turn; all rows of a customer (by the column of kind `id`) in one. @defaultValue 5 */
  readonly folds?: number;
  /** Which ways of learning to try. @defaultValue all: `'logistic'` (ridge 0.1, 1, 10, 100), `'scorecard'`, `'elastic net'`, `'boosted trees'`; the one with the least log loss out of sample is taken, a linear one only if it beats boosted trees by more than the standard error */
  readonly methods?: readonly ScoreMethod[];
  /** The ridge penalty on standardised columns of a logistic regression; given, nothing else is tried. */
  readonly ridge?: number;
  /** Levels with fewer rows are taken together. @defaultValue 20 */
  readonly minLevelCount?: number;
  /** Chance in the folds, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Called after each way of learning tried, with its log loss; returning false keeps the best so far, and the report says so. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined;
}

const CALLER = 'fitTargetScore';
const SCORE_OPTIONS = ['features', 'exclude', 'testShare', 'folds', 'methods', 'ridge', 'minLevelCount', 'seed', 'confidence', 'onProgress'];

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
  return isLog(data) ? fitFromLog(data, options as TargetScoreLogOptions) : fitFromTable(data, options as TargetScoreOptions);
}

/** By its shape, as `requireLog` knows it. */
function isLog(data: TableInput | EventLog): data is EventLog {
  return typeof data === 'object' && (data as object | null) !== null && typeof (data as { momentOf?: unknown }).momentOf === 'function';
}

function fitFromLog(log: EventLog, options: TargetScoreLogOptions): TargetScore {
  requireKnownOptions(CALLER, options, [...LOG_OPTIONS, ...SCORE_OPTIONS]);
  const given = Object.entries(options) as [string, unknown][];
  const [ofLog, ofScore] = [true, false].map((isLogs) => Object.fromEntries(given.filter(([name]) => LOG_OPTIONS.includes(name) === isLogs)));
  const data = readLog(CALLER, log, ofLog as unknown as LogTargetOptions);
  return fitFromTable(data, { ...ofScore, target: OUTCOME, time: 'asOf', horizon: together(options.gap, options.horizon) });
}

/** Months after a gap can end up to three days later than the sum of both says: those days are purged too, rather than learnt from. */
function together(gap: Duration | undefined, horizon: Duration): Duration {
  if (gap === undefined) return horizon;
  const units = [...new Set([...Object.keys(gap), ...Object.keys(horizon)])] as (keyof Duration)[];
  const sum: Duration = Object.fromEntries(units.map((unit) => [unit, (gap[unit] ?? 0) + (horizon[unit] ?? 0)]));
  return sum.months === undefined && sum.years === undefined ? sum : { ...sum, days: (sum.days ?? 0) + 3 };
}

function fitFromTable(data: TableInput, options: TargetScoreOptions): TargetScore {
  requireKnownOptions(CALLER, options, ['target', 'positive', 'time', 'horizon', ...SCORE_OPTIONS]);
  const { testShare = 0.3, folds = 5, seed = 1, minLevelCount = 20, methods = METHODS } = options;
  requireMethods(CALLER, methods, options.ridge);
  requireShare(CALLER, testShare);
  requireWhole(CALLER, 'folds', folds, 2);
  requireWhole(CALLER, 'minLevelCount', minLevelCount, 0);
  const prepared = prepareTarget(CALLER, data, { ...options, minLevelCount });
  const events = requireEvents(CALLER, prepared, Math.max(10, folds));
  const cut = cutLaterRows(prepared, testShare, options.horizon);
  const { frame, features } = prepared;
  const known = cut === undefined ? prepared : takePrepared(prepared, cut.train);
  if (prepared.groupedBy !== undefined) requireCustomers(CALLER, known.frame, prepared.groupedBy);
  const search = chooseMethod(known, { ...options, methods, minLevelCount, seed });
  const fit: ScoreFit = (table) => learn(table, search.choice, { features, minLevelCount, seed });
  // Other folds than those of the choice.
  const outOfSample = cut === undefined ? scoreFolds(prepared, fit, folds, seed + 1) : scoreLater(prepared, cut, fit);
  const model = fit(frame);
  const report = writeReport({ prepared, outOfSample, cut, search, events, confidence: options.confidence ?? 0.95, knowsHorizon: options.horizon !== undefined, seed });
  const marked = profiles(frame, model.predictProbability(frame), { features });
  return new TargetScore({ format: 'TargetScore', formatVersion: 3, target: options.target, positive: prepared.positive, model: inWords(model.toJSON(), options.target, prepared.positive), report, profiles: marked, rules: findRules(prepared, seed) });
}

/** A card is printed and signed: it has to speak of the target by its name, not by that of the labels it was learnt from. */
function inWords(state: ScoreModelState, target: string, positive: TargetValue): ScoreModelState {
  if (state.format !== 'Scorecard') return state;
  const { summary } = state;
  return { ...state, summary: { ...summary, target, positive, meaning: summary.meaning.replace(`${LABEL} = 1`, `${target} = ${String(positive)}`) } };
}

function findRules({ frame, features, labels }: PreparedTarget, seed: number): TargetRules {
  const [most, least] = (['more', 'less'] as const).map((direction) => profileRules(frame, labels, { features, direction, seed }));
  return { most: most!, least: least! };
}

function requireMethods(caller: string, methods: readonly ScoreMethod[], ridge: number | undefined): void {
  if (!Array.isArray(methods) || methods.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs methods as an array of ${METHODS.join(', ')}, found ${describeValue(methods)}`, { option: 'methods', value: methods });
  }
  for (const method of methods) requireChoice(caller, 'methods', method, METHODS);
  if (ridge === undefined || methods.includes('logistic')) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} takes ridge for a logistic regression, found methods ${methods.join(', ')}; leave one of the two out`, { option: 'ridge' });
}

function requireShare(caller: string, share: number): void {
  if (share > 0 && share < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a testShare between 0 and 1, found ${describeValue(share)}`, { option: 'testShare', value: share });
}

/** All rows of a customer are in one fold: of one customer's events none would be left to learn from. */
function requireCustomers(caller: string, frame: Frame, column: string): void {
  const [labels, customers] = [LABEL, CUSTOMER].map((name) => (frame.column(name) as NumberColumn).values) as [Float64Array, Float64Array];
  for (const label of [1, 0]) {
    if (new Set(customers.filter((_, row) => labels[row] === label)).size > 1) continue;
    const which = label === 1 ? 'with' : 'without';
    throw new ClientelaError('TARGET_CLASSES', `${caller} needs rows ${which} the positive value from at least two customers (by column "${column}"), found them from one; add customers`, { column });
  }
}

function requireEvents(caller: string, { labels }: PreparedTarget, fewest: number): number {
  const events = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(events, labels.length - events) >= fewest) return events;
  throw new ClientelaError(
    'TARGET_CLASSES',
    `${caller} needs at least ${fewest} rows of each class to learn and to judge, found ${events} with the positive value and ${labels.length - events} without; add rows`,
    { events, others: labels.length - events },
  );
}
