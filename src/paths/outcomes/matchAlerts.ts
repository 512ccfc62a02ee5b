import { lowerBound } from '../../numeric/lowerBound.js';
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
import { flagsOf, outcomeMoments, type OutcomeMoments, type PathOutcome } from './outcomeMoments.js';
import { windowRows } from './windowRows.js';

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
 * The customers who went a path of an alarm in the lookback before a moment: whom to call today.
 *
 * Who had the outcome before that moment is left out; where the rules are of every outcome, paths are looked for behind the last one instead. Left out are also those whose own observation (`until`
 * of the journeys) ended before the moment and before that of others: they have left.
 *
 * @param source - an `EventLog` or timed `Journeys`, the same or a later one; items that it does not have ring no alarm
 * @param alerts - the rules of `alertRules`, or their JSON
 * @param options - `asOf`: events before it are looked at; `outcome`: what `pathsTo` was given, needed where that was moments or a rule (the rules know only its items)
 * @returns the highest precision first, then the latest
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_DATE`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', at: '2026-05-20', what: 'complaint' }, { id: 'bob', at: '2026-02-01', what: 'complaint' }, { id: 'cy', at: '2026-05-30', what: 'visit' },
 * ], { customer: 'id', time: 'at', item: 'what' });
 * const rule = { steps: [['complaint']], precision: { estimate: 0.2, lower: 0.1, upper: 0.3 }, recall: 0.3, alertShare: 0.05, lift: 6, leadDays: null, q: 0.001 };
 * const alerts = { rules: [rule], baseShare: 0.03, horizonDays: 60, lookbackDays: 60, gapDays: 0, outcome: ['leave'], outcomes: 'first', limits: {} };
 * matchAlerts(log, alerts, { asOf: '2026-06-01' }); // => [{ customer: 'ann', rules: [0], precision: 0.2, sinceDays: 12 }]
 * ```
 */
export function matchAlerts(source: JourneySource, alerts: AlertRules, options: { readonly asOf: Instant; readonly outcome?: PathOutcome }): CustomerAlert[] {
  requireKnownOptions('matchAlerts', options, ['asOf', 'outcome']);
  const asOf = requireInstant('matchAlerts', 'asOf', options.asOf);
  const journeys = readTimedJourneys('matchAlerts', source);
  if (typeof alerts !== 'object' || !Array.isArray((alerts as AlertRules | null)?.rules)) {
    throw new ClientelaError('INVALID_INPUT', 'matchAlerts needs the rules of alertRules, found something else; give it what alertRules returned', { function: 'matchAlerts' });
  }
  const { customers, itemLevels, offsets, times, until } = journeys;
  const had = readHad(source, journeys, alerts, options.outcome);
  const latest = Math.min(asOf, until.reduce((most, end) => Math.max(most, end), -Infinity));
  const stepFrom = (c: number, moment: number): number => lowerBound(times, offsets[c]!, offsets[c + 1]!, moment);
  const [owners, from]: [number[], number[]] = [[], []];
  for (let c = 0; c < customers.length; c++) {
    const [first, next] = [had.offsets[c]!, lowerBound(had.moments, had.offsets[c]!, had.offsets[c + 1]!, asOf)];
    if (until[c]! < latest || (next > first && alerts.outcomes !== 'every')) continue;
    owners.push(c);
    // Behind the last outcome; moments are whole milliseconds.
    from.push(stepFrom(c, Math.max(asOf - alerts.lookbackDays * DAY_MILLIS, next > first ? had.moments[next - 1]! + 1 : -Infinity)));
  }
  const rows = windowRows(journeys, { from, until: owners.map((c) => stepFrom(c, asOf)) }, flagsOf(itemLevels, alerts.outcome));
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

/** When customers had the outcome of the rules: as given, else by its items, of which a later log may have none. */
function readHad(source: JourneySource, journeys: Parameters<typeof outcomeMoments>[2], alerts: AlertRules, outcome: PathOutcome | undefined): Pick<OutcomeMoments, 'offsets' | 'moments'> {
  if (outcome !== undefined) return outcomeMoments('matchAlerts', source, journeys, outcome);
  if (alerts.outcome.length === 0) {
    throw new ClientelaError('INVALID_OPTION', 'matchAlerts needs outcome: that of these rules has no items by which to see who had it; give the outcome that pathsTo was given', { option: 'outcome' });
  }
  const names = alerts.outcome.filter((name) => journeys.itemLevels.includes(name));
  return names.length === 0 ? { offsets: new Uint32Array(journeys.customers.length + 1), moments: new Float64Array(0) } : outcomeMoments('matchAlerts', journeys, journeys, names);
}
