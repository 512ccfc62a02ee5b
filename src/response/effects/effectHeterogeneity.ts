import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { EFFECT_OPTIONS, effectsOf, type EffectScoreOptions } from './effectScores.js';
import { calibrateEffects, testGroups, type EffectCalibration, type GroupEffects } from './groupEffects.js';
import { rateOf, type RankAverageEffect } from './rankAverageTreatmentEffect.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';
import { meanEstimate } from './weightedMean.js';

/** Options of {@link effectHeterogeneity}. */
export interface HeterogeneityOptions extends EffectScoreOptions {
  /** What one unit of outcome is worth, above 0. @defaultValue 1 */
  readonly benefit?: number;
  /** What contacting one customer costs, in the same currency. @defaultValue 0 */
  readonly contactCost?: number;
  /** How many groups of equal size, by score, are compared. @defaultValue 5 */
  readonly bins?: number;
  /** Random halves behind the standard errors of RATE. @defaultValue 200 */
  readonly replicates?: number;
  /** Confidence of the intervals and of the verdict, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** What {@link effectHeterogeneity} returns. */
export interface EffectHeterogeneity {
  /** What the trial supports: choose by the score, contact everybody, nobody, or test more. */
  readonly verdict: 'target' | 'treatAll' | 'treatNone' | 'undecided';
  /** Why, in a sentence with the figures. */
  readonly reason: string;
  /** Whether the score ranks effects better than chance. */
  readonly heterogeneity: 'evidence' | 'no evidence';
  /** The effect on all, per customer, in the unit of the outcome. */
  readonly averageEffect: Estimate;
  /** RATE for effects concentrated on a few. */
  readonly autoc: RankAverageEffect;
  /** RATE for effects spread over many. */
  readonly qini: RankAverageEffect;
  /** Effects by groups of the score, and the test that they are all the same. */
  readonly groups: GroupEffects;
  /** Whether scores are right in size: 1 they are, 0 they say nothing. */
  readonly calibration: EffectCalibration;
  /** What contacting those with benefit x score above contactCost earns beyond the better of all and nobody, per customer; for scores that are uplifts. */
  readonly targetingGain: Estimate;
}

/**
 * The gate before targeting by uplift: whether effects really differ along a score, and whether the trial supports choosing by it, contacting everybody, or nobody.
 *
 * There is evidence where one of the two RATEs is above 0 with a p-value below half of 1 - confidence (two looks, Bonferroni). Without it the verdict follows from
 * the average: `'treatAll'` when benefit x effect surely exceeds contactCost, `'treatNone'` when it surely does not, else `'undecided'`. With it the
 * verdict is `'target'`, unless choosing by the score surely earns less than the better constant. The test of groups and the calibration (best linear predictor:
 * Chernozhukov, Demirer, Duflo and Fernández-Val, 2018) are there to be read; they do not decide. For rows the score has not learnt from. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - predicted uplift, one finite number per row
 * @param options - propensity, method, predicted, weights, benefit, contactCost, bins, replicates, confidence, seed
 * @returns the verdict, its reason, and all figures behind it
 * @throws a {@link ClientelaError} as `effectScores`, and `INVALID_OPTION` for more bins than rows
 * @example
 * ```ts
 * const treated = Array.from({ length: 400 }, (_, i) => i % 2);
 * const scores = treated.map((_, i) => (i >> 1) % 2);
 * const outcomes = treated.map((w, i) => (i % 10 < 1 + 5 * w * scores[i]! ? 1 : 0));
 * const gate = effectHeterogeneity(outcomes, treated, scores);
 * gate.verdict; // => 'target'
 * effectHeterogeneity(outcomes, treated, treated.map((_, i) => (i * 37) % 101)).heterogeneity; // => 'no evidence'
 * ```
 */
export function effectHeterogeneity(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: HeterogeneityOptions = {}): EffectHeterogeneity {
  const caller = 'effectHeterogeneity';
  requireKnownOptions(caller, options, [...EFFECT_OPTIONS, 'benefit', 'contactCost', 'bins', 'replicates', 'confidence', 'seed']);
  const { confidence = 0.95 } = options;
  const z = normalMultiplier(caller, confidence);
  const benefit = requireFinite(caller, 'benefit', options.benefit ?? 1);
  const contactCost = requireFinite(caller, 'contactCost', options.contactCost ?? 0);
  const bins = requireWhole(caller, 'bins', options.bins ?? 5, 2);
  if (benefit <= 0 || contactCost < 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a benefit above 0 and a contactCost of at least 0, found ${benefit} and ${contactCost}`, { benefit, contactCost });
  }
  const rows = readUpliftRows(caller, outcomes, treated, scores, options.weights);
  const effects = effectsOf(caller, rows, options, outcomes.length);
  const averageEffect = meanEstimate(effects, rows.weights, z);
  const rates = rateOf(caller, effects, rows, { ...options, ties: 'shared' });
  const groups = testGroups(caller, effects, rows, bins, z);
  const calibration = calibrateEffects(effects, rows, z);
  // The better constant by the point estimate; each customer's difference to it.
  const all = benefit * averageEffect.estimate > contactCost ? 1 : 0;
  const gains = effects.map((effect, row) => (Number(benefit * rows.scores[row]! > contactCost) - all) * (benefit * effect - contactCost));
  const targetingGain = meanEstimate(gains, rows.weights, z);
  const found = { averageEffect, ...rates, groups, calibration, targetingGain };
  return { ...judge(found, { breakEven: contactCost / benefit, alpha: 1 - confidence, all: all === 1 }), ...found };
}

type Figures = Omit<EffectHeterogeneity, 'verdict' | 'reason' | 'heterogeneity'>;

function judge({ averageEffect, autoc, qini, targetingGain }: Figures, { breakEven, alpha, all }: { readonly breakEven: number; readonly alpha: number; readonly all: boolean }): Pick<EffectHeterogeneity, 'verdict' | 'reason' | 'heterogeneity'> {
  const best = [autoc, qini].filter(({ estimate }) => estimate > 0).reduce((least, { p }) => Math.min(least, 2 * p), 1);
  const real = best < alpha;
  const ranks = `the score ranks effects ${real ? 'better' : 'no better'} than chance (RATE: AUTOC ${text(autoc)}, QINI ${text(qini)}, p ${best.toPrecision(2)} for two looks)`;
  const heterogeneity = real ? 'evidence' : 'no evidence';
  if (real && targetingGain.upper >= 0) {
    const sure = targetingGain.lower > 0 ? '' : `; where everybody can be contacted it is not shown to beat contacting ${all ? 'all' : 'nobody'}`;
    return { verdict: 'target', heterogeneity, reason: `${ranks}; choosing by it earns ${text(targetingGain)} a customer beyond contacting ${all ? 'all' : 'nobody'}${sure}` };
  }
  const against = real ? `${ranks}, but choosing by it surely earns less than contacting ${all ? 'all' : 'nobody'}` : `no evidence: ${ranks}`;
  const average = `the average effect ${text(averageEffect)}`;
  if (averageEffect.lower > breakEven) return { verdict: 'treatAll', heterogeneity, reason: `${against}; ${average} is above the break-even of ${number(breakEven)}, so contact all` };
  if (averageEffect.upper <= breakEven) return { verdict: 'treatNone', heterogeneity, reason: `${against}; ${average} is not above the break-even of ${number(breakEven)}, so contact nobody` };
  return { verdict: 'undecided', heterogeneity, reason: `${against}; ${average} may lie on either side of the break-even of ${number(breakEven)}, so test more` };
}

function text({ estimate, lower, upper }: Estimate): string {
  return `${number(estimate)} (${number(lower)} to ${number(upper)})`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
