import { requireInstant, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readTimedJourneys } from '../journeys/readJourneys.js';
import { readLimits } from '../journeys/stepLimits.js';
import { indexSteps } from '../timing/stepIndex.js';
import type { AlertRules } from './alertRules.js';
import { matchLate } from './lateMatch.js';
import { flagsOf } from './outcomeMoments.js';
import { firstFrom, windowRows } from './windowRows.js';

/** A customer for whom an alarm rings. */
export interface CustomerAlert {
  /** Who. */
  readonly customer: string | number;
  /** Which rules ring, as positions in `alerts.rules`: the most precise first. */
  readonly rules: readonly number[];
  /** The precision of the first of them. */
  readonly precision: number;
  /** Days since its path was last complete. */
  readonly sinceDays: number;
}

/**
 * The customers who went a path of an alarm in the lookback before a moment: whom to call today. Who had an item of the outcome before that moment is left out.
 *
 * @param source - an `EventLog` or timed `Journeys`, the same or a later one; items that it does not have ring no alarm
 * @param alerts - the rules of `alertRules`, or their JSON
 * @param options - `asOf`: events before it are looked at
 * @returns the highest precision first, then the latest
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_DATE`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', at: '2026-05-20', what: 'complaint' }, { id: 'bob', at: '2026-02-01', what: 'complaint' }, { id: 'cy', at: '2026-05-30', what: 'visit' },
 * ], { customer: 'id', time: 'at', item: 'what' });
 * const rule = { steps: [['complaint']], precision: { estimate: 0.2, lower: 0.1, upper: 0.3 }, recall: 0.3, alertShare: 0.05, lift: 6, leadDays: null, q: 0.001 };
 * const alerts = { rules: [rule], baseShare: 0.03, horizonDays: 60, lookbackDays: 60, gapDays: 0, outcome: ['leave'], limits: {} };
 * matchAlerts(log, alerts, { asOf: '2026-06-01' }); // => [{ customer: 'ann', rules: [0], precision: 0.2, sinceDays: 12 }]
 * ```
 */
export function matchAlerts(source: JourneySource, alerts: AlertRules, options: { readonly asOf: Instant }): CustomerAlert[] {
  requireKnownOptions('matchAlerts', options, ['asOf']);
  const asOf = requireInstant('matchAlerts', 'asOf', options.asOf);
  const journeys = readTimedJourneys('matchAlerts', source);
  if (typeof alerts !== 'object' || !Array.isArray((alerts as AlertRules | null)?.rules)) {
    throw new ClientelaError('INVALID_INPUT', 'matchAlerts needs the rules of alertRules, found something else; give it what alertRules returned', { function: 'matchAlerts' });
  }
  const { customers, itemLevels, offsets, itemOffsets, items, times } = journeys;
  const isOutcome = flagsOf(itemLevels, alerts.outcome);
  const owners: number[] = [];
  for (let c = 0; c < customers.length; c++) {
    let isOpen = true;
    for (let s = offsets[c]!; s < offsets[c + 1]! && times[s]! < asOf; s++) {
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) if (isOutcome[items[i]!] === 1) isOpen = false;
    }
    if (isOpen) owners.push(c);
  }
  const stepFrom = (c: number, moment: number): number => firstFrom(times, offsets[c]!, offsets[c + 1]!, moment);
  const windows = { from: owners.map((c) => stepFrom(c, asOf - alerts.lookbackDays * DAY_MILLIS)), until: owners.map((c) => stepFrom(c, asOf)) };
  const rows = windowRows(journeys, windows, isOutcome);
  const index = indexSteps(rows, itemLevels.length);
  const limits = readLimits('matchAlerts', alerts.limits, rows.times);
  const found = owners.map((c) => ({ customer: customers[c]!, rules: [] as number[], precision: 0, sinceDays: 0 }));
  alerts.rules.forEach(({ steps, precision }, rule) => {
    const codes = steps.map((step) => step.map((item) => itemLevels.indexOf(item)));
    if (codes.some((step) => step.includes(-1))) return;
    const matcher = matchLate(codes.map(index), rows.times, limits);
    found.forEach((alert, row) => {
      const end = matcher.find(rows.offsets[row]!, rows.offsets[row + 1]!);
      if (end < 0) return;
      if (alert.rules.length === 0) Object.assign(alert, { precision: precision.estimate, sinceDays: (asOf - rows.times[end]!) / DAY_MILLIS });
      alert.rules.push(rule);
    });
  });
  return found.filter((alert) => alert.rules.length > 0).sort((a, b) => b.precision - a.precision || a.sinceDays - b.sinceDays);
}
