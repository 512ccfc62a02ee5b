import type { Convergence } from '../../numeric/convergence.js';
import type { BuyingEstimate } from '../buying/buyingState.js';
import type { TimeUnit } from '../timeUnit.js';

/** Why a fitted model of renewals should be read with care. */
export interface RetentionWarning {
  /** For programs. */
  readonly code: 'NOBODY_LEFT' | 'NOBODY_RENEWED' | 'HETEROGENEITY_NOT_IDENTIFIED' | 'TOO_FEW_PERIODS' | 'NOT_CONVERGED' | 'NO_STANDARD_ERRORS';
  /** For people: what was found and what to do. */
  readonly message: string;
}

/** How a model of renewals was learnt. */
export interface RetentionFit {
  /** At the estimates, without the prior. */
  readonly logLikelihood: number;
  /** Of the prior at the estimates, up to a constant; 0 without one. */
  readonly logPrior: number;
  /** Parameters. */
  readonly parameterCount: number;
  /** 2 parameterCount - 2 logLikelihood: less is better. */
  readonly aic: number;
  /** ln(customers) parameterCount - 2 logLikelihood: less is better. */
  readonly bic: number;
  /** Customers learnt from, by weight: those who came to a renewal. */
  readonly customers: number;
  /** The last renewal that anybody came to. */
  readonly periods: number;
  /** How often the likelihood was computed. */
  readonly evaluations: number;
  /** How the search ended. */
  readonly convergence: Convergence;
  /** Every parameter with its uncertainty; intervals at 95 %, made on the logarithm. */
  readonly estimates: readonly BuyingEstimate[];
  /** Of the logarithms of the parameters, row by row; null where the data do not tell. */
  readonly logCovariance: readonly number[] | null;
  /** What to mind; empty where there is nothing. */
  readonly warnings: readonly RetentionWarning[];
}

/** What a model of renewals is. */
export interface RetentionState {
  /** Of the periods. */
  readonly unit: TimeUnit;
  /** By name, all above 0. */
  readonly parameters: Readonly<Record<string, number>>;
  /** How it was learnt; null for a model made of given parameters. */
  readonly fit: RetentionFit | null;
}
