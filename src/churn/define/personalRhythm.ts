import { addDuration } from '../../data/calendar.js';
import { requireDuration, type Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { outcomeTest } from '../../data/outcome.js';
import { customersAt } from '../../data/perCustomer.js';
import { requireLog, requireObserved } from '../../data/requireLog.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import type { EventsMeant } from './churnRule.js';
import { rhythmOf } from './rhythmAt.js';
import { fitRhythmPrior, type RhythmPrior } from './rhythmPrior.js';
import { visitGaps } from './visitGaps.js';

/** What {@link personalRhythm} asks of a log. */
export interface RhythmOptions {
  /** Only what happened before this moment is looked at. @defaultValue the end of observation of the log */
  readonly asOf?: Instant;
  /** Which events are a visit. @defaultValue any purchase */
  readonly outcome?: EventsMeant;
  /** Overdue is who stays away so long as this share of own gaps at most. @defaultValue 0.05 */
  readonly share?: number;
  /** No silence shorter than this is overdue, however regular the customer: the threshold of all, for caution. @defaultValue none */
  readonly atLeast?: Duration;
  /** How rates are spread over customers. @defaultValue by maximum likelihood from this log */
  readonly prior?: RhythmPrior;
}

/** The rhythm of every customer with a visit; arrays in the order of `customers`. */
export interface PersonalRhythm {
  /** The moment looked from, UTC epoch milliseconds. */
  readonly asOf: number;
  /** Identifiers, ascending. */
  readonly customers: readonly (string | number)[];
  /** Gaps between visits (days of visits, UTC) that have closed. */
  readonly gaps: Uint32Array;
  /** Whole days over since the last visit. */
  readonly silenceDays: Float64Array;
  /** The probability, by the customer's own rhythm, that a gap is longer than that. */
  readonly outlasting: Float64Array;
  /** From which silence the customer is overdue, days. */
  readonly thresholdDays: Float64Array;
  /** 1 for customers who are. */
  readonly overdue: Uint8Array;
  /** How rates are spread over customers. */
  readonly prior: RhythmPrior;
}

const CALLER = 'personalRhythm';

/**
 * Who is overdue by their own rhythm: for who comes every week three weeks are long, for who comes twice a year they are nothing.
 *
 * Gaps of a customer are exponential at a rate of their own, rates gamma over customers: the next gap after n gaps in Σ days outlasts s days with probability
 * ((b + Σ) / (b + Σ + s))^(a + n) (Lomax, 1954). With few gaps this is the rhythm of all, with many the customer's own. a and b are by maximum
 * likelihood from all customers, open gaps included. Visits more regular than chance are overdue earlier than said here, bursts later; `atLeast` keeps
 * from crying wolf. O(events).
 *
 * @param log - who did what, when
 * @param options - see {@link RhythmOptions}
 * @returns a threshold, a probability and a flag for every customer with a visit
 * @throws a {@link ClientelaError} `EMPTY_INPUT` without visits before `asOf`; `NOT_IDENTIFIED` where nobody ever came back and no prior is given;
 * `UNKNOWN_ID`, `INVALID_DATE`, `INVALID_OPTION` or `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const days = [['ann', 1], ['ann', 2], ['ann', 3], ['ann', 4], ['bob', 1], ['bob', 4]];
 * const log = EventLog.fromRows(days.map(([who, day]) => ({ who, at: `2026-01-0${day}` })), { customer: 'who', time: 'at' }, { observedUntil: '2026-01-14' });
 * const { silenceDays, overdue } = personalRhythm(log, { prior: { shape: 1, rateDays: 2 } });
 * silenceDays; // => Float64Array.of(9, 9)
 * overdue; // => Uint8Array.of(1, 0)
 * ```
 */
export function personalRhythm(log: EventLog, options: RhythmOptions = {}): PersonalRhythm {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['asOf', 'outcome', 'share', 'atLeast', 'prior']);
  const { share = 0.05, atLeast } = options;
  if (!(share > 0 && share < 1)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs a share between 0 and 1, found ${String(share)}; 0.05 is usual`, { option: 'share', value: share });
  const asOf = options.asOf === undefined ? log.observedUntil : requireInstant(CALLER, 'asOf', options.asOf);
  requireObserved(CALLER, log, asOf);
  const visits = visitGaps(log, asOf, outcomeTest(CALLER, log, options.outcome), 'days');
  if (visits.customers.length === 0) {
    throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no visit before ${new Date(asOf).toISOString().slice(0, 10)}; choose a later asOf or another outcome`, { function: CALLER, asOf });
  }
  const prior = options.prior === undefined ? fitRhythmPrior(CALLER, visits) : requirePrior(options.prior);
  const n = visits.customers.length;
  const rhythm = { gaps: new Uint32Array(n), silenceDays: new Float64Array(n), outlasting: new Float64Array(n), thresholdDays: new Float64Array(n), overdue: new Uint8Array(n) };
  const rule = { prior, share, atLeast: daysOf(asOf, atLeast) };
  for (let i = 0; i < n; i++) {
    const { gaps, silence, outlasting, threshold, isOverdue } = rhythmOf(visits, i, rule);
    rhythm.gaps[i] = gaps;
    rhythm.silenceDays[i] = silence;
    rhythm.outlasting[i] = outlasting;
    rhythm.thresholdDays[i] = threshold;
    rhythm.overdue[i] = Number(isOverdue);
  }
  return { asOf, customers: customersAt(log.customers, visits.customers), ...rhythm, prior };
}

/** A duration in days, counted back from a moment; 0 where there is none. */
export function daysOf(moment: number, duration: Duration | undefined): number {
  return duration === undefined ? 0 : (moment - addDuration(moment, requireDuration(CALLER, 'atLeast', duration, true), -1)) / DAY_MILLIS;
}

function requirePrior(prior: RhythmPrior): RhythmPrior {
  requireKnownOptions(`${CALLER} prior`, prior, ['shape', 'rateDays']);
  if (prior.shape > 0 && prior.rateDays > 0 && prior.shape < Infinity && prior.rateDays < Infinity) return prior;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs a prior of shape and rateDays above 0, found ${String(prior.shape)} and ${String(prior.rateDays)}`, { option: 'prior', value: prior });
}
