import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { readUpliftRows, requireAsMany, unfit, type Outcomes, type Treated, type UpliftRows } from './upliftRows.js';

/** How what a treatment did is estimated customer by customer. */
export interface EffectScoreOptions {
  /** The probability of treatment, between 0 and 1: one number, or one per row. @defaultValue the share observed */
  readonly propensity?: number | ArrayLike<number>;
  /**
   * `'ipw'`: the outcome over the probability of its arm, less for control. `'doublyRobust'`: the same of what predictions leave unexplained, plus their difference;
   * much less noise. @defaultValue 'doublyRobust'
   */
  readonly method?: 'ipw' | 'doublyRobust';
  /** Expected outcome of every row if treated and if not, by models that have not learnt from these rows. @defaultValue the mean of each arm */
  readonly predicted?: { readonly treated: ArrayLike<number>; readonly control: ArrayLike<number> };
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/** The names of these options. */
export const EFFECT_OPTIONS: readonly string[] = ['propensity', 'method', 'predicted', 'weights'];

/**
 * An unbiased, very noisy estimate of the effect on every single customer, whose averages over any group estimate the effect on that group.
 *
 * Doubly robust (Robins, Rotnitzky and Zhao, 1994): m1 - m0 + w (y - m1) / e - (1 - w) (y - m0) / (1 - e), right when either the propensity e or the predictions m
 * are; with `'ipw'` all m are 0. For trials and for weighing; no ranking of customers. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param options - propensity, method, predicted, weights
 * @returns one number per row, in the unit of the outcome; NaN for rows of weight 0
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, or `NOT_IDENTIFIED` where an arm is missing
 * @example
 * ```ts
 * effectScores([1, 0, 1, 0], [1, 1, 0, 0], { propensity: 0.5, method: 'ipw' }); // => [2, 0, -2, 0]
 * effectScores([1, 0, 1, 0], [1, 1, 0, 0], { propensity: 0.5 }); // => [1, -1, -1, 1]
 * ```
 */
export function effectScores(outcomes: Outcomes, treated: Treated, options: EffectScoreOptions = {}): Float64Array {
  requireKnownOptions('effectScores', options, EFFECT_OPTIONS);
  const rows = readUpliftRows('effectScores', outcomes, treated, new Float64Array((outcomes as Outcomes | null)?.length ?? 0), options.weights);
  const found = effectsOf('effectScores', rows, options, outcomes.length);
  if (rows.places === null) return found;
  const all = new Float64Array(outcomes.length).fill(NaN);
  rows.places.forEach((place, row) => (all[place] = found[row]!));
  return all;
}

/** The scores of the rows kept, of `given` in all. */
export function effectsOf(caller: string, rows: UpliftRows, options: EffectScoreOptions, given: number): Float64Array {
  const { outcomes, treated, treatedWeight, controlWeight } = rows;
  const method = requireChoice(caller, 'method', options.method ?? 'doublyRobust', ['doublyRobust', 'ipw']);
  if (method === 'ipw' && options.predicted !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} uses predicted with method 'doublyRobust' only, found both; leave one out`, { option: 'predicted' });
  }
  const chance = readChances(caller, rows, options.propensity ?? treatedWeight / (treatedWeight + controlWeight), given);
  const [m1, m0] = method === 'ipw' ? [0, 0] : readPredicted(caller, rows, options.predicted, given);
  const effects = new Float64Array(outcomes.length);
  for (let row = 0; row < effects.length; row++) {
    const [a, b] = [typeof m1 === 'number' ? m1 : m1[row]!, typeof m0 === 'number' ? m0 : m0[row]!];
    const e = typeof chance === 'number' ? chance : chance[row]!;
    effects[row] = a - b + (treated[row] === 1 ? (outcomes[row]! - a) / e : (b - outcomes[row]!) / (1 - e));
  }
  return effects;
}

function readChances(caller: string, { places }: UpliftRows, propensity: number | ArrayLike<number>, given: number): number | Float64Array {
  const isOne = typeof propensity === 'number';
  const found = isOne ? null : keep(caller, 'values of propensity', propensity, places, given);
  const bad = isOne ? (propensity > 0 && propensity < 1 ? -1 : 0) : found!.findIndex((e) => !(e > 0 && e < 1));
  if (bad < 0) return found ?? (propensity as number);
  const [where, value] = isOne ? ['', propensity] : [` in row ${places === null ? bad : places[bad]!}`, found![bad]!];
  throw new ClientelaError('INVALID_OPTION', `${caller} needs propensity between 0 and 1, found ${value}${where}; leave it out for the share observed`, { option: 'propensity', value });
}

function readPredicted(caller: string, rows: UpliftRows, predicted: EffectScoreOptions['predicted'], given: number): readonly [number | Float64Array, number | Float64Array] {
  if (predicted === undefined) return armMeans(rows);
  return [predicted.treated, predicted.control].map((values, arm) => {
    const kept = keep(caller, `values of predicted.${arm === 0 ? 'treated' : 'control'}`, values, rows.places, given);
    const bad = kept.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw unfit(caller, 'prediction', kept[bad], rows.places === null ? bad : rows.places[bad]!, 'finite', 'NON_FINITE_VALUE');
    return kept;
  }) as [Float64Array, Float64Array];
}

/** Mean outcome of the treated and of the control. */
export function armMeans({ outcomes, treated, weights, treatedWeight, controlWeight }: UpliftRows): readonly [number, number] {
  const sums: [number, number] = [0, 0];
  for (let row = 0; row < outcomes.length; row++) sums[treated[row] === 1 ? 0 : 1] += (weights === null ? 1 : weights[row]!) * outcomes[row]!;
  return [sums[0] / treatedWeight, sums[1] / controlWeight];
}

/** One value per row given, of the rows kept. */
export function keep(caller: string, what: string, values: ArrayLike<number>, places: Uint32Array | null, given: number): Float64Array {
  requireAsMany(caller, what, values, given);
  const kept = new Float64Array(places?.length ?? given);
  for (let row = 0; row < kept.length; row++) {
    const at = places === null ? row : places[row]!;
    const value: unknown = values[at];
    if (typeof value !== 'number') throw unfit(caller, what, value, at, 'a number', 'INVALID_VALUE');
    kept[row] = value;
  }
  return kept;
}
