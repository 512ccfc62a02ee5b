import type { CustomerValues } from '../data/customerValues.js';
import type { EventLog } from '../data/eventLog.js';
import type { Instant } from '../data/instant.js';
import { requireKnownOptions } from '../data/options.js';
import { requireLog } from '../data/requireLog.js';
import { snapshot } from '../data/snapshot.js';
import type { TargetScore } from './targetScore.js';

/**
 * The score of every customer of an event log at a moment, by what was known before it; for a score learnt from a log, or from `snapshot`.
 *
 * O(events + customers × features).
 *
 * @param score - a score whose features are columns of a snapshot
 * @param log - who did what, when, for how much
 * @param options - `asOf`: the moment; by default the end of observation
 * @returns one probability a customer with an event before the moment, with their identifiers
 * @throws a {@link ClientelaError} `UNKNOWN_COLUMN` for features that no snapshot has, `EMPTY_INPUT`, `INVALID_DATE`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { fitTargetScore } from 'clientela/scoring';
 * const events = Array.from({ length: 60 }, (_, c) => Array.from({ length: 20 }, (_, k) => ({ id: c, at: Date.UTC(2026, 0, 1 + k * (3 + (c % 9)) + (c % 5)) }))).flat();
 * const log = EventLog.fromRows(events, { customer: 'id', time: 'at' });
 * const score = fitTargetScore(log, { horizon: { weeks: 1 }, methods: ['logistic'] });
 * const { customers, values } = scoreCustomers(score, log, { asOf: '2026-04-01' });
 * [customers.length, values.length]; // => [60, 60]
 * ```
 */
export function scoreCustomers(score: TargetScore, log: EventLog, options: { readonly asOf?: Instant } = {}): CustomerValues {
  const caller = 'scoreCustomers';
  requireLog(caller, log);
  requireKnownOptions(caller, options, ['asOf']);
  const today = snapshot(log, { asOf: options.asOf ?? log.observedUntil, like: score.features });
  return { customers: today.ids(), values: score.predict(today) };
}
