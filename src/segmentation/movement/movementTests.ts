import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { incompleteBeta } from '../../numeric/incompleteBeta.js';

/** A chi-square test. */
export interface MovementTest {
  /** The chi-square statistic. */
  readonly statistic: number;
  /** Its degrees of freedom; 0 where there is nothing to test. */
  readonly degreesOfFreedom: number;
  /** The probability of one at least as large where nothing but chance moves customers; 1 where there is nothing to test. */
  readonly p: number;
}

/** Whether as many go one way as the other, over all pairs of segments; `counts` is row-major, k x k. (Bowker, 1948; McNemar, 1947, for two.) */
export function symmetryTest(counts: Float64Array, k: number): MovementTest {
  let [statistic, degreesOfFreedom] = [0, 0];
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) {
      const [there, back] = [counts[i * k + j]!, counts[j * k + i]!];
      if (there + back === 0) continue;
      statistic += (there - back) ** 2 / (there + back);
      degreesOfFreedom++;
    }
  }
  return { statistic, degreesOfFreedom, p: chiSquareSurvival(statistic, degreesOfFreedom) };
}

/**
 * Whether the sizes of the segments change (Stuart, 1955; Maxwell, 1970): d' V^-1 d, d = losses less gains, V their covariance where none changes.
 * By elimination: V is the Laplacian of who exchanges customers, so that the last pivot of every group of segments that do is 0, and needs no exchange of rows.
 */
export function homogeneityTest(counts: Float64Array, k: number): MovementTest {
  const v = new Float64Array(k * k);
  const d = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const [there, back] = [counts[i * k + j]!, counts[j * k + i]!];
      d[i]! += there - back;
      if (i === j) continue;
      v[i * k + j] = -(there + back);
      v[i * k + i]! += there + back;
    }
  }
  const sizes = Float64Array.from(d, (_, i) => v[i * k + i]!);
  let [statistic, degreesOfFreedom] = [0, 0];
  for (let i = 0; i < k; i++) {
    const pivot = v[i * k + i]!;
    if (!(pivot > 1e-10 * sizes[i]!)) continue;
    statistic += d[i]! ** 2 / pivot;
    degreesOfFreedom++;
    for (let j = i + 1; j < k; j++) {
      const factor = v[j * k + i]! / pivot;
      d[j]! -= factor * d[i]!;
      for (let l = i; l < k; l++) v[j * k + l]! -= factor * v[i * k + l]!;
    }
  }
  return { statistic, degreesOfFreedom, p: chiSquareSurvival(statistic, degreesOfFreedom) };
}

/** Two-sided p-value of two opposite flows being equal: exact, as of a fair coin. */
export function oppositeFlowsP(there: number, back: number): number {
  const more = Math.max(there, back);
  return more === 0 ? 1 : Math.min(1, 2 * incompleteBeta(0.5, more, there + back - more + 1));
}
