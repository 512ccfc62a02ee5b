import { quantileOfSorted } from '../../numeric/quantile.js';
import type { FrontierProblem } from '../frontier/frontierLikelihood.js';
import { leastSquares } from '../frontier/frontierStart.js';

/** A line through the thick of the rows and how far the middle half lies from it, by least squares with far rows counting less (Cauchy's weights). */
export function middleLine(problem: FrontierProblem): { slopes: Float64Array; spread: number } {
  const { y, columns: [columns] } = problem;
  const near = new Float64Array(y.length).fill(1);
  const residuals = new Float64Array(y.length);
  for (let step = 0; ; step++) {
    const { beta } = leastSquares({ ...problem, weights: near.map((w, i) => w * (problem.weights === null ? 1 : problem.weights[i]!)) });
    residuals.set(y);
    columns.forEach((column, j) => {
      for (let i = 0; i < y.length; i++) residuals[i]! -= beta[j]! * column[i]!;
    });
    const spread = Math.max(1e-6, quantileOfSorted(residuals.map(Math.abs).sort(), 0.5) / 0.6744897501960817);
    if (step === 4) return { slopes: beta, spread };
    for (let i = 0; i < y.length; i++) near[i] = 1 / (1 + (residuals[i]! / (2 * spread)) ** 2);
  }
}
