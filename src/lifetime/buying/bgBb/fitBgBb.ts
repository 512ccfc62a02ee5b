import { requireKnownOptions } from '../../../data/options.js';
import { readHistories, type PurchaseHistories } from '../../purchaseHistories.js';
import { requireBuyingOptions, type BuyingOptions } from '../buyingOptions.js';
import { fitBuying } from '../fitting/fitBuying.js';
import { BgBb } from './bgBb.js';
import { bgBbLikelihood } from './bgBbLikelihood.js';
import { requireOpportunities } from './opportunities.js';

/** How {@link fitBgBb} learns: as the other models of purchases, without covariates. */
export type BgBbOptions = Omit<BuyingOptions, 'purchaseCovariates' | 'dropoutCovariates'>;

/**
 * How customers buy, at most once a period, and when they stop: the beta-geometric/beta-binomial model by maximum likelihood.
 *
 * For purchases that can come at certain times only, or are counted so: a yearly gift, a cruise, a magazine's issue, a weekly shop. In each period a
 * customer who has not yet stopped first stops with a probability of their own and else buys with another; both are beta over customers (Fader, Hardie
 * and Shang, 2010). Here `frequency` is the number of periods with a purchase after the first, `recency` the period of the last of them (0 for none)
 * and `tenure` the number of periods since, all whole. Histories that are equal are computed once: O(rows), and O(distinct histories × periods of
 * silence) an evaluation.
 *
 * @param customers - histories in whole periods; `weights` says how many customers each stands for
 * @param options - `prior`, `start`, `maxIterations` and `onProgress`, see {@link BuyingOptions}
 * @returns the fitted model; `fit.warnings` says what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE` (not whole, or more purchases than periods), `LENGTH_MISMATCH` or
 * `INVALID_OPTION`
 * @example
 * ```ts
 * // Donors of a charity: 6 years after their first gift.
 * const donors = { unit: 'year', frequency: [0, 1, 1, 3, 6], recency: [0, 1, 6, 4, 6], tenure: [6, 6, 6, 6, 6], weights: [350, 110, 13, 18, 120] } as const;
 * const model = fitBgBb(donors);
 * const alive = model.aliveProbability(donors);
 * alive[4] > 0.9 && alive[0] < 0.2; // => true
 * ```
 */
export function fitBgBb(customers: PurchaseHistories, options: BgBbOptions = {}): BgBb {
  requireKnownOptions('fitBgBb', options, ['prior', 'start', 'maxIterations', 'onProgress']);
  requireBuyingOptions('fitBgBb', options);
  requireOpportunities('fitBgBb', readHistories('fitBgBb', customers));
  return new BgBb(fitBuying('fitBgBb', bgBbLikelihood, customers, options));
}
