import type { Convergence } from '../../numeric/convergence.js';
import { createRandom } from '../../numeric/random.js';
import { transposeRows, type SparseRows } from '../../numeric/sparseRows.js';
import { distinctRows } from './distinctRows.js';
import { dotAt } from './factorKernels.js';
import { solveRows } from './solveRows.js';

/** What the kernel needs to know; checked already. */
export interface FactorPlan {
  readonly factors: number;
  readonly alpha: number;
  readonly ridge: number;
  readonly sweeps: number;
  /** Steps of conjugate gradients; 0 solves every row exactly. */
  readonly steps: number;
  /** Sweeps end when one lowers the loss by less than this share of it; 0 never ends them. */
  readonly tolerance: number;
  readonly seed: number;
  /** Factors of the products to start from, row-major. */
  readonly start?: ArrayLike<number> | undefined;
  readonly onSweep?: ((done: number, loss: number) => boolean) | undefined;
}

/** What came out. */
export interface LearntFactors {
  /** Products × factors, row-major. */
  readonly factors: Float64Array;
  /** After each sweep. */
  readonly losses: readonly number[];
  readonly convergence: Convergence;
}

/** Factors of the columns by alternating least squares (Hu, Koren and Volinsky, 2008): a sweep solves for the rows, then for the columns. */
export function learnImplicitAls(held: SparseRows, plan: FactorPlan): LearntFactors {
  const { factors: width, alpha, ridge, sweeps, steps, tolerance } = plan;
  const { rows, counts } = distinctRows(held);
  const columns = transposeRows(rows);
  const customers = { factors: new Float64Array(rows.rowCount * width), roots: counts.map(Math.sqrt) };
  const products = { factors: startFactors(rows.columnCount, plan), roots: new Float64Array(rows.columnCount).fill(1) };
  const losses: number[] = [];
  let reason = 'sweep limit';
  while (losses.length < sweeps && reason === 'sweep limit') {
    solveRows(rows, products, customers, { width, alpha, ridge }, steps);
    const explained = solveRows(columns, customers, products, { width, alpha, ridge }, steps);
    const loss = (1 + alpha) * held.columns.length - explained + ridge * dotAt(customers.factors, 0, customers.factors, 0, customers.factors.length);
    const before = losses.at(-1) ?? Infinity;
    losses.push(loss);
    if (tolerance > 0 && before - loss < tolerance * loss) reason = 'loss steady';
    if (plan.onSweep?.(losses.length, loss) === false) reason = 'stopped by onProgress';
  }
  return { factors: products.factors, losses, convergence: { converged: reason === 'loss steady', iterations: losses.length, gradientNorm: 0, reason } };
}

// Even draws of variance ridge / products: Y'Y starts at about ridge I, where neither outweighs the other.
function startFactors(products: number, { factors: width, ridge, start, seed }: FactorPlan): Float64Array {
  if (start !== undefined) return Float64Array.from(start);
  const random = createRandom(seed);
  const scale = Math.sqrt((12 * ridge) / products);
  const factors = new Float64Array(products * width);
  for (let i = 0; i < factors.length; i++) factors[i] = (random.uniform() - 0.5) * scale;
  return factors;
}
