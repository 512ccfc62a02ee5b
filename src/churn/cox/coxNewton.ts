import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import type { CoxLikelihood, CoxSums } from './coxSweep.js';

/** When Newton's method stops, and what it reports on the way. */
export interface CoxNewtonOptions {
  /** Half of these times squared coefficients is taken off the log-likelihood; null for no penalty. */
  readonly ridge: Float64Array | null;
  /** Largest step left, in standard errors. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Called after each step with the objective; false stops. */
  readonly onStep: ((done: number, objective: number) => boolean) | undefined;
}

/** How Newton's method ended. */
export type CoxOutcome = 'step below tolerance' | 'iteration limit' | 'stopped by onProgress' | 'no finite maximum';

/** Where the likelihood is largest, and how it was found. */
export interface CoxFit {
  readonly beta: Float64Array;
  /** There; without the penalty. */
  readonly sums: CoxSums;
  readonly iterations: number;
  readonly outcome: CoxOutcome;
  /** The direction in which the likelihood rises for ever; null where the maximum is finite. */
  readonly direction: Float64Array | null;
}

/** Steps that stay as long as the one before, while what they gain falls by 1/e, before separation is looked for. */
const SUSPICIOUS = 3;
/** So many steps further on the likelihood still rises where it rises for ever. */
const FAR = 25;

/**
 * Newton's method with step-halving on the concave (penalised) log-likelihood.
 *
 * Under separation the steps along the direction to infinity settle at a log-hazard of 1 for the nearest row, and each gains 1/e of what the one
 * before did. Where that is seen, and the likelihood still rises far ahead, the direction is kept and the walk goes on until nothing is gained
 * (Albert and Anderson, 1984, for logistic models).
 */
export function maximiseCox(likelihood: CoxLikelihood, first: CoxSums, { ridge, tolerance, maxIterations, onStep }: CoxNewtonOptions): CoxFit {
  const size = first.gradient.length;
  let here: Point = { beta: new Float64Array(size), sums: first, objective: first.logLikelihood };
  let last: Step | null = null;
  let suspicion = 0;
  let direction: Float64Array | null = null;
  for (let iterations = 0; ; iterations++) {
    const step = newtonStep(here, ridge);
    const end = (outcome: CoxOutcome): CoxFit => ({ beta: here.beta, sums: here.sums, iterations, outcome, direction });
    if (step === null) {
      // The information has lost a direction to rounding: it was on its way to infinity.
      direction ??= last && last.move;
      return end('no finite maximum');
    }
    if (direction !== null && (step.decrement < 1e-11 || !continues(step, last!))) return end('no finite maximum');
    // The last step is taken, too: what it adds to the likelihood is less than rounding.
    if (step.decrement <= tolerance * tolerance) return { ...end('step below tolerance'), beta: here.beta.map((b, j) => b + step.move[j]!) };
    if (iterations === maxIterations) return end('iteration limit');
    suspicion = last !== null && continues(step, last) && step.decrement < 0.7 * last.decrement ? suspicion + 1 : 0;
    if (direction === null && suspicion >= SUSPICIOUS && risesFarAhead(likelihood, here.beta, step.move, first)) direction = step.move;
    if (direction !== null) direction = step.move;
    const there = landing(likelihood, here, step, ridge);
    // Nothing is gained any more, not even by the shortest step: rounding is all there is.
    if (there === null) return end(direction === null ? 'step below tolerance' : 'no finite maximum');
    here = there;
    last = step;
    if (onStep?.(iterations + 1, here.objective) === false) return { ...end('stopped by onProgress'), iterations: iterations + 1 };
  }
}

interface Point {
  readonly beta: Float64Array;
  readonly sums: CoxSums;
  readonly objective: number;
}

interface Step {
  readonly move: Float64Array;
  /** Gradient times move: squared length in standard errors. */
  readonly decrement: number;
}

function newtonStep({ beta, sums }: Point, ridge: Float64Array | null): Step | null {
  const size = beta.length;
  const factor = sums.information.slice();
  const gradient = sums.gradient.slice();
  if (ridge !== null) {
    for (let j = 0; j < size; j++) {
      factor[j * size + j]! += ridge[j]!;
      gradient[j]! -= ridge[j]! * beta[j]!;
    }
  }
  if (!choleskyInPlace(factor, size)) return null;
  const move = choleskySolve(factor, size, gradient.slice());
  return { move, decrement: move.reduce((sum, m, j) => sum + m * gradient[j]!, 0) };
}

/** Whether a step goes on about as far as the one before. */
function continues(step: Step, last: Step): boolean {
  let [along, before] = [0, 0];
  for (let j = 0; j < step.move.length; j++) {
    along += step.move[j]! * last.move[j]!;
    before += last.move[j]! * last.move[j]!;
  }
  return along > 0.5 * before && along < 3 * before;
}

/** Whether the likelihood does not fall far ahead, beyond rounding. Beyond a finite maximum it would, by about the weight of an event a step. */
function risesFarAhead(likelihood: CoxLikelihood, beta: Float64Array, move: Float64Array, first: CoxSums): boolean {
  const { gradient } = likelihood.evaluate(beta.map((b, j) => b + FAR * move[j]!));
  return move.reduce((sum, m, j) => sum + m * gradient[j]!, 0) > -1e-9 * Math.abs(first.logLikelihood);
}

/** The point a step leads to, halved until the objective does not fall; null where no step helps. */
function landing(likelihood: CoxLikelihood, here: Point, step: Step, ridge: Float64Array | null): Point | null {
  const floor = here.objective - 1e-12 * (1 + Math.abs(here.objective));
  for (let length = 1; length > 1e-10; length /= 2) {
    const beta = here.beta.map((b, j) => b + length * step.move[j]!);
    const sums = likelihood.evaluate(beta);
    const objective = sums.logLikelihood - (ridge === null ? 0 : 0.5 * beta.reduce((sum, b, j) => sum + ridge[j]! * b * b, 0));
    if (objective >= floor) return { beta, sums: copySums(sums), objective };
  }
  return null;
}

/** Sums that stay when the likelihood is evaluated again. */
export function copySums({ logLikelihood, gradient, information }: CoxSums): CoxSums {
  return { logLikelihood, gradient: gradient.slice(), information: information.slice() };
}
