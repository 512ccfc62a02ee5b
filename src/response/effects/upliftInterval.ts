import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError, isClientelaError } from '../../errors.js';
import { percentileInterval, spreadOf } from '../../evaluation/bootstrapEnds.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { createRandom } from '../../numeric/random.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';

/** A figure of a score, such as `(y, w, s, weights) => qiniCoefficient(y, w, s, { weights })`. */
export type UpliftMeasure = (outcomes: Float64Array, treated: Uint8Array, scores: Float64Array, weights: Float64Array) => number;

/** Options of {@link upliftInterval}. */
export interface UpliftIntervalOptions {
  /** How many samples. @defaultValue 200 */
  readonly replicates?: number;
  /** Confidence of the interval, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** A figure with its uncertainty by resampling. */
export interface UpliftMeasureEstimate extends Estimate {
  /** Standard deviation over the samples. */
  readonly standardError: number;
}

/**
 * Any figure of an uplift score with a confidence interval, by drawing customers anew with replacement within each arm (percentile bootstrap).
 *
 * A Qini coefficient is noisy: on some thousand rows of a mailing its interval often includes 0. Samples go to the measure as weights. Costs one measure a sample.
 *
 * @param measure - takes outcomes, treated, scores and weights
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row; of rows the model has not learnt from
 * @param options - replicates, confidence, seed
 * @returns the measure on the data, its interval and standard error
 * @throws a {@link ClientelaError} as the reading of the arrays, whatever the measure throws, `NON_FINITE_VALUE` for a measure that is no number, and `NOT_IDENTIFIED` where it does not exist in most samples
 * @example
 * ```ts
 * import { qiniCoefficient } from 'clientela/response';
 * const treated = Array.from({ length: 200 }, (_, i) => i % 2);
 * const outcomes = treated.map((w, i) => (i % 10 < 2 + 5 * w * (i % 3) ? 1 : 0));
 * const scores = treated.map((_, i) => i % 3);
 * const qini = upliftInterval((y, w, s, weights) => qiniCoefficient(y, w, s, { weights }), outcomes, treated, scores);
 * qini.lower < qini.estimate && qini.estimate < qini.upper; // => true
 * ```
 */
export function upliftInterval(measure: UpliftMeasure, outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: UpliftIntervalOptions = {}): UpliftMeasureEstimate {
  const caller = 'upliftInterval';
  if (typeof measure !== 'function') throw new ClientelaError('INVALID_INPUT', `${caller} needs a measure as a function of outcomes, treated, scores and weights, found ${describeValue(measure)}`);
  requireKnownOptions(caller, options, ['replicates', 'confidence', 'seed']);
  const { confidence = 0.95, seed = 1 } = options;
  normalMultiplier(caller, confidence);
  const replicates = requireWhole(caller, 'replicates', options.replicates ?? 200, 2);
  const rows = readUpliftRows(caller, outcomes, treated, scores);
  const figure = (weights: Float64Array): number => {
    const value = measure(rows.outcomes, rows.treated, rows.scores, weights);
    if (Number.isFinite(value)) return value;
    throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs a measure that gives a finite number, found ${describeValue(value)}`, { value });
  };
  const counts = new Float64Array(rows.scores.length).fill(1);
  const estimate = figure(counts);
  const arms = [0, 1].map((arm) => Uint32Array.from(rows.treated.keys()).filter((row) => rows.treated[row] === arm));
  const random = createRandom(seed);
  const values = new Float64Array(replicates);
  for (let done = 0, failed = 0; done < replicates; ) {
    counts.fill(0);
    for (const members of arms) for (let k = members.length; k > 0; k--) counts[members[random.integer(members.length)]!]!++;
    try {
      values[done] = figure(counts);
      done++;
    } catch (error) {
      // Such as a sample without any event: drawn anew.
      if (!isClientelaError(error) || error.code !== 'NOT_IDENTIFIED' || ++failed > replicates) throw error;
    }
  }
  return { ...percentileInterval(estimate, values, confidence), standardError: spreadOf(values) };
}
