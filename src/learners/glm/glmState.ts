import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { FeatureEffect } from '../featureEffects.js';
import type { AliasedColumn, CoefficientCovariance, LogisticCoefficient } from '../logisticState.js';
import type { GlmFamilyName, GlmLink } from './glmFamily.js';

/**
 * One estimated coefficient, on the scale of the raw column: the change in the logarithm of the mean (with family `'gaussian'` in the mean) for
 * one unit more, or for a level against the first of its category. exp(estimate) is the ratio of means, or of rates.
 */
export type GlmCoefficient = LogisticCoefficient;

/** How standard errors and intervals were made. */
export interface GlmInference {
  /** From the model's own information, that times the dispersion, from the squared scores (HC0), or from scores summed within clusters. */
  readonly standardErrors: 'model' | 'quasi' | 'robust' | 'cluster';
  /** Of the intervals. */
  readonly confidence: number;
}

/** A parameter of the distribution. All but the estimate are null where it was given, or stands at the end of its range. */
export interface GlmParameter {
  /** As given, or of the largest likelihood. */
  readonly estimate: number;
  /** Of the estimate, the coefficients being estimated too. */
  readonly standardError: number | null;
  /** Lower end of the confidence interval. */
  readonly lower: number | null;
  /** Upper end of the confidence interval. */
  readonly upper: number | null;
}

/** Whether counts vary more than Poisson counts of the same means. */
export interface OverdispersionTest {
  /** Of the Poisson model: the score test (Dean and Lawless, 1989); of the negative binomial: its likelihood against the Poisson's. */
  readonly test: 'score' | 'likelihood ratio';
  /** Standard normal, or twice the difference of the log-likelihoods. */
  readonly statistic: number;
  /** One-sided, for there being none: small where the counts are overdispersed. */
  readonly p: number;
}

/** Options of batch predictions. */
export interface GlmPredictionOptions {
  /** Added to the sum over features: a column name or one number a row. @defaultValue the column the model was fitted with, if it was a column */
  readonly offset?: string | ArrayLike<number>;
  /** Exposure, above 0: a column name or one number a row. @defaultValue the column the model was fitted with, if it was a column; otherwise 1 */
  readonly exposure?: string | ArrayLike<number>;
}

/** Options of predictions of one row. */
export interface GlmRowOptions {
  /** Added to the sum over features. @defaultValue from the column the model was fitted with, if it was a column */
  readonly offset?: number;
  /** Exposure, above 0. @defaultValue from the column the model was fitted with, if it was a column; otherwise 1 */
  readonly exposure?: number;
}

/** What a fit tells about itself. */
export interface GlmSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** Which distribution it was taken to have. */
  readonly family: GlmFamilyName;
  /** `'log'`: the logarithm of the mean is the sum over features; `'identity'`: the mean is. */
  readonly link: GlmLink;
  /** The columns of the data a row must have to be predicted. */
  readonly features: readonly string[];
  /** `(Intercept)` first; without those of aliased columns. The five figures of inference are null for what is {@link GlmSummary.separated}. */
  readonly coefficients: readonly GlmCoefficient[];
  /** How standard errors and intervals were made; null where there are none to trust. */
  readonly inference: GlmInference | null;
  /** In words: why there is no inference; null where there is. */
  readonly inferenceNote: string | null;
  /**
   * Log of the likelihood of the training rows, at the dispersion where it is largest (gamma, Tweedie, Gaussian). Null where the model fits the
   * rows exactly, so that there is no such dispersion, and where targets lie so far apart that their deviance is no finite number.
   */
  readonly logLikelihood: number | null;
  /** Twice the log-likelihood that a mean for each row of its own would add, in units of the dispersion. */
  readonly deviance: number;
  /** The same for the model that has an intercept (and the offset) only. */
  readonly nullDeviance: number;
  /** Sum of squared Pearson residuals, (y - mean)² / variance. */
  readonly pearson: number;
  /** pearson / (rowCount - coefficients): near 1 where Poisson or negative binomial counts vary as they should. Null with no rows to spare. */
  readonly dispersion: number | null;
  /** alpha of the negative binomial: the variance is mean + alpha mean². Null for other families. */
  readonly overdispersion: GlmParameter | null;
  /** 1 / alpha, as R has it; null for other families, and for an alpha of 0. */
  readonly theta: GlmParameter | null;
  /** Of families `'poisson'` and `'negative-binomial'` (where alpha was estimated); null otherwise. */
  readonly overdispersionTest: OverdispersionTest | null;
  /** p of Tweedie; null for other families, and where it was to be estimated and the model fits the rows exactly. */
  readonly tweediePower: GlmParameter | null;
  /** How many parameters were estimated: coefficients, and dispersion, alpha or p where they were. */
  readonly parameterCount: number;
  /** Akaike's criterion, -2 logLikelihood + 2 parameterCount: lower is better. */
  readonly aic: number | null;
  /** Schwarz's criterion, -2 logLikelihood + log(rowCount) parameterCount: lower is better. */
  readonly bic: number | null;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** How the fit ended. An iteration is one Newton step over all rows; the gradient is that of the mean loss of the scaled target. */
  readonly convergence: Convergence;
  /** Columns that others determine exactly, and which: they have no coefficient of their own. */
  readonly aliased: readonly AliasedColumn[];
  /**
   * Columns or levels whose rows all have a target of 0, so that their mean has no finite logarithm. The estimate given brings it to 1e-13 or
   * below; all else is what it is in the limit.
   */
  readonly separated: readonly string[];
}

/** A generalised linear model as JSON. */
export interface GlmState {
  /** Which class reads it. */
  readonly format: 'Glm';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The sum over features of the average training customer. */
  readonly intercept: number;
  /** What each feature adds to it. */
  readonly effects: readonly FeatureEffect[];
  /** How the fit saw the raw columns. */
  readonly terms: readonly EncodingTerm[];
  /** Column added to the sum; null when there is none (or it was an array). */
  readonly offset: string | null;
  /** Column the mean is proportional to; null when there is none (or it was an array). */
  readonly exposure: string | null;
  /** Of the coefficients with a standard error; null where there is no inference. */
  readonly covariance: CoefficientCovariance | null;
  /** What the fit tells about itself. */
  readonly summary: GlmSummary;
}
