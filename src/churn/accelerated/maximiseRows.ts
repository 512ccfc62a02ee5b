import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import type { RowLikelihood } from './rowLikelihood.js';

/** When to stop, and whom to tell. */
export interface MaximiseRowsOptions {
  readonly maxIterations: number;
  /** Position of a parameter that must stay above 0; -1 for none. */
  readonly positive: number;
  /** False stops. */
  readonly onStep?: ((iteration: number, logLikelihood: number) => boolean) | undefined;
}

/** Why the search ended. */
export type MaximumReason = 'step below tolerance' | 'iteration limit' | 'stopped by onProgress' | 'no higher value found';

/** Where {@link maximiseRows} ended. */
export interface RowMaximum {
  readonly at: Float64Array;
  readonly logLikelihood: number;
  readonly information: Float64Array;
  readonly iterations: number;
  /** Of the largest component, in standard errors of its estimate or so. */
  readonly gradientNorm: number;
  readonly reason: MaximumReason;
}

/**
 * Newton's method; where the surface is not concave or a step would not raise it, with the damping of Levenberg and Marquardt. Stops where half
 * the squared length of a step, in standard errors, is 1e-14: the step is still taken, and what it leaves is of the order of its square.
 */
export function maximiseRows(likelihood: RowLikelihood, start: Float64Array, { maxIterations, positive, onStep }: MaximiseRowsOptions): RowMaximum {
  let at = start.slice();
  let value = likelihood.evaluate(at);
  let gradient = likelihood.gradient.slice();
  let information = likelihood.information.slice();
  let damping = 0;
  let iterations = 0;
  const end = (reason: MaximumReason): RowMaximum => ({ at, logLikelihood: value, information, iterations, gradientNorm: scaledNorm(gradient, information), reason });
  while (iterations < maxIterations) {
    const step = damping > 1e14 ? null : dampedStep(information, gradient, damping);
    if (step === null) {
      if (damping > 1e14) return end('no higher value found');
      damping = Math.max(1e-3, damping * 8);
      continue;
    }
    const rise = step.reduce((sum, s, j) => sum + s * gradient[j]!, 0);
    const there = at.map((x, j) => (j === positive ? Math.max(x + step[j]!, x / 4) : x + step[j]!));
    const found = likelihood.evaluate(there);
    const isSettled = rise < 2e-14 && damping < 1e-6;
    // What rounding takes from a sum of many rows is no fall.
    if (!(found >= value - 1e-12 * (1 + Math.abs(value))) || !likelihood.information.every(Number.isFinite)) {
      if (rise < 1e-9 && damping < 1e-2) return end('step below tolerance');
      damping = Math.max(1e-3, damping * 8);
      continue;
    }
    iterations++;
    damping = damping < 1e-2 ? 0 : damping / 8;
    at = there;
    value = found;
    gradient = likelihood.gradient.slice();
    information = likelihood.information.slice();
    if (isSettled) return end('step below tolerance');
    if (onStep?.(iterations, value) === false) return end('stopped by onProgress');
  }
  return end('iteration limit');
}

/** (information + damping * its diagonal)^-1 gradient; null where that is not positive definite. */
function dampedStep(information: Float64Array, gradient: Float64Array, damping: number): Float64Array | null {
  const size = gradient.length;
  const matrix = information.slice();
  for (let j = 0; j < size; j++) matrix[j * size + j]! += damping * (Math.abs(matrix[j * size + j]!) + 1e-8);
  if (!choleskyInPlace(matrix, size)) return null;
  const step = choleskySolve(matrix, size, gradient.slice());
  return step.every(Number.isFinite) ? step : null;
}

function scaledNorm(gradient: Float64Array, information: Float64Array): number {
  return gradient.reduce((most, g, j) => Math.max(most, Math.abs(g) / Math.sqrt(Math.max(1, information[j * gradient.length + j]!))), 0);
}
