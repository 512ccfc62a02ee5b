import type { Duration } from '../../../data/duration.js';
import { requireKnownOptions } from '../../../data/options.js';
import type { PurchaseHistories } from '../../purchaseHistories.js';
import { requireConfidence } from '../../requireConfidence.js';
import type { BuyingLaw } from '../buyingLaw.js';
import type { BuyingModel } from '../buyingModel.js';
import { requireModel } from '../requireModel.js';

/** How wide {@link purchaseInterval} is. */
export interface PurchaseIntervalOptions {
  /** In (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

/** Whole numbers of purchases, both ends included. */
export interface PurchaseInterval {
  /** One a customer. */
  readonly lower: Float64Array;
  /** One a customer. */
  readonly upper: Float64Array;
}

const CALLER = 'purchaseInterval';

/**
 * How many purchases each customer is going to make within a horizon, as an interval: fewer than `lower` with at most half of what is left of
 * `confidence`, more than `upper` with at most the other half.
 *
 * The distribution is the model's own and exact: of what a customer with such a history does, with the parameters taken as known. As numbers
 * are whole, the interval covers at least `confidence`. O(customers log upper) evaluations of the distribution.
 *
 * @param model - any model of purchases
 * @param customers - histories in its unit
 * @param horizon - counted from the end of the tenure
 * @param options - see {@link PurchaseIntervalOptions}
 * @returns two arrays in the order of the customers
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const model = Nbd.fromParameters({ unit: 'week', r: 1e6, alpha: 1e6 });
 * const customers = { unit: 'week', frequency: [0], recency: [0], tenure: [0] } as const;
 * // As good as Poisson with mean 4.
 * purchaseInterval(model, customers, { weeks: 4 }, { confidence: 0.9 }); // => { lower: Float64Array.of(1), upper: Float64Array.of(8) }
 * ```
 */
export function purchaseInterval(model: BuyingModel, customers: PurchaseHistories, horizon: Duration, options: PurchaseIntervalOptions = {}): PurchaseInterval {
  requireKnownOptions(CALLER, options, ['confidence']);
  requireModel(CALLER, model);
  const time = model.timeOf(CALLER, 'horizon', horizon);
  const tail = (1 - requireConfidence(CALLER, options.confidence ?? 0.95)) / 2;
  const upper = model.each(CALLER, customers, (...history) => quantileOf(model.law, history, time, tail));
  const lower = model.each(CALLER, customers, (...history) => quantileOf(model.law, history, time, 1 - tail));
  return { lower, upper };
}

/** The arguments of a law that say who the customer is. */
type CustomerHistory = readonly [theta: Float64Array, x: number, last: number, tenure: number];

/** The least number of purchases that is exceeded with a probability of at most `tail`: steps that double, then halving. */
export function quantileOf(law: BuyingLaw, [theta, x, last, tenure]: CustomerHistory, ahead: number, tail: number): number {
  const alive = law.alive(theta, x, last, tenure);
  // Beyond 2^31 purchases nobody counts.
  const exceeds = (most: number): boolean => most < 2 ** 31 && alive * law.atLeast(theta, x, last, tenure, ahead, most + 1) > tail;
  if (!exceeds(0)) return 0;
  let low = 0;
  let high = 1;
  while (exceeds(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (exceeds(middle)) low = middle;
    else high = middle;
  }
  return high;
}
