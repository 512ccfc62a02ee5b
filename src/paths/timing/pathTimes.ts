import { requireKnownOptions } from '../../data/options.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readTimedJourneys } from '../journeys/readJourneys.js';
import { readLimits, STEP_LIMITS, type StepLimits } from '../journeys/stepLimits.js';
import { requireMillis, type FixedDuration } from '../journeys/fixedDuration.js';
import type { SequencePattern, WithSteps } from '../sequences/sequencePattern.js';
import { summariseGaps, type ElapsedDays } from '../transitions/elapsedDays.js';
import { walkJourneys, type JourneyWalk } from './walkJourneys.js';
import { waitingOf, Waits, type PathWaiting } from './pathWaiting.js';
import { limitsOf, readPaths, type ReadPath } from './readPaths.js';

/** Limits of the path in a journey, by default those under which the paths were mined, and what is asked of its times. */
export interface PathTimesOptions extends StepLimits {
  /** Until when a share is asked for, in weeks, days or hours. @defaultValue none: every `within` is null */
  readonly horizon?: FixedDuration;
  /** Of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** From one step of a path to the next. */
export interface PathTransition {
  /** The items of the step before. */
  readonly from: readonly string[];
  /** The items of the step after. */
  readonly to: readonly string[];
  /** Days between the two, of those who went the whole path; null where nobody did. */
  readonly elapsed: ElapsedDays | null;
  /** From having first come as far as `from` until first as far as `to`, of all who came as far as `from`. */
  readonly waiting: PathWaiting;
}

/** How much time a path takes. */
export interface PathTimes extends SequencePattern {
  /** One for each step but the first. */
  readonly transitions: readonly PathTransition[];
  /** Days from the first step to the last, of those who went the whole path; null where nobody did. */
  readonly span: ElapsedDays | null;
  /** From the first time the first step was there until the whole path was, of all who have the first step. */
  readonly completion: PathWaiting;
}

/**
 * How many days each step of a path takes, and what share completes it in time.
 *
 * `elapsed` and `span` are of customers who have the whole path, each once. A journey may have it in many ways; measured is the one that ends first, of those the one
 * that starts last, of those the one with each step between as early as possible; with limits, only ways within them count. The gap still open at the end of
 * observation is in none of these figures, so that they lean towards the quick. `waiting` and `completion` take it in: they follow all who came so far, who has not gone
 * on as long as observed (`journeys.until`), by Kaplan and Meier (1958), with intervals symmetric in log(-log) and Greenwood's variance. With `minSpan`, only the
 * whole path must be so long, not its beginnings. Quantiles are of type 7 (Hyndman and Fan, 1996), whole weights counting as so many
 * customers; where they are not all whole, of the share of all weight, weighted as in Akinshin (2023).
 *
 * Limits given replace the mined ones of the same name, the others stay. An array made of mined paths (`mined.slice(0, 10)`, `[...mined]`) has lost them: give `...mined.limits`.
 *
 * Many paths share one index of where each item is: O(paths × (customers with the first step × steps + sorting)).
 *
 * @param source - a log or timed journeys
 * @param paths - mined ones or your own, such as `[{ steps: ['quote', 'contract'] }]`
 * @param options - limits, horizon; see {@link PathTimesOptions}
 * @returns one a path, in the order given
 * @throws a {@link ClientelaError} `INVALID_INPUT` when there are no times, `UNKNOWN_ID` for an item that is not among the `itemLevels` of the journeys, `INVALID_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 1, day: '2026-01-01', what: 'quote' }, { id: 1, day: '2026-01-11', what: 'contract' },
 *   { id: 2, day: '2026-01-01', what: 'quote' }, { id: 2, day: '2026-01-05', what: 'contract' },
 *   { id: 3, day: '2026-01-03', what: 'quote' },
 * ], { customer: 'id', time: 'day', item: 'what' }, { observedUntil: '2026-02-01' });
 * const [path] = pathTimes(log, [{ steps: ['quote', 'contract'] }], { horizon: { days: 7 } });
 * path.transitions[0].elapsed.median; // => 7
 * path.completion.came; // => 3
 * path.completion.within.estimate; // => 1 / 3
 * ```
 */
export function pathTimes(source: JourneySource, paths: Iterable<WithSteps>, options: PathTimesOptions = {}): PathTimes[] {
  requireKnownOptions('pathTimes', options, [...STEP_LIMITS, 'horizon', 'confidence']);
  const journeys = readTimedJourneys('pathTimes', source);
  const limits = readLimits('pathTimes', limitsOf(paths, options), journeys.times);
  const { horizon, confidence = 0.95 } = options;
  const horizonMillis = horizon === undefined ? NaN : requireMillis('pathTimes', 'horizon', horizon);
  const z = normalMultiplier('pathTimes', confidence);
  const walk = walkJourneys(journeys, limits);
  const isLasting = limits.minSpan.millis + limits.minSpan.steps > 0;
  // The waiting of a beginning is the same in all paths that begin so, but where only the whole path must last; from first to last is a transition in paths of two.
  const known = new Map<string, PathWaiting>();
  return readPaths('pathTimes', paths, journeys.itemLevels).map((path) => {
    const last = path.steps.length - 1;
    const keyOf = (from: number, to: number): string => `${path.codes.slice(0, to + 1).join('>')}${isLasting && to === last ? '!' : ''}${from === to - 1 ? '' : '*'}`;
    const legs = legsOf(last);
    const found = gatherTimes(walk, journeys, path, legs, legs.filter(([from, to]) => !known.has(keyOf(from, to))));
    for (const [[from, to], waits] of found.waits) known.set(keyOf(from, to), waitingOf(waits, horizonMillis, z));
    const waiting = (from: number, to: number): PathWaiting => known.get(keyOf(from, to))!;
    const transitions = path.steps.slice(1).map((to, j): PathTransition => ({ from: path.steps[j]!, to, elapsed: found.elapsed[j]!, waiting: waiting(j, j + 1) }));
    const { count } = found;
    return { steps: path.steps, count, support: walk.total > 0 ? count / walk.total : 0, transitions, span: found.elapsed.at(-1)!, completion: waiting(0, last) };
  });
}

type Leg = readonly [from: number, to: number];

/** From each step to the next, and from the first to the last. */
function legsOf(last: number): Leg[] {
  const legs = Array.from({ length: last }, (_, j): Leg => [j, j + 1]);
  return last === 1 ? legs : [...legs, [0, last]];
}

interface FoundTimes {
  readonly count: number;
  /** The waits asked for. */
  readonly waits: readonly (readonly [Leg, Waits])[];
  /** Of each leg, of those who went the whole path. */
  readonly elapsed: readonly (ElapsedDays | null)[];
}

function gatherTimes({ index, walk }: JourneyWalk, { times, until, weights, customers }: ReturnType<typeof readTimedJourneys>, path: ReadPath, legs: readonly Leg[], asked: readonly Leg[]): FoundTimes {
  const capacity = Math.min(index(path.codes[0]!).length, customers.length);
  const waits = asked.map((leg) => [leg, new Waits(capacity, weights !== null)] as const);
  const gaps = legs.map(() => new Float64Array(capacity));
  const shares = weights && new Float64Array(capacity);
  let [went, count] = [0, 0];
  walk(path, ({ arrivals, places, place }, c, isWhole, _, first) => {
    const weight = weights === null ? 1 : weights[c]!;
    for (let i = 0; i < waits.length; i++) {
      // A path of one step may be there and not last as long as it must.
      const from = asked[i]![0] === 0 ? first : arrivals[asked[i]![0]]!;
      const to = arrivals[asked[i]![1]]!;
      if (from !== -1) waits[i]![1].add((to === -1 ? until[c]! : times[to]!) - times[from]!, to !== -1, weight);
    }
    if (!isWhole) return;
    place();
    for (let i = 0; i < legs.length; i++) gaps[i]![went] = times[places[legs[i]![1]]!]! - times[places[legs[i]![0]]!]!;
    if (shares !== null) shares[went] = weight;
    went++;
    count += weight;
  });
  return { count, waits, elapsed: gaps.map((some) => (went === 0 ? null : summariseGaps(some.subarray(0, went), shares && shares.subarray(0, went)))) };
}
