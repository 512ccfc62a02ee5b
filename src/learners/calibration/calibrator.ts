import { frozenCopy } from '../../data/frozenCopy.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import type { BetaMap, CalibrationMap, CalibratorState, IsotonicMap, PlattMap } from './calibratorState.js';

/**
 * What turns scores into probabilities that hold: of those given 20 %, 20 % do it. Learnt by `fitPlattCalibration`,
 * `fitIsotonicCalibration` or `fitBetaCalibration`; a few numbers that travel as JSON.
 *
 * @example
 * ```ts
 * const calibrator = Calibrator.fromJSON({ format: 'Calibrator', formatVersion: 1, method: 'platt', intercept: 0, slope: 0.5 });
 * calibrator.predict([0, 2 * Math.log(3)]); // => [0.5, 0.75]
 * calibrator.method; // => 'platt'
 * ```
 */
export class Calibrator {
  readonly #state: CalibratorState;
  readonly #map: QuickMap;

  /** @internal */
  constructor(state: CalibratorState) {
    const own = frozenCopy(state);
    this.#state = own;
    this.#map = own.method === 'isotonic' ? { ...own, thresholds: Float64Array.from(own.thresholds), probabilities: Float64Array.from(own.probabilities) } : own;
  }

  /**
   * The calibrator that {@link Calibrator.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same calibrator: its probabilities are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Calibrator {
    return restored('Calibrator', () => {
      const state = requireSavedModel('Calibrator', 1, json);
      const numbers = numbersOf(state);
      if (numbers.length > 0 && numbers.every(Number.isFinite)) return new Calibrator(state as unknown as CalibratorState);
      throw new ClientelaError('MODEL_FORMAT', 'Calibrator.fromJSON needs a method and its finite numbers (isotonic: thresholds that do not fall, probabilities from 0 to 1); the JSON is damaged');
    });
  }

  /** How it was learnt. */
  get method(): CalibrationMap['method'] {
    return this.#state.method;
  }

  /**
   * The probability for every score. O(1) a score, O(log thresholds) for the isotonic method.
   *
   * @param scores - finite numbers of the kind the calibrator was learnt from; probabilities for the beta method
   * @returns probabilities in [0, 1], in the order of the scores
   * @throws a {@link ClientelaError} `NON_FINITE_VALUE`, or `INVALID_VALUE` for a score outside [0, 1] under the beta method
   * @example
   * ```ts
   * import { fitIsotonicCalibration } from 'clientela/learners';
   * const calibrator = fitIsotonicCalibration([0, 1, 0, 1, 1], [1, 2, 3, 4, 5]);
   * calibrator.predict([0, 1.5, 2, 3, 4]); // => [0, 0.25, 0.5, 0.5, 1]
   * ```
   */
  predict(scores: ArrayLike<number>): Float64Array {
    const result = new Float64Array(scores.length);
    for (let i = 0; i < result.length; i++) result[i] = calibrate(this.#map, scores[i]!, i);
    return result;
  }

  /**
   * The probability for one score, equal to the last bit to what the batch gives.
   *
   * @param score - as for {@link Calibrator.predict}
   * @returns a probability in [0, 1]
   * @throws a {@link ClientelaError} as {@link Calibrator.predict}
   */
  predictOne(score: number): number {
    return calibrate(this.#map, score, 0);
  }

  /**
   * The calibrator as plain JSON: its method and its numbers, all finite.
   *
   * @returns what {@link Calibrator.fromJSON} reads
   */
  toJSON(): CalibratorState {
    return savedCopy(this.#state);
  }
}

/** All numbers of a map; none where it is damaged. */
function numbersOf({ method, intercept, slope, lower, upper, thresholds, probabilities, between }: Readonly<Record<string, unknown>>): unknown[] {
  if (method === 'platt') return [intercept, slope];
  if (method === 'beta') return [intercept, lower, upper];
  if (method !== 'isotonic' || !Array.isArray(thresholds) || !Array.isArray(probabilities) || thresholds.length !== probabilities.length) return [];
  const isCurve = (between === 'linear' || between === 'step') && thresholds.every((score, i) => i === 0 || score >= thresholds[i - 1]) && probabilities.every((p) => p >= 0 && p <= 1);
  return isCurve ? thresholds.concat(probabilities) : [];
}

/** The map with its curve in typed arrays, which are read several times faster than frozen ones. */
type QuickMap = PlattMap | BetaMap | (Pick<IsotonicMap, 'method' | 'between'> & { readonly thresholds: Float64Array; readonly probabilities: Float64Array });

function calibrate(map: QuickMap, score: number, index: number): number {
  if (!Number.isFinite(score)) throw unusable('NON_FINITE_VALUE', 'finite scores', score, index);
  if (map.method === 'isotonic') return interpolate(map, score);
  if (map.method === 'platt') return sigmoid(map.intercept + map.slope * score);
  if (score < 0 || score > 1) throw unusable('INVALID_VALUE', 'probabilities from 0 to 1', score, index);
  return sigmoid(map.intercept + map.lower * Math.log(Math.max(score, Number.EPSILON)) - map.upper * Math.log1p(-Math.min(score, 1 - Number.EPSILON)));
}

function interpolate({ thresholds, probabilities, between }: QuickMap & { readonly method: 'isotonic' }, score: number): number {
  // The number of thresholds at or below the score, without a branch on it: that would be guessed wrong every other time.
  let low = 0;
  let left = thresholds.length;
  while (left > 1) {
    const half = left >>> 1;
    low += Number(thresholds[low + half - 1]! <= score) * half;
    left -= half;
  }
  low += Number(thresholds[low]! <= score);
  if (low === 0) return probabilities[0]!;
  const p = probabilities[low - 1]!;
  if (low === thresholds.length || between === 'step') return p;
  const from = thresholds[low - 1]!;
  return p + ((probabilities[low]! - p) * (score - from)) / (thresholds[low]! - from);
}

function unusable(code: 'NON_FINITE_VALUE' | 'INVALID_VALUE', needs: string, score: unknown, index: number): ClientelaError {
  return new ClientelaError(code, `Calibrator.predict needs ${needs}, found ${String(score)} at index ${index}`, { index, value: score });
}
