import { choleskyInPlace, choleskySolve } from '../../../src/numeric/cholesky.js';
import type { SparseRows } from '../../../src/numeric/sparseRows.js';
import { listOf } from './portfolio.js';

/** What product j sees of a customer: the plan, the other products, and how many those are; then the intercept. */
export function naiveRow(plan: string | null, own: readonly number[], j: number, products: number, usesHeld: boolean): number[] {
  const others = own.filter((product) => product !== j);
  const plans = plan === null ? [] : ['a', 'b', 'c'].map((level) => Number(level === plan));
  if (!usesHeld) return [...plans, 1];
  const levels = Array.from({ length: Math.min(5, products) }, (_, count) => Number(Math.min(others.length, Math.min(5, products) - 1) === count));
  return [...plans, ...Array.from({ length: products }, (_, product) => Number(others.includes(product))), ...levels, 1];
}

/** Newton's method on a dense matrix, the ridge on all columns but the intercept: a gradient below 1e-10. */
export function naiveNewton(x: readonly number[][], y: readonly number[], ridge: number): { beta: Float64Array; hessian: Float64Array } {
  const size = x[0]!.length;
  const beta = new Float64Array(size);
  for (let iteration = 0; ; iteration++) {
    const gradient = beta.map((b, k) => (k === size - 1 ? 0 : ridge * b));
    const hessian = new Float64Array(size * size);
    for (let k = 0; k < size - 1; k++) hessian[k * size + k] = ridge;
    x.forEach((row, i) => {
      const p = 1 / (1 + Math.exp(-row.reduce((sum, value, k) => sum + value * beta[k]!, 0)));
      for (let a = 0; a < size; a++) {
        gradient[a]! += (p - y[i]!) * row[a]!;
        for (let b = 0; b < size; b++) hessian[a * size + b]! += p * (1 - p) * row[a]! * row[b]!;
      }
    });
    if (gradient.every((g) => Math.abs(g) < 1e-10) || iteration > 50) return { beta, hessian };
    const factor = hessian.slice();
    choleskyInPlace(factor, size);
    const step = choleskySolve(factor, size, gradient.slice());
    for (let k = 0; k < size; k++) beta[k]! -= step[k]!;
  }
}

/** Log-odds of every cell, row-major. */
export function naiveLogits(plans: readonly string[] | null, held: SparseRows, taken: SparseRows | null, ridge: number, usesHeld: boolean): Float64Array {
  const P = held.columnCount;
  const out = new Float64Array(held.rowCount * P);
  for (let j = 0; j < P; j++) {
    const all = Array.from({ length: held.rowCount }, (_, row) => naiveRow(plans?.[row] ?? null, listOf(held, row), j, P, usesHeld));
    const rows = all.map((_, row) => row).filter((row) => taken === null || !listOf(held, row).includes(j));
    const { beta } = naiveNewton(rows.map((row) => all[row]!), rows.map((row) => Number(listOf(taken ?? held, row).includes(j))), ridge);
    all.forEach((x, row) => (out[row * P + j] = x.reduce((sum, value, k) => sum + value * beta[k]!, 0)));
  }
  return out;
}
