import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { FeatureEffect } from '../../learners/featureEffects.js';
import type { AliasedColumn, CoefficientCovariance, Contribution } from '../../learners/logisticState.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { TimeDistribution } from './timeFamily.js';

/** One estimated coefficient, on the scale of the raw column. The figures of inference are null where there are none to trust. */
export interface AcceleratedCoefficient {
  /** `(Intercept)`, `age`, `plan=gold`, `income is missing`. */
  readonly name: string;
  /** Change in the logarithm of the time (of `'gaussian'` and `'logistic'` in the time) for one unit more, or for a level against the first of its category. */
  readonly estimate: number;
  /** exp(estimate): what times are multiplied by. Null for `'gaussian'` and `'logistic'`, and where it is beyond what a number can hold. */
  readonly timeRatio: number | null;
  /** What the hazard is multiplied by, exp(-estimate / scale): of `'weibull'` and `'exponential'`; null for all else and for the intercept. */
  readonly hazardRatio: number | null;
  /** Of the estimate. */
  readonly standardError: number | null;
  /** estimate / standardError. */
  readonly z: number | null;
  /** Two-sided, for the coefficient being 0 (Wald). */
  readonly p: number | null;
  /** Lower end of the confidence interval of the estimate; exp of it is that of the time ratio. */
  readonly lower: number | null;
  /** Upper end of the confidence interval of the estimate. */
  readonly upper: number | null;
  /** Lower end of the confidence interval of the hazard ratio. */
  readonly hazardRatioLower: number | null;
  /** Upper end of the confidence interval of the hazard ratio. */
  readonly hazardRatioUpper: number | null;
}

/** An estimate above 0, its interval by its logarithm. The figures of inference are null where it was given, or there are none to trust. */
export interface ScaleFigure {
  /** The most likely one. */
  readonly estimate: number;
  /** Of the logarithm of the estimate. */
  readonly logStandardError: number | null;
  /** Lower end of the confidence interval. */
  readonly lower: number | null;
  /** Upper end of the confidence interval. */
  readonly upper: number | null;
}

/** How a fit ended: at the maximum, with coefficients that have no finite one, short of the maximum (`convergence` says why), or stopped by `onProgress`. */
export type AcceleratedStatus = 'converged' | 'separated' | 'maxIterations' | 'stopped';

/** One of the distributions that were compared. */
export interface DistributionCandidate {
  /** Which one. */
  readonly distribution: TimeDistribution;
  /** Log of the likelihood of the training rows. */
  readonly logLikelihood: number;
  /** Coefficients, and the scale where it was estimated. */
  readonly parameterCount: number;
  /** -2 logLikelihood + 2 parameterCount: the least is kept. */
  readonly aic: number;
  /** -2 logLikelihood + log(rowCount) parameterCount. */
  readonly bic: number;
  /** Akaike's weight: how likely each is to foretell best among these, in [0, 1]; they sum to 1. */
  readonly weight: number;
}

/** The test of all coefficients but the intercept being 0. */
export interface AcceleratedTest {
  /** Twice what the log-likelihood gains. */
  readonly statistic: number;
  /** How many coefficients there are. */
  readonly degreesOfFreedom: number;
  /** Probability of so large a statistic by chance. */
  readonly p: number;
}

/** What a fit tells about itself. */
export interface AcceleratedSummary {
  /** The column of durations. */
  readonly duration: string;
  /** The column of events; null where every row had one, or `durationUpper` says so. */
  readonly event: string | null;
  /** The columns of the data a row must have to be scored. */
  readonly features: readonly string[];
  /** How times are spread. */
  readonly distribution: TimeDistribution;
  /** The four that were compared, the best first, with `distribution: 'choose'`; null otherwise. */
  readonly candidates: readonly DistributionCandidate[] | null;
  /** `(Intercept)` first; without those of aliased columns. */
  readonly coefficients: readonly AcceleratedCoefficient[];
  /** sigma: the spread of (logarithms of) times around what the features say. 1 / sigma is the shape of a Weibull or log-logistic. */
  readonly scale: ScaleFigure;
  /** 1 / scale for `'weibull'` and `'log-logistic'`: below 1 the hazard of a Weibull falls with time, above it rises. Null for all else. */
  readonly shape: ScaleFigure | null;
  /** How standard errors and intervals were made; null where there are none to trust. */
  readonly inference: AcceleratedInference | null;
  /** In words: why there is no inference; null where there is. */
  readonly inferenceNote: string | null;
  /** Log of the likelihood of the training rows. */
  readonly logLikelihood: number;
  /** The same with an intercept and a scale only. */
  readonly nullLogLikelihood: number;
  /** Of all coefficients but the intercept being 0; null without features. */
  readonly likelihoodRatio: AcceleratedTest | null;
  /** Coefficients, and the scale where it was estimated. */
  readonly parameterCount: number;
  /** Akaike's criterion, -2 logLikelihood + 2 parameterCount: lower is better. */
  readonly aic: number;
  /** Schwarz's criterion, -2 logLikelihood + log(rowCount) parameterCount: lower is better. */
  readonly bic: number;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** Training rows whose event came, at whatever time; with weights the sum of theirs. */
  readonly events: number;
  /** How the fit ended, in a word. */
  readonly status: AcceleratedStatus;
  /** How the fit ended. An iteration is one Newton step over all rows. */
  readonly convergence: Convergence;
  /** Columns that others determine exactly, and which: they have no coefficient of their own. */
  readonly aliased: readonly AliasedColumn[];
  /** Columns or levels whose rows never had the event, so that their times have no finite estimate: the one given makes them certain to stay; all else is what it is in the limit. */
  readonly separated: readonly string[];
}

/** How standard errors and intervals were made. */
export interface AcceleratedInference {
  /** From the model's own information, from the squared scores, or from scores summed within clusters. */
  readonly standardErrors: 'model' | 'robust' | 'cluster';
  /** Of the intervals. */
  readonly confidence: number;
}

/** What multiplies a time: one feature of a row, against the average training customer. */
export interface TimeFactor extends Contribution {
  /** exp(contribution): what the feature multiplies the time by. Null for `'gaussian'` and `'logistic'`, where the contribution is added to the time. */
  readonly factor: number | null;
}

/** Why a row has its time. */
export interface TimeExplanation {
  /** The median time of the average training customer. */
  readonly baseline: number;
  /** One for each feature, the strongest first; contributions are to the logarithm of the time. */
  readonly contributions: readonly TimeFactor[];
  /** The logarithm of the time (or the time) around which this row's times are spread: x'b. */
  readonly margin: number;
  /** The median time of the row: baseline times all factors (or plus all contributions, which may come to less than 0). */
  readonly prediction: number;
}

/** A model of accelerated failure time as JSON. */
export interface AcceleratedFailureState {
  /** Which class reads it. */
  readonly format: 'AcceleratedFailure';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** x'b of the average training customer. */
  readonly intercept: number;
  /** What each feature adds to it. */
  readonly effects: readonly FeatureEffect[];
  /** How the fit saw the raw columns. */
  readonly terms: readonly EncodingTerm[];
  /** Of the coefficients with a standard error and of `log(scale)` where it was estimated, on the raw scale; null where there is no inference. */
  readonly covariance: CoefficientCovariance | null;
  /** What the fit tells about itself. */
  readonly summary: AcceleratedSummary;
}
