import type { Convergence } from '../../numeric/convergence.js';

/** {@link ImplicitAls} as JSON: of the products only. */
export interface ImplicitAlsState {
  /** Which class reads it. */
  readonly format: 'ImplicitAls';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** In the order of the factors. */
  readonly products: readonly string[];
  /** Products × factors, row-major. */
  readonly factors: readonly number[];
  /** How much more a holding counts than an absence, which counts 1. */
  readonly alpha: number;
  /** The penalty on squared factors. */
  readonly ridge: number;
  /** The loss after each sweep. */
  readonly losses: readonly number[];
  /** How the fit ended. */
  readonly convergence: Convergence;
}
