import { logOdds } from './logOdds.js';
import { smallCovariance, smallLogistic } from './smallLogistic.js';

/** The logistic regression of what happened on the log-odds promised: log-odds = intercept + slope x promised. */
export interface CalibrationLine {
  /** Log-odds observed where a probability of 0.5 was promised; 0 is right. */
  readonly intercept: number;
  /** Standard error of the intercept. */
  readonly interceptError: number;
  /** Change in observed log-odds for one unit of promised; below 1 the probabilities are too bold. */
  readonly slope: number;
  /** Standard error of the slope. */
  readonly slopeError: number;
  /** The intercept with the slope held at 1: above 0 more happened than promised. */
  readonly inTheLarge: number;
  /** Standard error of that. */
  readonly inTheLargeError: number;
}

/** The line (Cox, 1958), or in words why there is none. Both labels must occur, all weights be above 0. */
export function calibrationLine(labels: ArrayLike<number>, probabilities: Float64Array, weights: Float64Array): CalibrationLine | 'constant' | 'separated' {
  const promised = new Float64Array(probabilities.length);
  for (let i = 0; i < promised.length; i++) promised[i] = logOdds(probabilities[i]!);
  const apart = separation(labels, promised);
  if (apart !== 'none') return apart === 'constant' ? apart : 'separated';
  const data = { columns: [promised], targets: labels, weights };
  const [intercept, slope] = smallLogistic(data) as unknown as [number, number];
  const shifted = { columns: [], targets: labels, weights, offset: promised };
  const inTheLarge = smallLogistic(shifted)[0]!;
  const errors = smallCovariance(data, Float64Array.of(intercept, slope));
  const errorInTheLarge = smallCovariance(shifted, Float64Array.of(inTheLarge));
  if (errors === null || errorInTheLarge === null) return 'constant';
  return {
    intercept,
    interceptError: Math.sqrt(errors[0]!),
    slope,
    slopeError: Math.sqrt(errors[3]!),
    inTheLarge,
    inTheLargeError: Math.sqrt(errorInTheLarge[0]!),
  };
}

/**
 * Whether all events lie above all others (touching included), or all below, or the values are all the same: then a logistic regression on
 * these values has no finite maximum.
 */
export function separation(labels: ArrayLike<number>, values: Float64Array): 'none' | 'above' | 'below' | 'constant' {
  const low: [number, number] = [Infinity, Infinity];
  const high: [number, number] = [-Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const label = labels[i] ? 1 : 0;
    if (values[i]! < low[label]) low[label] = values[i]!;
    if (values[i]! > high[label]) high[label] = values[i]!;
  }
  const above = high[0] <= low[1];
  if (high[1] <= low[0]) return above ? 'constant' : 'below';
  return above ? 'above' : 'none';
}
