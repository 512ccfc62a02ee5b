import { requireKnownOptions } from '../data/options.js';
import { readProbabilities, type Labels } from '../data/labelsAndScores.js';
import { calibrationBins } from './calibrationBins.js';
import type { CalibrationOptions } from './calibrationTable.js';

/** What {@link brierDecomposition} returns: brierScore = reliability - resolution + uncertainty + withinBinVariance - withinBinCovariance. */
export interface BrierDecomposition {
  /** Average squared distance between probability and what happened. */
  readonly brierScore: number;
  /** Average squared distance between promised and observed rate of a bin; 0 is perfect. */
  readonly reliability: number;
  /** Average squared distance between the observed rate of a bin and the base rate; the more the better. */
  readonly resolution: number;
  /** base rate x (1 - base rate): what no score can change. */
  readonly uncertainty: number;
  /** Variance of the probabilities inside the bins. */
  readonly withinBinVariance: number;
  /** Twice the covariance of probability and outcome inside the bins: what the ranking inside them is worth. */
  readonly withinBinCovariance: number;
}

/**
 * The Brier score taken apart: how much of it is calibration, how much telling customers apart, how much chance (Murphy, 1973).
 *
 * Murphy's three terms add up only where all customers of a bin have one probability; with the two terms inside the bins (Stephenson, Coelho
 * and Jolliffe, 2008) the sum is exact for any bins. Bins as in `calibrationTable`; in small bins chance adds to reliability and resolution alike, about
 * rate x (1 - rate) / n a bin of n. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param options - bins (10), method ('mass'), weights, as in `calibrationTable`
 * @returns the score and its five parts
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Two bins of one probability each, which promise 20 % and 70 % and hold 0 and 100 %.
 * const parts = brierDecomposition([0, 0, 1, 1], [0.2, 0.2, 0.7, 0.7], { bins: 2 });
 * parts.reliability; // => (0.2 ** 2 + 0.3 ** 2) / 2
 * parts.resolution; // => 0.25
 * parts.uncertainty; // => 0.25
 * parts.brierScore; // => 0.065
 * ```
 */
export function brierDecomposition(labels: Labels, probabilities: ArrayLike<number>, options: CalibrationOptions = {}): BrierDecomposition {
  requireKnownOptions('brierDecomposition', options, ['bins', 'method', 'weights']);
  const bins = calibrationBins('brierDecomposition', labels, probabilities, options);
  const { labels: y, scores: p, weights: w, positives, negatives } = readProbabilities('brierDecomposition', labels, probabilities, options.weights);
  const total = positives + negatives;
  const baseRate = positives / total;
  let [brier, spread, together, reliability, resolution] = [0, 0, 0, 0, 0];
  // Around the base rate, so that little cancels.
  for (let i = 0; i < y.length; i++) {
    const promised = p[i]! - baseRate;
    brier += w[i]! * (p[i]! - y[i]!) ** 2;
    spread += w[i]! * promised * promised;
    together += w[i]! * promised * (y[i]! - baseRate);
  }
  for (const { weight, events, scoreSum } of bins) {
    const promised = scoreSum / weight - baseRate;
    const observed = events / weight - baseRate;
    reliability += weight * (promised - observed) ** 2;
    resolution += weight * observed * observed;
    spread -= weight * promised * promised;
    together -= weight * promised * observed;
  }
  return {
    brierScore: brier / total,
    reliability: reliability / total,
    resolution: resolution / total,
    uncertainty: baseRate * (1 - baseRate),
    withinBinVariance: Math.max(0, spread / total),
    withinBinCovariance: (2 * together) / total,
  };
}
