import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { requireModel, requireMost } from '../buying/requireModel.js';
import { groupSummary } from '../summary/groupSummary.js';
import type { PurchaseHistories } from '../purchaseHistories.js';

/** How far to count. */
export interface FrequencyHistogramOptions {
  /** The last bar, which holds all customers with so many purchases or more. A whole number from 1. @defaultValue 7 */
  readonly most?: number;
}

/** Bars of a histogram, in arrays of one length. */
export interface FrequencyHistogram {
  /** Repeat purchases: 0, 1, …, `most`, the last one and more. */
  readonly frequency: Int32Array;
  /** Customers with so many, by weight. */
  readonly actual: Float64Array;
  /** Customers with so many by the model. */
  readonly expected: Float64Array;
}

const CALLER = 'frequencyHistogram';

/**
 * How many customers made no repeat purchase, one, two, …, beside how many a model expects among customers who were observed as long: whether the model
 * fits the data it was learnt from.
 *
 * A model can fit here and forecast badly; see `backtestPurchases`. O(customers log customers + different tenures × most).
 *
 * @param model - any model of purchases, in their unit
 * @param customers - histories, as the model was learnt from
 * @param options - see {@link FrequencyHistogramOptions}
 * @returns three arrays; both counts add up to the customers
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_OPTION`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const model = Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 });
 * const customers = { unit: 'week', frequency: [0, 0, 1, 4], recency: [0, 0, 3, 9], tenure: [10, 10, 10, 10] } as const;
 * const { actual, expected } = frequencyHistogram(model, customers, { most: 2 });
 * actual; // => [2, 1, 1]
 * expected; // => [2, 1, 1]
 * ```
 */
export function frequencyHistogram(model: BuyingModel, customers: PurchaseHistories, options: FrequencyHistogramOptions = {}): FrequencyHistogram {
  requireKnownOptions(CALLER, options, ['most']);
  requireModel(CALLER, model);
  const most = requireMost(CALLER, options.most ?? 7, 1);
  const { count, frequency, tenure } = model.read(CALLER, customers);
  const { weights: given } = customers;
  if (count === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one customer, found none`, { function: CALLER });
  const actual = new Float64Array(most + 1);
  for (let i = 0; i < count; i++) actual[Math.min(most, frequency[i]!)]! += given === undefined ? 1 : given[i]!;
  // What is expected depends on the tenure and the covariates alone.
  const none = new Float64Array(count);
  const groups = groupSummary({ ...customers, frequency: none, recency: none, tenure, sumLogGaps: undefined });
  const expected = new Float64Array(most + 1);
  let group = 0;
  model.each(CALLER, groups, (theta, _x, _last, observed) => {
    const weight = groups.weights[group++]!;
    const alive = model.law.alive(theta, 0, 0, 0);
    let tail = 1;
    for (let x = 0; x < most; x++) {
      const next = alive * model.law.atLeast(theta, 0, 0, 0, observed, x + 1);
      expected[x]! += weight * (tail - next);
      tail = next;
    }
    expected[most]! += weight * tail;
    return 0;
  });
  return { frequency: Int32Array.from({ length: most + 1 }, (_, x) => x), actual, expected };
}
