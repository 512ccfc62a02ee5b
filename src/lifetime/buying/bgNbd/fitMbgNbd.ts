import type { PurchaseHistories } from '../../purchaseHistories.js';
import { requireBuyingOptions, type BuyingOptions } from '../buyingOptions.js';
import { fitBuying } from '../fitting/fitBuying.js';
import { betaGeometricLikelihood } from './betaGeometricLikelihood.js';
import { MbgNbd } from './mbgNbd.js';

/**
 * How often customers buy and after which purchase, the first included, they silently stop: the modified BG/NBD model, by maximum likelihood.
 *
 * As {@link fitBgNbd}, but a customer can stop right after the first purchase, so that who never bought again need not be active (Batislam, Denizel and
 * Filiztekin, 2007; Wagner and Hoppe, 2008). O(rows) for the grouping, O(distinct histories) an evaluation, of which there are some 20 to 30.
 *
 * @param customers - histories such as `customerSummary` gives, all of them: those who never bought again too
 * @param options - see {@link BuyingOptions}
 * @returns the fitted model; `fit.warnings` says what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const model = fitMbgNbd({
 *   unit: 'week',
 *   frequency: [0, 1, 2, 6, 12],
 *   recency: [0, 8, 15, 35, 38],
 *   tenure: [39, 39, 39, 39, 39],
 *   weights: [60, 18, 12, 6, 4],
 * });
 * const [once] = model.aliveProbability({ unit: 'week', frequency: [0], recency: [0], tenure: [39] });
 * once! < 0.9; // => true
 * ```
 */
export function fitMbgNbd(customers: PurchaseHistories, options: BuyingOptions = {}): MbgNbd {
  requireBuyingOptions('fitMbgNbd', options);
  return new MbgNbd(fitBuying('fitMbgNbd', betaGeometricLikelihood(1), customers, options));
}
