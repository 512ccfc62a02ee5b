import type { TargetValue } from '../data/binaryTarget.js';
import type { EncodingTerm } from '../data/encodingTerm.js';
import type { Convergence } from '../numeric/convergence.js';
import type { FeatureEffect } from './featureEffects.js';

/** One estimated coefficient, on the scale of the raw column. The figures of inference are null where there is none to trust. */
export interface LogisticCoefficient {
  /** `(Intercept)`, `balance`, `student=Yes`, `income is missing`. */
  readonly name: string;
  /** Change in the log-odds. */
  readonly estimate: number;
  /** Of the estimate. */
  readonly standardError: number | null;
  /** estimate / standardError. */
  readonly z: number | null;
  /** Two-sided, for the coefficient being 0 (Wald). */
  readonly p: number | null;
  /** Lower end of the confidence interval. */
  readonly lower: number | null;
  /** Upper end of the confidence interval. */
  readonly upper: number | null;
}

/** How standard errors and intervals were made. */
export interface LogisticInference {
  /** From the model's own information, from the squared scores (HC0), or from scores summed within clusters. */
  readonly standardErrors: 'model' | 'robust' | 'cluster';
  /** Of the intervals. */
  readonly confidence: number;
}

/** A column that others determine exactly. */
export interface AliasedColumn {
  /** The column left out. */
  readonly name: string;
  /** What it is a combination of. */
  readonly combinationOf: readonly string[];
}

/** The covariance of estimates. */
export interface CoefficientCovariance {
  /** Of rows and columns. */
  readonly names: readonly string[];
  /** Row-major, symmetric. */
  readonly values: readonly number[];
}

/** What one feature adds. */
export interface Contribution {
  /** The column of the data. */
  readonly feature: string;
  /** What the row holds there; null when missing. */
  readonly value: unknown;
  /** Change in log-odds against the average training customer. */
  readonly contribution: number;
  /** Whether it makes the positive value more or less likely. */
  readonly direction: 'raises' | 'lowers' | 'none';
}

/** Why a row has its probability. */
export interface Explanation {
  /** Log-odds of the average training customer. */
  readonly baseline: number;
  /** One for each feature, the strongest first. */
  readonly contributions: readonly Contribution[];
  /** baseline + contributions (+ offset). */
  readonly logOdds: number;
  /** In [0, 1]. */
  readonly probability: number;
}

/** Options of batch predictions. */
export interface PredictionOptions {
  /** Added to the log-odds: a column name or one number a row. @defaultValue the column the model was fitted with, if it was a column */
  readonly offset?: string | ArrayLike<number>;
}

/** What a fit tells about itself. */
export interface LogisticSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** The value of the target whose probability is predicted. */
  readonly positive: TargetValue;
  /** The columns of the data a row must have to be scored. */
  readonly features: readonly string[];
  /**
   * The coefficients on the scale of the raw columns, `(Intercept)` first: the change in log-odds for one unit more, or for a level
   * against the first of its category. Those of aliased columns are left out. The five figures of inference are null under a ridge
   * penalty, and for what is {@link LogisticSummary.separated}.
   */
  readonly coefficients: readonly LogisticCoefficient[];
  /** How standard errors and intervals were made; null where there are none to trust. */
  readonly inference: LogisticInference | null;
  /** In words: why there is no inference; null where there is. */
  readonly inferenceNote: string | null;
  /** Log of the likelihood of the training rows; without the penalty, if there is one. At most 0. */
  readonly logLikelihood: number;
  /** The same for the model that has an intercept (and the offset) only. */
  readonly nullLogLikelihood: number;
  /** -2 logLikelihood. */
  readonly deviance: number;
  /** -2 nullLogLikelihood. */
  readonly nullDeviance: number;
  /** How many coefficients were estimated; under a ridge penalty the effective number, which is no integer. */
  readonly parameterCount: number;
  /** Akaike's criterion, deviance + 2 parameterCount: lower is better. */
  readonly aic: number;
  /** Schwarz's criterion, deviance + log(rowCount) parameterCount: lower is better. */
  readonly bic: number;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** Training rows with the positive value; with weights the sum of theirs. */
  readonly events: number;
  /** How the fit ended. An iteration is one step from a gradient over all rows; the gradient is that of the mean loss. */
  readonly convergence: Convergence;
  /** Columns that others determine exactly, and which: they have no coefficient of their own. */
  readonly aliased: readonly AliasedColumn[];
  /**
   * Columns or levels that foretell the outcome of some rows without exception, so that their coefficients have no finite estimate.
   * The one given makes those rows certain to 1e-13; all else is what it is in the limit.
   */
  readonly separated: readonly string[];
}

/** A logistic regression as JSON. */
export interface LogisticRegressionState {
  /** Which class reads it. */
  readonly format: 'LogisticRegression';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** Log-odds of the average training customer. */
  readonly intercept: number;
  /** What each feature adds to them. */
  readonly effects: readonly FeatureEffect[];
  /** How the fit saw the raw columns. */
  readonly terms: readonly EncodingTerm[];
  /** Column added to the log-odds; null when there is none (or it was an array). */
  readonly offset: string | null;
  /** Of the coefficients with a standard error; null where there is no inference. */
  readonly covariance: CoefficientCovariance | null;
  /** What the fit tells about itself. */
  readonly summary: LogisticSummary;
}
