/** Customers × products, with the probability of each cell: what money, baskets and potential are reckoned from. */
export interface PropensityCells {
  /** One a row. */
  readonly customers: readonly (string | number)[];
  /** One a column. */
  readonly products: readonly string[];
  /** Row-major, customers × products, 0 to 1; `NaN` where there is none: the product is held already, or its model is not good enough to be used. */
  readonly probability: Float64Array;
  /** How sure the probabilities themselves are; absent where nobody knows. */
  readonly uncertainty?: ParameterUncertainty;
}

/** How far probabilities may be off because their model was learnt from finitely many customers. Errors of different products are taken as independent. */
export interface ParameterUncertainty {
  /**
   * The covariance of weighted sums of the probabilities of one product.
   *
   * @param product - its column
   * @param groups - the group of each row, 0 to `groupCount - 1`, -1 for none
   * @param groupCount - how many sums
   * @param weights - what each row counts in its sum; `NaN` cells must have weight 0
   * @returns row-major, groupCount × groupCount
   */
  sumCovariance(product: number, groups: Int32Array, groupCount: number, weights: Float64Array): Float64Array;
  /**
   * The standard error of the log-odds of one cell.
   *
   * @param row - its customer
   * @param product - its column
   * @returns above 0, or 0 for a cell without probability
   */
  logOddsError(row: number, product: number): number;
}
