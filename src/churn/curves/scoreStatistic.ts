import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { pivotedCholesky } from '../../numeric/cholesky.js';

/** A test of several scores at once. */
export interface ScoreStatistic {
  /** Chi-square distributed where nothing differs. */
  readonly statistic: number;
  /** How many independent comparisons it sums up; 0 where the data hold none. */
  readonly degreesOfFreedom: number;
  /** Of a statistic at least as large, nothing differing. */
  readonly p: number;
}

/** u' V⁻ u with V symmetric, row-major; scores that others determine are left out. */
export function scoreStatistic(scores: Float64Array, variance: Float64Array): ScoreStatistic {
  const n = scores.length;
  const { rank, order, factor } = pivotedCholesky(variance, n, 1e-9);
  const solved = new Float64Array(rank);
  let statistic = 0;
  for (let i = 0; i < rank; i++) {
    let sum = scores[order[i]!]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * solved[k]!;
    solved[i] = sum / factor[i * n + i]!;
    statistic += solved[i]! * solved[i]!;
  }
  return { statistic, degreesOfFreedom: rank, p: rank === 0 ? 1 : chiSquareSurvival(statistic, rank) };
}

/**
 * The scores of all groups but one, which the others determine, and their variance. The one is that of the largest variance: beside two large groups a small one would be
 * lost to rounding if it were left to their difference.
 */
export function withoutOne(scores: Float64Array, variance: Float64Array): readonly [Float64Array, Float64Array] {
  const groups = scores.length;
  let out = groups - 1;
  for (let g = 0; g < groups; g++) if (variance[g * groups + g]! > variance[out * groups + out]!) out = g;
  const isKept = (_: number, g: number): boolean => g !== out;
  return [scores.filter(isKept), variance.filter((_, at) => Math.floor(at / groups) !== out && at % groups !== out)];
}
