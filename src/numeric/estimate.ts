/** A figure with its interval of uncertainty: `lower <= estimate <= upper` at the confidence asked for. */
export interface Estimate {
  /** The best single figure. */
  readonly estimate: number;
  /** Lower end of the interval. */
  readonly lower: number;
  /** Upper end of the interval. */
  readonly upper: number;
}
