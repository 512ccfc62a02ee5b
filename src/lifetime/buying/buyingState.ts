import type { Convergence } from '../../numeric/convergence.js';
import type { TimeUnit } from '../timeUnit.js';

/** One parameter, or coefficient of a covariate, as estimated. */
export interface BuyingEstimate {
  /** Such as `'alpha'`; of a covariate `'purchase: gender'` or `'dropout: gender'`. */
  readonly name: string;
  /** Parameters are above 0; coefficients are of the logarithm of the rate. */
  readonly estimate: number;
  /** By the curvature of the likelihood; null where the data do not tell. */
  readonly standardError: number | null;
  /** Lower end of the interval at 95 %; of a parameter made on its logarithm. */
  readonly lower: number | null;
  /** Upper end. */
  readonly upper: number | null;
}

/** Why a fitted model should be read with care. */
export interface BuyingWarning {
  /** For programs. */
  readonly code: 'DROPOUT_NOT_IDENTIFIED' | 'HETEROGENEITY_NOT_IDENTIFIED' | 'NO_REPEAT_PURCHASES' | 'NOT_CONVERGED' | 'NO_STANDARD_ERRORS' | 'DROPOUT_NOT_NEEDED' | 'REGULARITY_AT_BOUND' | 'FEW_CUSTOMERS';
  /** For people: what was found and what to do. */
  readonly message: string;
}

/** How a model of purchases was learnt. */
export interface BuyingFit {
  /** At the estimates, without the prior. */
  readonly logLikelihood: number;
  /** Of the prior at the estimates, up to a constant; 0 without one. */
  readonly logPrior: number;
  /** Parameters and coefficients. */
  readonly parameterCount: number;
  /** 2 parameterCount - 2 logLikelihood: less is better. */
  readonly aic: number;
  /** ln(customers) parameterCount - 2 logLikelihood: less is better. */
  readonly bic: number;
  /** Customers learnt from, counted by weight. */
  readonly customers: number;
  /** Different histories among them: what the likelihood was computed over. */
  readonly distinctHistories: number;
  /** How often the likelihood was computed. */
  readonly evaluations: number;
  /** How the search ended. */
  readonly convergence: Convergence;
  /** Every parameter and coefficient with its uncertainty. */
  readonly estimates: readonly BuyingEstimate[];
  /** Of the logarithms of the parameters and of the coefficients, in the order of `estimates`, row by row; null where the data do not tell. */
  readonly logCovariance: readonly number[] | null;
  /** What to mind; empty where there is nothing. */
  readonly warnings: readonly BuyingWarning[];
}

/** What a model of purchases is. */
export interface BuyingState {
  /** Of all times. */
  readonly unit: TimeUnit;
  /** By name. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Coefficients by covariate: of the logarithm of the rate of purchases. */
  readonly purchaseCovariates: Readonly<Record<string, number>>;
  /** Coefficients by covariate: of the logarithm of the rate of dropout, or of the log-odds of its mean probability (of `a` of a beta law). */
  readonly dropoutCovariates: Readonly<Record<string, number>>;
  /** How it was learnt; null for a model made of given parameters. */
  readonly fit: BuyingFit | null;
}
