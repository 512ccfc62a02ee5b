/** Different histories with the customers that each stands for: all that a likelihood needs. */
export interface Tuples {
  readonly count: number;
  /** Repeat purchases. */
  readonly x: Float64Array;
  /** Of the last purchase. */
  readonly last: Float64Array;
  readonly tenure: Float64Array;
  readonly weights: Float64Array;
  /** Sum of the weights. */
  readonly customers: number;
  /** Weighted sum of all `sumLogGaps`; NaN where they are not known. */
  readonly sumLogGaps: number;
}

/** What covariates make of each tuple: by which its rates are multiplied, and where the slopes go. */
export interface TupleFactors {
  /** Divide alpha. */
  readonly purchase: Float64Array;
  /** Act on dropout by the powers of the law. */
  readonly dropout: Float64Array;
  /** Written: the derivative of each tuple's log-likelihood to the logarithm of its purchase factor, without its weight. */
  readonly purchaseSlopes: Float64Array;
  /** Written: the same for dropout. */
  readonly dropoutSlopes: Float64Array;
}
