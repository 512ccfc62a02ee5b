import { choleskyInPlace, choleskyInverse, choleskySolve } from '../numeric/cholesky.js';
import { BLOCK_ROWS } from './logisticKernel.js';
import type { BlockEdit, LogisticPass } from './logisticPass.js';
import { meanGradient, minus, newtonStep, type FirstStep, type NewtonFit, type NewtonOptions, type NewtonOutcome } from './newtonLogistic.js';
import { dot, secantDirection, type SecantPair } from './secant.js';

interface FirthPoint {
  readonly beta: Float64Array;
  readonly loss: number;
  /** Loss less half the log-determinant of the information. */
  readonly objective: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly factor: Float64Array;
}

/**
 * Firth's bias-reduced fit (Firth, 1993; Heinze and Schemper, 2002): maximises l(b) + log det I(b) / 2, whose score is
 * X'(w (y - p) + h (1/2 - p)) with the leverages h = diag(W^(1/2) X I^-1 X' W^(1/2)). Finite also under separation.
 *
 * Fisher scoring converges linearly here; secants over the steps taken make it fast. Two walks over the rows a step, O(rows * columns^2).
 */
export function fitFirth(pass: LogisticPass, first: FirstStep, options: NewtonOptions): NewtonFit {
  const pairs: SecantPair[] = [];
  let here = firthPoint(pass, new Float64Array(pass.size));
  let step = newtonStep(first.hessian, first.gradient) ?? here.gradient;
  for (let iterations = 1; ; iterations++) {
    const there = landing(pass, here, step);
    const change = minus(there.gradient, here.gradient);
    const moved = minus(there.beta, here.beta);
    // The first step is long, and its secant says little about the curvature where it ends.
    if (iterations > 1 && dot(moved, change) > 0) pairs.push({ step: moved, change });
    here = there;
    const { factor } = here;
    step = secantDirection(here.gradient, pairs, (v) => choleskySolve(factor, pass.size, v));
    const decrement = Math.sqrt(Math.max(0, dot(step, here.gradient)));
    const end = (outcome: NewtonOutcome, taken: number): NewtonFit => ({ ...here, iterations: taken, outcome, gradientNorm: meanGradient(here, options.total) });
    if (options.onStep?.(iterations, -here.objective) === false) return end('stopped by onProgress', iterations);
    if (decrement < options.tolerance) {
      here = firthPoint(pass, minus(here.beta, step));
      return end('step below tolerance', iterations + 1);
    }
    if (iterations >= options.maxIterations) return end('iteration limit', iterations);
  }
}

/** Where the step leads, halved while the objective is higher than where it began (beyond rounding). */
function landing(pass: LogisticPass, here: FirthPoint, step: Float64Array): FirthPoint {
  for (let share = 1; ; share /= 2) {
    const there = firthPoint(pass, here.beta.map((b, j) => b - share * step[j]!));
    if (there.objective <= here.objective + 1e-11 * Math.abs(here.objective) || share < 1e-12) return there;
  }
}

function firthPoint(pass: LogisticPass, beta: Float64Array): FirthPoint {
  const loss = pass.evaluate(beta, true);
  const hessian = pass.hessian.slice();
  const factor = hessian.slice();
  if (!choleskyInPlace(factor, pass.size)) return { beta, loss, objective: Infinity, gradient: pass.gradient.slice(), hessian, factor };
  let logDeterminant = 0;
  for (let j = 0; j < pass.size; j++) logDeterminant += 2 * Math.log(factor[j * pass.size + j]!);
  pass.evaluate(beta, false, leverageEdit(pass, choleskyInverse(factor, pass.size)));
  return { beta, loss, objective: loss - logDeterminant / 2, gradient: pass.gradient.slice(), hessian, factor };
}

/** Adds h (p - 1/2) to the residuals, h from the inverse information. */
function leverageEdit(pass: LogisticPass, inverse: Float64Array): BlockEdit {
  const { size, eta, residuals, roots } = pass;
  const ones = new Float64Array(BLOCK_ROWS).fill(1);
  const columns = Array.from({ length: size }, () => new Float64Array(BLOCK_ROWS));
  const product = new Float64Array(BLOCK_ROWS);
  return (_, rows) => {
    let change = 0;
    columns.forEach((column, j) => pass.readColumn(j, rows, ones, column));
    columns.forEach((column, j) => {
      // The leverage is W x' I^-1 x: roots squared times, for each column, its value times that row of I^-1 x.
      product.fill(0);
      columns.forEach((other, k) => addMultiple(product, inverse[j * size + k]!, other));
      for (let i = 0; i < rows; i++) {
        const leverage = roots[i]! * roots[i]! * product[i]! * column[i]!;
        // p - 1/2 is tanh(eta / 2) / 2.
        const more = 0.5 * leverage * Math.tanh(eta[i]! / 2);
        residuals[i]! += more;
        change += more;
      }
    });
    return change;
  };
}

function addMultiple(to: Float64Array, factor: number, column: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * column[i]!;
}
