import type { Duration } from '../../../data/duration.js';
import { requireKnownOptions } from '../../../data/options.js';
import type { PurchaseHistories } from '../../purchaseHistories.js';
import type { BuyingModel } from '../buyingModel.js';
import { requireModel, requireMost } from '../requireModel.js';

/** How far {@link purchaseCounts} counts. */
export interface PurchaseCountsOptions {
  /** The last number that has a column of its own; the one after it holds all that is more. A whole number from 0. @defaultValue 10 */
  readonly most?: number;
}

/** The distribution of the number of purchases of each customer. */
export interface PurchaseCounts {
  /** Customers. */
  readonly rowCount: number;
  /** `most` + 2: none, 1, …, `most`, more. */
  readonly columnCount: number;
  /** Row by row: a customer's probabilities, which add up to 1. */
  readonly probabilities: Float64Array;
}

/**
 * With which probability each customer makes no purchase, one, two, … within a horizon.
 *
 * Exact by the model, with its parameters taken as known. O(customers × most) evaluations of the distribution.
 *
 * @param model - any model of purchases
 * @param customers - histories in its unit
 * @param horizon - counted from the end of the tenure
 * @param options - see {@link PurchaseCountsOptions}
 * @returns a matrix of customers by numbers of purchases
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const model = Nbd.fromParameters({ unit: 'week', r: 1, alpha: 1 });
 * const customers = { unit: 'week', frequency: [0], recency: [0], tenure: [0] } as const;
 * // A geometric law: half, a quarter, an eighth, and all the rest.
 * purchaseCounts(model, customers, { weeks: 1 }, { most: 2 }).probabilities; // => [0.5, 0.25, 0.125, 0.125]
 * ```
 */
export function purchaseCounts(model: BuyingModel, customers: PurchaseHistories, horizon: Duration, options: PurchaseCountsOptions = {}): PurchaseCounts {
  requireKnownOptions('purchaseCounts', options, ['most']);
  requireModel('purchaseCounts', model);
  const most = requireMost('purchaseCounts', options.most ?? 10, 0);
  const time = model.timeOf('purchaseCounts', 'horizon', horizon);
  const columnCount = most + 2;
  const { count: rowCount } = model.read('purchaseCounts', customers);
  const probabilities = new Float64Array(rowCount * columnCount);
  let at = 0;
  model.each('purchaseCounts', customers, (theta, x, last, tenure) => {
    const alive = model.law.alive(theta, x, last, tenure);
    let tail = 1;
    for (let least = 1; least < columnCount; least++) {
      const next = Math.min(tail, alive * model.law.atLeast(theta, x, last, tenure, time, least));
      probabilities[at++] = tail - next;
      tail = next;
    }
    return (probabilities[at++] = tail);
  });
  return { rowCount, columnCount, probabilities };
}
