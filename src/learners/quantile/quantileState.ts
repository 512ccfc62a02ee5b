import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { AliasedColumn } from '../logisticState.js';

/** One estimated coefficient of a quantile, on the scale of the raw column. The figures of inference are null where there are none. */
export interface QuantileCoefficient {
  /** `(Intercept)`, `income`, `plan=gold`, `income is missing`. */
  readonly name: string;
  /** Change in the quantile of the target. */
  readonly estimate: number;
  /** Of the estimate. */
  readonly standardError: number | null;
  /** estimate / standardError. */
  readonly z: number | null;
  /** Two-sided, for the coefficient being 0, by the normal distribution. */
  readonly p: number | null;
  /** Lower end of the confidence interval. */
  readonly lower: number | null;
  /** Upper end of the confidence interval. */
  readonly upper: number | null;
}

/** What proves a fit to be the minimum: a vertex, multipliers within their bounds, and no gap between the two bounds on the losses. */
export interface QuantileCertificate {
  /** Rows fitted exactly: at least as many as there are coefficients. */
  readonly zeroResiduals: number;
  /** By how much a multiplier leaves [quantile - 1, quantile]: 0, or rounding. */
  readonly dualExcess: number;
  /** Losses less the lower bound that the multipliers give, as a share of the losses: 0, or rounding. */
  readonly gap: number;
}

/** The fit at one quantile. */
export interface QuantileFit {
  /** In (0, 1). */
  readonly quantile: number;
  /** On the scale of the raw columns, `(Intercept)` first; those of aliased columns are left out. */
  readonly coefficients: readonly QuantileCoefficient[];
  /** The sum of weighted losses: quantile times the residuals above the fit, 1 - quantile times those below. */
  readonly objective: number;
  /** 1 less the losses as a share of those without any feature, in [0, 1] (Koenker and Machado, 1999). */
  readonly r1: number;
  /** Whether no other coefficients have losses as small. If some have, the smallest coefficients are given, the intercept of the average customer first. */
  readonly isUnique: boolean;
  /** What proves the minimum. */
  readonly certificate: QuantileCertificate;
}

/** How standard errors and intervals were made. */
export interface QuantileInference {
  /** From one density for all rows, or from a density of each row. */
  readonly standardErrors: 'iid' | 'nid';
  /** Of the intervals. */
  readonly confidence: number;
}

/** What a quantile regression tells about itself. */
export interface QuantileSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** The columns of the data a row must have. */
  readonly features: readonly string[];
  /** In ascending order. */
  readonly quantiles: readonly number[];
  /** One for each quantile. */
  readonly fits: readonly QuantileFit[];
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** How standard errors and intervals were made; null where none were asked for. */
  readonly inference: QuantileInference | null;
  /** Columns that others determine exactly, and which: they have no coefficient of their own. */
  readonly aliased: readonly AliasedColumn[];
  /** How often, over training rows and neighbouring quantiles, the higher quantile's plane lies below the lower one's; predictions are put in order. */
  readonly crossings: number;
  /** How the fit ended; an iteration is an exchange of one fitted row for another. */
  readonly convergence: Convergence;
}

/** A quantile regression as JSON. */
export interface QuantileRegressionState {
  /** Which class reads it. */
  readonly format: 'QuantileRegression';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** How the fit saw the raw columns. */
  readonly terms: readonly EncodingTerm[];
  /** For each quantile: the average training customer's, then the slopes of the standardised columns. */
  readonly slopes: readonly (readonly number[])[];
  /** What the fit tells about itself. */
  readonly summary: QuantileSummary;
}
