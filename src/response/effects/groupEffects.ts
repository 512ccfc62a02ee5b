import { ClientelaError } from '../../errors.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalSurvival } from '../../numeric/normal.js';
import { areWhole, splitAt } from './armSums.js';
import { rankEffects } from './tocCurve.js';
import type { UpliftRows } from './upliftRows.js';

/** Effects in groups of a score, and the test of their equality. */
export interface GroupEffects {
  /** One per group, highest scores first. */
  readonly effects: readonly Estimate[];
  /** Sum of the squared deviations from their common effect, each over its squared standard error. */
  readonly chiSquare: number;
  /** Groups less one. */
  readonly degreesOfFreedom: number;
  /** How probable such differences are if the effect is the same in all groups. */
  readonly p: number;
}

/** The line through effects by score: effect = average + slope (score - mean score). */
export interface EffectCalibration {
  /** 1 where scores are right in size, 0 where they say nothing; robust (HC1) interval. */
  readonly slope: Estimate;
  /** One-sided p-value of a slope of 0 or less. */
  readonly p: number;
}

/** Cochran's Q over groups of equal size; a group of equal scores that an edge cuts gives each side its share. */
export function testGroups(caller: string, effects: Float64Array, { scores, weights }: UpliftRows, bins: number, z: number): GroupEffects {
  const squares = effects.map((effect) => effect * effect);
  const [first, second] = [rankEffects(effects, scores, weights, true), rankEffects(squares, scores, weights, true)];
  const total = first.sizes.reduce((sum, size) => sum + size, 0);
  const whole = areWhole(weights);
  if (total < 2 * bins) throw new ClientelaError('INVALID_OPTION', `${caller} needs at least two customers in every bin, found ${total} in ${bins}; ask for fewer bins`, { option: 'bins' });
  const groups: { mean: number; square: number }[] = [];
  let [group, used] = [0, 0];
  for (let j = 1, from = 0; j <= bins; j++) {
    const to = splitAt(total, bins, j, whole);
    let [sum, sumOfSquares, left] = [0, 0, to - from];
    while (left > 1e-9 && group < first.ends.length) {
      const size = first.sizes[group]!;
      const taken = Math.min(left, size - used);
      sum += (first.sums[group]! * taken) / size;
      sumOfSquares += (second.sums[group]! * taken) / size;
      left -= taken;
      used += taken;
      if (used >= size - 1e-9) [group, used] = [group + 1, 0];
    }
    const size = to - from;
    groups.push({ mean: sum / size, square: Math.max(0, sumOfSquares / size - (sum / size) ** 2) / (size - 1) });
    from = to;
  }
  const known = groups.filter(({ square }) => square > 0);
  const precision = known.reduce((sum, { square }) => sum + 1 / square, 0);
  const common = known.reduce((sum, { mean, square }) => sum + mean / square, 0) / precision;
  const chiSquare = known.reduce((sum, { mean, square }) => sum + (mean - common) ** 2 / square, 0);
  const degreesOfFreedom = Math.max(0, known.length - 1);
  const interval = ({ mean, square }: { mean: number; square: number }): Estimate => ({ estimate: mean, lower: mean - z * Math.sqrt(square), upper: mean + z * Math.sqrt(square) });
  return { effects: groups.map(interval), chiSquare, degreesOfFreedom, p: degreesOfFreedom === 0 ? 1 : chiSquareSurvival(chiSquare, degreesOfFreedom) };
}

/** Least squares of effects on scores, with standard errors that hold for unequal noise. A constant score has slope 0, known by nothing. */
export function calibrateEffects(effects: Float64Array, { scores, weights }: UpliftRows, z: number): EffectCalibration {
  let [size, sumS, sumE] = [0, 0, 0];
  for (let row = 0; row < effects.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    size += w;
    sumS += w * scores[row]!;
    sumE += w * effects[row]!;
  }
  const [meanS, meanE] = [sumS / size, sumE / size];
  let [square, product] = [0, 0];
  for (let row = 0; row < effects.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    square += w * (scores[row]! - meanS) ** 2;
    product += w * (scores[row]! - meanS) * (effects[row]! - meanE);
  }
  // The mean of one score for all may miss it by rounding.
  const isConstant = scores.every((score) => score === scores[0]);
  if (isConstant || !(square > 0) || size <= 2) return { slope: { estimate: 0, lower: -Infinity, upper: Infinity }, p: 0.5 };
  const slope = product / square;
  let noise = 0;
  for (let row = 0; row < effects.length; row++) {
    const distance = scores[row]! - meanS;
    noise += (weights === null ? 1 : weights[row]!) * (distance * (effects[row]! - meanE - slope * distance)) ** 2;
  }
  const standardError = Math.sqrt((noise * size) / (size - 2)) / square;
  const half = z * standardError;
  return { slope: { estimate: slope, lower: slope - half, upper: slope + half }, p: standardError > 0 ? normalSurvival(slope / standardError) : slope > 0 ? 0 : 1 };
}
