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

/** The scores of all groups but the last, which the others determine, and their variance. */
export function withoutLast(scores: Float64Array, variance: Float64Array): readonly [Float64Array, Float64Array] {
  const groups = scores.length;
  const kept = groups - 1;
  return [scores.subarray(0, kept), Float64Array.from({ length: kept * kept }, (_, at) => variance[Math.floor(at / kept) * groups + (at % kept)]!)];
}
