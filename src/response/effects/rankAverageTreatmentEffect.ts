import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { spreadOf } from '../../evaluation/bootstrapEnds.js';
import { digamma } from '../../numeric/digamma.js';
import type { Estimate } from '../../numeric/estimate.js';
import { twoSidedNormalP } from '../../numeric/normal.js';
import { createRandom } from '../../numeric/random.js';
import { EFFECT_OPTIONS, effectsOf, type EffectScoreOptions } from './effectScores.js';
import type { RankTies } from './rankArms.js';
import { rankEffects, type RankedEffects } from './tocCurve.js';
import { readUpliftRows, type Outcomes, type Treated, type UpliftRows } from './upliftRows.js';

/** Options of {@link rankAverageTreatmentEffect}. */
export interface RateOptions extends EffectScoreOptions {
  /** `'autoc'`: the mean of the TOC curve, for effects concentrated on a few; `'qini'`: each depth weighted by its share, for effects spread over many. @defaultValue 'autoc' */
  readonly weighting?: 'autoc' | 'qini';
  /** Customers of equal score: spread evenly, or one by one in the order of the rows. @defaultValue 'shared' */
  readonly ties?: RankTies;
  /** How many random halves the standard error rests on. @defaultValue 200 */
  readonly replicates?: number;
  /** Confidence of the interval, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** A rank-weighted average treatment effect with its uncertainty. */
export interface RankAverageEffect extends Estimate {
  /** By half-sample bootstrap. */
  readonly standardError: number;
  /** Two-sided p-value of 0: the score ranks no better than chance. */
  readonly p: number;
}

/**
 * RATE, the rank-weighted average treatment effect (Yadlowsky, Fleming, Shah, Brunskill and Wager, 2021): whether a score finds those on whom treatment works better, and by how much.
 *
 * A weighted mean of the TOC curve over all depths j / n: `'autoc'` its plain mean, `'qini'` the mean of (j / n) TOC. 0 means ranking by chance. The standard error is
 * the spread over random halves without replacement (a row is the unit drawn, whatever its weight). It holds only for rows the score has not learnt from: on the
 * rows of training any flexible model looks right. Sorts once; O(n) a half.
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - weighting, propensity, method, predicted, weights, ties, replicates, confidence, seed
 * @returns the estimate in the unit of the outcome, its interval, standard error and p-value
 * @throws a {@link ClientelaError} as `effectScores`
 * @example
 * ```ts
 * const outcomes = [1, 0, 1, 0, 1, 0, 0, 1];
 * const treated = [1, 0, 1, 0, 1, 0, 1, 0];
 * const rate = rankAverageTreatmentEffect(outcomes, treated, [8, 7, 6, 5, 4, 3, 2, 1], { weighting: 'qini' });
 * rate.estimate; // => 3 / 16
 * rate.lower < rate.estimate; // => true
 * ```
 */
export function rankAverageTreatmentEffect(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: RateOptions = {}): RankAverageEffect {
  const caller = 'rankAverageTreatmentEffect';
  requireKnownOptions(caller, options, [...EFFECT_OPTIONS, 'weighting', 'ties', 'replicates', 'confidence', 'seed']);
  const weighting = requireChoice(caller, 'weighting', options.weighting ?? 'autoc', ['autoc', 'qini']);
  const rows = readUpliftRows(caller, outcomes, treated, scores, options.weights);
  return rateOf(caller, effectsOf(caller, rows, options, outcomes.length), rows, options)[weighting];
}

/** Both weightings at once, of effects already known. */
export function rateOf(caller: string, effects: Float64Array, { scores, weights }: UpliftRows, options: Pick<RateOptions, 'ties' | 'replicates' | 'confidence' | 'seed'>): { readonly autoc: RankAverageEffect; readonly qini: RankAverageEffect } {
  const { replicates = 200, confidence = 0.95, seed = 1 } = options;
  const z = normalMultiplier(caller, confidence);
  const ties = requireChoice<RankTies>(caller, 'ties', options.ties ?? 'shared', ['shared', 'rowOrder']);
  requireWhole(caller, 'replicates', replicates, 2);
  const ranked = rankEffects(effects, scores, weights, ties === 'shared');
  const [autoc, qini] = ratesOfGroups(ranked.sums, ranked.sizes, ranked.ends.length);
  const halves = halfSamples(ranked, replicates, seed);
  // One score for all, or one effect for all, leaves rounding only: that is no evidence.
  const rounding = 1e-12 * effects.reduce((most, effect) => Math.max(most, Math.abs(effect)), 0);
  const figure = (found: number, spread: number): RankAverageEffect => {
    const [estimate, standardError] = Math.abs(found) <= rounding && spread <= rounding ? [0, 0] : [found, spread];
    return {
      estimate,
      lower: estimate - z * standardError,
      upper: estimate + z * standardError,
      standardError,
      p: standardError > 0 ? twoSidedNormalP(estimate / standardError) : estimate === 0 ? 1 : 0,
    };
  };
  return { autoc: figure(autoc, spreadOf(halves[0])), qini: figure(qini, spreadOf(halves[1])) };
}

/** The two rates over random halves; the spread over halves without replacement is that of full samples with it. */
function halfSamples({ effects, weights, ends }: RankedEffects, replicates: number, seed: number): readonly [Float64Array, Float64Array] {
  const n = effects.length;
  const random = createRandom(seed);
  const places = Uint32Array.from({ length: n }, (_, place) => place);
  const chosen = new Uint8Array(n);
  const [sums, sizes] = [new Float64Array(ends.length), new Float64Array(ends.length)];
  const found: [Float64Array, Float64Array] = [new Float64Array(replicates), new Float64Array(replicates)];
  const half = Math.max(1, n >> 1);
  for (let replicate = 0; replicate < replicates; replicate++) {
    chosen.fill(0);
    // The first half of a shuffle; any start will do, so the places go on from the last.
    for (let i = 0; i < half; i++) {
      const j = i + random.integer(n - i);
      const place = places[j]!;
      places[j] = places[i]!;
      places[i] = place;
      chosen[place] = 1;
    }
    let [row, groups] = [0, 0];
    for (const end of ends) {
      let [sum, size] = [0, 0];
      for (; row < end; row++) {
        if (chosen[row] === 0) continue;
        const w = weights === null ? 1 : weights[row]!;
        sum += w * effects[row]!;
        size += w;
      }
      if (size === 0) continue;
      sums[groups] = sum;
      sizes[groups++] = size;
    }
    [found[0][replicate], found[1][replicate]] = ratesOfGroups(sums, sizes, groups);
  }
  return found;
}

/**
 * AUTOC and QINI of groups of equal effect, in ranked order. Inside a group the mean down to its j-th customer is (S + j m) / (B + j), with B customers of sum S
 * before it and mean m inside; a sum of 1 / (B + j) is a difference of digammas, which goes on to weights that are not whole.
 */
function ratesOfGroups(sums: Float64Array, sizes: Float64Array, groups: number): [number, number] {
  let [before, sum, means, running] = [0, 0, 0, 0];
  for (let group = 0; group < groups; group++) {
    const size = sizes[group]!;
    const total = sums[group]!;
    if (size === 1) means += (sum + total) / (before + 1);
    else {
      const mean = total / size;
      means += mean * size + (sum - mean * before) * inverseSum(before, size);
    }
    running += sum * size + (total * (size + 1)) / 2;
    sum += total;
    before += size;
  }
  return [means / before - sum / before, running / before ** 2 - ((sum / before) * (before + 1)) / (2 * before)];
}

/** The sum of 1 / (before + j) for j = 1 to size. */
function inverseSum(before: number, size: number): number {
  if (size > 32 || size % 1 !== 0) return digamma(before + size + 1) - digamma(before + 1);
  let sum = 0;
  for (let j = 1; j <= size; j++) sum += 1 / (before + j);
  return sum;
}
