import { requireFinite, requireKnownOptions } from '../data/options.js';
import { perCustomerAmounts } from '../data/perCustomerAmounts.js';
import { sortedOrder } from '../numeric/sorting.js';
import { readObservations, type Labels } from './labelsAndScores.js';

/** What a campaign costs and brings; amounts in one currency, the caller's. */
export interface ProfitCurveOptions {
  /** Cost of contacting one customer: one amount, or one per customer; not negative. */
  readonly contactCost: number | ArrayLike<number>;
  /** What one event among the contacted is worth before the cost of contact: one amount, or one per customer; not negative. */
  readonly benefit: number | ArrayLike<number>;
  /** Cost of contacting anybody at all. @defaultValue 0 */
  readonly fixedCost?: number;
}

/** What {@link profitCurve} returns. */
export interface RealisedProfitCurve {
  /** Profit of contacting the k highest scores, for k = 0 (nobody: 0) to all. */
  readonly profits: Float64Array;
  /** How many contacts were most profitable; 0 when no depth paid. */
  readonly contacts: number;
  /** Profit at that depth, never below 0. */
  readonly profit: number;
  /** The score to contact from, upwards; Infinity when nobody should have been contacted. */
  readonly threshold: number;
}

/**
 * The profit a campaign would have made at every depth, from what really happened: contact the k highest scores, for every k.
 *
 * profit(k) = sum over the k contacted of (benefit x event - contactCost) - fixedCost. Customers with equal scores cannot be told apart, so
 * inside such a group the curve is the straight line between its ends, and the best depth never cuts through it; of equally profitable depths the smallest is
 * named. The best depth on the customers it was chosen on flatters: judge it on others. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param scores - one finite number per label, higher for the event
 * @param options - contactCost, benefit, fixedCost
 * @returns the curve, and its best depth with profit and threshold
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const curve = profitCurve([1, 0, 1, 0], [0.9, 0.7, 0.4, 0.1], { contactCost: 1, benefit: 5 });
 * curve.profits; // => [0, 4, 3, 7, 6]
 * curve.contacts; // => 3
 * curve.threshold; // => 0.4
 * ```
 */
export function profitCurve(labels: Labels, scores: ArrayLike<number>, options: ProfitCurveOptions): RealisedProfitCurve {
  requireKnownOptions('profitCurve', options, ['contactCost', 'benefit', 'fixedCost']);
  const { labels: y, scores: s } = readObservations('profitCurve', labels, scores);
  const cost = perCustomerAmounts('profitCurve', 'contactCost', options.contactCost, y.length);
  const benefit = perCustomerAmounts('profitCurve', 'benefit', options.benefit, y.length);
  const fixedCost = requireFinite('profitCurve', 'fixedCost', options.fixedCost ?? 0);
  const order = sortedOrder(s.map((score) => -score));
  const profits = new Float64Array(order.length + 1);
  let gross = 0;
  let contacts = 0;
  for (let start = 0; start < order.length; ) {
    const before = gross;
    const score = s[order[start]!]!;
    let end = start;
    do {
      const row = order[end++]!;
      gross += benefit[row]! * y[row]! - cost[row]!;
    } while (end < order.length && s[order[end]!] === score);
    for (let k = start + 1; k < end; k++) profits[k] = before + ((gross - before) * (k - start)) / (end - start) - fixedCost;
    profits[end] = gross - fixedCost;
    if (profits[end]! > profits[contacts]!) contacts = end;
    start = end;
  }
  return { profits, contacts, profit: profits[contacts]!, threshold: contacts === 0 ? Infinity : s[order[contacts - 1]!]! };
}
