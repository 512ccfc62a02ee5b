import type { Convergence } from '../../numeric/convergence.js';
import type { BuyingEstimate } from '../buying/buyingState.js';
import type { SpendIndependence } from './spendIndependence.js';
import type { FirstPurchase } from './spendHistories.js';

/** Names of the parameters of `GammaGamma`: amounts are gamma with shape `p`, and their rates over customers gamma with shape `q` and rate `v`. */
export type GammaGammaParameter = 'p' | 'q' | 'v';

/** Why a fitted model of spend should be read with care. */
export interface SpendWarning {
  /** For programs. */
  readonly code: 'MEAN_SPEND_INFINITE' | 'HETEROGENEITY_NOT_IDENTIFIED' | 'AMOUNTS_ALIKE' | 'SPEND_DEPENDS_ON_FREQUENCY' | 'FEW_CUSTOMERS' | 'NOT_CONVERGED' | 'NO_STANDARD_ERRORS';
  /** For people: what was found and what to do. */
  readonly message: string;
}

/** How a model of spend was learnt. */
export interface SpendFit {
  /** Of the mean amounts at the estimates, without the prior. */
  readonly logLikelihood: number;
  /** Of the prior at the estimates, up to a constant; 0 without one. */
  readonly logPrior: number;
  /** 3. */
  readonly parameterCount: number;
  /** 2 parameterCount - 2 logLikelihood: less is better. */
  readonly aic: number;
  /** ln(customers) parameterCount - 2 logLikelihood: less is better. */
  readonly bic: number;
  /** Customers learnt from, counted by weight. */
  readonly customers: number;
  /** Customers without a known amount, who were not learnt from, counted by weight. */
  readonly skippedCustomers: number;
  /** How often the likelihood was computed. */
  readonly evaluations: number;
  /** How the search ended. */
  readonly convergence: Convergence;
  /** Every parameter with its uncertainty. */
  readonly estimates: readonly BuyingEstimate[];
  /** Of the logarithms of p, q and v, row by row; null where the data do not tell. */
  readonly logCovariance: readonly number[] | null;
  /** Whether those who buy more often spend more or less, which the model takes not to be so; see `spendIndependence`. */
  readonly independence: SpendIndependence;
  /** What to mind; empty where there is nothing. */
  readonly warnings: readonly SpendWarning[];
}

/** What a model of spend is. */
export interface GammaGammaState {
  /** By name, all above 0. */
  readonly parameters: Readonly<Record<GammaGammaParameter, number>>;
  /** Whether it is of amounts with or without the first purchase. */
  readonly firstPurchase: FirstPurchase;
  /** How it was learnt; null for a model of given parameters. */
  readonly fit: SpendFit | null;
}
