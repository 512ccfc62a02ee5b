import { readObservations, requireBothClasses, type Labels, type Observations } from '../../data/labelsAndScores.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { Calibrator } from './calibrator.js';
import { createCalibrator } from './createCalibrator.js';
import { poolAdjacent } from './poolAdjacent.js';

const CALLER = 'fitIsotonicCalibration';

/** Options of {@link fitIsotonicCalibration}. */
export interface IsotonicCalibrationOptions {
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Between two blocks: a straight line (as scikit-learn has it), or the probability of the lower block (as R's isoreg draws it). @defaultValue 'linear' */
  readonly between?: 'linear' | 'step';
  /** Least distance of every probability from 0 and 1, below 0.5: a block without events otherwise promises exactly 0. @defaultValue 0 */
  readonly clip?: number;
}

/**
 * A calibrator of any shape that never falls: the rising curve of probabilities nearest to what happened (isotonic regression; Zadrozny and Elkan, 2002).
 *
 * Neighbours that contradict the order are pooled (PAVA; Ayer et al., 1955), equal scores first, until the share of events rises from block to block; the
 * shares of the blocks are the probabilities, and below the first and above the last score the curve goes on level. No assumption but the
 * order, so it needs a thousand rows or more, of customers the model has not seen; with fewer prefer `fitPlattCalibration` or
 * `fitBetaCalibration`. On the rows it learnt from the probabilities add up to the events. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none; both must occur
 * @param scores - one finite number per label, on any scale, higher for the event
 * @param options - weights, between, clip
 * @returns the calibrator
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `TARGET_CLASSES` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Scores 2 and 3 contradict each other, so they share one event of two.
 * const calibrator = fitIsotonicCalibration([0, 1, 0, 1, 1], [1, 2, 3, 4, 5]);
 * calibrator.predict([1, 2, 3, 4, 5]); // => [0, 0.5, 0.5, 1, 1]
 * calibrator.predictOne(3.5); // => 0.75
 * fitIsotonicCalibration([0, 1, 0, 1, 1], [1, 2, 3, 4, 5], { clip: 0.01 }).predictOne(9); // => 0.99
 * ```
 */
export function fitIsotonicCalibration(labels: Labels, scores: ArrayLike<number>, options: IsotonicCalibrationOptions = {}): Calibrator {
  requireKnownOptions(CALLER, options, ['weights', 'between', 'clip']);
  const between = requireChoice(CALLER, 'between', options.between ?? 'linear', ['linear', 'step']);
  const clip = options.clip ?? 0;
  if (!(clip >= 0 && clip < 0.5)) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs clip from 0 to below 0.5, found ${clip}; it is the least distance from 0 and 1`, { option: 'clip', value: clip });
  }
  const observations = readObservations(CALLER, labels, scores, options.weights);
  requireBothClasses(CALLER, observations);
  return isotonicCalibrator(CALLER, observations, between, clip);
}

/** The fit behind the door. */
export function isotonicCalibrator(caller: string, { labels, scores, weights }: Observations, between: 'linear' | 'step', clip: number): Calibrator {
  const { from, to, weight, events } = poolAdjacent(labels, scores, weights);
  const thresholds: number[] = [];
  const probabilities: number[] = [];
  for (let block = 0; block < from.length; block++) {
    const share = Math.min(Math.max(events[block]! / weight[block]!, clip), 1 - clip);
    thresholds.push(from[block]!);
    probabilities.push(share);
    if (to[block]! === from[block]!) continue;
    thresholds.push(to[block]!);
    probabilities.push(share);
  }
  return createCalibrator(caller, { method: 'isotonic', thresholds, probabilities, between }, [thresholds.at(-1)! - thresholds[0]!]);
}
