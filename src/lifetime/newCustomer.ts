import type { PurchaseHistories } from './purchaseHistories.js';
import { requireTimeUnit, type TimeUnit } from './timeUnit.js';

/**
 * The history of a customer on the day of the first purchase, to ask a model what somebody new is going to do.
 *
 * @param unit - of the model
 * @returns one history of frequency, recency and tenure 0
 * @throws a {@link ClientelaError} `INVALID_OPTION` when the unit is none
 * @example
 * ```ts
 * newCustomer('week').tenure; // => [0]
 * ```
 */
export function newCustomer(unit: TimeUnit): PurchaseHistories {
  return { unit: requireTimeUnit('newCustomer', unit), frequency: [0], recency: [0], tenure: [0] };
}
