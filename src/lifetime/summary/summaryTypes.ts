import type { PurchaseHistories } from '../purchaseHistories.js';
import type { TimeUnit } from '../timeUnit.js';

/** When and for how much each customer bought, in arrays aligned with `customers`. */
export interface CustomerSummary extends PurchaseHistories {
  /** Customers with a purchase before `asOf`, in the order of the log. */
  readonly customers: readonly (string | number)[];
  /** Of `recency`, `tenure` and `sumLogGaps`. */
  readonly unit: TimeUnit;
  /** The end of observation, UTC epoch milliseconds; the split, where there is one. */
  readonly asOf: number;
  /** Repeat purchases: periods with a purchase, less the first. */
  readonly frequency: Float64Array;
  /** From the first to the last purchase. */
  readonly recency: Float64Array;
  /** From the first purchase to the end of observation. */
  readonly tenure: Float64Array;
  /** Sum of the logarithms of the times between purchases; 0 where there was no repeat. */
  readonly sumLogGaps: Float64Array;
  /** Mean amount of a purchase, by `firstPurchase`; `NaN` where there is none to take the mean of, or the log has no amounts. */
  readonly monetary: Float64Array;
  /** Whether `monetary` is the mean of the `frequency` repeat purchases, or of these and the first. */
  readonly firstPurchase: 'excluded' | 'included';
  /** Purchases as they stand in the log, nothing merged, the first included. */
  readonly orders: Float64Array;
  /** Amount of the first purchase; `NaN` in a log without amounts. */
  readonly firstAmount: Float64Array;
  /** Sum of all purchases; `NaN` in a log without amounts. */
  readonly spend: Float64Array;
  /** Sum of all returns, 0 or below; `NaN` in a log without amounts. */
  readonly returned: Float64Array;
  /** What happened after the split, where there is one. */
  readonly holdout?: HoldoutPurchases;
}

/** What the same customers did after the split; those first seen then are left out. */
export interface HoldoutPurchases {
  /** From the split to the end of observation, in the unit of the summary. */
  readonly duration: number;
  /** Purchases. */
  readonly frequency: Float64Array;
  /** Their sum; `NaN` in a log without amounts. */
  readonly spend: Float64Array;
  /** Their mean amount; `NaN` where there is none. */
  readonly monetary: Float64Array;
}
