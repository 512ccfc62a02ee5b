/** Wallets of customers, a place in each column per row given. */
export interface WalletColumns {
  /** What each spends on such things in all, here and elsewhere, being in the market; the spend or more. */
  readonly wallet: Float64Array;
  /** Lower ends of the interval of the wallet. */
  readonly walletLower: Float64Array;
  /** Upper ends. */
  readonly walletUpper: Float64Array;
  /** Expected share of the wallet spent here, in [0, 1]. */
  readonly share: Float64Array;
  /** Lower ends of the interval of the share. */
  readonly shareLower: Float64Array;
  /** Upper ends. */
  readonly shareUpper: Float64Array;
  /** Variance of the wallet by what is the customer's own. */
  readonly ownVariance: Float64Array;
  /** How the wallet moves with one standard deviation of each shared unknown; row-major, rows * sharedCount. */
  readonly sharedLoadings: Float64Array;
  /** How many shared unknowns there are. */
  readonly sharedCount: number;
}
