import { normalMultiplier } from '../../evaluation/intervals.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { StepLimits } from '../journeys/stepLimits.js';
import type { SequencePattern } from '../sequences/sequencePattern.js';
import { requireMillis, type FixedDuration } from '../journeys/fixedDuration.js';
import type { LeadDays, OutcomePaths } from './pathsTo.js';

/** Which paths become alarms. */
export interface AlertOptions {
  /** Within what time after an alarm the outcome is foretold. @defaultValue the lookback of the paths */
  readonly horizon?: FixedDuration;
  /** The most `q` of a path. @defaultValue 0.05 */
  readonly falseDiscovery?: number;
  /** The least lift of a path. @defaultValue 1 */
  readonly minLift?: number;
  /** The most rules. @defaultValue 20 */
  readonly top?: number;
}

/** A path as an alarm: it rings for whoever went it in the lookback before now. */
export interface AlertRule {
  /** The path that gives the alarm. */
  readonly steps: SequencePattern['steps'];
  /** Of the customers for whom it rings, the share that has the outcome within the horizon, were their rate to stay: 1 - exp(-rate × lift × horizon). */
  readonly precision: Estimate;
  /** Of all outcomes, those without a history too, the share before which it rang. */
  readonly recall: number;
  /** Of all customers at risk, the share for whom it rings at any moment: what acting on it costs. */
  readonly alertShare: number;
  /** How many times the rate of everybody the rate in the alarm is. */
  readonly lift: number;
  /** How long before the outcome the path was last complete. */
  readonly leadDays: LeadDays | null;
  /** As in {@link OutcomePath}. */
  readonly q: number;
}

/** Alarms for one outcome: plain data, to be kept and matched against later logs. */
export interface AlertRules {
  /** Highest precision first. */
  readonly rules: readonly AlertRule[];
  /** The share of all customers at risk that has the outcome within the horizon. */
  readonly baseShare: number;
  /** Days after an alarm in which the outcome counts as foretold. */
  readonly horizonDays: number;
  /** Days in which the whole path must lie. */
  readonly lookbackDays: number;
  /** Days before the outcome that were not looked at. */
  readonly gapDays: number;
  /** The items that are the outcome; none where it was a rule without items, or given as moments. */
  readonly outcome: readonly string[];
  /** Whether who has had the outcome may have it again, as asked for. */
  readonly outcomes: 'first' | 'every';
  /** Limits of the paths, as asked for. */
  readonly limits: StepLimits;
}

/**
 * The paths that raise an outcome as alarms, with what each is worth among all customers (controls are a sample of those at risk: their share with a path is that of
 * everybody, and the rate of the outcome is the one counted over all of them).
 *
 * @param found - what `pathsTo` gave
 * @param options - horizon, which paths; see {@link AlertOptions}
 * @returns the rules, highest precision first; none where no path passes
 * @throws a {@link ClientelaError} `INVALID_INPUT` for anything but what `pathsTo` gave; `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { pathsTo } from 'clientela/paths';
 * const rows = Array.from({ length: 40 }, (_, id) => [
 *   { id, at: '2026-01-01', what: 'join' },
 *   { id, at: '2026-03-01', what: id % 4 === 0 ? 'complaint' : 'visit' },
 *   ...(id % 4 === 0 || id % 10 === 3 ? [{ id, at: '2026-03-11', what: 'leave' }] : []),
 * ]).flat();
 * const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'what' }, { observedUntil: '2026-06-01' });
 * const alerts = alertRules(pathsTo(log, { outcome: 'leave', lookback: { days: 30 } }));
 * alerts.rules.map(({ steps }) => steps); // => [[['complaint']]]
 * alerts.rules[0].recall; // => 10 / 14
 * ```
 */
export function alertRules(found: OutcomePaths, options: AlertOptions = {}): AlertRules {
  const given = found as OutcomePaths | undefined | null;
  if (!Array.isArray(given?.paths) || typeof given.outcomesPerYear !== 'number') {
    throw new ClientelaError('INVALID_INPUT', `alertRules needs what pathsTo gave, found ${describeValue(found)}${given?.paths === undefined ? '' : ' without outcomesPerYear: contrastPaths knows no rate'}; call pathsTo first`, { function: 'alertRules' });
  }
  requireKnownOptions('alertRules', options, ['horizon', 'falseDiscovery', 'minLift', 'top']);
  const { falseDiscovery = 0.05, minLift = 1, top = 20 } = options;
  for (const [option, value, most] of [['falseDiscovery', falseDiscovery, 1], ['minLift', minLift, Infinity]] as const) {
    if (!(value >= 0 && value <= most)) throw new ClientelaError('INVALID_OPTION', `alertRules needs ${option} of at least 0${most === 1 ? ' and at most 1' : ''}, found ${value}`, { option, value });
  }
  requireWhole('alertRules', 'top', top, 1);
  const { caseCount, controlCount, withoutHistory, lookbackDays, gapDays, outcome, outcomes, limits } = found;
  const horizonDays = options.horizon === undefined ? lookbackDays : requireMillis('alertRules', 'horizon', options.horizon) / DAY_MILLIS;
  const z = normalMultiplier('alertRules', found.confidence);
  const shareAt = (lift: number): number => -Math.expm1((-found.outcomesPerYear / 365.25) * horizonDays * lift);
  const rules = found.paths
    .filter(({ direction, q, lift }) => direction === 'raises' && q <= falseDiscovery && lift >= minLift)
    .map(({ steps, controlShare, lift, leadDays, q, caseCount: a, controlCount: b }): AlertRule => {
      const half = z * Math.sqrt(1 / (a + 0.5) - 1 / (caseCount + 1) + 1 / (b + 0.5) - 1 / (controlCount + 1));
      const precision = { estimate: shareAt(lift), lower: shareAt(lift * Math.exp(-half)), upper: shareAt(lift * Math.exp(half)) };
      return { steps, precision, recall: a / (caseCount + withoutHistory), alertShare: controlShare, lift, leadDays, q };
    })
    .sort((a, b) => b.lift - a.lift)
    .slice(0, top);
  return { rules, baseShare: shareAt(1), horizonDays, lookbackDays, gapDays, outcome, outcomes, limits };
}
