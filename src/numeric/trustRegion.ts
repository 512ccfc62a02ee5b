import type { Convergence } from './convergence.js';
import { QuadraticModel } from './quadraticModel.js';
import type { SmoothObjective } from './quasiNewton.js';

/** How long to look for the minimum. */
export interface TrustRegionOptions {
  /** Stops once no more than this can be gained: half g' H^-1 g. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Called after each step taken; false stops. */
  readonly onIteration?: ((iteration: number, value: number) => boolean | undefined | void) | undefined;
}

/** Where {@link minimiseTrustRegion} ended. */
export interface TrustRegionMinimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** The second derivatives there, row by row, by central differences of the gradient; null where the search was cut short. */
  readonly hessian: Float64Array | null;
  readonly convergence: Convergence;
}

interface Point {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Steps of differences: half the digits of a gradient are lost to the division by a step, none of what matters to its square. */
const STEP = 1e-4;

/** No step is longer, however flat the function. */
const LONGEST = 1.5;

/**
 * A local minimum of a smooth function of few variables in few evaluations: steps within a radius that grows and shrinks with how well the second
 * derivatives foretell the function (Nocedal and Wright, 2006, chapter 4). These begin as differences of the gradient, learn from every step
 * by the symmetric rank-one formula (there, 6.2), and are taken anew where the search ends, which gives the last digits and the curvature. A direction
 * that curves down is followed as if it curved up. Steps are as if the variables were of the scale of 1, such as logarithms. n evaluations at the start, 2 n at the end.
 */
export function minimiseTrustRegion(objective: SmoothObjective, start: Float64Array, { tolerance, maxIterations, onIteration }: TrustRegionOptions): TrustRegionMinimum {
  const ask = (at: Float64Array): Point => {
    const gradient = new Float64Array(at.length);
    const value = objective(at, gradient);
    return { at, value: Number.isNaN(value) || !gradient.every((slope) => Number.isFinite(slope)) ? Infinity : value, gradient };
  };
  let here = ask(start.slice());
  let iterations = 0;
  const end = (converged: boolean, reason: string, hessian: Float64Array | null = null): TrustRegionMinimum => ({
    ...here,
    hessian,
    convergence: { converged, iterations, gradientNorm: here.gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0), reason },
  });
  if (here.value === Infinity) return end(false, 'no value at the start');
  let model = new QuadraticModel(differences(ask, here, false));
  // What the model last taken by central differences said was left to gain there; the last digits need one that was taken nearby.
  let exactLeft = Infinity;
  let exact: Float64Array | null = null;
  let radius = 1;
  let failures = 0;
  for (;;) {
    const left = model.left(here.gradient);
    if (left <= tolerance && exactLeft <= 1e6 * tolerance) return end(true, 'gradient small', exact);
    if (left <= 1e4 * tolerance && exactLeft > 1e6 * tolerance) {
      exact = differences(ask, here, true);
      model = new QuadraticModel(exact);
      exactLeft = model.left(here.gradient);
      continue;
    }
    if (iterations >= maxIterations) return end(false, 'iteration limit');
    const { step, length, foretold } = model.step(here.gradient, radius);
    const there = ask(here.at.map((x, j) => x + step[j]!));
    const gain = here.value - there.value;
    // Where rounding hides the gain the gradient tells.
    const isHidden = foretold <= 1e-13 * (1 + Math.abs(here.value));
    const isLower = isHidden ? there.value < Infinity && model.left(there.gradient) < left : gain > 1e-4 * foretold;
    if (!isLower || gain < 0.25 * foretold) radius = isHidden ? radius : 0.4 * length;
    else if (gain > 0.75 * foretold && length > 0.8 * radius) radius = Math.min(LONGEST, 2 * radius);
    if (there.value < Infinity) model.learn(step, there.gradient.map((slope, j) => slope - here.gradient[j]!));
    if (isLower) {
      here = there;
      failures = 0;
      iterations++;
      if (onIteration?.(iterations, here.value) === false) return end(false, 'stopped by onProgress');
    } else if (++failures === 4 || isHidden) {
      // What was learnt misleads: from the derivatives once more, and if that does not help either this is as far as rounding lets one see.
      if (exactLeft === left) return end(left <= 1e6 * tolerance, 'no lower value found', exact);
      exact = differences(ask, here, true);
      model = new QuadraticModel(exact);
      exactLeft = model.left(here.gradient);
      failures = 0;
    }
  }
}

/** Second derivatives as differences of the gradient, made symmetric. */
function differences(ask: (at: Float64Array) => Point, { at, gradient }: Point, isCentral: boolean): Float64Array {
  const n = at.length;
  const rows = Array.from({ length: n }, (_, j) => {
    const slopesAt = (step: number): Float64Array => ask(at.map((x, k) => (k === j ? x + step : x))).gradient;
    const above = slopesAt(STEP);
    const below = isCentral ? slopesAt(-STEP) : gradient;
    return above.map((slope, k) => (slope - below[k]!) / (isCentral ? 2 * STEP : STEP));
  });
  const hessian = new Float64Array(n * n);
  for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) hessian[j * n + k] = (rows[j]![k]! + rows[k]![j]!) / 2;
  return hessian;
}
