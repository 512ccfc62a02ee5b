import type { HoldoutPurchases } from '../summary/summaryTypes.js';
import type { PurchaseHistories } from '../purchaseHistories.js';

/** What each simulated customer is like: what models try to infer. */
export interface SimulatedTruth {
  /** Purchases in a unit of time while alive; of a model of opportunities the probability of one. */
  readonly purchaseRate: Float64Array;
  /** The probability of stopping at a purchase or before an opportunity, or the rate of stopping; 0 where nobody stops. */
  readonly dropout: Float64Array;
  /** 1 for customers still active at the end of observation, otherwise 0. */
  readonly alive: Uint8Array;
  /** From the first purchase to the end of the active life; Infinity where that lies beyond what was simulated. */
  readonly end: Float64Array;
  /** The mean amount of a purchase of the customer; with `spend` only. */
  readonly meanAmount?: Float64Array;
}

/** Every purchase as columns that `EventLog.fromColumns` takes, the first ones and those of the holdout included. */
export interface SimulatedEvents {
  /** Row of the customer. */
  readonly customer: Int32Array;
  /** UTC epoch milliseconds. */
  readonly time: Float64Array;
  /** Of the purchase; with `spend` only. */
  readonly amount?: Float64Array;
}

/** Simulated customers at the end of observation, what they do afterwards, and the truth about them. */
export interface SimulatedPurchases extends PurchaseHistories {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly tenure: Float64Array;
  readonly sumLogGaps: Float64Array;
  /** Mean amount of the repeat purchases; `NaN` where there is none. With `spend` only. */
  readonly monetary?: Float64Array;
  /** What follows the observation; with `holdout` only. Amounts are `NaN` without `spend`. */
  readonly holdout?: HoldoutPurchases;
  /** What the customers are like. */
  readonly truth: SimulatedTruth;
  /** Purchase by purchase. */
  readonly events: SimulatedEvents;
}
