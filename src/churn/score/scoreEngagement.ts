import type { EventLog } from '../../data/eventLog.js';
import { requireInstant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import type { EngagementProbabilities, EngagementScore } from './engagementScore.js';
import { rowsOfToday, type ScoreChurnOptions } from './scoreChurn.js';

/** The three probabilities of customers, with their identifiers. */
export interface CustomerEngagement extends EngagementProbabilities {
  /** Identifiers, in the order of the probabilities. */
  readonly customers: readonly (string | number)[];
  /** The moment, UTC epoch milliseconds. */
  readonly asOf: number;
}

/**
 * The probabilities of leaving, staying as they are and growing of every customer of an event log who can leave at a moment; for a score learnt from a log.
 *
 * O(events + customers × features).
 *
 * @param score - a two-sided score learnt from a log
 * @param log - who did what, when, for how much
 * @param options - `asOf`: the moment; `customers`: their attributes; `rule`
 * @returns three probabilities a customer
 * @throws a {@link ClientelaError} as `scoreChurn`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { fitEngagementScore } from 'clientela/churn';
 * const visits = Array.from({ length: 90 }, (_, c) => Array.from({ length: 40 }, (_, k) => ({ id: c, at: Date.UTC(2026, 0, 1 + k * (3 + (c % 9)) + ((c * 7 + k * k * 5) % 13)) }))).flat();
 * const log = EventLog.fromRows(visits.filter(({ at }) => at < Date.UTC(2026, 5, 1)), { customer: 'id', time: 'at' });
 * const score = fitEngagementScore(log, { rule: { kind: 'inactivity' }, growth: { kind: 'growth', usual: { weeks: 4 } }, horizon: { weeks: 1 }, lookback: { weeks: 4 }, methods: ['logistic'] });
 * const { leave, same, grow } = scoreEngagement(score, log, { asOf: '2026-05-01' });
 * leave[0]! + same[0]! + grow[0]!; // => 1
 * ```
 */
export function scoreEngagement(score: EngagementScore, log: EventLog, options: ScoreChurnOptions = {}): CustomerEngagement {
  requireLog('scoreEngagement', log);
  requireKnownOptions('scoreEngagement', options, ['asOf', 'customers', 'rule']);
  const asOf = options.asOf === undefined ? log.observedUntil : requireInstant('scoreEngagement', 'asOf', options.asOf);
  const today = rowsOfToday('scoreEngagement', [score.leave, score.grow], log, asOf, options);
  return { customers: today.ids(), ...score.predict(today), asOf };
}
