import { requireDuration, type Duration } from '../../data/duration.js';
import type { DateColumn } from '../../data/column.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import type { SnapshotShape } from '../../data/snapshotPlan.js';
import { firstMoment, lastMoment } from '../../scores/readLog.js';
import type { ChurnRule } from '../define/churnRule.js';
import { churnSnapshots } from '../define/churnSnapshots.js';
import type { ChurnPractice } from './churnPractice.js';
import { joinAttributes, type CustomerAttributes } from './joinAttributes.js';

/** What is to be foretold from an event log, and at which moments it is practised. */
export interface ChurnLogOptions extends Omit<SnapshotShape, 'like' | 'itemRecency'> {
  /** Whether the days since the last event of each item are a column: silence about one item tells of leaving. @defaultValue true */
  readonly itemRecency?: boolean;
  /** What leaving (or deepening) means; see `ChurnRule`. */
  readonly rule: ChurnRule;
  /** How long it may take. */
  readonly horizon: Duration;
  /** How recent an event makes a customer one that can leave. @defaultValue as the rule has it: for inactivity, the horizon */
  readonly lookback?: Duration;
  /** Time between the moment of scoring and the first day that counts: as long as it takes to reach the customer. @defaultValue none */
  readonly gap?: Duration;
  /** The last moment to learn from, at the latest. @defaultValue the last whose window is over */
  readonly to?: Instant;
  /** The first moment to learn from. @defaultValue five steps before the last, but one horizon after the first event at the earliest */
  readonly from?: Instant;
  /** The step from one moment to the next. @defaultValue the horizon */
  readonly every?: Duration;
  /** What is known of customers beside their events. @defaultValue nothing */
  readonly customers?: CustomerAttributes;
}

/** The names of {@link ChurnLogOptions}. */
export const CHURN_LOG_OPTIONS: readonly string[] = ['rule', 'lookback', 'customers', 'horizon', 'gap', 'from', 'to', 'every', 'windows', 'items', 'channels', 'maxLevels', 'itemRecency'];

/** What a log is asked for learning, beside what makes its rows. */
export const LOG_LEARN_OPTIONS: readonly string[] = ['features', 'exclude', 'baseline', 'methods', 'costs', 'design', 'testShare', 'folds', 'minLevelCount', 'seed', 'confidence', 'onProgress'];

/** Options of a log taken apart: those that make its rows, and those of learning from them. */
export function splitOptions(options: ChurnLogOptions): { readonly making: ChurnLogOptions; readonly learning: Readonly<Record<string, unknown>> } {
  const given = Object.entries(options) as [string, unknown][];
  const [making, learning] = [CHURN_LOG_OPTIONS, LOG_LEARN_OPTIONS].map((names) => Object.fromEntries(given.filter(([name]) => names.includes(name))));
  return { making: making as unknown as ChurnLogOptions, learning: learning! };
}

/** Rows to learn from, and how they were made. */
export interface ChurnRows {
  /** `customer`, `asOf`, the features, and the label under the name asked for. */
  readonly rows: Frame;
  /** Gap and horizon together. */
  readonly span: Duration;
  readonly practice: ChurnPractice;
  /** What the way the rows were made does to the figures. */
  readonly cautions: readonly string[];
}

/** Customers who could leave, at a series of moments, each with what was known then and what came after. */
export function churnRows(caller: string, log: EventLog, options: ChurnLogOptions, label: string): ChurnRows {
  const { rule, horizon, gap, lookback, every = horizon, from, to, customers, itemRecency = true, ...shape } = options;
  requireDuration(caller, 'horizon', horizon);
  requireDuration(caller, 'every', every);
  if (gap !== undefined) requireDuration(caller, 'gap', gap, true);
  const last = to ?? lastMoment(log.observedUntil, gap ?? { days: 0 }, horizon);
  const first = from ?? firstMoment(caller, log, requireInstant(caller, 'to', last), every, horizon);
  const made = churnSnapshots(log, { ...shape, itemRecency, drift: false, rule, horizon, from: first, to: last, every, label, ...(gap && { gap }), ...(lookback && { lookback }) });
  const moments = (made.rows.column('asOf') as DateColumn).values;
  const rows = customers === undefined ? made.rows : joinAttributes(caller, made.rows, (row) => moments[row]!, customers);
  const practice: ChurnPractice = { rule: storedRule(rule), horizon, ...(gap && { gap }), ...(lookback && { lookback }), attributes: rows.names.filter((name) => !made.rows.names.includes(name)) };
  const cautions = customers !== undefined && customers.knownAt === undefined ? ['the table of customers does not say from when its rows were known: what changed after the moments learnt from is known too early; give knownAt'] : [];
  return { rows, span: made.span, practice, cautions };
}

/** A score holds no customers: a rule that rests on their moments has to be given again. */
function storedRule(rule: ChurnRule): ChurnRule | null {
  return rule.kind === 'contract' && (rule.endedAt !== undefined || rule.startedAt !== undefined) ? null : rule;
}
