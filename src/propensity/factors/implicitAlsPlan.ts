import type { SparseRows } from '../../numeric/sparseRows.js';
import type { ImplicitAlsOptions } from './implicitAlsOptions.js';
import type { FactorPlan } from './learnImplicitAls.js';
import { noiseRidge } from './noiseRidge.js';

/** Everything stated: the options with what is taken where they say nothing. */
export function implicitAlsPlan(held: SparseRows, options: Omit<ImplicitAlsOptions, 'onProgress'> = {}): FactorPlan {
  const { factors = Math.min(32, held.columnCount), alpha = 20, sweeps = 15, tolerance = 1e-4, solver, seed = 1, start } = options;
  return { factors, alpha, ridge: options.ridge ?? noiseRidge(held, alpha), sweeps, tolerance, steps: solver === 'cholesky' ? 0 : 3, seed, start };
}
