/**
 * What customers could bring, a place in each column per customer, in the order of the rows given. Amounts are in the currency and for the
 * period of the spend learnt from. Plain typed arrays: they can be kept, sent to a worker, or made by other means and given to
 * `growthPotential`.
 */
export interface CustomerPotentials {
  /** Who the rows are, or null where no column named them. */
  readonly customers: readonly (string | number)[] | null;
  /** What each spends now, 0 or more. */
  readonly present: Float64Array;
  /** What each spends on such things in all, here and elsewhere, provided that the customer is in the market at all; `present` or more. */
  readonly wallet: Float64Array;
  /** Probability of being in the market, in [0, 1]; 1 for whoever spends. */
  readonly participation: Float64Array;
  /** What each could bring: the wallet of whoever spends, participation * wallet of the others; `present` or more. */
  readonly potential: Float64Array;
  /** potential - present: what presumably goes elsewhere. */
  readonly headroom: Float64Array;
  /** Share of the wallet spent here, in [0, 1]: its expected value, which is not present / wallet. */
  readonly share: Float64Array;
  /** Ends of the interval of `potential`; that of the headroom is `present` lower. */
  readonly potentialLower: Float64Array;
  /** Upper ends of the interval of `potential`. */
  readonly potentialUpper: Float64Array;
  /** Lower ends of the interval of `share`. */
  readonly shareLower: Float64Array;
  /** Upper ends of the interval of `share`. */
  readonly shareUpper: Float64Array;
  /** Variance of `potential` by what is the customer's own: it averages out in a sum over customers. */
  readonly ownVariance: Float64Array;
  /**
   * How the potential moves with one standard deviation of each of `sharedCount` independent unknowns that all customers share (what
   * fitting left uncertain); row-major, customers * sharedCount. It does not average out.
   */
  readonly sharedLoadings: Float64Array;
  /** How many shared unknowns there are. */
  readonly sharedCount: number;
  /** Coverage of the intervals, such as 0.9. */
  readonly confidence: number;
}
