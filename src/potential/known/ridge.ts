import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';

/** Rows to regress: a row-major design of `width` columns, the first of them 1, an outcome and a weight each. */
export interface RidgeRows {
  readonly design: Float64Array;
  readonly width: number;
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
}

/** X'WX (lower triangle) and X'Wy. */
export interface NormalEquations {
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
}

/** The normal equations of some rows. O(rows * width²). */
export function normalEquations({ design, width, outcome, weights }: RidgeRows, rows: ArrayLike<number>): NormalEquations {
  const matrix = new Float64Array(width * width);
  const vector = new Float64Array(width);
  for (let r = 0; r < rows.length; r++) {
    const at = rows[r]! * width;
    addRow(design, at, width, weights[rows[r]!]!, matrix);
    const y = weights[rows[r]!]! * outcome[rows[r]!]!;
    for (let a = 0; a < width; a++) vector[a]! += y * design[at + a]!;
  }
  return { matrix, vector };
}

function addRow(design: Float64Array, at: number, width: number, weight: number, matrix: Float64Array): void {
  for (let a = 0; a < width; a++) {
    const x = weight * design[at + a]!;
    for (let b = 0; b <= a; b++) matrix[a * width + b]! += x * design[at + b]!;
  }
}

/** (X'WX + penalty on the diagonal)^-1 v for the first columns; a penalty above 0 for each but the first makes it exist. */
export function solvePenalised(matrix: Float64Array, vector: Float64Array, stride: number, penalties: Float64Array): Float64Array {
  const factor = penalisedFactor(matrix, stride, penalties);
  return choleskySolve(factor, penalties.length, vector.slice(0, penalties.length));
}

/** The Cholesky factor of the leading part of a matrix with penalties on its diagonal. */
export function penalisedFactor(matrix: Float64Array, stride: number, penalties: Float64Array): Float64Array {
  const size = penalties.length;
  const factor = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) factor[a * size + b] = matrix[a * stride + b]!;
    factor[a * size + a]! += penalties[a]!;
  }
  choleskyInPlace(factor, size);
  return factor;
}

/**
 * Logistic regression of shares in [0, 1] on the first columns, by Newton's method with halved steps: the quasi-likelihood of Papke and
 * Wooldridge (1996), or the likelihood of labels, with a ridge penalty. O(rows * width²) a step, some six steps.
 */
export function fractionalLogit(data: RidgeRows, rows: ArrayLike<number>, penalties: Float64Array): Float64Array {
  const size = penalties.length;
  let beta = new Float64Array(size);
  let [total, mean] = [0, 0];
  for (let r = 0; r < rows.length; r++) {
    total += data.weights[rows[r]!]!;
    mean += data.weights[rows[r]!]! * data.outcome[rows[r]!]!;
  }
  beta[0] = Math.log((mean + 0.5) / (total - mean + 0.5));
  let here = logitStep(data, rows, penalties, beta);
  for (let iteration = 0; iteration < 50; iteration++) {
    const step = solvePenalised(here.matrix, here.gradient, size, new Float64Array(size).fill(1e-12 * total));
    let moved = beta;
    let next = here;
    for (let shrink = 1; shrink > 1e-6; shrink /= 2) {
      moved = beta.map((b, a) => b + shrink * step[a]!);
      next = logitStep(data, rows, penalties, moved);
      if (next.loss <= here.loss + 1e-12 * total) break;
    }
    const gain = here.loss - next.loss;
    beta = moved;
    here = next;
    if (gain < 1e-11 * total) break;
  }
  return beta;
}

/** Loss, downward gradient and curvature of the penalised logistic regression at some coefficients. */
export function logitStep(
  { design, width, outcome, weights }: RidgeRows,
  rows: ArrayLike<number>,
  penalties: Float64Array,
  beta: Float64Array,
): { readonly loss: number; readonly gradient: Float64Array; readonly matrix: Float64Array } {
  const size = beta.length;
  const matrix = new Float64Array(size * size);
  const gradient = beta.map((b, a) => -penalties[a]! * b);
  let loss = beta.reduce((sum, b, a) => sum + (penalties[a]! * b * b) / 2, 0);
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!;
    const at = row * width;
    let eta = 0;
    for (let a = 0; a < size; a++) eta += beta[a]! * design[at + a]!;
    const e = Math.exp(-Math.abs(eta));
    const p = eta < 0 ? e / (1 + e) : 1 / (1 + e);
    loss += weights[row]! * (Math.log1p(e) + (eta > 0 ? (1 - outcome[row]!) * eta : -outcome[row]! * eta));
    const pull = weights[row]! * (outcome[row]! - p);
    for (let a = 0; a < size; a++) gradient[a]! += pull * design[at + a]!;
    addRow(design, at, size, (weights[row]! * e) / ((1 + e) * (1 + e)), matrix);
  }
  for (let a = 0; a < size; a++) matrix[a * size + a]! += penalties[a]!;
  return { loss, gradient, matrix };
}
