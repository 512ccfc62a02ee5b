import { requireKnownOptions } from '../../data/options.js';
import { rankArms } from './rankArms.js';
import { curveOf, type GainCurve, type GainCurveOptions, type GainRule } from './upliftCurve.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';

/**
 * The Qini curve (Radcliffe, 2007): for every distinct score, what treatment added to the outcomes of the treated customers at or above it, beyond what control says they would have had.
 *
 * gain = Y1 - Y0 n1 / n0; while no control customer has been reached, gain = Y1. The curve ends at what the trial itself brought. Only the
 * order of the scores matters, and not that of the rows. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - weights
 * @returns thresholds, customers (of both arms) and gain, from (0, 0) on
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, or `NOT_IDENTIFIED` where an arm is missing
 * @example
 * ```ts
 * const curve = qiniCurve([1, 0, 0, 1], [1, 0, 1, 0], [4, 3, 2, 1]);
 * curve.thresholds; // => [Infinity, 4, 3, 2, 1]
 * curve.gain; // => [0, 1, 1, 1, 0]
 * ```
 */
export function qiniCurve(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: GainCurveOptions = {}): GainCurve {
  requireKnownOptions('qiniCurve', options, ['weights']);
  const rows = readUpliftRows('qiniCurve', outcomes, treated, scores, options.weights);
  return curveOf(rankArms(rows, rows.scores), qiniGain);
}

/** The outcomes of the treated beyond what control leads one to expect of as many. */
export const qiniGain: GainRule = (n1, y1, n0, y0) => (n0 === 0 ? y1 : y1 - (y0 * n1) / n0);
