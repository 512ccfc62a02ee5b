import type { PurchaseHistories } from '../../purchaseHistories.js';
import { requireBuyingOptions, type BuyingOptions } from '../buyingOptions.js';
import { fitBuying } from '../fitting/fitBuying.js';
import { Nbd } from './nbd.js';
import { nbdLikelihood } from './nbdLikelihood.js';

/**
 * How often customers buy when none ever stops: the negative binomial model, by maximum likelihood.
 *
 * Each customer buys at a rate of their own (exponential times between purchases), gamma over customers (Ehrenberg, 1959). Histories that are equal
 * are computed once. O(rows) for the grouping, O(distinct histories) an evaluation.
 *
 * @param customers - histories such as `customerSummary` gives; `recency` is not used
 * @param options - see {@link BuyingOptions}; `dropoutCovariates` is refused
 * @returns the fitted model; `fit.warnings` says what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Three customers in ten who buy once a week, the others once in ten weeks: the mean rate is that of the purchases made.
 * const frequency = [9, 10, 11, 1, 1, 1, 0, 1, 2, 1];
 * const recency = frequency.map((n) => Math.min(n, 9));
 * const model = fitNbd({ unit: 'week', frequency, recency, tenure: frequency.map(() => 10) });
 * Math.abs(model.parameters.r / model.parameters.alpha - 0.37) < 1e-6; // => true
 * ```
 */
export function fitNbd(customers: PurchaseHistories, options: BuyingOptions = {}): Nbd {
  requireBuyingOptions('fitNbd', options);
  return new Nbd(fitBuying('fitNbd', nbdLikelihood, customers, options));
}
