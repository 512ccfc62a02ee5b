import { choleskyInPlace, choleskyInverse, choleskySolve } from '../../numeric/cholesky.js';

/** Rows of a logistic regression, those that are alike taken together. */
export interface LogisticPoints {
  /** How many. */
  readonly count: number;
  /** Columns beside the intercept. */
  readonly width: number;
  /** Row-major, count × width. */
  readonly x: Float64Array;
  /** Rows at each point, and how many of them took the product. */
  readonly trials: Float64Array;
  readonly taken: Float64Array;
  /** Log-odds known beforehand, one a point. */
  readonly offset?: Float64Array;
}

/** What is believed before the rows are seen: normal slopes, and an intercept as after `trials` rows at 0 of which the share `rate` took. */
export interface LogisticPrior {
  readonly means: Float64Array;
  /** 1 / variance of each slope, above 0. */
  readonly precisions: Float64Array;
  readonly trials: number;
  readonly rate: number;
}

interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/**
 * Overwrites `beta` (the intercept first) by the most probable coefficients of which none is below its bound, and gives the variance of each
 * slope, 0 for one at its bound. Newton's method with projection (Bertsekas, 1982) and backtracking; the loss is convex, so it
 * finds the one minimum from anywhere; it stops where a step promises less than `tolerance` of log-likelihood. O(points × width²) a step, about six steps.
 */
export function logisticMode(points: LogisticPoints, prior: LogisticPrior, bounds: Float64Array, beta: Float64Array, tolerance = 1e-12): Float64Array {
  const size = points.width + 1;
  const here = { gradient: new Float64Array(size), hessian: new Float64Array(size * size) };
  const step = new Float64Array(size);
  const last = new Float64Array(size);
  differentiate(points, prior, beta, here);
  for (let iteration = 0; iteration < 60; iteration++) {
    freeze(beta, bounds, here);
    if (!choleskyInPlace(here.hessian, size)) break;
    step.set(here.gradient);
    choleskySolve(here.hessian, size, step);
    last.set(beta);
    const slopes = here.gradient.slice();
    let shrink = 1;
    let fall: number;
    let rest: number;
    // The loss is convex: unless its slope along the step has turned upwards by more than half, the step was not too long.
    do {
      fall = 0;
      rest = 0;
      for (let k = 0; k < size; k++) beta[k] = Math.max(lowerBound(bounds, k), last[k]! - shrink * step[k]!);
      differentiate(points, prior, beta, here);
      for (let k = 0; k < size; k++) {
        fall += slopes[k]! * (last[k]! - beta[k]!);
        rest += here.gradient[k]! * (last[k]! - beta[k]!);
      }
      shrink /= 2;
    } while (shrink > 1e-9 && -rest > fall / 2);
    if (!(fall > tolerance)) break;
  }
  return slopeVariances(here, bounds, beta);
}

function lowerBound(bounds: Float64Array, k: number): number {
  return k === 0 ? -Infinity : bounds[k - 1]!;
}

/** Takes a coefficient at its bound that would go below it out of the step. */
function freeze(beta: Float64Array, bounds: Float64Array, { gradient, hessian }: Derivatives): void {
  const size = beta.length;
  for (let k = 1; k < size; k++) {
    if (beta[k]! > bounds[k - 1]! || gradient[k]! < 0) continue;
    gradient[k] = 0;
    for (let j = 0; j < size; j++) hessian[k * size + j] = hessian[j * size + k] = 0;
    hessian[k * size + k] = 1;
  }
}

function slopeVariances(here: Derivatives, bounds: Float64Array, beta: Float64Array): Float64Array {
  const size = beta.length;
  freeze(beta, bounds, here);
  const inverse = choleskyInPlace(here.hessian, size) ? choleskyInverse(here.hessian, size) : new Float64Array(size * size);
  return new Float64Array(size - 1).map((_, k) => (beta[k + 1]! > bounds[k]! ? inverse[(k + 1) * (size + 1)]! : 0));
}

/** Gradient and (lower triangle of the) second derivatives of -log posterior. */
function differentiate({ count, width, x, trials, taken, offset }: LogisticPoints, prior: LogisticPrior, beta: Float64Array, { gradient, hessian }: Derivatives): void {
  const size = width + 1;
  const share = 1 / (1 + Math.exp(-beta[0]!));
  gradient.fill(0);
  hessian.fill(0);
  gradient[0] = prior.trials * (share - prior.rate);
  hessian[0] = prior.trials * share * (1 - share);
  for (let k = 0; k < width; k++) {
    gradient[k + 1] = prior.precisions[k]! * (beta[k + 1]! - prior.means[k]!);
    hessian[(k + 1) * (size + 1)] = prior.precisions[k]!;
  }
  for (let i = 0, base = 0; i < count; i++, base += width) {
    let eta = beta[0]! + (offset === undefined ? 0 : offset[i]!);
    for (let k = 0; k < width; k++) eta += beta[k + 1]! * x[base + k]!;
    const e = Math.exp(-Math.abs(eta));
    const r = 1 / (1 + e);
    const n = trials[i]!;
    const g = n * (eta < 0 ? e * r : r) - taken[i]!;
    const h = n * e * r * r;
    gradient[0] += g;
    hessian[0] += h;
    for (let k = 0; k < width; k++) {
      const value = x[base + k]!;
      const row = (k + 1) * size;
      gradient[k + 1]! += g * value;
      hessian[row]! += h * value;
      for (let j = 0; j <= k; j++) hessian[row + j + 1]! += h * value * x[base + j]!;
    }
  }
}
