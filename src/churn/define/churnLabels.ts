import { requireDuration, type Duration } from '../../data/duration.js';
import type { CustomerValues } from '../../data/customerValues.js';
import type { EventLog } from '../../data/eventLog.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { labelsAt } from '../../data/labelOutcome.js';
import { requireKnownOptions } from '../../data/options.js';
import { customersAt, positionsWhere } from '../../data/perCustomer.js';
import { requireLog, requireObserved } from '../../data/requireLog.js';
import { customersBefore } from '../../data/snapshotFeatures.js';
import { ClientelaError } from '../../errors.js';
import { requireRule, type ChurnRule } from './churnRule.js';
import { activeFrom, readRule, type Standing } from './ruleReader.js';

/** What leaving means, and the window in which it is looked for. */
export interface ChurnWindowOptions {
  /** What leaving (or deepening) means. */
  readonly rule: ChurnRule;
  /** How long the window is. */
  readonly horizon: Duration;
  /** Time between the moment and the window: as long as it takes to score and to reach the customer. @defaultValue none */
  readonly gap?: Duration;
  /**
   * Only who was active in this time before the moment is asked about. @defaultValue the horizon for `inactivity`, `lineDropped` (where it is also the time in which a
   * line is held) and `newLine`; the other rules know by themselves who is still there
   */
  readonly lookback?: Duration;
  /** Until when everything is known, as in `labelOutcome`. @defaultValue that of the log */
  readonly observedUntil?: Instant | CustomerValues;
}

/** The moment of {@link churnLabels}, and what leaving means. */
export interface ChurnLabelOptions extends ChurnWindowOptions {
  /** The moment that the labels belong to. */
  readonly asOf: Instant;
}

/** Who was asked about at a moment, who was not, and how it went. */
export interface ChurnCounts {
  /** Customers with an event before the moment. */
  readonly known: number;
  /** Those asked about: the rows. */
  readonly eligible: number;
  /** Not asked about: not active, or overdue already. */
  readonly inactive: number;
  /** Not asked about: the contract had ended. */
  readonly ended: number;
  /** Not asked about: the contract ended between the moment and the window, before anybody could be reached. */
  readonly endedInGap: number;
  /** Not asked about: too short a customer to know what is usual. */
  readonly tooNew: number;
  /** Rows whose window is not over: their label is missing. */
  readonly incomplete: number;
  /** Rows with a label. */
  readonly labelled: number;
  /** Rows where it happened: label 1. */
  readonly happened: number;
}

/** Labels of the customers asked about at a moment: 1 it happened, 0 it did not, `NaN` the window is not over. */
export interface ChurnLabels extends CustomerValues {
  /** The moment, UTC epoch milliseconds. */
  readonly asOf: number;
  /** The window, UTC epoch milliseconds: this moment is in it. */
  readonly from: number;
  /** The window, UTC epoch milliseconds: this moment is no longer in it. */
  readonly to: number;
  /** Who was asked about, and how it went. */
  readonly counts: ChurnCounts;
}

/** The names of {@link ChurnWindowOptions}. */
export const WINDOW_OPTIONS = ['rule', 'horizon', 'gap', 'lookback', 'observedUntil'] as const;

/**
 * Who left after a moment, of those who were there: 1 or 0 for each customer that the rule calls active before `asOf`, by what happened in
 * [asOf + gap, asOf + gap + horizon), and `NaN` where that window is not over when observation ends: what has not happened may yet happen.
 *
 * Customers who cannot leave any more are no rows, and are counted: who was not active, whose contract has ended, or ended in the gap. O(events).
 *
 * @param log - who did what, when, for how much
 * @param options - the moment, the rule, the window; see {@link ChurnLabelOptions}
 * @returns one label a customer asked about, and the counts; `frame.withColumn(name, labels)` gives them to a snapshot of the same moment
 * @throws a {@link ClientelaError} `EMPTY_INPUT` when there is no event before `asOf`; `UNKNOWN_ID` for an item or channel the log does not
 * have; `NOT_IDENTIFIED` for a rhythm where nobody has come back; `DUPLICATE_ID`, `LENGTH_MISMATCH`, `INVALID_DATE`, `INVALID_OPTION`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', at: '2026-01-10' }, { id: 'ann', at: '2026-02-05' }, { id: 'bob', at: '2026-01-20' }, { id: 'cid', at: '2025-06-01' }, { id: 'dan', at: '2026-03-20' },
 * ], { customer: 'id', time: 'at' });
 * const labels = churnLabels(log, { asOf: '2026-02-01', horizon: { days: 30 }, rule: { kind: 'inactivity' } });
 * labels.customers; // => ['ann', 'bob']
 * labels.values; // => Float64Array.of(0, 1)
 * labels.counts.inactive; // => 1
 * ```
 */
export function churnLabels(log: EventLog, options: ChurnLabelOptions): ChurnLabels {
  const caller = 'churnLabels';
  requireLog(caller, log);
  requireKnownOptions(caller, options, ['asOf', ...WINDOW_OPTIONS]);
  const asOf = requireInstant(caller, 'asOf', options.asOf);
  requireObserved(caller, log, asOf);
  const labels = churnLabelsAt(caller, log, asOf, options);
  if (labels.counts.known > 0) return labels;
  throw new ClientelaError('EMPTY_INPUT', `${caller} found no event before ${new Date(asOf).toISOString()}; choose a later asOf`, { function: caller, asOf });
}

/** Labels at a moment, on behalf of any caller. */
export function churnLabelsAt(caller: string, log: EventLog, asOf: number, options: ChurnWindowOptions): ChurnLabels {
  const rule = requireRule(caller, options.rule);
  const { horizon, gap, lookback, observedUntil } = options;
  if (lookback !== undefined) requireDuration(caller, 'lookback', lookback);
  // What happened there is of no use here; where it is not known, the window is not over.
  const window = labelsAt(caller, log, asOf, { horizon, ...(gap && { gap }), ...(observedUntil !== undefined && { observedUntil }) });
  const known = customersBefore(log, asOf);
  if (known.length === 0) return { customers: [], values: new Float64Array(0), asOf, from: window.from, to: window.to, counts: countsOf([], new Float64Array(0)) };
  const reader = readRule(caller, log, rule, { asOf, from: window.from, to: window.to, activeFrom: activeFrom(rule, asOf, lookback, horizon) });
  const standings = Array.from(known, (c) => reader.standing(c));
  const rows = positionsWhere(known.length, (i) => standings[i] === 'active');
  const values = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const i = rows[row]!;
    values[row] = Number.isNaN(window.values[i]!) ? NaN : Number(reader.happens(known[i]!));
  }
  return { customers: customersAt(log.customers, rows.map((i) => known[i]!)), values, asOf, from: window.from, to: window.to, counts: countsOf(standings, values) };
}

function countsOf(standings: readonly Standing[], values: Float64Array): ChurnCounts {
  const count = (standing: Standing): number => standings.filter((one) => one === standing).length;
  const labelled = values.filter((value) => value === value);
  return {
    known: standings.length,
    eligible: values.length,
    inactive: count('inactive'),
    ended: count('ended'),
    endedInGap: count('endedInGap'),
    tooNew: count('tooNew'),
    incomplete: values.length - labelled.length,
    labelled: labelled.length,
    happened: labelled.reduce((sum, value) => sum + value, 0),
  };
}
