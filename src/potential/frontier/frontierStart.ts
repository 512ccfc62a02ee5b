import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import type { FrontierProblem } from './frontierLikelihood.js';
import { weightedGram } from './weightedGram.js';

/** Least squares and what its residuals look like. */
export interface LeastSquares {
  readonly beta: Float64Array;
  readonly meanSquare: number;
  readonly skewness: number;
  readonly total: number;
  readonly logLikelihood: number;
}

/** Least squares by the normal equations: the columns are standardised and independent. */
export function leastSquares({ y, weights, columns: [frontier] }: FrontierProblem): LeastSquares {
  const size = frontier.length;
  const gram = weightedGram([...frontier, y], weights);
  const square = new Float64Array(size * size);
  for (let j = 0; j < size; j++) square.set(gram.subarray(j * (size + 1), j * (size + 1) + size), j * size);
  const beta = gram.slice(size * (size + 1), size * (size + 1) + size);
  choleskyInPlace(square, size);
  choleskySolve(square, size, beta);
  const residuals = y.slice();
  frontier.forEach((column, j) => {
    const slope = beta[j]!;
    for (let i = 0; i < residuals.length; i++) residuals[i]! -= slope * column[i]!;
  });
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < residuals.length; i++) {
    const r = residuals[i]!;
    const weighed = weights === null ? r * r : weights[i]! * r * r;
    squares += weighed;
    cubes += weighed * r;
  }
  const total = gram[0]!;
  const meanSquare = squares / total;
  return { beta, meanSquare, skewness: cubes / total / meanSquare ** 1.5, total, logLikelihood: -0.5 * total * (1.8378770664093455 + Math.log(meanSquare) + 1) };
}

/**
 * Corrected least squares: variance and lean of the residuals say how much of them is inefficiency (Olson, Schmidt and Waldman, 1980), whose
 * mean the frontier lies above the line.
 */
export function frontierStart({ columns }: FrontierProblem, law: 'halfNormal' | 'exponential', { beta, meanSquare, skewness }: LeastSquares): Float64Array {
  const [frontier, inefficiency, noise] = columns;
  const cube = Math.max(-skewness, 0.05) * meanSquare ** 1.5;
  const isBell = law === 'halfNormal';
  const spread = Math.sqrt(meanSquare);
  const sigmaU = Math.min(Math.cbrt(cube / (isBell ? 0.21801361 : 2)), spread * (isBell ? 1.5 : 0.95));
  const left = meanSquare - (isBell ? 0.3633802 : 1) * sigmaU * sigmaU;
  const start = new Float64Array(frontier.length + inefficiency.length + noise.length);
  start.set(beta);
  start[0]! += isBell ? 0.7978845608028654 * sigmaU : sigmaU;
  start[frontier.length] = Math.log(sigmaU);
  start[frontier.length + inefficiency.length] = 0.5 * Math.log(Math.max(left, 0.1 * meanSquare));
  return start;
}
