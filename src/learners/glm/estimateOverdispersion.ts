import { LogisticPass } from '../logisticPass.js';
import { minimiseLoss, newtonStep, type NewtonFit, type NewtonOptions } from '../newtonLogistic.js';
import { dot } from '../secant.js';
import { countSums, countTails } from './countSums.js';
import { familyOf } from './glmFamily.js';
import type { GlmProblem } from './solveGlm.js';

/** The overdispersion at which the likelihood is largest. */
export interface OverdispersionFit {
  readonly problem: GlmProblem;
  readonly fit: NewtonFit;
  /** 0 where the data vary no more than a Poisson variable does. */
  readonly alpha: number;
  /** Of log alpha, the coefficients being estimated too; null at 0. */
  readonly logError: number | null;
}

/** Below this the negative binomial is the Poisson distribution. */
const LEAST = 1e-10;

/**
 * Newton's method on the profile likelihood in log alpha, the variance of a row being mean + alpha mean^2 (Lawless, 1987): the coefficients follow
 * each step along their own response to alpha, so that one or two of their Newton steps are enough.
 */
export function estimateOverdispersion(poisson: GlmProblem, start: NewtonFit, options: NewtonOptions): OverdispersionFit {
  const tails = countTails(poisson.y, poisson.weights);
  const derivatives = (beta: Float64Array, alpha: number): AlphaDerivatives => alphaDerivatives(poisson, tails, beta, alpha);
  if (start.outcome !== 'step below tolerance' || !(derivatives(start.beta, 0).first > 0)) return { problem: poisson, fit: start, alpha: 0, logError: null };
  let fit = start;
  let alpha = momentEstimate(poisson, start.beta);
  let before = Infinity;
  for (let round = 0; ; round++) {
    const problem = { ...poisson, rowLoss: familyOf('negative-binomial', alpha).rowLoss };
    fit = minimiseLoss(new LogisticPass(problem), { beta: fit.beta, iterations: fit.iterations }, options);
    const { first, second, cross } = derivatives(fit.beta, alpha);
    const response = newtonStep(fit.hessian, cross);
    const slope = alpha * first;
    const curvature = response === null ? 0 : -(slope + alpha * alpha * (second + dot(cross, response)));
    const step = curvature > 0 ? Math.max(-2, Math.min(2, slope / curvature)) : Math.sign(slope);
    if (alpha < LEAST) return { problem: poisson, fit: { ...start, iterations: fit.iterations }, alpha: 0, logError: null };
    const logError = curvature > 0 ? 1 / Math.sqrt(curvature) : null;
    // What a step would change is beneath what the standard error makes visible, or steps are rounding: Newton's would square.
    const isNear = logError !== null && (Math.abs(step) < 1e-9 * logError || (Math.abs(step) < 1e-3 * logError && Math.abs(step) > before / 4));
    if (isNear) return { problem, fit, alpha, logError };
    before = Math.abs(step);
    if (fit.outcome !== 'step below tolerance' || round === 50) return { problem, fit: round === 50 ? { ...fit, outcome: 'iteration limit' } : fit, alpha, logError };
    const move = response === null ? null : response.map((r) => r * alpha * step);
    alpha *= Math.exp(step);
    if (move !== null && Math.abs(step) < 0.5) fit = { ...fit, beta: fit.beta.map((b, j) => b + move[j]!) };
  }
}

interface AlphaDerivatives {
  /** Of the log-likelihood by alpha. */
  readonly first: number;
  readonly second: number;
  /** By alpha and each coefficient. */
  readonly cross: Float64Array;
}

function alphaDerivatives(problem: GlmProblem, tails: ReturnType<typeof countTails>, beta: Float64Array, alpha: number): AlphaDerivatives {
  const { y, weights } = problem;
  const pass = new LogisticPass(problem);
  const sums = countSums(tails, alpha);
  // Where counts are large beside 1 / alpha the first form is a small difference of large sums, the other is not.
  const isLarge = alpha * averageOf(problem) > 1;
  let first = isLarge ? -sums.inverse / alpha : sums.first;
  let { second } = sums;
  pass.evaluate(beta, false, (start, rows) => {
    let change = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const mean = Math.exp(pass.eta[i]!);
      const excess = y[start + i]! - mean;
      const x = alpha * mean;
      const spread = 1 + x;
      const h = logSlack(x);
      if (w > 0) {
        first += isLarge ? (w * (excess / spread + Math.log1p(x) / alpha)) / alpha : w * mean * (mean * h - excess / spread);
        second += w * mean * mean * (excess / (spread * spread) - mean * slackSlope(x, h));
      }
      const cross = (-w * excess * mean) / (spread * spread);
      change += cross - pass.residuals[i]!;
      pass.residuals[i] = cross;
    }
    return change;
  });
  return { first, second, cross: pass.gradient };
}

function averageOf({ y, weights }: GlmProblem): number {
  const targets = y.reduce((sum, count, row) => sum + (weights === null ? count : weights[row]! * count), 0);
  return targets / (weights === null ? y.length : weights.reduce((sum, w) => sum + w, 0));
}

/** (log(1 + x) - x) / x^2, -1/2 at 0. */
function logSlack(x: number): number {
  if (x > 0.1) return (Math.log1p(x) - x) / (x * x);
  let sum = 0;
  for (let k = 17; k >= 2; k--) sum = 1 / k - x * sum;
  return -sum;
}

// Minus the derivative of logSlack, whose value h is known: (1 / (1 + x) + 2 h) / x.
function slackSlope(x: number, h: number): number {
  if (x > 0.1) return (1 / (1 + x) + 2 * h) / x;
  let sum = 0;
  for (let k = 18; k >= 3; k--) sum = (k - 2) / k - x * sum;
  return -sum;
}

// Cameron and Trivedi's: the excess variance against the squared mean; only a start.
function momentEstimate(problem: GlmProblem, beta: Float64Array): number {
  const { y, weights } = problem;
  const pass = new LogisticPass(problem);
  let excess = 0;
  let squares = 0;
  pass.eachBlock(beta, (start, rows) => {
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const mean = Math.exp(pass.eta[i]!);
      if (w === 0) continue;
      excess += w * ((y[start + i]! - mean) ** 2 - y[start + i]!);
      squares += w * mean * mean;
    }
  });
  return Math.min(100, Math.max(1e-6, excess / squares));
}
