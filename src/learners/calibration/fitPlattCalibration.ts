import { readObservations, requireBothClasses, type Labels, type Observations } from '../../data/labelsAndScores.js';
import { requireKnownOptions } from '../../data/options.js';
import { smallLogistic } from '../../numeric/smallLogistic.js';
import type { Calibrator } from './calibrator.js';
import { createCalibrator } from './createCalibrator.js';

const CALLER = 'fitPlattCalibration';

/** Options of {@link fitPlattCalibration} and {@link fitBetaCalibration}. */
export interface CalibrationFitOptions {
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/**
 * A calibrator that bends scores by a sigmoid with two parameters (Platt, 1999): p = 1 / (1 + exp(-(intercept + slope x score))).
 *
 * For scores on an unbounded scale: log-odds, margins, distances. Learn it from scores of customers the model has not seen; those it was
 * fitted on look better than they are (`fitCalibrated` sees to that). The targets are Platt's, (N+ + 1) / (N+ + 2) and 1 / (N- + 2) instead of 1 and 0,
 * so that it exists for perfectly ranked scores too. With two parameters it serves from a few dozen events on, and suits scores that are
 * too bold or too timid throughout. Newton's method with backtracking (Lin, Lin and Weng, 2007). O(n) a step, about 8 steps.
 *
 * @param labels - 1 or true for the event, 0 or false for none; both must occur
 * @param scores - one finite number per label, on any scale
 * @param options - weights
 * @returns the calibrator; its slope is negative when high scores go with no event, 0 when all scores are the same
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `TARGET_CLASSES` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Margins that say too much: at 4 an event is likely, but not as 1 / (1 + exp(-4)) has it.
 * const calibrator = fitPlattCalibration([0, 0, 0, 1, 0, 1, 1, 1], [-4, -3, -2, -1, 1, 2, 3, 4]);
 * calibrator.predictOne(0); // => 0.5
 * calibrator.predictOne(4) < 1 / (1 + Math.exp(-4)); // => true
 * ```
 */
export function fitPlattCalibration(labels: Labels, scores: ArrayLike<number>, options: CalibrationFitOptions = {}): Calibrator {
  requireKnownOptions(CALLER, options, ['weights']);
  const observations = readObservations(CALLER, labels, scores, options.weights);
  requireBothClasses(CALLER, observations);
  return plattCalibrator(CALLER, observations);
}

/** The fit behind the door. */
export function plattCalibrator(caller: string, { labels, scores, weights, positives, negatives }: Observations): Calibrator {
  const [low, high] = [1 / (negatives + 2), (positives + 1) / (positives + 2)];
  const targets = new Float64Array(labels.length);
  for (let i = 0; i < targets.length; i++) targets[i] = labels[i] ? high : low;
  const [intercept, slope] = smallLogistic({ columns: [scores], targets, weights }) as unknown as [number, number];
  return createCalibrator(caller, { method: 'platt', intercept, slope }, [intercept, slope]);
}
