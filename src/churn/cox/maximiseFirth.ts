import { dot, secantDirection, type SecantPair } from '../../learners/secant.js';
import { choleskyInPlace, choleskyInverse, choleskySolve } from '../../numeric/cholesky.js';
import { copySums, type CoxFit, type CoxNewtonOptions, type CoxOutcome } from './coxNewton.js';
import type { CoxRows } from './coxRows.js';
import { CoxSweep, type CoxSums } from './coxSweep.js';
import { firthSlopes } from './firthSlopes.js';

interface FirthPoint {
  readonly beta: Float64Array;
  readonly sums: CoxSums;
  /** Log-likelihood and half the log-determinant of the information. */
  readonly objective: number;
  readonly gradient: Float64Array;
  readonly factor: Float64Array;
}

/** A Firth fit: the fit, and what was maximised. */
export interface FirthFit {
  readonly fit: CoxFit;
  readonly objective: number;
}

/**
 * Firth's bias-reduced fit (Firth, 1993; Heinze and Schemper, 2001): maximises log L + log det I / 2, finite also under separation.
 *
 * Scoring with the information converges linearly here; secants over the steps taken make it fast.
 */
export function maximiseFirth(rows: CoxRows, ties: 'efron' | 'breslow', { tolerance, maxIterations, onStep }: Omit<CoxNewtonOptions, 'ridge'>): FirthFit {
  const sweep = new CoxSweep(rows, ties);
  const pairs: SecantPair[] = [];
  let here = pointAt(sweep, ties, new Float64Array(rows.columnCount))!;
  for (let iterations = 0; ; iterations++) {
    const { factor } = here;
    const step = secantDirection(here.gradient, pairs, (v) => choleskySolve(factor, rows.columnCount, v));
    const end = (outcome: CoxOutcome): FirthFit => ({ fit: { beta: here.beta, sums: here.sums, iterations, outcome, direction: null }, objective: here.objective });
    if (Math.sqrt(Math.max(0, dot(step, here.gradient))) <= tolerance) return end('step below tolerance');
    if (iterations === maxIterations) return end('iteration limit');
    const there = landing(sweep, ties, here, step);
    if (there === null) return end('step below tolerance');
    const moved = there.beta.map((b, j) => b - here.beta[j]!);
    const change = there.gradient.map((g, j) => here.gradient[j]! - g);
    // The first step is long, and its secant says little about the curvature where it ends.
    if (iterations > 0 && dot(moved, change) > 0) pairs.push({ step: moved, change });
    here = there;
    if (onStep?.(iterations + 1, here.objective) === false) return end('stopped by onProgress');
  }
}

/** Where the step leads, halved while the objective falls; null where no step helps: rounding is all there is. */
function landing(sweep: CoxSweep, ties: 'efron' | 'breslow', here: FirthPoint, step: Float64Array): FirthPoint | null {
  // Longer steps than a few units of log-hazard per standard deviation leave where the secants are of use.
  const longest = step.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
  for (let share = Math.min(1, 5 / longest); share > 1e-10; share /= 2) {
    const there = pointAt(sweep, ties, here.beta.map((b, j) => b + share * step[j]!));
    if (there !== null && there.objective >= here.objective - 1e-12 * (1 + Math.abs(here.objective))) return there;
  }
  return null;
}

function pointAt(sweep: CoxSweep, ties: 'efron' | 'breslow', beta: Float64Array): FirthPoint | null {
  const { rows } = sweep;
  const size = rows.columnCount;
  const sums = copySums(sweep.evaluate(beta));
  const factor = sums.information.slice();
  if (!choleskyInPlace(factor, size)) return null;
  let logRoot = 0;
  for (let j = 0; j < size; j++) logRoot += Math.log(factor[j * (size + 1)]!);
  const slopes = firthSlopes(rows, sweep, choleskyInverse(factor, size), ties);
  return { beta, sums, objective: sums.logLikelihood + logRoot, gradient: sums.gradient.map((g, j) => g + slopes[j]!), factor };
}
