import { solveDense } from '../naiveLogistic.js';

/** The slow twin: iteratively reweighted least squares (Fisher scoring) on a dense design by the textbook, under the logarithm as link. */
export function naiveGlm(
  design: readonly (readonly number[])[],
  y: readonly number[],
  variance: (mean: number) => number,
  weights: readonly number[] = y.map(() => 1),
  offset: readonly number[] = y.map(() => 0),
): { beta: number[]; covariance: number[][] } {
  const x = design.map((row) => [1, ...row]);
  const average = y.reduce((sum, value) => sum + value, 0) / y.length;
  let eta = y.map((value) => Math.log((value + average) / 2));
  let beta: number[] = [];
  let information: number[][] = [];
  for (let iteration = 0; iteration < 400; iteration++) {
    const means = eta.map(Math.exp);
    const w = means.map((mean, i) => (weights[i]! * mean * mean) / variance(mean));
    const z = means.map((mean, i) => eta[i]! - offset[i]! + (y[i]! - mean) / mean);
    information = x[0]!.map((_, j) => x[0]!.map((__, k) => x.reduce((sum, row, i) => sum + w[i]! * row[j]! * row[k]!, 0)));
    const right = x[0]!.map((_, j) => [x.reduce((sum, row, i) => sum + w[i]! * row[j]! * z[i]!, 0)]);
    beta = solveDense(information, right).map(([b]) => b!);
    eta = x.map((row, i) => row.reduce((sum, value, j) => sum + value * beta[j]!, offset[i]!));
  }
  return { beta, covariance: solveDense(information, information.map((_, j) => information.map((__, k) => (j === k ? 1 : 0)))) };
}
