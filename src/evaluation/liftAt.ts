import { requireChoice, requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import type { Estimate } from '../numeric/estimate.js';
import { normalMultiplier } from './intervals.js';
import { readObservations, requireEvents, type Labels } from '../data/labelsAndScores.js';
import { liftInterval } from './liftInterval.js';
import { eventsWithin, scoreGroups, type TieRule } from './scoreGroups.js';

/** Options of {@link liftAt}. */
export interface LiftOptions {
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Confidence of the interval, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Where equal scores lie across the cut: spread their events evenly, or go by the order of the rows. @defaultValue 'shared' */
  readonly ties?: TieRule;
}

/**
 * The lift among the highest scores: how many times as many events they hold as the same number of customers drawn by chance, with an interval.
 *
 * The first floor(n x share) customers are looked at (with weights that are not all whole: the exact share of their sum). The interval is the score
 * interval of the ratio between their rate and that of the rest (Koopman, Biometrics 40, 1984), as lift: it holds for few events too, and ends at
 * 1 / share, the most a lift can be. It takes the score as given: of the depth with the best lift the interval says too much. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; at least one event
 * @param scores - one finite number per label, higher for the event
 * @param share - of the customers, above 0 and at most 1: 0.1 for the first decile
 * @param options - weights, confidence, ties
 * @returns the lift and its interval; 1 is chance
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `TARGET_CLASSES`, or `INVALID_OPTION` for a share
 * that is none or leaves nobody
 * @example
 * ```ts
 * const lift = liftAt([1, 1, 0, 1, 0, 0, 0, 0, 0, 0], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 0.2);
 * lift.estimate; // => 1 / 0.3
 * lift.lower > 1 && lift.upper < 5; // => true
 * ```
 */
export function liftAt(labels: Labels, scores: ArrayLike<number>, share: number, options: LiftOptions = {}): Estimate {
  requireKnownOptions('liftAt', options, ['weights', 'confidence', 'ties']);
  if (!(share > 0 && share <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `liftAt needs a share above 0 and at most 1, found ${share}; 0.1 is the first decile`, { option: 'share', value: share });
  }
  const z = normalMultiplier('liftAt', options.confidence ?? 0.95);
  const ties = requireChoice<TieRule>('liftAt', 'ties', options.ties ?? 'shared', ['shared', 'rowOrder']);
  const observations = readObservations('liftAt', labels, scores, options.weights);
  requireEvents('liftAt', observations);
  const groups = scoreGroups(observations, ties);
  const all = groups.weight[groups.weight.length - 1]!;
  // What rounding takes from 0.29 * 100 may not cost a customer.
  const size = observations.weights.every((weight) => weight % 1 === 0) ? Math.floor(all * share * (1 + 1e-12)) : all * share;
  if (!(size > 0)) {
    throw new ClientelaError('INVALID_OPTION', `liftAt needs a share of at least one customer, found ${share} of ${all}; ask for a larger share`, { option: 'share', value: share });
  }
  return liftInterval(eventsWithin(groups, size), size, groups.events[groups.events.length - 1]!, all, z);
}
