import type { PurchaseHistories } from '../../purchaseHistories.js';
import { BgCnbdK } from './bgCnbdK.js';
import { fitCnbd, type CnbdOptions } from './chooseStages.js';

/**
 * How regularly customers buy and after which repeat purchase they silently stop: the BG/CNBD-k model, by maximum likelihood.
 *
 * As `fitBgNbd`, but the time between purchases is Erlang with `k` stages: 1 is at random, more is more regular (Reutterer, Platzer and Schröder, 2021,
 * "Leveraging purchase regularity for predicting customer behavior the easy way", International Journal of Research in Marketing 38). Unlike in BTYDplus
 * the answers of the model are exact, and those of a customer do not depend on the others. O(rows) for the grouping, O(k distinct histories) an evaluation.
 *
 * @param customers - histories with `sumLogGaps`, such as `customerSummary` gives
 * @param options - see {@link CnbdOptions}
 * @returns the fitted model; `candidates` tells the likelihood of each `k` tried, `fit.warnings` what to mind. The standard errors are given `k`
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const model = fitBgCnbdK({
 *   unit: 'week',
 *   frequency: [0, 2, 4, 8, 12],
 *   recency: [0, 10, 20, 34, 38],
 *   tenure: [39, 39, 39, 39, 39],
 *   sumLogGaps: [0, 2.8, 5.6, 10, 11.7],
 *   weights: [60, 18, 12, 6, 4],
 * });
 * model.k; // => 2
 * model.candidates.map(({ k }) => k); // => [1, 2, 3]
 * const [alive] = model.aliveProbability({ unit: 'week', frequency: [8], recency: [20], tenure: [39] });
 * alive! < 0.2; // => true
 * ```
 */
export function fitBgCnbdK(customers: PurchaseHistories, options: CnbdOptions = {}): BgCnbdK {
  return new BgCnbdK(...fitCnbd('fitBgCnbdK', 0, customers, options));
}
