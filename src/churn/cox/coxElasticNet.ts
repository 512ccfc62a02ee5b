import { penaltyAt, violation, type PenaltyTerms } from '../../learners/elasticNet/penaltyTerms.js';
import { minimiseQuadratic } from '../../learners/elasticNet/quadraticMinimum.js';
import { copySums, type CoxFit, type CoxOutcome } from './coxNewton.js';
import type { CoxLikelihood, CoxSums } from './coxSweep.js';

/** Where a penalised fit stands. */
export interface NetPoint {
  readonly beta: Float64Array;
  readonly sums: CoxSums;
}

/** One penalty, and when to stop. */
export interface NetOptions {
  readonly lambda: number;
  readonly mixing: number;
  /** What the log-likelihood is divided by: the rows, with weights their sum. */
  readonly total: number;
  /** Largest violation of the conditions for a maximum, in units of the largest slope at 0. */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onStep: ((done: number, objective: number) => boolean) | undefined;
}

/** The fit for one penalty, and what was maximised, times the rows. */
export interface NetFit extends CoxFit {
  readonly objective: number;
}

/**
 * Maximises log L / rows - lambda (mixing sum |b| + (1 - mixing) sum b² / 2) over standardised coefficients by proximal Newton steps: the quadratic
 * that touches the log-likelihood is minimised with the penalty exactly (coefficients of 0 are 0), at a cost that does not depend on the rows
 * (Simon, Friedman, Hastie and Tibshirani, 2011).
 */
export function maximiseNet(likelihood: CoxLikelihood, start: NetPoint, steepest: number, { lambda, mixing, total, tolerance, maxIterations, onStep }: NetOptions): NetFit {
  const size = start.beta.length;
  const penalty: PenaltyTerms = { l1: new Float64Array(size).fill(lambda * mixing), l2: new Float64Array(size).fill(lambda * (1 - mixing)), signs: new Int8Array(size) };
  const aim = Math.max(tolerance * steepest, 1e-15);
  const objectiveAt = ({ beta, sums }: NetPoint): number => sums.logLikelihood - total * penaltyAt(penalty, beta);
  let here = start;
  for (let iterations = 0; ; iterations++) {
    const objective = objectiveAt(here);
    // A 0 may have come with a sign.
    const end = (outcome: CoxOutcome): NetFit => ({ ...here, beta: here.beta.map((b) => b + 0), iterations, outcome, direction: null, objective });
    const slopes = here.sums.gradient.map((slope) => -slope / total);
    if (here.beta.every((b, j) => violation(penalty, j, b, slopes[j]!) <= aim)) return end('step below tolerance');
    if (iterations === maxIterations) return end('iteration limit');
    const aimed = here.beta.slice();
    minimiseQuadratic(here.sums.information.map((value) => value / total), slopes, aimed, penalty, aim / 10);
    const there = landing(likelihood, here, aimed, objective, objectiveAt);
    // No step helps: rounding is all there is.
    if (there === null) return end('step below tolerance');
    here = there;
    if (onStep?.(iterations + 1, objectiveAt(here)) === false) return { ...end('stopped by onProgress'), iterations: iterations + 1 };
  }
}

function landing(likelihood: CoxLikelihood, here: NetPoint, aimed: Float64Array, objective: number, objectiveAt: (point: NetPoint) => number): NetPoint | null {
  for (let share = 1; share > 1e-8; share /= 2) {
    const beta = share === 1 ? aimed : here.beta.map((b, j) => b + share * (aimed[j]! - b));
    const there = { beta, sums: copySums(likelihood.evaluate(beta)) };
    if (objectiveAt(there) >= objective - 1e-12 * (1 + Math.abs(objective))) return there;
  }
  return null;
}
