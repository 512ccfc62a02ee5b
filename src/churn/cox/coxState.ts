import type { TargetValue } from '../../data/binaryTarget.js';
import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { FeatureEffect } from '../../learners/featureEffects.js';
import type { AliasedColumn, CoefficientCovariance } from '../../learners/logisticState.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { CoxPenalty } from './coxOptions.js';
import type { CoxTies } from './coxRows.js';

/** One estimated coefficient, on the scale of the raw column. The figures of inference are null where there are none to trust. */
export interface CoxCoefficient {
  /** `age`, `plan=gold`, `income is missing`. */
  readonly name: string;
  /** Change in the logarithm of the hazard for one unit more, or for a level against the first of its category. */
  readonly estimate: number;
  /** exp(estimate): what the hazard is multiplied by; at most the largest number there is. */
  readonly hazardRatio: number;
  /** Of the estimate. */
  readonly standardError: number | null;
  /** estimate / standardError. */
  readonly z: number | null;
  /** Two-sided, for the coefficient being 0 (Wald). */
  readonly p: number | null;
  /** Lower end of the confidence interval of the estimate; exp of it is that of the hazard ratio. */
  readonly lower: number | null;
  /** Upper end of the confidence interval of the estimate. */
  readonly upper: number | null;
}

/** A test of all coefficients being 0. */
export interface CoxTest {
  /** Chi-square in large samples. */
  readonly statistic: number;
  /** How many coefficients there are. */
  readonly degreesOfFreedom: number;
  /** Probability of so large a statistic by chance. */
  readonly p: number;
}

/** The three tests of all coefficients being 0; they agree in large samples. */
export interface CoxTests {
  /** Twice what the log-likelihood gains. Not of use where rows depend on each other. */
  readonly likelihoodRatio: CoxTest;
  /** By the covariance of the estimates, which may be the robust one; null where some coefficient has no finite estimate. */
  readonly wald: CoxTest | null;
  /** By the slope of the log-likelihood at 0: the log-rank test, where the only feature is a group and no times are tied. */
  readonly score: CoxTest;
}

/** How a Cox fit ended: at the maximum, with coefficients that have no finite maximum, at the limit of iterations, or stopped by `onProgress`. */
export type CoxStatus = 'converged' | 'separated' | 'maxIterations' | 'stopped';

/** How standard errors and intervals were made. */
export interface CoxInference {
  /** From the model's own information, from the squared score residuals, or from score residuals summed within clusters. */
  readonly standardErrors: 'model' | 'robust' | 'cluster';
  /** Of the intervals. */
  readonly confidence: number;
}

/** What a Cox fit tells about itself. */
export interface CoxSummary {
  /** The column of durations. */
  readonly duration: string;
  /** The column of events; null where every row had one. */
  readonly event: string | null;
  /** The columns of the data a row must have to be scored; for curves also {@link CoxSummary.strata}. */
  readonly features: readonly string[];
  /** The column of strata; null without. */
  readonly strata: string | null;
  /** How tied events were taken. */
  readonly ties: CoxTies;
  /** The penalty; null without. */
  readonly penalty: CoxPenalty | null;
  /** Without those of aliased columns. */
  readonly coefficients: readonly CoxCoefficient[];
  /** How standard errors and intervals were made; null where there are none to trust. */
  readonly inference: CoxInference | null;
  /** In words: why there is no inference, or what to bear in mind with it; null where nothing. */
  readonly inferenceNote: string | null;
  /** Log of the partial likelihood of the training rows; without the penalty, if there is one. */
  readonly logLikelihood: number;
  /** The same with all coefficients 0. */
  readonly nullLogLikelihood: number;
  /** What was maximised: the log-likelihood less the penalty (with Firth's half the log-determinant of the information more); null without penalty. */
  readonly penalisedLogLikelihood: number | null;
  /** Of all coefficients being 0; null with a penalty. */
  readonly tests: CoxTests | null;
  /** How many coefficients were estimated; with a ridge the effective number, with an elastic net those that are not 0. */
  readonly parameterCount: number;
  /** Akaike's criterion, -2 logLikelihood + 2 parameterCount: lower is better. */
  readonly aic: number;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** Training rows that ended with the event; with weights the sum of theirs. */
  readonly events: number;
  /** How the fit ended, in a word. */
  readonly status: CoxStatus;
  /** How the fit ended. An iteration is one Newton step over all rows; the gradient is that of standardised columns for the mean row. */
  readonly convergence: Convergence;
  /** Columns that do not vary among the rows at risk (`combinationOf` is empty), or that others determine: they have no coefficient. */
  readonly aliased: readonly AliasedColumn[];
  /**
   * Columns or levels that foretell who is next without exception, so that the likelihood rises for ever and they have no finite estimate: the one
   * given is as far as anything was gained, all else is what it is in the limit. `penalty: { firth: true }` gives finite ones.
   */
  readonly separated: readonly string[];
}

/** The cumulative baseline hazard of one stratum: a step at each time of an event. */
export interface BaselineSteps {
  /** Ascending. */
  readonly times: readonly number[];
  /** Of the average training customer, after each time. */
  readonly cumulative: readonly number[];
}

/** A Cox regression as JSON. */
export interface CoxRegressionState {
  /** Which class reads it. */
  readonly format: 'CoxRegression';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** What each feature adds to the log-hazard of the average training customer. */
  readonly effects: readonly FeatureEffect[];
  /** How the fit saw the raw columns. */
  readonly terms: readonly EncodingTerm[];
  /** Which columns of the design have a coefficient. */
  readonly kept: readonly number[];
  /** Their coefficients, of columns of standard deviation 1. */
  readonly slopes: readonly number[];
  /** The inverse information of these, row-major; null where it is singular. */
  readonly inverse: readonly number[] | null;
  /** Where the rows came from. */
  readonly columns: {
    /** The column of durations. */
    readonly duration: string;
    /** The column of events. */
    readonly event: string | null;
    /** Which of its values is the event; null where that goes without saying. */
    readonly eventValue: TargetValue | null;
    /** The column of entries. */
    readonly entry: string | null;
    /** The column of weights; null without, or where they were an array. */
    readonly weights: string | null;
    /** The column of strata. */
    readonly strata: string | null;
    /** Which times are one. */
    readonly tieTolerance: number;
  };
  /** The levels of the strata, in the order of `baseline`; null without. */
  readonly strataLevels: readonly string[] | null;
  /** One a stratum. */
  readonly baseline: readonly BaselineSteps[];
  /** Of the coefficients with a standard error, on the raw scale; null where there is no inference. */
  readonly covariance: CoefficientCovariance | null;
  /** What the fit tells about itself. */
  readonly summary: CoxSummary;
}
