import { Curvature } from './curvature.js';
import type { DesignPass } from './designPass.js';
import { penaltyAt, violation, type PenaltyTerms } from './penaltyTerms.js';
import { minimiseQuadratic } from './quadraticMinimum.js';

/** What stays the same along a path. */
export interface PathPenalty {
  /** Share of the absolute values in the penalty. */
  readonly mixing: number;
  /** The sign each parameter of an output must have (1, -1, or 0 for any), intercept first. */
  readonly signs: ArrayLike<number>;
  /** The penalty of each, as a multiple of the common one; 0 for the intercept. */
  readonly factors: ArrayLike<number>;
}

/** Up to this many parameters all are worked on all the time. */
const FEW = 250;

/**
 * Minimises the penalised mean loss for one penalty after another. Each minimum is found by quadratic models of the loss (proximal Newton);
 * their Hessian is kept from one penalty to the next, corrected by what each step shows (Broyden, Fletcher, Goldfarb and Shanno), and only
 * computed anew where that does not do. The gradient is always exact, and with it the conditions for the minimum.
 */
export class PathSolver {
  readonly pass: DesignPass;
  /** The minimum found: output after output, intercept first. */
  solution: Float64Array;
  /** Mean loss there. */
  solutionLoss = 0;
  /** Steps taken. */
  iterations = 0;
  /** The largest violation of the conditions for a minimum. */
  residual = 0;
  /** The squares in the penalty are divided by it. */
  unit = 1;
  readonly #penalty: PathPenalty;
  /** Where the pass was last evaluated; the solution may be one small step further. */
  readonly #theta: Float64Array;
  #loss = 0;
  /** Positions of the parameters under work, the same in every output; all others are 0. */
  #working: readonly number[] = [];
  /** Those positions in theta. */
  #places: readonly number[] = [];
  #curvature!: Curvature;
  #debt = 0;

  constructor(pass: DesignPass, penalty: PathPenalty, intercepts: ArrayLike<number>) {
    this.pass = pass;
    this.#penalty = penalty;
    this.solution = this.#theta = new Float64Array(pass.gradient.length);
    for (let k = 0; k < pass.problem.outputs; k++) this.#theta[k * pass.width] = intercepts[k]!;
    this.#workOn(Array.from({ length: pass.width }, (_, position) => position).filter((position) => penalty.factors[position] === 0));
  }

  /** Goes on to the minimum for this lambda, or for `null` to that of what is not penalised. Whether the tolerance was met. */
  minimise(lambda: number | null, tolerance: number, maxIterations: number): boolean {
    const terms = this.#terms(lambda ?? 0);
    let before = Infinity;
    let stalls = 0;
    if (lambda !== null) this.#admit(terms, tolerance);
    for (let iteration = 0; ; iteration++) {
      const found = this.#places.reduce((worst, j) => Math.max(worst, this.#violation(terms, j)), 0);
      // Steps shorten the violation by about the same factor: where the next would do, it is taken and not looked at.
      const expected = iteration > 1 ? (2 * found * found) / before : found;
      this.residual = found > tolerance && expected < tolerance ? expected : found;
      const settled = this.residual <= tolerance;
      if (settled && (lambda === null || !this.#admit(terms, tolerance))) {
        this.#report(terms, found > tolerance, tolerance);
        return true;
      }
      const slow = found > 0.8 * before;
      // Where exact Hessians do not help any more, rounding is all that is left.
      if (slow) stalls++;
      if (iteration === maxIterations || stalls === 8) {
        this.#report(terms, false, tolerance);
        return found < 1000 * tolerance;
      }
      this.#step(terms, tolerance, iteration > 1, slow);
      before = found;
    }
  }

  /** The smallest lambda at which all penalised parameters are 0; asked after `minimise(null, ...)`. For mixing below 0.001 as if it were that. */
  largestLambda(): number {
    const { mixing, factors } = this.#penalty;
    return this.pass.gradient.reduce((most, slope, j) => {
      const factor = factors[j % this.pass.width]!;
      return factor > 0 ? Math.max(most, Math.abs(slope) / (factor * Math.max(mixing, 1e-3))) : most;
    }, 0);
  }

  #terms(lambda: number): PenaltyTerms {
    const { mixing, signs, factors } = this.#penalty;
    const { width } = this.pass;
    return {
      l1: this.#theta.map((_, j) => lambda * mixing * factors[j % width]!),
      l2: this.#theta.map((_, j) => (lambda * (1 - mixing) * factors[j % width]!) / this.unit),
      signs: this.#theta.map((_, j) => signs[j % width]!),
    };
  }

  #violation(terms: PenaltyTerms, j: number): number {
    return violation(terms, j, this.#theta[j]!, this.pass.gradient[j]!);
  }

  /** Works on more parameters when some left out would not stay 0: on those, and all that may follow soon (Tibshirani et al., 2012). */
  #admit(terms: PenaltyTerms, tolerance: number): boolean {
    const { width, gradient } = this.pass;
    if (this.#working.length === width) return false;
    const columns = Array.from({ length: width }, (_, position) => position);
    const hasSome = (position: number, test: (j: number) => boolean): boolean => {
      for (let j = position; j < gradient.length; j += width) if (test(j)) return true;
      return false;
    };
    if (!columns.some((position) => !this.#working.includes(position) && hasSome(position, (j) => this.#violation(terms, j) > tolerance))) return false;
    const few = gradient.length <= FEW;
    this.#workOn(columns.filter((position) => few || hasSome(position, (j) => this.#theta[j] !== 0 || Math.abs(gradient[j]!) >= terms.l1[j]! / 2)));
    return true;
  }

  #workOn(working: readonly number[]): void {
    const { columns, outputs } = this.pass.problem;
    this.#working = working;
    this.#places = Array.from({ length: outputs }, (_, k) => working.map((position) => k * this.pass.width + position)).flat();
    this.#curvature = new Curvature(columns, working, outputs);
    this.#loss = this.pass.evaluate(this.#theta, this.#curvature);
  }

  /** To the minimum of the quadratic model, or as far towards it as the objective falls. */
  #step(terms: PenaltyTerms, tolerance: number, late: boolean, slow: boolean): void {
    const { hessian } = this.#curvature;
    const places = this.#places.length;
    // Steps that a newer Hessian would have saved: when they have cost as much as it does, it is computed.
    if (late) this.#debt++;
    const renew = slow || this.#debt > (places * places) / (6 * (this.pass.width + 10));
    if (renew) this.#debt = 0;
    const start = this.#take(this.#theta);
    const slopes = this.#take(this.pass.gradient);
    const objective = this.#loss + penaltyAt(terms, this.#theta);
    const end = this.#modelMinimum(terms, tolerance);
    for (let halvings = 0; halvings < 40; halvings++) {
      this.#place(end);
      this.#loss = this.pass.evaluate(this.#theta, renew ? this.#curvature : null);
      if (this.#loss + penaltyAt(terms, this.#theta) <= objective + 1e-13 * Math.abs(objective)) break;
      end.forEach((value, a) => (end[a] = (value + start[a]!) / 2));
    }
    this.iterations++;
    if (renew) return;
    const after = this.#take(this.pass.gradient);
    correctHessian(hessian, end.map((value, a) => value - start[a]!), after.map((slope, a) => slope - slopes[a]!));
  }

  #report(terms: PenaltyTerms, further: boolean, tolerance: number): void {
    // Added to 0, -0 is 0.
    this.solution = this.#theta.map((value) => value + 0);
    this.solutionLoss = this.#loss;
    if (!further) return;
    this.#modelMinimum(terms, tolerance).forEach((value, a) => {
      const j = this.#places[a]!;
      this.solutionLoss += this.pass.gradient[j]! * (value - this.#theta[j]!);
      this.solution[j] = value + 0;
    });
  }

  #modelMinimum(terms: PenaltyTerms, tolerance: number): Float64Array {
    const local = { l1: this.#take(terms.l1), l2: this.#take(terms.l2), signs: this.#take(terms.signs) };
    const x = this.#take(this.#theta);
    minimiseQuadratic(this.#curvature.hessian, this.#take(this.pass.gradient), x, local, tolerance / 100);
    return x;
  }

  #take(from: ArrayLike<number>): Float64Array {
    const taken = new Float64Array(this.#places.length);
    for (let a = 0; a < taken.length; a++) taken[a] = from[this.#places[a]!]!;
    return taken;
  }

  #place(values: Float64Array): void {
    this.#places.forEach((j, a) => (this.#theta[j] = values[a]!));
  }
}

/** So that the Hessian explains how the gradient changed along the last step. */
function correctHessian(h: Float64Array, step: Float64Array, change: Float64Array): void {
  const size = step.length;
  const expected = new Float64Array(size);
  let along = 0;
  let curvature = 0;
  for (let a = 0; a < size; a++) {
    let sum = 0;
    for (let b = 0; b < size; b++) sum += h[a * size + b]! * step[b]!;
    expected[a] = sum;
    along += sum * step[a]!;
    curvature += change[a]! * step[a]!;
  }
  // Steps so short that rounding shows in them teach nothing.
  if (!(curvature > 1e-18 && along > 1e-18)) return;
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) h[a * size + b]! += (change[a]! * change[b]!) / curvature - (expected[a]! * expected[b]!) / along;
}
