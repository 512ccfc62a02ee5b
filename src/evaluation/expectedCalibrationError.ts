import { requireKnownOptions } from '../data/options.js';
import { calibrationBins } from './calibrationBins.js';
import type { CalibrationOptions } from './calibrationTable.js';
import type { Labels } from '../data/labelsAndScores.js';

/**
 * The expected calibration error: by how much promised and observed rates differ on average, in probability.
 *
 * The sum over the bins of {@link calibrationTable} of (share of customers) x |mean predicted - observed rate|. Chance alone makes it positive: about
 * sqrt(p (1 - p) bins / n) for a perfectly calibrated score, so compare it with that, or between scores of the same customers. The literature
 * on neural networks (Guo et al., 2017) uses method 'width'; equal mass, the default, leaves no bin to a handful of customers. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param options - bins (10), method ('mass'), weights, as in `calibrationTable`
 * @returns a number in [0, 1]; 0 is perfect
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * expectedCalibrationError([0, 0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.6, 0.7, 0.8], { bins: 2 }); // => 0.5 * (1 / 3 - 0.2) + 0.5 * (0.7 - 2 / 3)
 * ```
 */
export function expectedCalibrationError(labels: Labels, probabilities: ArrayLike<number>, options: CalibrationOptions = {}): number {
  requireKnownOptions('expectedCalibrationError', options, ['bins', 'method', 'weights']);
  let total = 0;
  let error = 0;
  for (const { weight, events, scoreSum } of calibrationBins('expectedCalibrationError', labels, probabilities, options)) {
    total += weight;
    error += Math.abs(scoreSum - events);
  }
  return error / total;
}
