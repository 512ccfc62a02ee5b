import { requireKnownOptions } from '../../data/options.js';
import { rankArms, type RankedArms } from './rankArms.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';

/** Options of {@link upliftCurve} and {@link qiniCurve}. */
export interface GainCurveOptions {
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/** A curve of gain against depth: three arrays of one length. The line from its first point to its last is what a ranking by chance gives. */
export interface GainCurve {
  /** Infinity, then the distinct scores, falling: at each, everybody with at least that score is counted. */
  readonly thresholds: Float64Array;
  /** Customers of both arms with at least that score, from 0 to all. */
  readonly customers: Float64Array;
  /** What treating them adds to the sum of their outcomes; of whom it speaks differs by curve. */
  readonly gain: Float64Array;
}

/**
 * The uplift curve: for every distinct score, the difference of mean outcome between treated and control customers at or above it, times their number (both arms).
 *
 * gain = (Y1 / n1 - Y0 / n0) (n1 + n0), which is what treating all of them would add to the sum of their outcomes. A mean over an arm that has nobody yet counts 0,
 * as in scikit-uplift. Only the order of the scores matters, and not that of the rows. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - weights
 * @returns thresholds, customers and gain, from (0, 0) on
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, or `NOT_IDENTIFIED` where an arm is missing
 * @example
 * ```ts
 * const curve = upliftCurve([1, 0, 0, 1], [1, 0, 1, 0], [4, 3, 2, 1]);
 * curve.customers; // => [0, 1, 2, 3, 4]
 * curve.gain; // => [0, 1, 2, 1.5, 0]
 * ```
 */
export function upliftCurve(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: GainCurveOptions = {}): GainCurve {
  requireKnownOptions('upliftCurve', options, ['weights']);
  const rows = readUpliftRows('upliftCurve', outcomes, treated, scores, options.weights);
  return curveOf(rankArms(rows, rows.scores), upliftGain);
}

/** The gain at the end of one group of a ranking. */
export type GainRule = (treated: number, treatedSum: number, control: number, controlSum: number) => number;

/** The difference of means times the customers of both arms. */
export const upliftGain: GainRule = (n1, y1, n0, y0) => ((n1 === 0 ? 0 : y1 / n1) - (n0 === 0 ? 0 : y0 / n0)) * (n1 + n0);

/** The curve behind a ranking. */
export function curveOf({ scores, treated, treatedSum, control, controlSum }: Pick<RankedArms, 'scores' | 'treated' | 'treatedSum' | 'control' | 'controlSum'>, gainOf: GainRule): GainCurve {
  const points = scores.length + 1;
  const thresholds = new Float64Array(points);
  thresholds[0] = Infinity;
  thresholds.set(scores, 1);
  const customers = new Float64Array(points);
  const gain = new Float64Array(points);
  for (let i = 1; i < points; i++) {
    const [n1, n0] = [treated[i - 1]!, control[i - 1]!];
    customers[i] = n1 + n0;
    gain[i] = gainOf(n1, treatedSum[i - 1]!, n0, controlSum[i - 1]!);
  }
  return { thresholds, customers, gain };
}

/** The area between a curve, by straight lines between its points, and the line from its first point to its last. */
export function areaOverChance(x: Float64Array, y: Float64Array): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += (x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!);
  return (area - x[x.length - 1]! * y[y.length - 1]!) / 2;
}
