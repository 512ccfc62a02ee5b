import type { Labels } from '../data/labelsAndScores.js';
import { profitLawOf } from './profitLaw.js';
import { rocHull } from './rocHull.js';

/** A retention campaign: customers are offered an incentive to stay, the event is leaving. Amounts in one currency, the caller's. */
export interface ChurnProfitOptions {
  /** What the score is for. */
  readonly purpose: 'churn';
  /** First shape of the beta distribution of the share of leavers who accept the offer and stay. @defaultValue 6 */
  readonly alpha?: number;
  /** Second shape of it; with 6 and 14 the mean is 0.3. @defaultValue 14 */
  readonly beta?: number;
  /** What a customer who stays is worth. @defaultValue 200 */
  readonly customerValue?: number;
  /** What the incentive costs for one who accepts; all customers who would have stayed anyway do. @defaultValue 10 */
  readonly incentiveCost?: number;
  /** What contacting one customer costs. @defaultValue 1 */
  readonly contactCost?: number;
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/** Lending: applicants with the highest scores are refused, the event is default. Amounts are shares of the sum lent. */
export interface CreditProfitOptions {
  /** What the score is for. */
  readonly purpose: 'credit';
  /** Probability that a defaulted loan is paid back in full after all. @defaultValue 0.55 */
  readonly fullRecovery?: number;
  /** Probability that it is lost in full; between the two the loss is uniform. @defaultValue 0.1 */
  readonly fullLoss?: number;
  /** What a good loan brings, as a share of the sum lent. @defaultValue 0.2644 */
  readonly returnOnInvestment?: number;
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/** What {@link expectedMaximumProfit} returns; profits per customer. */
export interface ExpectedMaximumProfit {
  /** Profit per customer, averaged over what is uncertain, when the depth is always the best one for it. */
  readonly expectedProfit: number;
  /** Share of the customers contacted (or applicants refused), averaged likewise. */
  readonly expectedShare: number;
  /** The profit per customer at the best depth when the uncertain quantity is at its mean. */
  readonly maximumProfit: number;
  /** That depth, as a share of the customers. */
  readonly maximumShare: number;
  /** The score to contact (or refuse) from at that depth; Infinity for nobody. */
  readonly threshold: number;
}

/**
 * The expected maximum profit of a score: what it earns per customer when the depth of the campaign is the best for every value of what is not known.
 *
 * For churn that is the share of leavers who can be kept, beta distributed (Verbraken, Verbeke and Baesens, IEEE TKDE 25, 2013); for credit the loss
 * given default (Verbraken, Bravo, Weber and Baesens, EJOR 238, 2014); defaults are those of the papers. Only depths on the convex hull of the ROC
 * curve can be best, and every one of them is so on one stretch of the unknown: so the integral is exact. For an interval give this to `bootstrapInterval`. O(n).
 *
 * @param labels - 1 or true for the event (leaving, default), 0 or false for none; both must occur
 * @param scores - one finite number per label, higher for the event
 * @param options - purpose, and the amounts
 * @returns expected and deterministic maximum profit with the depths they ask for
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `TARGET_CLASSES` or `INVALID_OPTION`
 * @example
 * ```ts
 * // A perfect score: of 4 customers 1 leaves, accepts with probability 0.3 and is then worth 200 - 10; the contact costs 1.
 * const profit = expectedMaximumProfit([1, 0, 0, 0], [0.9, 0.3, 0.2, 0.1], { purpose: 'churn' });
 * profit.maximumProfit; // => (0.3 * 190 - 1) / 4
 * profit.maximumShare; // => 0.25
 * ```
 */
export function expectedMaximumProfit(labels: Labels, scores: ArrayLike<number>, options: ChurnProfitOptions | CreditProfitOptions): ExpectedMaximumProfit {
  const law = profitLawOf(options);
  const { events, others, thresholds } = rocHull('expectedMaximumProfit', labels, scores, options.weights);
  const costAt = (i: number): number => law.eventCost * events[i]! + law.otherCost * others[i]!;
  let expectedProfit = 0;
  let expectedShare = 0;
  let best = 0;
  let maximumProfit = 0;
  let [probability, moment] = [0, 0];
  for (let i = 0; i < events.length; i++) {
    // Beyond this value of the unknown the next corner earns more.
    const change = i + 1 < events.length ? (costAt(i + 1) - costAt(i)) / (law.gain * (events[i + 1]! - events[i]!)) : 1;
    // Also where nothing costs anything, 0 / 0.
    const end = change < 1 ? change : 1;
    const mass = law.probability(end) - probability;
    expectedProfit += law.gain * events[i]! * (law.moment(end) - moment) - costAt(i) * mass;
    expectedShare += (events[i]! + others[i]!) * mass;
    const profit = law.mean * law.gain * events[i]! - costAt(i);
    if (profit > maximumProfit) [best, maximumProfit] = [i, profit];
    if (end === 1) break;
    [probability, moment] = [law.probability(end), law.moment(end)];
  }
  return { expectedProfit, expectedShare, maximumProfit, maximumShare: events[best]! + others[best]!, threshold: thresholds[best]! };
}
