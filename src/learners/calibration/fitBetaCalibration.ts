import { readProbabilities, requireBothClasses, type Labels, type Observations } from '../../data/labelsAndScores.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { separation } from '../../numeric/calibrationLine.js';
import { smallLogistic } from '../../numeric/smallLogistic.js';
import type { Calibrator } from './calibrator.js';
import { createCalibrator } from './createCalibrator.js';
import type { CalibrationFitOptions } from './fitPlattCalibration.js';

const CALLER = 'fitBetaCalibration';

/**
 * A calibrator that bends probabilities at either end by itself (Kull, Silva Filho and Flach, 2017):
 * log(p' / (1 - p')) = intercept + lower x log(p) - upper x log(1 - p), with lower and upper 0 or more so that the order stays.
 *
 * For scores that are probabilities already. lower = upper = 1 and intercept 0 leave them as they are, which Platt's sigmoid on probabilities cannot;
 * lower = upper is a straight line in log-odds. A coefficient that would be negative is taken out and the others are fitted
 * again. Probabilities are first moved into [2.2e-16, 1 - 2.2e-16]. Learn it from customers the model has not seen (`fitCalibrated` does). O(n) a
 * step of Newton's method, about 8 steps.
 *
 * @param labels - 1 or true for the event, 0 or false for none; both must occur
 * @param probabilities - of the event, in [0, 1], one per label
 * @param options - weights
 * @returns the calibrator
 * @throws a {@link ClientelaError} `PERFECT_SEPARATION` when every event has a higher probability than every other row, `EMPTY_INPUT`,
 * `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `TARGET_CLASSES` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Of those promised 20 % half did it, of those promised 80 % three in four.
 * const calibrator = fitBetaCalibration([0, 1, 0, 1, 0, 1, 1, 1], [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8]);
 * calibrator.predict([0.2, 0.8]); // => [0.5, 0.75]
 * ```
 */
export function fitBetaCalibration(labels: Labels, probabilities: ArrayLike<number>, options: CalibrationFitOptions = {}): Calibrator {
  requireKnownOptions(CALLER, options, ['weights']);
  const observations = readProbabilities(CALLER, labels, probabilities, options.weights);
  requireBothClasses(CALLER, observations);
  return betaCalibrator(CALLER, observations);
}

/** The fit behind the door. */
export function betaCalibrator(caller: string, { labels, scores, weights }: Observations): Calibrator {
  if (separation(labels, scores) === 'above') {
    throw new ClientelaError('PERFECT_SEPARATION', `${caller} finds no best fit, as every event has a higher probability than every other row; use fitPlattCalibration, whose targets are smoothed`);
  }
  const [low, high] = [new Float64Array(scores.length), new Float64Array(scores.length)];
  for (let i = 0; i < scores.length; i++) {
    low[i] = Math.log(Math.max(scores[i]!, Number.EPSILON));
    high[i] = -Math.log1p(-Math.min(scores[i]!, 1 - Number.EPSILON));
  }
  const fit: Fit = (...columns) => smallLogistic({ columns, targets: labels, weights }) as unknown as [number, number, number];
  const [intercept, lower, upper] = onStraightLine(low, high) ? fitOneSlope(fit, low, high) : fitTwoSlopes(fit, low, high);
  return createCalibrator(caller, { method: 'beta', intercept, lower, upper }, [intercept, lower, upper]);
}

type Coefficients = readonly [intercept: number, lower: number, upper: number];
type Fit = (...columns: Float64Array[]) => Coefficients;

// The likelihood is concave: where a coefficient would be negative, its maximum under the constraints has 0 there.
function fitTwoSlopes(fit: Fit, low: Float64Array, high: Float64Array): Coefficients {
  const both = fit(low, high);
  if (both[1] >= 0 && both[2] >= 0) return both;
  const [intercept, slope] = fit(both[1] < 0 ? high : low);
  if (slope < 0) return [fit()[0], 0, 0];
  return both[1] < 0 ? [intercept, 0, slope] : [intercept, slope, 0];
}

function fitOneSlope(fit: Fit, low: Float64Array, high: Float64Array): Coefficients {
  const [intercept, slope] = fit(low.map((value, i) => value + high[i]!));
  return slope < 0 ? [fit()[0], 0, 0] : [intercept, slope, slope];
}

// Two different probabilities, or many within a hair's breadth, say nothing about how the two ends differ.
function onStraightLine(low: Float64Array, high: Float64Array): boolean {
  let [first, last] = [0, 0];
  for (let i = 1; i < low.length; i++) {
    if (low[i]! < low[first]!) first = i;
    if (high[i]! > high[last]!) last = i;
  }
  const rise = high[last]! - high[first]!;
  const run = low[last]! - low[first]!;
  return low.every((value, i) => Math.abs((high[i]! - high[first]!) * run - (value - low[first]!) * rise) <= 1e-6 * rise * run);
}
