import { addDuration } from '../../data/calendar.js';
import { requireDuration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import { requireInstant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { outcomeTest } from '../../data/outcome.js';
import { requireLog, requireObserved } from '../../data/requireLog.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { survivalAt } from '../../numeric/survival/survivalCurve.js';
import { balancedDay, cheapestDay, errorCurve, errorsAt, type CheapestDay, type ThresholdErrors } from './errorCurve.js';
import { gapPercentiles, type GapPercentile } from './gapPercentiles.js';
import { gapTable, type GapTable } from './gapTable.js';
import { regainEstimate } from './regain.js';
import { suggestDays, type SuggestedDays } from './suggestDays.js';
import { requireCosts, requireLevel, type ThresholdOptions } from './thresholdOptions.js';
import { thresholdWarnings } from './thresholdWarnings.js';
import { visitGaps, type VisitGaps } from './visitGaps.js';

/** One silence, and what becomes of it. */
export interface SilenceRow extends ThresholdErrors {
  /** How long the silence has lasted, days. */
  readonly days: number;
  /** Gaps of at least so many days, closed and open. */
  readonly gaps: number;
  /** The share of gaps that last longer than this. */
  readonly survival: number;
  /** Of the silences that have lasted so long the share that ends within the horizon; null where silences were not observed for `days` and the horizon. */
  readonly regain: Estimate | null;
}

/** How long a silence must be to mean that a customer is gone. */
export interface ChurnThresholds {
  /** The moment looked from, UTC epoch milliseconds. */
  readonly asOf: number;
  /** The horizon in days, as counted back from that moment. */
  readonly horizonDays: number;
  /** Customers with a visit. */
  readonly customers: number;
  /** Visits of theirs. */
  readonly visits: number;
  /** Gaps that ended with a visit. */
  readonly closedGaps: number;
  /** Gaps still open, one a customer: who they are is what one wants to know, so they may not be left out. */
  readonly openGaps: number;
  /** One row a silence asked for. */
  readonly silences: readonly SilenceRow[];
  /** The first whole day of silence after which no more than `level` come back within the horizon, and the days between which it lies; null where it does not come to that. */
  readonly suggested: SuggestedDays | null;
  /** The first whole day on which the share of missed customers reaches that of false alarms (the crossing of the D-curve); null where it never does. */
  readonly balancedDays: number | null;
  /** The whole day of least cost a customer; null without costs. */
  readonly cheapest: CheapestDay | null;
  /** Shares 0.5, 0.8, 0.9, 0.95 and 0.99 of gaps, as usually computed and with open gaps counted. */
  readonly percentiles: readonly GapPercentile[];
  /** What to know before using the figures, in words. */
  readonly warnings: readonly string[];
}

const CALLER = 'churnThresholds';
const OPTIONS = ['horizon', 'asOf', 'outcome', 'visits', 'silences', 'level', 'costs', 'confidence'] as const;
const SILENCES: readonly number[] = [0, 7, 14, 30, 60, 90, 120, 180, 240, 300, 360];

/**
 * After how long a silence a customer without contract should count as gone.
 *
 * Every visit opens a gap; the last one of each customer is still open, and is counted as longer than it is so far (Kaplan and Meier, 1958). From that
 * curve S comes the share that still comes back within the horizon H after d days of silence, R(d) = 1 - S(d + H) / S(d), with an interval that
 * allows for customers with many gaps alike (infinitesimal jackknife by customer). The suggested threshold is the first day on which it is down to `level`.
 * Beside it stand the two errors of every threshold as they were so far (the D-curve), taking all who are silent at the end as lost, and the percentiles
 * of closed gaps that are usually taken for a threshold, with what they really stand for.
 *
 * Silences are those of all customers, frequent ones having more of them; {@link personalRhythm} is about each by itself. O(gaps × silences).
 *
 * @param log - who did what, when
 * @param options - the horizon, and which events count; see {@link ThresholdOptions}
 * @returns silences, thresholds, percentiles, warnings
 * @throws a {@link ClientelaError} `EMPTY_INPUT` without visits before `asOf`; `NOT_IDENTIFIED` where nobody ever came back;
 * `UNKNOWN_ID`, `INVALID_DATE`, `INVALID_OPTION` or `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const days = [['ann', 1], ['ann', 4], ['ann', 7], ['bob', 1], ['bob', 3], ['cid', 2]];
 * const log = EventLog.fromRows(days.map(([who, day]) => ({ who, at: `2026-01-0${day}` })), { customer: 'who', time: 'at' }, { observedUntil: '2026-01-11' });
 * const { silences, closedGaps, openGaps } = churnThresholds(log, { horizon: { days: 3 }, silences: [0, 3] });
 * [closedGaps, openGaps]; // => [3, 3]
 * silences.map(({ regain }) => regain?.estimate); // => [0.5, 0]
 * ```
 */
export function churnThresholds(log: EventLog, options: ThresholdOptions): ChurnThresholds {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, OPTIONS);
  const { outcome, visits = 'days', level = 0.2, costs, confidence = 0.95 } = options;
  requireChoice(CALLER, 'visits', visits, ['days', 'moments']);
  requireLevel(CALLER, level);
  const z = normalMultiplier(CALLER, confidence);
  const asOf = options.asOf === undefined ? log.observedUntil : requireInstant(CALLER, 'asOf', options.asOf);
  requireObserved(CALLER, log, asOf);
  const horizonDays = (asOf - addDuration(asOf, requireDuration(CALLER, 'horizon', options.horizon), -1)) / DAY_MILLIS;
  const gaps = visitGaps(log, asOf, outcomeTest(CALLER, log, outcome), visits);
  requireVisits(gaps, asOf);
  const table = gapTable(gaps, visits);
  const curve = errorCurve(table);
  const row = (days: number): SilenceRow => {
    const { closedFrom, openFrom } = curve;
    const errors = errorsAt(table, curve, days);
    const k = table.lengths.findIndex((length) => length >= days);
    return { days, gaps: k < 0 ? 0 : closedFrom[k]! + openFrom[k]!, survival: survivalAt(table.curve, days), regain: regainEstimate(gaps, table, days, horizonDays, z), ...errors };
  };
  const result = {
    asOf,
    horizonDays,
    customers: gaps.customers.length,
    visits: gaps.lengths.length,
    closedGaps: gaps.lengths.length - gaps.customers.length,
    openGaps: gaps.customers.length,
    silences: silencesOf(options.silences, table).map(row),
    suggested: suggestDays(gaps, table, { horizonDays, level, z }),
    balancedDays: balancedDay(table, curve),
    cheapest: costs === undefined ? null : cheapestDay(table, curve, requireCosts(CALLER, costs)),
    percentiles: gapPercentiles(table, [0.5, 0.8, 0.9, 0.95, 0.99]),
  };
  return { ...result, warnings: thresholdWarnings(result, table, level) };
}

function silencesOf(asked: readonly number[] | undefined, { lengths }: GapTable): readonly number[] {
  if (asked === undefined) return SILENCES.filter((days) => days <= lengths[lengths.length - 1]!);
  for (const days of asked) {
    if (!(days >= 0 && days < Infinity)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs silences in days, 0 or more, found ${String(days)}`, { option: 'silences', value: days });
  }
  return asked;
}

function requireVisits({ customers, lengths }: VisitGaps, asOf: number): void {
  const day = new Date(asOf).toISOString().slice(0, 10);
  if (customers.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no visit before ${day}; choose a later asOf or another outcome`, { function: CALLER, asOf });
  if (lengths.length > customers.length) return;
  throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} needs customers who came back, found none of ${customers.length} with a second visit before ${day}; a longer log may have some`, { function: CALLER, asOf });
}
