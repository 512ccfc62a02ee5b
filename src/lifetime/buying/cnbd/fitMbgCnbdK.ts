import type { PurchaseHistories } from '../../purchaseHistories.js';
import { fitCnbd, type CnbdOptions } from './chooseStages.js';
import { MbgCnbdK } from './mbgCnbdK.js';

/**
 * How regularly customers buy and after which purchase, the first included, they silently stop: the MBG/CNBD-k model, by maximum likelihood.
 *
 * As {@link fitBgCnbdK}, but a customer can stop right after the first purchase (Reutterer, Platzer and Schröder, 2021, who recommend it). O(rows) for the
 * grouping, O(k distinct histories) an evaluation.
 *
 * @param customers - histories with `sumLogGaps`, such as `customerSummary` gives
 * @param options - see {@link CnbdOptions}
 * @returns the fitted model; `candidates` tells the likelihood of each `k` tried, `fit.warnings` what to mind. The standard errors are given `k`
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = {
 *   unit: 'week',
 *   frequency: [0, 2, 4, 8, 12],
 *   recency: [0, 10, 20, 34, 38],
 *   tenure: [39, 39, 39, 39, 39],
 *   sumLogGaps: [0, 2.8, 5.6, 10, 11.7],
 *   weights: [60, 18, 12, 6, 4],
 * } as const;
 * const model = fitMbgCnbdK(customers, { prior: 'weak' });
 * const [never, often] = model.aliveProbability({ unit: 'week', frequency: [0, 12], recency: [0, 38], tenure: [39, 39] });
 * never! < 0.2 && often! > 0.8; // => true
 * ```
 */
export function fitMbgCnbdK(customers: PurchaseHistories, options: CnbdOptions = {}): MbgCnbdK {
  return new MbgCnbdK(...fitCnbd('fitMbgCnbdK', 1, customers, options));
}
