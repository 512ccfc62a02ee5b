/** One number per customer, with the customers it belongs to: what is computed per customer from an `EventLog`. */
export interface CustomerValues {
  /** Identifiers, in the order of `values`. */
  readonly customers: readonly (string | number)[];
  /** One number per customer; `NaN` where it is not known. */
  readonly values: Float64Array;
  /** The moment that the values belong to, UTC epoch milliseconds, where they belong to one. */
  readonly asOf?: number;
}
