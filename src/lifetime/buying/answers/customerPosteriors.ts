import { requireKnownOptions } from '../../../data/options.js';
import type { PurchaseHistories } from '../../purchaseHistories.js';
import { requireConfidence } from '../../requireConfidence.js';
import type { PosteriorPart } from '../buyingLaw.js';
import type { BuyingModel } from '../buyingModel.js';
import { requireModel } from '../requireModel.js';
import { mixtureMean, mixtureQuantile, type Mixture } from './mixtureQuantile.js';

/** How wide the intervals of {@link customerPosteriors} are. */
export interface CustomerPosteriorOptions {
  /** In (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What is known of one figure of each customer, in the order of the customers. */
export interface RatePosterior {
  /** The mean of what it may be. */
  readonly mean: Float64Array;
  /** Below this with half of what is left of `confidence`. */
  readonly lower: Float64Array;
  /** Above this with the other half. */
  readonly upper: Float64Array;
}

/** What each customer is like, as far as the history tells. */
export interface CustomerPosteriors {
  /** Purchases a unit of time while alive; in a discrete law the probability of buying at an opportunity. */
  readonly purchaseRate: RatePosterior;
  /** What `dropout` is: a probability at each purchase or opportunity, a rate a unit of time, or nothing in a law without. */
  readonly dropoutKind: 'probability' | 'rate' | 'none';
  /** How prone the customer is (or was) to stop; null in a law without. */
  readonly dropout: RatePosterior | null;
}

const CALLER = 'customerPosteriors';

/**
 * What is known of each customer's own rate of buying and own proneness to stop: the law of all customers, narrowed by the customer's history; for
 * grouping customers by what they are like rather than by what they did.
 *
 * Exact by the model: a mixture over whether (and when) the customer has stopped, with the parameters taken as known. Some twenty incomplete gamma
 * or beta functions an end of an interval and part of the mixture.
 *
 * @param model - any model of purchases
 * @param customers - histories in its unit
 * @param options - see {@link CustomerPosteriorOptions}
 * @returns means and intervals
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const model = Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 });
 * const { purchaseRate, dropout } = customerPosteriors(model, { unit: 'week', frequency: [3], recency: [25], tenure: [30] });
 * purchaseRate.mean; // => [0.1]
 * purchaseRate.upper[0]; // => 0.219182
 * dropout; // => null
 * ```
 */
export function customerPosteriors(model: BuyingModel, customers: PurchaseHistories, options: CustomerPosteriorOptions = {}): CustomerPosteriors {
  requireKnownOptions(CALLER, options, ['confidence']);
  requireModel(CALLER, model);
  const confidence = requireConfidence(CALLER, options.confidence ?? 0.95);
  const { law } = model;
  const { count } = model.read(CALLER, customers);
  const purchaseRate = new RateColumns(count, confidence, law.purchases === 'probability' ? 'beta' : 'gamma', (part) => part.purchaseRate);
  const dropout = law.dropout === 'none' ? null : new RateColumns(count, confidence, law.dropout === 'rate' ? 'gamma' : 'beta', (part) => part.dropout!);
  let row = 0;
  model.each(CALLER, customers, (theta, x, last, tenure) => {
    const parts = law.posterior(theta, x, last, tenure);
    purchaseRate.write(row, parts);
    dropout?.write(row, parts);
    return row++;
  });
  return { purchaseRate: purchaseRate.columns, dropoutKind: law.dropout, dropout: dropout?.columns ?? null };
}

/** Mean and interval of one figure, a customer at a time. */
class RateColumns {
  readonly columns: RatePosterior;
  readonly #tail: number;
  readonly #kind: Mixture['kind'];
  readonly #lawOf: (part: PosteriorPart) => readonly [number, number];

  constructor(count: number, confidence: number, kind: Mixture['kind'], lawOf: (part: PosteriorPart) => readonly [number, number]) {
    this.columns = { mean: new Float64Array(count), lower: new Float64Array(count), upper: new Float64Array(count) };
    this.#tail = (1 - confidence) / 2;
    this.#kind = kind;
    this.#lawOf = lawOf;
  }

  write(row: number, parts: readonly PosteriorPart[]): void {
    const mixture = { kind: this.#kind, weights: parts.map(({ weight }) => weight), laws: parts.map(this.#lawOf) };
    this.columns.mean[row] = mixtureMean(mixture);
    this.columns.lower[row] = mixtureQuantile(mixture, this.#tail);
    this.columns.upper[row] = mixtureQuantile(mixture, 1 - this.#tail);
  }
}
