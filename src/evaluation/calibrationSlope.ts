import { readProbabilities, requireBothClasses, type Labels } from '../data/labelsAndScores.js';
import { requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import { calibrationLine } from '../numeric/calibrationLine.js';
import type { Estimate } from '../numeric/estimate.js';
import { normalMultiplier } from './intervals.js';

/** A figure with its interval and the standard error behind it. */
export interface EstimateWithError extends Estimate {
  /** From the information of the logistic regression. */
  readonly standardError: number;
}

/** What {@link calibrationSlope} returns. */
export interface CalibrationSlope {
  /** Log-odds observed where 0 (a probability of 0.5) was promised; 0 is right. */
  readonly intercept: EstimateWithError;
  /** Change in observed log-odds for one unit of promised: below 1 the probabilities are too bold, above 1 too timid. */
  readonly slope: EstimateWithError;
  /** Calibration in the large, the intercept with the slope held at 1: above 0 more happens than promised, below 0 less. */
  readonly inTheLarge: EstimateWithError;
}

/**
 * Calibration intercept and slope with their errors: the logistic regression of what happened on the log-odds promised (Cox, 1958).
 *
 * Perfect probabilities have intercept 0 and slope 1. A slope below 1 on customers the model has not seen is the usual mark of overfitting; a
 * calibration in the large other than 0 says that the base rate has moved (Van Calster et al., 2019). Probabilities of 0 and 1 count as
 * 2.2e-16 and 1 - 2.2e-16, log-odds of 36, and bend the line when wrong. Wald intervals. O(n) a step of Newton's method.
 *
 * @param labels - 1 or true for the event, 0 or false for none; both must occur
 * @param probabilities - of the event, in [0, 1], one per label
 * @param options - weights (a weight of 2 is the customer twice), and the confidence of the intervals, 0.95 by default
 * @returns intercept, slope, and calibration in the large
 * @throws a {@link ClientelaError} `PERFECT_SEPARATION` when the probabilities rank without any error (or in reverse), `NOT_IDENTIFIED` when they are
 * all the same, `TARGET_CLASSES`, `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Of those promised 20 % half did it, of those promised 80 % three in four: too bold, and too low.
 * const line = calibrationSlope([0, 1, 0, 1, 0, 1, 1, 1], [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8]);
 * line.slope.estimate; // => Math.log(3) / (2 * Math.log(4))
 * line.intercept.estimate; // => Math.log(3) / 2
 * line.inTheLarge.estimate > 0; // => true
 * ```
 */
export function calibrationSlope(
  labels: Labels,
  probabilities: ArrayLike<number>,
  options: { readonly weights?: ArrayLike<number>; readonly confidence?: number } = {},
): CalibrationSlope {
  const caller = 'calibrationSlope';
  requireKnownOptions(caller, options, ['weights', 'confidence']);
  const z = normalMultiplier(caller, options.confidence ?? 0.95);
  const observations = readProbabilities(caller, labels, probabilities, options.weights);
  requireBothClasses(caller, observations);
  const line = calibrationLine(observations.labels, observations.scores, observations.weights);
  if (line === 'constant') throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs probabilities that differ, found the same for everybody; compare it with the base rate`);
  if (line === 'separated') {
    throw new ClientelaError('PERFECT_SEPARATION', `${caller} finds no best line, as all events lie on one side of all other rows; add rows until some are ranked wrongly`);
  }
  const within = (estimate: number, standardError: number): EstimateWithError => ({ estimate, lower: estimate - z * standardError, upper: estimate + z * standardError, standardError });
  return {
    intercept: within(line.intercept, line.interceptError),
    slope: within(line.slope, line.slopeError),
    inTheLarge: within(line.inTheLarge, line.inTheLargeError),
  };
}
