import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import { conjugateGradients } from './conjugateGradients.js';
import { evaluateLogistic, secondDerivatives, type LogisticTask, type LogisticWork } from './logisticPass.js';

/** How far Newton's method came. */
export interface LogisticEnd {
  readonly iterations: number;
  readonly converged: boolean;
}

/** Second derivatives are taken anew when a step leaves more than this share of what it was to gain: a step costs a fifth of them. */
const STALE = 0.1;

/**
 * Newton's method from `beta` (a coefficient a column, then the intercept), which it overwrites. `second` holds second derivatives of before, on
 * which steps are built for as long as they do well; it is left as it was last used. Steps are shortened until the slope along them no longer points
 * far back uphill. It ends with the step that promises to gain less than `tolerance` in log likelihood. With too many columns for a matrix, steps
 * come from conjugate gradients.
 */
export function solveSparseLogistic(task: LogisticTask, beta: Float64Array, tolerance: number, work: LogisticWork, second: Float64Array): LogisticEnd {
  const direction = new Float64Array(beta.length);
  const start = new Float64Array(beta.length);
  let isFresh = false;
  let isFactored = false;
  let before = Infinity;
  work.residuals.fill(0);
  evaluateLogistic(task, beta, work);
  for (let iterations = 1; iterations <= 200; iterations++) {
    if (work.isMatrix) {
      if (!isFactored && !factorSecond(task, work, second)) {
        if (isFresh) return { iterations, converged: false };
        secondDerivatives(task, work, second);
        isFresh = true;
        continue;
      }
      isFactored = true;
      direction.set(work.gradient);
      choleskySolve(work.factor, work.size, direction);
    } else conjugateGradients(task, work, direction);
    const descent = dot(direction, work.gradient);
    if (descent < tolerance) {
      // This last step costs nothing more: what it would gain is known.
      for (let k = 0; k < beta.length; k++) beta[k]! -= direction[k]!;
      return { iterations, converged: true };
    }
    if (work.isMatrix && !isFresh && descent > STALE * before) {
      secondDerivatives(task, work, second);
      isFactored = false;
      isFresh = true;
      before = Infinity;
      continue;
    }
    isFresh = false;
    before = descent;
    start.set(beta);
    let shrink = 1;
    do {
      for (let k = 0; k < beta.length; k++) beta[k] = start[k]! - shrink * direction[k]!;
      evaluateLogistic(task, beta, work);
      shrink /= 2;
    } while (shrink > 1e-10 && -dot(direction, work.gradient) > descent / 2);
    // So short a step gains nothing but rounding.
    if (shrink <= 1e-10) return { iterations, converged: false };
  }
  return { iterations: 200, converged: false };
}

/** Cholesky's factor of these second derivatives with the penalty. */
export function factorSecond({ own, penalty }: LogisticTask, { factor, size }: LogisticWork, second: Float64Array): boolean {
  factor.set(second);
  for (let k = 0; k < penalty.length; k++) factor[k * size + k]! += penalty[k]!;
  if (own >= 0) {
    factor.fill(0, own * size, own * size + own);
    for (let a = own + 1; a < size; a++) factor[a * size + own] = 0;
    factor[own * size + own] = 1;
  }
  return choleskyInPlace(factor, size);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
