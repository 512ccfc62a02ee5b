import { requireFinite, requireKnownOptions } from '../data/options.js';
import { perCustomerAmounts } from '../data/perCustomerAmounts.js';
import { ClientelaError } from '../errors.js';
import { sortedOrder } from '../numeric/sorting.js';
import { readObservations, unfit, type Labels } from '../data/labelsAndScores.js';

/** What a campaign costs and brings; amounts in one currency, the caller's. */
export interface ProfitCurveOptions {
  /** Cost of contacting one customer: one amount, or one per customer; not negative. */
  readonly contactCost: number | ArrayLike<number>;
  /** What one event among the contacted is worth before the cost of contact: one amount, or one per customer; not negative. */
  readonly benefit: number | ArrayLike<number>;
  /** Cost of contacting anybody at all. @defaultValue 0 */
  readonly fixedCost?: number;
  /** How many customers each row stands for, whole numbers: contacts are counted one by one. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
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
 * @param options - contactCost, benefit, fixedCost, weights
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
  requireKnownOptions('profitCurve', options, ['contactCost', 'benefit', 'fixedCost', 'weights']);
  const { labels: y, scores: s, weights: w, positives, negatives } = readObservations('profitCurve', labels, scores, requireCounts(options.weights));
  if (y.length === 0) throw new ClientelaError('EMPTY_INPUT', 'profitCurve needs at least one row with a weight above 0');
  const cost = amounts('contactCost', options.contactCost, labels.length, options.weights);
  const benefit = amounts('benefit', options.benefit, labels.length, options.weights);
  const fixedCost = requireFinite('profitCurve', 'fixedCost', options.fixedCost ?? 0);
  // One number a row, so that the walk down the ranking reads few.
  const gain = new Float64Array(y.length);
  for (let row = 0; row < gain.length; row++) gain[row] = w[row]! * (benefit[row]! * y[row]! - cost[row]!);
  const order = sortedOrder(s.map((score) => -score));
  const profits = new Float64Array(positives + negatives + 1);
  let gross = 0;
  let contacts = 0;
  let threshold = Infinity;
  let reached = 0;
  for (let start = 0; start < order.length; ) {
    const before = gross;
    const first = reached;
    const score = s[order[start]!]!;
    do {
      const row = order[start++]!;
      gross += gain[row]!;
      reached += w[row]!;
    } while (start < order.length && s[order[start]!] === score);
    for (let k = first + 1; k < reached; k++) profits[k] = before + ((gross - before) * (k - first)) / (reached - first) - fixedCost;
    profits[reached] = gross - fixedCost;
    if (profits[reached]! > profits[contacts]!) {
      contacts = reached;
      threshold = score;
    }
  }
  return { profits, contacts, profit: profits[contacts]!, threshold };
}

function requireCounts(weights: ArrayLike<number> | undefined): ArrayLike<number> | undefined {
  for (let i = 0; i < (weights?.length ?? 0); i++) {
    if (weights![i]! % 1 !== 0) throw unfit('profitCurve', 'weight', weights![i], i, 'a whole number of customers, from 0 up');
  }
  return weights;
}

// Of the rows with a weight above 0, as the observations are.
function amounts(option: string, given: number | ArrayLike<number>, rows: number, weights: ArrayLike<number> | undefined): Float64Array {
  const all = perCustomerAmounts('profitCurve', option, given, rows);
  return weights === undefined ? all : all.filter((_, i) => weights[i]! > 0);
}
