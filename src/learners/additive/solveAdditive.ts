import type { Convergence } from '../../numeric/convergence.js';
import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import { logOdds } from '../../numeric/logOdds.js';
import { AdditivePass } from './additivePass.js';
import type { DesignTerm } from './design.js';
import { inverseDiagonal } from './inverseDiagonal.js';
import { Penalties } from './penalties.js';

/** What is solved. */
export interface AdditiveProblem {
  readonly terms: readonly DesignTerm[];
  /** 1 or 0, one a row. */
  readonly y: Float64Array;
  /** One a row, not negative; null means 1 everywhere. */
  readonly weights: Float64Array | null;
  /** How many penalties the terms name. */
  readonly penaltyCount: number;
  /** Where a solution of the first of these terms ended. */
  readonly start?: AdditiveSolution;
}

/** How to run. */
export interface AdditiveRun {
  readonly maxIterations: number;
  /** Called after each walk over the rows with the log-likelihood less the penalty; false stops. */
  readonly onStep?: ((iteration: number, objective: number) => boolean) | undefined;
}

/** Coefficients, and the penalties they were found under. */
export interface AdditiveSolution {
  /** The intercept first, then term after term; 0 where a penalty put coefficients out. */
  readonly beta: Float64Array;
  readonly penalties: Penalties;
  /** Minus the log-likelihood. */
  readonly loss: number;
  /** Log-odds of the rows. */
  readonly eta: Float64Array;
  /** The coefficients that are not out, the intercept first. */
  readonly alive: Int32Array;
  /** Cholesky factor of their penalised second derivatives. */
  readonly factor: Float64Array;
  readonly convergence: Convergence;
}

/** Penalties move only where Newton's method has come as near as this (twice the log-likelihood to be won). */
const SETTLED = 0.1;
/** They stay when no group gained or lost so much of a coefficient. */
const STEADY = 0.05;
const MOST_ROUNDS = 50;
/** Moves on one approximation. */
const MOVES = 4;

/**
 * Coefficients by Newton's method under penalties that maximise the marginal likelihood: whenever the steps for the present penalties are small, the
 * penalties move (several times on one quadratic approximation); once they stay, the coefficients are brought to rest. One walk over the
 * rows a step.
 */
export function solveAdditive({ terms, y, weights, penaltyCount, start }: AdditiveProblem, { maxIterations, onStep }: AdditiveRun): AdditiveSolution {
  const pass = new AdditivePass(terms, y, weights);
  const penalties = new Penalties(terms, penaltyCount, start?.penalties);
  let beta: Float64Array = new Float64Array(pass.size);
  const total = weights === null ? y.length : weights.reduce((sum, w) => sum + w, 0);
  if (start === undefined) beta[0] = baseLogOdds(y, weights, total);
  else beta.set(start.beta);
  let loss = pass.evaluate(beta);
  let [iterations, rounds, isSteady] = [1, 0, false];
  for (;;) {
    let step = newtonStep(pass, penalties, beta);
    const stop = (reason: string, converged = false): AdditiveSolution => {
      const gradientNorm = step.alive.reduce((most, j) => Math.max(most, Math.abs(pass.gradient[j]! + penalties.of(j) * beta[j]!)), 0);
      return { beta, penalties, loss, eta: pass.eta, alive: step.alive, factor: step.factor, convergence: { converged, iterations, gradientNorm, reason } };
    };
    if (onStep?.(iterations, -loss - penalties.cost(beta)) === false) return stop('stopped by onProgress');
    if (isSteady && step.decrement < 1e-15 * total) return stop('step below tolerance', true);
    if (!isSteady && step.decrement < SETTLED) {
      const before = penalties.effective.slice();
      step = movePenalties(pass, penalties, beta, step);
      isSteady = ++rounds >= MOST_ROUNDS || (rounds > 1 && penalties.effective.every((count, g) => Math.abs(count - before[g]!) < STEADY));
    }
    if (iterations >= maxIterations) return stop('iteration limit');
    // Infinite where a group has just gone out: the next step is taken as it is.
    const here = loss + penalties.cost(beta);
    let next = step.to;
    loss = pass.evaluate(next);
    iterations++;
    for (let halvings = 0; halvings < 20 && !(loss + penalties.cost(next) <= here + 1e-10 * Math.abs(here)); halvings++) {
      next = next.map((b, j) => (b + beta[j]!) / 2);
      loss = pass.evaluate(next);
      iterations++;
    }
    beta = next;
  }
}

interface Step {
  /** The minimum of the quadratic approximation. */
  readonly to: Float64Array;
  /** Twice what it promises. */
  readonly decrement: number;
  readonly alive: Int32Array;
  readonly factor: Float64Array;
}

function newtonStep({ size, hessian, gradient }: AdditivePass, penalties: Penalties, beta: Float64Array): Step {
  const alive = penalties.alive();
  const n = alive.length;
  const factor = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = alive[i]! * size;
    for (let j = 0; j <= i; j++) factor[i * n + j] = hessian[row + alive[j]!]!;
    factor[i * n + i]! += penalties.of(alive[i]!);
    right[i] = -gradient[alive[i]!]!;
    for (let j = 0; j < size; j++) right[i]! += hessian[row + j]! * beta[j]!;
  }
  // Where all rows are certain to the last digit there is no curvature left for the intercept.
  factor[0]! += 1e-10;
  right[0]! += 1e-10 * beta[0]!;
  choleskyInPlace(factor, n);
  const to = new Float64Array(size);
  let decrement = 0;
  choleskySolve(factor, n, right).forEach((value, i) => {
    const j = alive[i]!;
    to[j] = value;
    decrement -= (value - beta[j]!) * (gradient[j]! + penalties.of(j) * beta[j]!);
  });
  return { to, decrement, alive, factor };
}

/** Some moves on one approximation, then the step under the penalties they led to. */
function movePenalties(pass: AdditivePass, penalties: Penalties, beta: Float64Array, first: Step): Step {
  const from = penalties.strengths.slice();
  let step = first;
  for (let move = 0; move < MOVES; move++) {
    penalties.move(step.alive, step.to, inverseDiagonal(step.factor, step.alive.length), from);
    if (move === MOVES - 1) penalties.prune();
    step = newtonStep(pass, penalties, beta);
  }
  return step;
}

function baseLogOdds(y: Float64Array, weights: Float64Array | null, total: number): number {
  let events = 0;
  for (let row = 0; row < y.length; row++) events += (weights === null ? 1 : weights[row]!) * y[row]!;
  return logOdds(events / total);
}
