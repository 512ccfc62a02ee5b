import type { PurchaseHistories } from '../../purchaseHistories.js';
import { requireBuyingOptions, type BuyingOptions } from '../buyingOptions.js';
import { fitBuying } from '../fitting/fitBuying.js';
import { betaGeometricLikelihood } from './betaGeometricLikelihood.js';
import { BgNbd } from './bgNbd.js';

/**
 * How often customers buy and after which purchase they silently stop: the BG/NBD model, by maximum likelihood.
 *
 * Each customer buys at a rate of their own (exponential times between purchases), gamma over customers, and stops after each repeat purchase with a
 * probability of their own, beta over customers (Fader, Hardie and Lee, 2005, Marketing Science 24). As nobody can stop before a repeat purchase, who
 * never bought again counts as active for ever: where that matters take {@link fitMbgNbd}. Histories that are equal are computed once; the
 * gradient is exact. O(rows) for the grouping, O(distinct histories) an evaluation, of which there are some 20 to 30.
 *
 * @param customers - histories such as `customerSummary` gives, all of them: those who never bought again too
 * @param options - see {@link BuyingOptions}
 * @returns the fitted model; `fit.warnings` says what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // A hundred customers, counted by their histories: most came once, some came back and were not seen again, some still come.
 * const model = fitBgNbd({
 *   unit: 'week',
 *   frequency: [0, 1, 2, 6, 12],
 *   recency: [0, 8, 15, 35, 38],
 *   tenure: [39, 39, 39, 39, 39],
 *   weights: [60, 18, 12, 6, 4],
 * });
 * model.fit?.convergence.converged; // => true
 * const [regular, lost] = model.aliveProbability({ unit: 'week', frequency: [6, 6], recency: [37, 15], tenure: [39, 39] });
 * regular! > 0.9 && lost! < 0.5; // => true
 * ```
 */
export function fitBgNbd(customers: PurchaseHistories, options: BuyingOptions = {}): BgNbd {
  requireBuyingOptions('fitBgNbd', options);
  return new BgNbd(fitBuying('fitBgNbd', betaGeometricLikelihood(0), customers, options));
}
