import { logOddsAt, type LogisticTask, type LogisticWork } from './logisticPass.js';

/** Puts the Newton step in `direction`: conjugate gradients with the diagonal as preconditioner, to a hundredth of the gradient. */
export function conjugateGradients(task: LogisticTask, work: LogisticWork, direction: Float64Array): void {
  const diagonal = secondDiagonal(task, work);
  const residual = work.gradient.slice();
  direction.fill(0);
  const scaled = residual.map((r, k) => r / diagonal[k]!);
  const step = scaled.slice();
  const product = new Float64Array(residual.length);
  let left = dot(residual, scaled);
  const enough = left * 1e-4;
  for (let iteration = 0; iteration < 200 && left > enough; iteration++) {
    multiply(task, work, step, product);
    const length = left / dot(step, product);
    for (let k = 0; k < step.length; k++) {
      direction[k]! += length * step[k]!;
      residual[k]! -= length * product[k]!;
      scaled[k] = residual[k]! / diagonal[k]!;
    }
    const before = left;
    left = dot(residual, scaled);
    for (let k = 0; k < step.length; k++) step[k] = scaled[k]! + (left / before) * step[k]!;
  }
}

/** The diagonal of the second derivatives. */
export function secondDiagonal({ design, rows, means, own, penalty }: LogisticTask, { size, weights, priorWeight }: LogisticWork): Float64Array {
  const { offsets, columns } = design;
  const diagonal = new Float64Array(size);
  for (let k = 0; k < size - 1; k++) diagonal[k] = penalty[k]! + priorWeight * means[k]! * means[k]!;
  diagonal[size - 1] = priorWeight;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const weight = weights[row]!;
    for (let e = offsets[row]!; e < offsets[row + 1]!; e++) diagonal[columns[e]!]! += weight;
    diagonal[size - 1]! += weight;
  }
  if (own >= 0) diagonal[own] = 1;
  return diagonal;
}

/** The second derivatives times a vector that is 0 at `own`. */
function multiply({ design, rows, means, own, penalty }: LogisticTask, { weights, priorWeight }: LogisticWork, vector: Float64Array, product: Float64Array): void {
  const { offsets, columns } = design;
  const last = vector.length - 1;
  let average = vector[last]!;
  for (let k = 0; k < last; k++) average += means[k]! * vector[k]!;
  for (let k = 0; k < last; k++) product[k] = penalty[k]! * vector[k]! + priorWeight * means[k]! * average;
  let intercept = priorWeight * average;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const from = offsets[row]!;
    const to = offsets[row + 1]!;
    const amount = weights[row]! * logOddsAt(vector, columns, from, to);
    intercept += amount;
    for (let e = from; e < to; e++) product[columns[e]!]! += amount;
  }
  product[last] = intercept;
  if (own >= 0) product[own] = vector[own]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** The diagonal of (L L')^-1. O(n^3 / 6). */
export function inverseDiagonal(l: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  const x = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    x[j] = 1 / l[j * n + j]!;
    let squares = x[j]! * x[j]!;
    for (let i = j + 1; i < n; i++) {
      const base = i * n;
      let sum = 0;
      for (let k = j; k < i; k++) sum -= l[base + k]! * x[k]!;
      x[i] = sum / l[base + i]!;
      squares += x[i]! * x[i]!;
    }
    diagonal[j] = squares;
  }
  return diagonal;
}
