import { requireChoice, requireKnownOptions, requireWhole } from '../data/options.js';
import type { Estimate } from '../numeric/estimate.js';
import { normalMultiplier, wilsonRate } from './intervals.js';
import { readObservations, requireEvents, type Labels } from '../data/labelsAndScores.js';
import { liftInterval } from './liftInterval.js';
import { massBins, scoreGroups, type TieRule } from './scoreGroups.js';

/** Options of {@link gainsTable}. */
export interface GainsTableOptions {
  /** How many bins of equal size: 10 for deciles. @defaultValue 10 */
  readonly bins?: number;
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Where equal scores lie across the edge of a bin: spread their events evenly, or go by the order of the rows. @defaultValue 'shared' */
  readonly ties?: TieRule;
}

/** One bin of {@link gainsTable}; bin 1 holds the highest scores. */
export interface GainsRow {
  /** 1 for the highest scores. */
  readonly bin: number;
  /** Customers in the bin (sum of their weights). */
  readonly customers: number;
  /** Events among them; not whole where equal scores are shared between bins. */
  readonly events: number;
  /** Share of events in the bin, with Wilson's interval. */
  readonly rate: Estimate;
  /** Rate of the bin over the rate of all: 2 is twice as many as chance. */
  readonly lift: number;
  /** The lift with its interval, as `liftAt` gives it. */
  readonly liftInterval: Estimate;
  /** Events in this bin and those above. */
  readonly cumulativeEvents: number;
  /** Share of all events in this bin and those above. */
  readonly cumulativeGain: number;
  /** Rate in this bin and those above over the rate of all. */
  readonly cumulativeLift: number;
  /** That with its interval. */
  readonly cumulativeLiftInterval: Estimate;
  /** Lowest score in the bin. */
  readonly minScore: number;
}

/**
 * The gains table: customers ranked by score and cut into bins of equal size, with the events, rate, lift and cumulative gain of each.
 *
 * Edge j lies after floor(n j / bins) customers (with weights that are not all whole: at the exact share of their sum). Customers with equal
 * scores on both sides of an edge are interchangeable, so by default each side gets its share of their events: the table then does not
 * depend on the order of the rows, and a score that is the same for all shows a lift of 1 everywhere. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; at least one event
 * @param scores - one finite number per label, higher for the event
 * @param options - bins, weights, confidence, ties
 * @returns one row per bin, highest scores first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `TARGET_CLASSES`, or `INVALID_OPTION` for bins
 * that are no whole number or more than the rows
 * @example
 * ```ts
 * const [best, rest] = gainsTable([0, 0, 1, 0, 1, 1], [1, 2, 3, 4, 5, 6], { bins: 2 });
 * best?.rate.estimate; // => 2 / 3
 * best?.lift; // => 4 / 3
 * best?.minScore; // => 4
 * rest?.cumulativeGain; // => 1
 * ```
 */
export function gainsTable(labels: Labels, scores: ArrayLike<number>, options: GainsTableOptions = {}): GainsRow[] {
  requireKnownOptions('gainsTable', options, ['bins', 'weights', 'confidence', 'ties']);
  const { weights, confidence = 0.95, ties = 'shared' } = options;
  const bins = requireWhole('gainsTable', 'bins', options.bins ?? 10, 1);
  const z = normalMultiplier('gainsTable', confidence);
  const observations = readObservations('gainsTable', labels, scores, weights);
  requireEvents('gainsTable', observations);
  const groups = scoreGroups(observations, requireChoice<TieRule>('gainsTable', 'ties', ties, ['shared', 'rowOrder']));
  const total = groups.weight[groups.weight.length - 1]!;
  const allEvents = groups.events[groups.events.length - 1]!;
  return massBins('gainsTable', observations, groups, bins).map(({ weight, events, weightSoFar, eventsSoFar, lastScore }, j) => ({
    bin: j + 1,
    customers: weight,
    events,
    rate: wilsonRate(events, weight, z),
    lift: (events * total) / (weight * allEvents),
    liftInterval: liftInterval(events, weight, allEvents, total, z),
    cumulativeEvents: eventsSoFar,
    cumulativeGain: eventsSoFar / allEvents,
    cumulativeLift: (eventsSoFar * total) / (weightSoFar * allEvents),
    cumulativeLiftInterval: liftInterval(eventsSoFar, weightSoFar, allEvents, total, z),
    minScore: lastScore,
  }));
}
