import type { EventColumns } from './eventRoles.js';

/** What the events before one moment say about every customer of a log, in the order of `log.customers`. */
export interface PurchaseHistory {
  /** Events of all kinds; 0 for a customer who came later. */
  readonly events: Uint32Array;
  /** Purchases: events with an amount above 0, or all events of a log without amounts. */
  readonly purchases: Uint32Array;
  /** Returns: events with an amount below 0. */
  readonly returns: Uint32Array;
  /** The last purchase, UTC epoch milliseconds; `NaN` where there is none. */
  readonly lastPurchase: Float64Array;
  /** Sum of the amounts of purchases. */
  readonly purchaseAmount: Float64Array;
  /** Sum of the amounts of returns, 0 or below. */
  readonly returnAmount: Float64Array;
}

/** One walk over the events strictly before `asOf`; what `rfm` and `snapshot` count, they count here. */
export function purchasesBefore(log: Pick<EventColumns, 'customers' | 'offsets' | 'times' | 'amounts'>, asOf: number): PurchaseHistory {
  const { offsets, times, amounts } = log;
  const n = log.customers.length;
  const history = {
    events: new Uint32Array(n),
    purchases: new Uint32Array(n),
    returns: new Uint32Array(n),
    lastPurchase: new Float64Array(n).fill(NaN),
    purchaseAmount: new Float64Array(n),
    returnAmount: new Float64Array(n),
  };
  for (let c = 0; c < n; c++) {
    for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < asOf; e++) {
      const amount = amounts === undefined ? 0 : amounts[e]!;
      history.events[c]!++;
      if (amounts === undefined || amount > 0) {
        history.purchases[c]!++;
        history.lastPurchase[c] = times[e]!;
        history.purchaseAmount[c]! += amount;
      } else if (amount < 0) {
        history.returns[c]!++;
        history.returnAmount[c]! += amount;
      }
    }
  }
  return history;
}
