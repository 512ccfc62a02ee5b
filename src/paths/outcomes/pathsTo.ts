import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readTimedJourneys } from '../journeys/readJourneys.js';
import type { StepLimits } from '../journeys/stepLimits.js';
import { CONTRAST_OPTIONS, contrastRows, readContrastPlan, type PathContrastOptions, type PathContrasts } from './contrastOptions.js';
import { requireUnweighted } from './contrastPaths.js';
import { requireMillis, type FixedDuration } from '../journeys/fixedDuration.js';
import { drawWindows } from './drawControls.js';
import type { PathContrast } from './judgePaths.js';
import { flagsOf, outcomeMoments, type PathOutcome } from './outcomeMoments.js';
import { windowRows } from './windowRows.js';

/** What is looked at before which outcome, and beside what. */
export interface PathsToOptions extends PathContrastOptions {
  /** What the paths lead to; its items are in no path. */
  readonly outcome: PathOutcome;
  /** How far back paths are looked for: what happened from gap + lookback before the outcome until gap before it. */
  readonly lookback: FixedDuration;
  /** The time before the outcome that is not looked at: as long as it takes to act on a warning. @defaultValue none */
  readonly gap?: FixedDuration;
  /** Which outcomes are cases: the first of each customer, or every one; then a path begins after the outcome before, or after the first step. @defaultValue 'first' */
  readonly outcomes?: 'first' | 'every';
  /**
   * When controls are looked at: as long after their first step as the case was, or where every outcome counts as long after the outcome before, if there was one (tenure); or at the same moment
   * (calendar: season, campaigns), where all windows of a case and its controls are as short as the shortest of their histories. @defaultValue 'tenure'
   */
  readonly match?: 'tenure' | 'calendar';
  /** Controls a case. @defaultValue 4 */
  readonly controls?: number;
  /** Of the draw of controls. @defaultValue 1 */
  readonly seed?: number;
}

/** Days from the last time the path was complete to the outcome, over the cases with the path: quantiles of type 7 (Hyndman and Fan, 1996), as those of R and numpy. */
export interface LeadDays {
  /** A tenth had so many days or fewer. */
  readonly p10: number;
  /** A quarter had so many or fewer. */
  readonly p25: number;
  /** Half had so many or fewer. */
  readonly median: number;
  /** A quarter had so many or more. */
  readonly p75: number;
  /** A tenth had so many or more. */
  readonly p90: number;
}

/** A path before the outcome. */
export interface OutcomePath extends PathContrast {
  /** How long before the outcome the path was last complete; null where no case has it. */
  readonly leadDays: LeadDays | null;
}

/** What precedes an outcome. */
export interface OutcomePaths extends PathContrasts<OutcomePath> {
  /** The items that are the outcome; none where it is a rule without items, or given as moments. */
  readonly outcome: readonly string[];
  /** Which outcomes are cases, as asked for. */
  readonly outcomes: 'first' | 'every';
  /** Outcomes without a history to look at: at the first step, or within the gap behind it (or behind the outcome before). No cases. */
  readonly withoutHistory: number;
  /** Outcomes after the first step per customer and year at risk: the base rate that controls, being a sample, do not show. */
  readonly outcomesPerYear: number;
  /** Days looked back. */
  readonly lookbackDays: number;
  /** Days before the outcome not looked at. */
  readonly gapDays: number;
  /** The limits asked for. */
  readonly limits: StepLimits;
  /** Level of the intervals. */
  readonly confidence: number;
}

const OPTIONS: readonly string[] = ['outcome', 'lookback', 'gap', 'outcomes', 'match', 'controls', 'seed'];

/**
 * What precedes leaving, buying or deepening: the paths that customers went before the outcome more often, or less, than others at the same time.
 *
 * Each outcome is a case, with the window of `lookback` before it; for each, controls are drawn among the customers then still at risk (observed, the outcome
 * not yet had), with windows of the same length, cut where one of them had no longer history: risk-set sampling, in which the odds ratio estimates the hazard ratio whatever the length of follow-up (Prentice and
 * Breslow, 1978). A customer may be a control before it is a case. Nothing at or after an outcome is read, nor other items of its moment.
 *
 * Of each path: how many cases and controls have it, the odds ratio among windows of an equal number of steps (Mantel and Haenszel; who does more has more of every
 * path), exact tests, what it tells beyond its best part, and how long before the outcome it was complete. It is association: what the customer was about to
 * do anyway may show first as a path. `O(paths × windows)` after the mining.
 *
 * @param source - an `EventLog` or timed `Journeys` without weights
 * @param options - `outcome`, `lookback`, and how; see {@link PathsToOptions}
 * @returns the paths, strongest evidence first; none where nobody had the outcome
 * @throws a {@link ClientelaError} `UNKNOWN_ID` for an item the journeys do not have; `INVALID_OPTION`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const rows = Array.from({ length: 40 }, (_, id) => [
 *   { id, at: '2026-01-01', what: 'join' },
 *   { id, at: '2026-03-01', what: id % 4 === 0 ? 'complaint' : 'visit' },
 *   ...(id % 4 === 0 || id % 10 === 3 ? [{ id, at: '2026-03-11', what: 'leave' }] : []),
 * ]).flat();
 * const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'what' }, { observedUntil: '2026-06-01' });
 * const { paths, caseCount } = pathsTo(log, { outcome: 'leave', lookback: { days: 30 } });
 * caseCount; // => 14
 * paths[0].steps; // => [['complaint']]
 * paths[0].caseShare; // => 10 / 14
 * paths[0].leadDays?.median; // => 10
 * ```
 */
export function pathsTo(source: JourneySource, options: PathsToOptions): OutcomePaths {
  requireKnownOptions('pathsTo', options, [...OPTIONS, ...CONTRAST_OPTIONS]);
  const { outcomes = 'first', match = 'tenure', controls = 4, seed = 1, confidence = 0.95 } = options;
  const plan = readContrastPlan('pathsTo', options);
  const windowPlan = {
    lookback: requireMillis('pathsTo', 'lookback', options.lookback),
    gap: options.gap === undefined ? 0 : requireMillis('pathsTo', 'gap', options.gap, true),
    every: requireChoice('pathsTo', 'outcomes', outcomes, ['first', 'every']) === 'every',
    calendar: requireChoice('pathsTo', 'match', match, ['tenure', 'calendar']) === 'calendar',
    controls: requireWhole('pathsTo', 'controls', controls, 1),
    seed: requireFinite('pathsTo', 'seed', seed),
  };
  const journeys = requireUnweighted('pathsTo', readTimedJourneys('pathsTo', source));
  const moments = outcomeMoments('pathsTo', source, journeys, options.outcome);
  const windows = drawWindows(journeys, moments, windowPlan);
  const rows = windowRows(journeys, windows, flagsOf(journeys.itemLevels, moments.items));
  const found = contrastRows('pathsTo', rows, Uint8Array.from(windows.isCase), plan, (judged, { caseRows, caseEnds }): OutcomePath => {
    const days = Float64Array.from(caseEnds, (step, i) => (windows.moments[caseRows[i]!]! - rows.times[step]!) / DAY_MILLIS).sort();
    return { ...judged, leadDays: days.length === 0 ? null : leadOf(days) };
  });
  return {
    ...found,
    outcome: moments.items,
    outcomes,
    withoutHistory: windows.withoutHistory,
    outcomesPerYear: windows.atRiskDays === 0 ? 0 : (windows.outcomeCount / windows.atRiskDays) * 365.25,
    lookbackDays: windowPlan.lookback / DAY_MILLIS,
    gapDays: windowPlan.gap / DAY_MILLIS,
    limits: plan.limits,
    confidence,
  };
}

function leadOf(days: Float64Array): LeadDays {
  const at = (p: number): number => quantileOfSorted(days, p);
  return { p10: at(0.1), p25: at(0.25), median: at(0.5), p75: at(0.75), p90: at(0.9) };
}
