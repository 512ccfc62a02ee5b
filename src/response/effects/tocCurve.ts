import { requireKnownOptions } from '../../data/options.js';
import { EFFECT_OPTIONS, effectsOf, type EffectScoreOptions } from './effectScores.js';
import { rankRows } from './rankArms.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';

/** What {@link tocCurve} returns: three arrays of one length. */
export interface TocCurve {
  /** The distinct scores, falling: at each, everybody with at least that score is counted. */
  readonly thresholds: Float64Array;
  /** Share of all customers counted, above 0 and up to 1. */
  readonly share: Float64Array;
  /** Average effect on them less the average effect on all; 0 at the end. */
  readonly toc: Float64Array;
}

/**
 * The targeting operator characteristic (Yadlowsky, Fleming, Shah, Brunskill and Wager, 2021): how much larger than on all the average effect is on those a score puts first.
 *
 * Effects are averaged by the doubly robust scores of `effectScores`. A score that works starts high and falls to 0; by chance the curve
 * wavers around 0, widely at the start. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - propensity, method, predicted, weights, as `effectScores` takes them
 * @returns thresholds, share and toc
 * @throws a {@link ClientelaError} as `effectScores`
 * @example
 * ```ts
 * const curve = tocCurve([1, 0, 1, 0], [1, 0, 0, 1], [4, 3, 2, 1], { propensity: 0.5, method: 'ipw' });
 * curve.share; // => [0.25, 0.5, 0.75, 1]
 * curve.toc; // => [2, 1, 0, 0]
 * ```
 */
export function tocCurve(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: EffectScoreOptions = {}): TocCurve {
  requireKnownOptions('tocCurve', options, EFFECT_OPTIONS);
  const rows = readUpliftRows('tocCurve', outcomes, treated, scores, options.weights);
  const { ends, scores: thresholds, sums, sizes } = rankEffects(effectsOf('tocCurve', rows, options, outcomes.length), rows.scores, rows.weights, true);
  const share = new Float64Array(ends.length);
  const toc = new Float64Array(ends.length);
  let [sum, size] = [0, 0];
  for (let group = 0; group < ends.length; group++) {
    share[group] = size += sizes[group]!;
    toc[group] = (sum += sums[group]!) / size;
  }
  const mean = sum / size;
  for (let group = 0; group < ends.length; group++) {
    share[group]! /= size;
    toc[group]! -= mean;
  }
  return { thresholds, share, toc };
}

/** Effects down a ranking, by groups of equal scores. */
export interface RankedEffects {
  /** Effects and weights (null: all 1) of the rows, highest score first. */
  readonly effects: Float64Array;
  readonly weights: Float64Array | null;
  /** Where in that order each group ends. */
  readonly ends: Uint32Array;
  /** Score, sum of weighted effects and sum of weights of each group. */
  readonly scores: Float64Array;
  readonly sums: Float64Array;
  readonly sizes: Float64Array;
}

/** Sorts once; with `shared` false every row is a group. */
export function rankEffects(effects: Float64Array, scores: Float64Array, weights: Float64Array | null, shared: boolean): RankedEffects {
  const n = effects.length;
  const order = rankRows(scores);
  const result = { effects: new Float64Array(n), weights: weights === null ? null : new Float64Array(n), ends: new Uint32Array(n), scores: new Float64Array(n), sums: new Float64Array(n), sizes: new Float64Array(n) };
  let groups = 0;
  for (let i = 0; i < n; groups++) {
    const score = scores[order[i]!]!;
    let [sum, size] = [0, 0];
    do {
      const row = order[i]!;
      const w = weights === null ? 1 : weights[row]!;
      result.effects[i] = effects[row]!;
      if (result.weights !== null) result.weights[i] = w;
      sum += w * effects[row]!;
      size += w;
      i++;
    } while (shared && i < n && scores[order[i]!] === score);
    result.ends[groups] = i;
    result.scores[groups] = score;
    result.sums[groups] = sum;
    result.sizes[groups] = size;
  }
  return { ...result, ends: result.ends.slice(0, groups), scores: result.scores.slice(0, groups), sums: result.sums.slice(0, groups), sizes: result.sizes.slice(0, groups) };
}
