/** How to learn. */
export interface ImplicitAlsOptions {
  /** How many numbers describe a product. @defaultValue 32, or as many as there are products */
  readonly factors?: number;
  /** How much more a holding counts than an absence: confidence 1 + alpha against 1. From 0. @defaultValue 20 */
  readonly alpha?: number;
  /**
   * The penalty on squared factors, of products and customers alike; above 0. The ranking depends on it more than on anything else. @defaultValue 1.2 times about
   * the largest singular value chance alone would give holdings of the same products and numbers of holders, at least 1
   */
  readonly ridge?: number;
  /** How often customers and products are solved for at most. @defaultValue 15 */
  readonly sweeps?: number;
  /** Ends when a sweep lowers the loss by less than this share of it; 0 does all sweeps. @defaultValue 1e-4 */
  readonly tolerance?: number;
  /**
   * Three steps of `'conjugate gradient'` from the factors of the sweep before, or the exact solution by `'cholesky'` for rows with many holdings; rows with few
   * are solved exactly in any case, which is cheaper. @defaultValue 'conjugate gradient'
   */
  readonly solver?: 'conjugate gradient' | 'cholesky';
  /** Of the factors to start from. @defaultValue 1 */
  readonly seed?: number;
  /** Factors of the products to start from, products × factors, row-major. @defaultValue drawn */
  readonly start?: ArrayLike<number>;
  /** Called after each sweep, the objective being the loss; returning false stops there. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}
