import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { AliasedColumn } from '../../learners/logisticState.js';
import type { InefficiencyDistribution } from './frontierLaw.js';
import type { FrontierStatus } from './solveFrontier.js';

/** One estimated coefficient of a frontier, on the scale of the raw column. The figures of inference are null where there are none. */
export interface FrontierCoefficient {
  /** `(Intercept)`, `employees`, `sector=retail`, `income is missing`. */
  readonly name: string;
  /** Change in what the sum stands for: ln(target) or the target, ln sigmaU², ln sigmaV². */
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

/** A parameter of the law of noise and inefficiency. The figures of inference are null where there are none, an end also where the data set none. */
export interface FrontierFigure {
  /** The most likely value. */
  readonly estimate: number;
  /** Of the estimate, by the delta method. */
  readonly standardError: number | null;
  /** Lower end of the confidence interval, on the scale where the parameter has no bounds. */
  readonly lower: number | null;
  /** Upper end of the confidence interval. */
  readonly upper: number | null;
}

/** What a driver does to inefficiency, all else equal. */
export interface InefficiencyDriver {
  /** `tenure`, or `channel=online` against the first level of its category. */
  readonly name: string;
  /** By how much the driver is thought to rise: its standard deviation, or 1 for a level. */
  readonly step: number;
  /** What the mean inefficiency is multiplied by. */
  readonly factor: number;
  /** Lower end of the interval of `factor`; null without standard errors. */
  readonly factorLower: number | null;
  /** Upper end of the interval of `factor`. */
  readonly factorUpper: number | null;
  /** Mean efficiency (share of wallet) E[e^-u], all else average, a category at its first level; null for `scale: 'asIs'`. */
  readonly efficiency: number | null;
  /** The same after the step. */
  readonly efficiencyAfter: number | null;
  /** The same in words. */
  readonly text: string;
}

/** The test of whether there is inefficiency at all. */
export interface InefficiencyTest {
  /** Twice what the log-likelihood gains over a fit without inefficiency; 0 or more. */
  readonly statistic: number;
  /** Parameters of inefficiency: the statistic is, without any, half a chi-square of one less and half one of these degrees (Kodde and Palm, 1986). */
  readonly degreesOfFreedom: number;
  /** Probability of so much gain by chance. */
  readonly p: number;
}

/** What a stochastic frontier tells about itself. */
export interface FrontierSummary {
  /** The column whose frontier it is. */
  readonly target: string;
  /** The columns of the data a row must have for its frontier. */
  readonly features: readonly string[];
  /** The columns that the size of inefficiency depends on. */
  readonly inefficiencyDrivers: readonly string[];
  /** The columns that the size of the noise depends on. */
  readonly noiseDrivers: readonly string[];
  /** How inefficiency is spread. */
  readonly distribution: InefficiencyDistribution;
  /** Whether inefficiency lowers the target or raises it. */
  readonly frontier: 'production' | 'cost';
  /** Whether the sum is ln(target) or the target. */
  readonly scale: 'log' | 'asIs';
  /** Whether the data show inefficiency. */
  readonly status: FrontierStatus;
  /** The status in words, with what to do; null where all is well. */
  readonly note: string | null;
  /** Of the frontier, `(Intercept)` first; those of aliased columns are left out. */
  readonly coefficients: readonly FrontierCoefficient[];
  /** Of ln sigmaU², `(Intercept)` first; none without inefficiency. With a truncated normal mu is in proportion to sigmaU. */
  readonly inefficiencyCoefficients: readonly FrontierCoefficient[];
  /** Of ln sigmaV², `(Intercept)` first. */
  readonly noiseCoefficients: readonly FrontierCoefficient[];
  /** Of inefficiency: the bell's spread before it is cut off, or the mean of the exponential; of the average customer where there are drivers. */
  readonly sigmaU: FrontierFigure;
  /** Of noise. */
  readonly sigmaV: FrontierFigure;
  /** sigmaU² + sigmaV². */
  readonly sigma2: FrontierFigure;
  /** sigmaU² / sigma2. */
  readonly gamma: FrontierFigure;
  /** sigmaU / sigmaV. */
  readonly lambda: FrontierFigure;
  /** Where the bell of the truncated normal is centred; null for the others. */
  readonly mu: FrontierFigure | null;
  /**
   * Mean over the training rows of E[e^-u | target]; for `scale: 'asIs'` of the target over what it would be without inefficiency, over the
   * rows where both are above 0, null where none is.
   */
  readonly meanEfficiency: number | null;
  /** Of the target (`'asIs'`) or its logarithm. */
  readonly logLikelihood: number;
  /** Of least squares. */
  readonly olsLogLikelihood: number;
  /** Against no inefficiency, with the same drivers of noise. */
  readonly likelihoodRatio: InefficiencyTest;
  /** Skewness of the least-squares residuals, so turned that inefficiency makes it negative. */
  readonly skewness: number;
  /** What each driver does to inefficiency. */
  readonly drivers: readonly InefficiencyDriver[];
  /** Columns that others determine exactly, and which: they have no coefficient of their own. */
  readonly aliased: readonly AliasedColumn[];
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** Of the intervals. */
  readonly confidence: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
}

/** One of the three sums of a frontier: how it sees the raw columns, the average customer's value, and the slopes of the standardised columns. */
export interface FrontierSum {
  /** Which columns of the data become which of the sum; none for an intercept alone. */
  readonly terms: readonly EncodingTerm[];
  /** The average training customer's, then a slope each; empty where there is no inefficiency. */
  readonly slopes: readonly number[];
}

/** A stochastic frontier as JSON. */
export interface StochasticFrontierState {
  /** Which class reads it. */
  readonly format: 'StochasticFrontier';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** x'b: ln(target) or the target at the frontier. */
  readonly frontier: FrontierSum;
  /** ln sigmaU. */
  readonly inefficiency: FrontierSum;
  /** ln sigmaV. */
  readonly noise: FrontierSum;
  /** mu / sigmaU; 0 but for the truncated normal. */
  readonly tau: number;
  /** What the fit tells about itself. */
  readonly summary: FrontierSummary;
}
