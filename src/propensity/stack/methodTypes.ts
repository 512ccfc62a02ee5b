/** How well one method foretold one product, out of fold. */
export interface MethodLoss {
  /** Its name. */
  readonly method: string;
  /** Mean log loss of the customers that could take the product (natural logarithm); smaller is better. */
  readonly logLoss: number;
  /** Standard error of that. */
  readonly standardError: number;
  /** By how much it exceeds the least of the methods, customer by customer; 0 for the best. */
  readonly excess: number;
  /** Standard error of the excess: that of paired differences. */
  readonly excessError: number;
}

/** Which method serves a product, and the losses that decided. */
export interface MethodChoice {
  /** Its name. */
  readonly method: string;
  /** Whether products with few buyers decided together, as this is one of them. */
  readonly pooled: boolean;
  /** Customers that could take the product. */
  readonly rows: number;
  /** Customers that took it. */
  readonly positives: number;
  /** One entry a method, the simplest first; of this product alone, also where products decided together. */
  readonly losses: readonly MethodLoss[];
}
