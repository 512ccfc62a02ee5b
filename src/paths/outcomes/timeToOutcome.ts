import { normalMultiplier } from '../../evaluation/intervals.js';
import { requireKnownOptions } from '../../data/options.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import type { Estimate } from '../../numeric/estimate.js';
import { cumulativeIncidence } from '../../numeric/survival/cumulativeIncidence.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readTimedJourneys } from '../journeys/readJourneys.js';
import { readLimits, STEP_LIMITS, type StepLimits } from '../journeys/stepLimits.js';
import type { SequencePattern, WithSteps } from '../sequences/sequencePattern.js';
import { readPaths } from '../timing/readPaths.js';
import { indexSteps } from '../timing/stepIndex.js';
import { requireUnweighted } from './contrastPaths.js';
import { limitsAmong } from './countPaths.js';
import { requireMillis, type FixedDuration } from '../journeys/fixedDuration.js';
import { compareHazards, firstEnds, requireOthers, statesOf, type FirstEnds } from './pathStates.js';
import { curveOf, medianOf, shareBy, type OutcomeCurve } from './outcomeCurve.js';
import { outcomeMoments, type PathOutcome } from './outcomeMoments.js';

/** What is waited for, after what. */
export interface OutcomeTimesOptions extends StepLimits {
  /** What is waited for; the first of each customer. */
  readonly outcome: PathOutcome;
  /** Items that may come first and end the waiting, each an end of its own; none of the outcome. @defaultValue none */
  readonly competing?: string | readonly string[];
  /** The paths after which the clock starts. @defaultValue none: only the clock of everybody, from their first step */
  readonly after?: readonly WithSteps[];
  /** The times by which shares are wanted. @defaultValue 30, 90 and 365 days */
  readonly horizon?: FixedDuration | readonly FixedDuration[];
  /** How long a path counts: who went it is in its state until this long after its first step. @defaultValue for ever */
  readonly lookback?: FixedDuration;
  /** Level of all intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** The share that has had the outcome, or what competes with it, by a day. */
export interface ShareWithin {
  /** The horizon. */
  readonly days: number;
  /** Of the outcome; null where nobody was observed so long. */
  readonly share: Estimate | null;
  /** Of each competing item, in the order given. */
  readonly competing: readonly (Estimate | null)[];
}

/** How long the outcome takes from the moment a path was complete for the first time. */
export interface PathState {
  /** The path; no steps for everybody, from their first step. */
  readonly steps: SequencePattern['steps'];
  /** Customers who came to it before any end; each once. */
  readonly entered: number;
  /** Of those, how many had the outcome. */
  readonly outcomes: number;
  /** The share with the outcome, by day. */
  readonly curve: OutcomeCurve;
  /** The same for each competing item, in the order given. */
  readonly competing: readonly { readonly item: string; readonly count: number; readonly curve: OutcomeCurve }[];
  /** Days by which half has had the outcome; null where it does not come so far. */
  readonly medianDays: number | null;
  /** The shares by the horizons asked for. */
  readonly within: readonly ShareWithin[];
  /** How many times as fast the outcome comes to customers in the state as to others as long after their first step; null for everybody, and where at no outcome some were in the state and some not. */
  readonly hazardRatio: Estimate | null;
  /** Two-sided, of the hazard being the same (Mantel and Byar, 1974); null where `hazardRatio` is. */
  readonly p: number | null;
}

/** The times to an outcome. */
export interface OutcomeTimes {
  /** Everybody, from their first step. */
  readonly all: PathState;
  /** One per path, in the order given. */
  readonly states: readonly PathState[];
  /** Customers whose outcome came no later than their first step: in none of the curves. */
  readonly withoutHistory: number;
}

const OPTIONS: readonly string[] = ['outcome', 'competing', 'after', 'horizon', 'lookback', 'confidence'];

/**
 * How long an outcome takes after a path, with those who have not had it yet counted for as long as they were observed.
 *
 * Curves start where the path is complete for the first time; they are those of Kaplan and Meier, of Aalen and Johansen where other items compete. They describe who went the
 * path; to set them beside everybody would be unjust, since one must stay to go a path (immortal time). The hazard ratio is therefore taken among customers at risk as long after
 * their first step, of whom at each outcome some are in the state and some not, or not yet (Mantel and Byar, 1974; common ratio of Mantel and Haenszel). `O(steps log steps)` a path.
 *
 * @param source - an `EventLog` or timed `Journeys` without weights
 * @param options - `outcome`, `after`, and what competes; see {@link OutcomeTimesOptions}
 * @returns everybody, and a state per path
 * @throws a {@link ClientelaError} `UNKNOWN_ID` for an item the journeys do not have; `INVALID_OPTION`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 1, at: '2026-01-01', what: 'quote' }, { id: 1, at: '2026-01-11', what: 'contract' },
 *   { id: 2, at: '2026-01-01', what: 'quote' }, { id: 2, at: '2026-01-31', what: 'contract' },
 *   { id: 3, at: '2026-01-28', what: 'quote' },
 * ], { customer: 'id', time: 'at', item: 'what' }, { observedUntil: '2026-02-10' });
 * const { states: [quoted] } = timeToOutcome(log, { outcome: 'contract', after: [{ steps: ['quote'] }], horizon: { days: 15 } });
 * quoted.within[0].share.estimate; // => 1 / 3
 * ```
 */
export function timeToOutcome(source: JourneySource, options: OutcomeTimesOptions): OutcomeTimes {
  requireKnownOptions('timeToOutcome', options, [...OPTIONS, ...STEP_LIMITS]);
  const journeys = requireUnweighted('timeToOutcome', readTimedJourneys('timeToOutcome', source));
  const { competing: others = [], after = [], horizon = [{ days: 30 }, { days: 90 }, { days: 365 }] } = options;
  const z = normalMultiplier('timeToOutcome', options.confidence ?? 0.95);
  const horizons = (Array.isArray(horizon) ? (horizon as readonly FixedDuration[]) : [horizon as FixedDuration]).map((length) => requireMillis('timeToOutcome', 'horizon', length) / DAY_MILLIS);
  const lookback = options.lookback === undefined ? Infinity : requireMillis('timeToOutcome', 'lookback', options.lookback);
  const limits = readLimits('timeToOutcome', limitsAmong(options), journeys.times);
  const competing = typeof others === 'string' ? [others] : others;
  requireOthers(options.outcome, competing);
  const ends = firstEnds(journeys, [options.outcome, ...competing].map((outcome) => outcomeMoments('timeToOutcome', source, journeys, outcome)));
  const stateOf = (steps: PathState['steps'], entries: Float64Array): PathState => ({ ...describeState(entries, ends, competing, horizons, z), steps, hazardRatio: null, p: null });
  const index = indexSteps(journeys, journeys.itemLevels.length);
  return {
    all: stateOf([], ends.from),
    states: readPaths('timeToOutcome', after, journeys.itemLevels).map(({ steps, codes }) => {
      const spells = statesOf(journeys, ends, codes.map(index), limits, lookback);
      return { ...stateOf(steps, spells.entries), ...compareHazards(ends, spells, z) };
    }),
    withoutHistory: ends.causes.filter((cause, c) => cause === 1 && Number.isNaN(ends.from[c])).length,
  };
}

/** The curves from these moments on; `NaN` for who never came. */
function describeState(entries: Float64Array, ends: FirstEnds, competing: readonly string[], horizons: readonly number[], z: number): Omit<PathState, 'steps' | 'hazardRatio' | 'p'> {
  const who = Array.from(entries, (_, c) => c).filter((c) => entries[c]! < ends.until[c]!);
  const durations = Float64Array.from(who, (c) => (ends.until[c]! - entries[c]!) / DAY_MILLIS);
  const causes = Uint8Array.from(who, (c) => ends.causes[c]!);
  const steps = cumulativeIncidence(durations, causes, competing.length + 1);
  const curves = [0, ...competing.map((_, i) => i + 1)].map((cause) => curveOf(steps, cause, z));
  const longest = (steps.survival.at(-1) ?? 1) <= 1e-12 ? Infinity : durations.reduce((most, days) => Math.max(most, days), 0);
  const count = (cause: number): number => causes.reduce((sum, found) => sum + Number(found === cause), 0);
  const within = horizons.map((days) => {
    const [share, ...rest] = curves.map((curve) => shareBy(curve, days, longest));
    return { days, share: share!, competing: rest };
  });
  return {
    entered: who.length,
    outcomes: count(1),
    curve: curves[0]!,
    competing: competing.map((item, i) => ({ item, count: count(i + 2), curve: curves[i + 1]! })),
    medianDays: medianOf(curves[0]!),
    within,
  };
}
