import { choleskyInPlace, choleskySolve } from '../numeric/cholesky.js';
import type { LogisticPass, LogisticProblem } from './logisticPass.js';
import { dot } from './secant.js';

/** A first step that is not Newton's: the loss where it starts, gradient and Hessian. */
export interface FirstStep {
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Where a fit begins. */
export interface NewtonStart {
  readonly beta: Float64Array;
  readonly first?: FirstStep;
  /** Steps already taken over all rows. */
  readonly iterations: number;
}

/** How to run {@link minimiseLoss}. */
export interface NewtonOptions {
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Sum of the weights. */
  readonly total: number;
  /** Called after each step with the iteration and the log-likelihood (less any penalty); false stops. */
  readonly onStep?: ((iteration: number, objective: number) => boolean) | undefined;
  /** Whether the fit is running away along this step: asked once the decrement falls as slowly as it does under separation. */
  readonly isDiverging?: ((step: Float64Array) => boolean) | undefined;
}

/** How the iterations ended, in the words users see. */
export type NewtonOutcome = 'step below tolerance' | 'iteration limit' | 'stopped by onProgress' | 'coefficients grow without bound' | 'curvature vanished';

/** Where the iterations ended. */
export interface NewtonFit {
  readonly beta: Float64Array;
  /** Minus the log-likelihood, plus any penalty. */
  readonly loss: number;
  /** At beta, or so near that standard errors are exact to about 1e-8. */
  readonly hessian: Float64Array;
  readonly iterations: number;
  readonly outcome: NewtonOutcome;
  /** Largest absolute component of the gradient of the mean loss, before the last step. */
  readonly gradientNorm: number;
}

/**
 * The start of R's glm: weighted least squares on the working response at eta0 = logit((w y + 1/2) / (w + 1)), which does not
 * diverge where Newton from the log-odds of the base rate does.
 */
export function leastSquaresStart(pass: LogisticPass): NewtonStart & { readonly first: FirstStep } {
  const { y, weights, offset } = pass.problem;
  const beta = new Float64Array(pass.size);
  const loss = pass.evaluate(beta, true, (start, rows) => {
    let change = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const outcome = y[start + i]!;
      const mean = (w * outcome + 0.5) / (w + 1);
      const variance = mean * (1 - mean);
      const response = Math.log(mean / (1 - mean)) - (offset === null ? 0 : offset[start + i]!) + (outcome - mean) / variance;
      change -= pass.residuals[i]! + w * variance * response;
      pass.residuals[i] = -w * variance * response;
      pass.roots[i] = Math.sqrt(w * variance);
    }
    return change;
  });
  return { beta, first: { loss, gradient: pass.gradient.slice(), hessian: pass.hessian.slice() }, iterations: 0 };
}

/** Sum of the weights: how many rows, where a row of weight 2 is two. */
export function totalWeight(problem: LogisticProblem): number {
  return problem.weights === null ? problem.y.length : problem.weights.reduce((sum, w) => sum + w, 0);
}

/** hessian^-1 gradient, or null where the Hessian is not positive definite. */
export function newtonStep(hessian: Float64Array, gradient: Float64Array): Float64Array | null {
  const factor = hessian.slice();
  return choleskyInPlace(factor, gradient.length) ? choleskySolve(factor, gradient.length, gradient.slice()) : null;
}

/**
 * Whether a step of this decrement leaves log-odds, and with them the Hessian, as they are to some 1e-8. With many rows that is so before
 * the step is negligible beside the standard errors; what it leaves is of the order of its square.
 */
export function isSettled(decrement: number, size: number, total: number): boolean {
  return decrement * Math.sqrt(size / total) < 3e-8;
}

/** Largest absolute component of the gradient of the mean loss. */
export function meanGradient({ gradient }: { readonly gradient: Float64Array }, total: number): number {
  return Math.max(...gradient.map(Math.abs)) / total;
}

/** beta - step. */
export function minus(beta: Float64Array, step: Float64Array): Float64Array {
  return beta.map((b, j) => b - step[j]!);
}

/**
 * Newton's method with step-halving. Stops when the Newton decrement (g' H^-1 g)^(1/2), which bounds the coming change of every
 * coefficient in its own standard errors, is below the tolerance; that last step is still taken, and what it leaves is of the order of
 * the square.
 */
export function minimiseLoss(pass: LogisticPass, start: NewtonStart, options: NewtonOptions): NewtonFit {
  const { tolerance, maxIterations, total } = options;
  let { beta, iterations } = start;
  let loss = Infinity;
  let decrement = Infinity;
  let slowSteps = 0;
  let step = start.first && newtonStep(start.first.hessian, start.first.gradient);
  const end = (outcome: NewtonOutcome): NewtonFit => ({ beta, loss, hessian: pass.hessian.slice(), iterations, outcome, gradientNorm: meanGradient(pass, total) });
  if (start.first !== undefined) ({ loss } = start.first);
  for (;;) {
    const from = beta;
    if (step) {
      iterations++;
      beta = minus(beta, step);
    }
    let lossHere = pass.evaluate(beta, true);
    // Halved while the loss is higher than where the step began, beyond rounding.
    for (let halvings = 0; halvings < 40 && !(lossHere <= loss + 1e-11 * loss); halvings++) {
      beta = beta.map((b, j) => (b + from[j]!) / 2);
      lossHere = pass.evaluate(beta, true);
    }
    loss = lossHere;
    step = newtonStep(pass.hessian, pass.gradient);
    if (options.onStep?.(iterations, -loss) === false) return end('stopped by onProgress');
    if (step === null) return end('curvature vanished');
    const before = decrement;
    decrement = Math.sqrt(Math.max(0, dot(step, pass.gradient)));
    // Under separation the decrement falls by e^(-1/2) a step, near a minimum it squares.
    slowSteps = decrement > 0.4 * before && decrement < 0.9 * before ? slowSteps + 1 : 0;
    if (slowSteps > 1 && options.isDiverging?.(step) === true) return end('coefficients grow without bound');
    const stalled = decrement < 1e-5 && decrement > 0.9 * before;
    if (decrement < tolerance || stalled || isSettled(decrement, pass.size, total)) {
      iterations++;
      beta = minus(beta, step);
      loss -= (decrement * decrement) / 2;
      return end('step below tolerance');
    }
    if (iterations >= maxIterations) return end('iteration limit');
  }
}
