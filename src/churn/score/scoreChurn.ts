import type { CustomerValues } from '../../data/customerValues.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { ClientelaError } from '../../errors.js';
import type { ChurnRule } from '../define/churnRule.js';
import { churnRowsAt } from '../define/churnRowsAt.js';
import type { ChurnScore } from './churnScore.js';
import { joinAttributes, type CustomerAttributes } from './joinAttributes.js';

/** Whom to score, and what is known of them. */
export interface ScoreChurnOptions {
  /** The moment. @defaultValue the end of observation */
  readonly asOf?: Instant;
  /** What is known of customers beside their events; needed for a score that learnt from such a table. */
  readonly customers?: CustomerAttributes;
  /** The rule, for a score whose rule rests on moments of customers. @defaultValue the rule of the score */
  readonly rule?: ChurnRule;
}

/**
 * The score of every customer of an event log who can leave at a moment, by what was known before it; for a score learnt from a log.
 *
 * Who has left already, or was not active in the lookback, is not among them. O(events + customers × features).
 *
 * @param score - a score learnt from a log
 * @param log - who did what, when, for how much
 * @param options - `asOf`: the moment; `customers`: their attributes; `rule`
 * @returns one probability a customer, with their identifiers
 * @throws a {@link ClientelaError} `INVALID_INPUT` for a score learnt from a table, `INVALID_OPTION`, `EMPTY_INPUT`, `UNKNOWN_COLUMN` or `INVALID_DATE`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { fitChurnScore } from 'clientela/churn';
 * const visits = Array.from({ length: 80 }, (_, c) => Array.from({ length: 30 }, (_, k) => ({ id: c, at: Date.UTC(2026, 0, 1 + k * (3 + (c % 9)) + ((c * 7 + k * 5) % 11)) }))).flat();
 * const log = EventLog.fromRows(visits.filter(({ at }) => at < Date.UTC(2026, 5, 1)), { customer: 'id', time: 'at' });
 * const score = fitChurnScore(log, { rule: { kind: 'inactivity' }, horizon: { weeks: 1 }, lookback: { weeks: 4 }, methods: ['logistic'] });
 * const { customers, values } = scoreChurn(score, log, { asOf: '2026-05-01' });
 * customers.length === values.length; // => true
 * ```
 */
export function scoreChurn(score: ChurnScore, log: EventLog, options: ScoreChurnOptions = {}): CustomerValues {
  requireLog('scoreChurn', log);
  requireKnownOptions('scoreChurn', options, ['asOf', 'customers', 'rule']);
  const asOf = options.asOf === undefined ? log.observedUntil : requireInstant('scoreChurn', 'asOf', options.asOf);
  const today = rowsOfToday('scoreChurn', [score], log, asOf, options);
  return { customers: today.ids(), values: score.predict(today), asOf };
}

const NEED_LOOKBACK: readonly ChurnRule['kind'][] = ['inactivity', 'lineDropped', 'newLine'];

/** The customers who can leave, described as these scores need it. */
export function rowsOfToday(caller: string, scores: readonly ChurnScore[], log: EventLog, asOf: number, options: ScoreChurnOptions): Frame {
  const { practice } = scores[0]!;
  if (practice === null) throw new ClientelaError('INVALID_INPUT', `${caller} needs a score learnt from an event log, found one learnt from a table; give its predict the rows of today`, { function: caller });
  const rule = options.rule ?? practice.rule;
  if (rule === null) throw new ClientelaError('INVALID_OPTION', `${caller} needs the rule again for a score whose rule rests on moments of customers, as a score holds none; give rule`, { function: caller, option: 'rule' });
  const features = [...new Set(scores.flatMap((score) => score.features))];
  const { attributes } = practice;
  // As in training: where silence is leaving, who was there within the horizon can leave.
  const lookback = practice.lookback ?? (NEED_LOOKBACK.includes(rule.kind) ? practice.horizon : undefined);
  if (options.customers === undefined && features.some((name) => attributes.includes(name))) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the table of customers for column "${features.find((name) => attributes.includes(name))!}"; give customers as in training`, { function: caller, option: 'customers' });
  }
  const rows = churnRowsAt(log, { asOf, rule, ...(lookback && { lookback }), like: features.filter((name) => !attributes.includes(name)) });
  return options.customers === undefined ? rows : joinAttributes(caller, rows, () => asOf, options.customers);
}
