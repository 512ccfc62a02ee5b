import type { SparseRows } from '../../numeric/sparseRows.js';

/**
 * What turns the products a customer holds into a raw score for every product. The columns of `held` are the products of the engine; amounts
 * do not count.
 */
export interface HoldingsEngine {
  /** In the order of the columns. */
  readonly products: readonly string[];
  /**
   * Scores of the rows `from` (included) to `to` (excluded), row-major, into the first places of `out`. The score of a product the customer holds is
   * what the other holdings say: a product's own column never predicts itself.
   */
  scoreInto(held: SparseRows, from: number, to: number, out: Float64Array): void;
}
