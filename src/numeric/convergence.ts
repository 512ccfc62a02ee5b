/** How an iterative fit ended. A fit that did not converge is usable with care: `reason` says what happened. */
export interface Convergence {
  /** Whether the stopping rule was met. */
  readonly converged: boolean;
  /** Iterations done. */
  readonly iterations: number;
  /** Largest absolute component of the gradient at the end, on the scale the fit worked in; 0 where there is no gradient. */
  readonly gradientNorm: number;
  /** In words: which rule ended the fit, such as `'gradient small'`, `'iteration limit'` or `'stopped by onProgress'`. */
  readonly reason: string;
}
