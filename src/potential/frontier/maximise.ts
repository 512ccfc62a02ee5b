import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import type { FrontierLikelihood } from './frontierLikelihood.js';

/** When to stop, and whom to tell. */
export interface MaximiseOptions {
  /** Sum of the weights. */
  readonly total: number;
  readonly maxIterations: number;
  /** False stops. */
  readonly onStep?: ((iteration: number, logLikelihood: number) => boolean) | undefined;
  /** The least and largest tau that are tried. */
  readonly tauBounds?: readonly [number, number] | undefined;
}

/** Where {@link maximise} ended. */
export interface Maximum {
  readonly at: Float64Array;
  readonly logLikelihood: number;
  /** Minus the Hessian: the observed information. */
  readonly information: Float64Array;
  readonly iterations: number;
  readonly gradientNorm: number;
  readonly reason: 'step below tolerance' | 'iteration limit' | 'stopped by onProgress' | 'no higher value found';
}

/** A slope by a row that is no maximum's: at one rounding leaves 1e-14 or so. */
const STEEP = 1e-6;

/**
 * Newton's method with the damping of Levenberg and Marquardt where the surface is not concave or a step would not raise it. Stops where the
 * step is some 1e-7 standard errors of the estimates; that step is still taken, and what it leaves is of the order of its square.
 */
export function maximise(likelihood: FrontierLikelihood, start: Float64Array, options: MaximiseOptions): Maximum {
  const { total, maxIterations, onStep, tauBounds } = options;
  const { size } = likelihood;
  let at: Float64Array = start.slice();
  let value = likelihood.evaluate(at, true);
  let damping = 0;
  let iterations = 0;
  let gradient = likelihood.gradient.slice();
  let information = likelihood.hessian.map((h) => -h);
  const free = (): number => (tauBounds === undefined ? size : freeSize(at[size - 1]!, gradient[size - 1]!, tauBounds, size));
  const end = (reason: Maximum['reason']): Maximum => {
    const gradientNorm = largest(gradient.subarray(0, free())) / total;
    // Where the noise vanishes the surface becomes a wall: steps are short there, and no maximum is near.
    const isWall = reason === 'step below tolerance' && !(gradientNorm < STEEP);
    return { at, logLikelihood: value, information, iterations, gradientNorm, reason: isWall ? 'no higher value found' : reason };
  };
  while (iterations < maxIterations) {
    const step = dampedStep(information, gradient, size, free(), damping);
    if (step === null) {
      damping = Math.max(1e-3, damping * 8);
      if (damping > 1e12) return end('no higher value found');
      continue;
    }
    const there = at.map((x, j) => x + step[j]!);
    if (tauBounds !== undefined) there[size - 1] = Math.min(tauBounds[1], Math.max(tauBounds[0], there[size - 1]!));
    const found = likelihood.evaluate(there, true);
    const rise = step.reduce((sum, s, j) => sum + s * gradient[j]!, 0);
    const settled = rise < 1e-13 * Math.max(1, size) && damping < 1e-6;
    if (!(found > value - 1e-12 * Math.abs(value)) || !isFiniteAll(likelihood.hessian)) {
      // A step that much damping has made short says nothing of a maximum.
      if (rise < 1e-9 * Math.max(1, Math.abs(value)) && damping < 1e-2) return end('step below tolerance');
      damping = Math.max(1e-3, damping * 8);
      if (damping > 1e12) return end('no higher value found');
      continue;
    }
    iterations++;
    damping = damping < 1e-4 ? 0 : damping / 8;
    at = there;
    value = found;
    gradient = likelihood.gradient.slice();
    information = likelihood.hessian.map((h) => -h);
    if (settled) return end('step below tolerance');
    if (onStep?.(iterations, value) === false) return end('stopped by onProgress');
  }
  return end('iteration limit');
}

/** Without tau, where it is at a bound and would go beyond. */
function freeSize(tau: number, slope: number, [least, most]: readonly [number, number], size: number): number {
  return (tau <= least && slope < 0) || (tau >= most && slope > 0) ? size - 1 : size;
}

/** (information + damping * its own sizes)^-1 gradient for the first `free` parameters; null where that is not positive definite. */
function dampedStep(information: Float64Array, gradient: Float64Array, size: number, free: number, damping: number): Float64Array | null {
  const matrix = new Float64Array(free * free);
  for (let j = 0; j < free; j++) {
    for (let k = 0; k < free; k++) matrix[j * free + k] = information[j * size + k]!;
    matrix[j * free + j]! += damping * (Math.abs(information[j * size + j]!) + 1e-8);
  }
  if (!choleskyInPlace(matrix, free)) return null;
  const step = new Float64Array(size);
  step.set(choleskySolve(matrix, free, gradient.slice(0, free)));
  // No parameter is on a scale where a longer step is meant.
  const longest = largest(step.subarray(0));
  const limit = 2;
  return longest <= limit || damping > 0 ? step : step.map((s) => (s * limit) / longest);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function isFiniteAll(values: Float64Array): boolean {
  return values.every((value) => Number.isFinite(value));
}
