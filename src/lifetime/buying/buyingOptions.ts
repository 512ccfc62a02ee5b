import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';

/** How a model of purchases is learnt; all of it can be left out. */
export interface BuyingOptions {
  /** Names in `covariates` that move the rate of purchases: coefficients of its logarithm. @defaultValue none */
  readonly purchaseCovariates?: readonly string[];
  /** Names in `covariates` that move dropout: coefficients of the logarithm of its rate, or of the log-odds of its mean probability (they multiply `a` of the beta law). @defaultValue none */
  readonly dropoutCovariates?: readonly string[];
  /**
   * `'weak'` pulls shapes, the mean number of purchases and the mean dropout gently towards usual ones, whatever the unit of time; for few customers, or
   * where the likelihood is flat. Coefficients of covariates are pulled towards 0.
   *
   * @defaultValue 'none'
   */
  readonly prior?: 'none' | 'weak';
  /** Where to begin, by name of the parameter. @defaultValue by the moments of the histories */
  readonly start?: Readonly<Record<string, number>>;
  /** Each start begins no more than so many iterations. @defaultValue 200 */
  readonly maxIterations?: number;
  /** Called after each iteration with the mean log-likelihood of a customer; false stops. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** Refuses options that are none. */
export function requireBuyingOptions(caller: string, options: BuyingOptions, others: readonly string[] = []): void {
  requireKnownOptions(caller, options, ['purchaseCovariates', 'dropoutCovariates', 'prior', 'start', 'maxIterations', 'onProgress', ...others]);
  requireChoice(caller, 'prior', options.prior ?? 'none', ['none', 'weak']);
  requireWhole(caller, 'maxIterations', options.maxIterations ?? 200, 1);
}
