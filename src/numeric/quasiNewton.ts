import type { Convergence } from './convergence.js';

/** A smooth function to make least: returns its value at a point and writes its gradient there. Infinity or NaN refuses the point. */
export type SmoothObjective = (at: Float64Array, gradient: Float64Array) => number;

/** How long to look for the minimum. */
export interface QuasiNewtonOptions {
  /** Stops once no component of the gradient is larger. 1e-8 where not given. */
  readonly tolerance?: number;
  /** 500 where not given. */
  readonly maxIterations?: number;
  /** Called after each iteration; false stops. */
  readonly onIteration?: (iteration: number, value: number) => boolean | undefined | void;
}

/** Where {@link minimiseQuasiNewton} ended. */
export interface QuasiNewtonMinimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** How often the objective was asked. */
  readonly evaluations: number;
  readonly convergence: Convergence;
}

/**
 * A local minimum by BFGS (Nocedal and Wright, 2006, algorithm 6.1) with a line search for the strong Wolfe conditions. The curvature is
 * learnt from the gradients, the first step scaled by them. O(n²) an iteration beside the objective.
 */
export function minimiseQuasiNewton(objective: SmoothObjective, start: Float64Array, options: QuasiNewtonOptions = {}): QuasiNewtonMinimum {
  const { tolerance = 1e-8, maxIterations = 500, onIteration } = options;
  const size = start.length;
  const line = new LineSearch(objective, size);
  let at: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(size);
  let value = line.ask(at, gradient);
  let inverse = scaledIdentity(size, 1);
  let isFresh = true;
  let iterations = 0;
  const end = (reason: string): QuasiNewtonMinimum => {
    const gradientNorm = largest(gradient);
    return { at, value, gradient, evaluations: line.evaluations, convergence: { converged: gradientNorm <= tolerance || (reason === 'no lower value found' && gradientNorm <= 1e-4 * (1 + Math.abs(value))), iterations, gradientNorm, reason } };
  };
  for (;;) {
    if (largest(gradient) <= tolerance) return end('gradient small');
    if (iterations >= maxIterations) return end('iteration limit');
    const direction = times(inverse, gradient, -1);
    // Nothing is known of the scale yet: a first step of length 1 at most.
    const first = isFresh ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const found = line.search(at, value, gradient, direction, first);
    if (found === null) {
      if (isFresh) return end(Number.isFinite(value) ? 'no lower value found' : 'no value at the start');
      inverse = scaledIdentity(size, 1);
      isFresh = true;
      continue;
    }
    iterations++;
    const step = found.at.map((x, j) => x - at[j]!);
    const change = found.gradient.map((g, j) => g - gradient[j]!);
    ({ at, value, gradient } = found);
    if (onIteration?.(iterations, value) === false) return end('stopped by onProgress');
    const curvature = dot(step, change);
    if (curvature <= 1e-12 * Math.sqrt(dot(step, step) * dot(change, change))) continue;
    if (isFresh) inverse = scaledIdentity(size, curvature / dot(change, change));
    isFresh = false;
    update(inverse, step, change, curvature);
  }
}

interface Point {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Steps along one direction; brackets and bisects by cubics (Nocedal and Wright, 2006, algorithms 3.5 and 3.6). */
class LineSearch {
  evaluations = 0;
  readonly #objective: SmoothObjective;
  readonly #size: number;

  constructor(objective: SmoothObjective, size: number) {
    this.#objective = objective;
    this.#size = size;
  }

  ask(at: Float64Array, gradient: Float64Array): number {
    this.evaluations++;
    const value = this.#objective(at, gradient);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  }

  search(from: Float64Array, value: number, gradient: Float64Array, direction: Float64Array, first: number): Point | null {
    const slope = dot(gradient, direction);
    if (!(slope < 0)) return null;
    let low = { reach: 0, value, slope };
    let high: typeof low | null = null;
    let best: Point | null = null;
    let reach = first;
    for (let step = 0; step < 40; step++) {
      const there = from.map((x, j) => x + reach * direction[j]!);
      const slopes = new Float64Array(this.#size);
      const found = this.ask(there, slopes);
      const here = { reach, value: found, slope: dot(slopes, direction) };
      if (!(found <= value + 1e-4 * reach * slope) || found >= low.value) high = here;
      else {
        best = { at: there, value: found, gradient: slopes };
        if (Math.abs(here.slope) <= -0.9 * slope) return best;
        // Past the minimum: what was low bounds it on the other side.
        if (here.slope * ((high?.reach ?? Number.POSITIVE_INFINITY) - low.reach) >= 0) high = low;
        low = here;
      }
      if (high !== null && Math.abs(high.reach - low.reach) <= 1e-15 * reach) break;
      reach = high === null ? 2 * reach : between(low, high);
    }
    return best;
  }
}

interface Probe {
  readonly reach: number;
  readonly value: number;
  readonly slope: number;
}

/** The minimum of the cubic through two probes, or the middle where it is of no use. */
function between(a: Probe, b: Probe): number {
  const width = b.reach - a.reach;
  const d1 = a.slope + b.slope - (3 * (b.value - a.value)) / width;
  const d2 = Math.sign(width) * Math.sqrt(d1 * d1 - a.slope * b.slope);
  const share = 1 - (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
  return a.reach + width * (share > 0.1 && share < 0.9 ? share : 0.5);
}

/** H <- (I - s y'/c) H (I - y s'/c) + s s'/c with c = s'y. */
function update(inverse: Float64Array, step: Float64Array, change: Float64Array, curvature: number): void {
  const size = step.length;
  const moved = times(inverse, change, 1);
  const factor = (1 + dot(change, moved) / curvature) / curvature;
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) inverse[j * size + k]! += factor * step[j]! * step[k]! - (moved[j]! * step[k]! + step[j]! * moved[k]!) / curvature;
  }
}

function times(matrix: Float64Array, vector: Float64Array, sign: number): Float64Array {
  return vector.map((_, j) => sign * dot(matrix.subarray(j * vector.length, (j + 1) * vector.length), vector));
}

function scaledIdentity(size: number, scale: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let j = 0; j < size; j++) matrix[j * size + j] = scale;
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
