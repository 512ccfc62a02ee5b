import type { PurchaseHistories } from '../../purchaseHistories.js';
import { requireBuyingOptions, type BuyingOptions } from '../buyingOptions.js';
import { fitBuying } from '../fitting/fitBuying.js';
import { ParetoNbd } from './paretoNbd.js';
import { paretoNbdLikelihood } from './paretoNbdLikelihood.js';

/**
 * How often customers buy and when they silently stop: the Pareto/NBD model, by maximum likelihood.
 *
 * Each customer buys at a rate of their own (exponential times between purchases) until a death at a rate of their own, which may come at any time;
 * both rates are gamma over customers, and independent (Schmittlein, Morrison and Colombo, 1987, Management Science 33). The likelihood is integrated
 * over the time of death, exact to the rounding and with its exact gradient, so that standard errors come with it. Histories that are equal are
 * computed once. O(rows) for the grouping, O(distinct histories) an evaluation, of which there are about 25.
 *
 * @param customers - histories such as `customerSummary` gives, all of them: those who never bought again too
 * @param options - see {@link BuyingOptions}; a purchase covariate divides alpha by its factor, a dropout covariate beta (Fader and Hardie, 2007)
 * @returns the fitted model; `fit.warnings` says what to mind, such as that dropout is not needed or not told apart
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // A hundred customers, counted by their histories: half came once, some came back and were not seen again, some still come.
 * const model = fitParetoNbd({
 *   unit: 'week',
 *   frequency: [0, 1, 1, 4, 4, 12],
 *   recency: [0, 2, 30, 6, 36, 38],
 *   tenure: [39, 39, 39, 39, 39, 39],
 *   weights: [50, 15, 5, 15, 5, 10],
 * });
 * model.fit?.convergence.converged; // => true
 * const [regular, once] = model.aliveProbability({ unit: 'week', frequency: [6, 0], recency: [37, 0], tenure: [39, 39] });
 * regular! > 0.9 && once! < 0.1; // => true
 * ```
 */
export function fitParetoNbd(customers: PurchaseHistories, options: BuyingOptions = {}): ParetoNbd {
  requireBuyingOptions('fitParetoNbd', options);
  return new ParetoNbd(fitBuying('fitParetoNbd', paretoNbdLikelihood(), customers, options));
}
