import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { MarginExplanation } from '../../learners/explanation.js';
import type { FeatureEffect } from '../../learners/featureEffects.js';
import type { AliasedColumn, LogisticCoefficient } from '../../learners/logisticState.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { AcceleratedCoefficient, ScaleFigure, TimeExplanation } from '../accelerated/acceleratedState.js';
import type { CureDistribution } from './cureOptions.js';

/**
 * How a fit ended. `'noCuredShare'`: the likelihood is highest without anybody who never leaves; `'separated'`: some levels never had the event;
 * otherwise at the maximum, short of it (`convergence` says why), or stopped by `onProgress`.
 */
export type CureStatus = 'converged' | 'noCuredShare' | 'separated' | 'maxIterations' | 'stopped';

/** A share with its interval. The figures of inference are null where there are none to trust. */
export interface ShareFigure {
  /** In [0, 1]. */
  readonly estimate: number;
  /** Of the estimate, by the delta method. */
  readonly standardError: number | null;
  /** Lower end of the confidence interval, made on the scale of log-odds. */
  readonly lower: number | null;
  /** Upper end of the confidence interval. */
  readonly upper: number | null;
}

/** Whether customers were observed for long enough to tell who never leaves from who leaves late. */
export interface CureFollowUp {
  /** The longest time observed. */
  readonly lastTime: number;
  /** The time of the last event. */
  readonly lastEvent: number;
  /** The share still there after the last event, of Kaplan and Meier: what a plateau would be at. */
  readonly plateau: number;
  /** Rows observed for longer than the last event, as a share of all: what a plateau would rest on. */
  readonly shareBeyond: number;
  /** Of those who leave at some time, the share that the model has still there at the longest time observed: a cured share rests on the distribution for these. */
  readonly leaversLeft: number;
  /** Probability, were the follow-up too short, of so few events just before the plateau (Maller and Zhou, 1992): above .05 it cannot be said to suffice. */
  readonly p: number;
  /** Whether p is below .05 and fewer than 5 % of the leavers are left. */
  readonly isLongEnough: boolean;
}

/** The model without a cured share, against it. */
export interface CureTest {
  /** Log of the likelihood of the training rows without a cured share. */
  readonly logLikelihood: number;
  /** Twice what the cured share adds to it. */
  readonly statistic: number;
  /** Of none being cured: half that of a chi-square, as the share cannot be below 0 (Self and Liang, 1987); with `cureFeatures` of a chi-square, which is too large. */
  readonly p: number;
}

/** What a fit tells about itself. */
export interface CureSummary {
  /** The column of durations. */
  readonly duration: string;
  /** The column of events; null where every row had one. */
  readonly event: string | null;
  /** The columns of the data a row must have to be scored. */
  readonly features: readonly string[];
  /** Of these, the ones that tell who never leaves. */
  readonly cureFeatures: readonly string[];
  /** Of these, the ones that tell when those leave who do. */
  readonly timeFeatures: readonly string[];
  /** How the times of those who leave are spread. */
  readonly distribution: CureDistribution;
  /** The share of the training customers who never leave. */
  readonly curedShare: ShareFigure;
  /** Of the log-odds of never leaving, `(Intercept)` first; without those of aliased columns. */
  readonly cureCoefficients: readonly LogisticCoefficient[];
  /** Of the logarithm of the time of those who leave; hazard ratios are among these. */
  readonly coefficients: readonly AcceleratedCoefficient[];
  /** The spread of the logarithm of their times; 1 / scale is the shape of a Weibull. */
  readonly scale: ScaleFigure;
  /** How long customers were observed, beside what is said of them. */
  readonly followUp: CureFollowUp;
  /** In words: what to bear in mind about the cured share; null where nothing. */
  readonly note: string | null;
  /** Log of the likelihood of the training rows. */
  readonly logLikelihood: number;
  /** Against the model in which everybody leaves. */
  readonly test: CureTest;
  /** Coefficients, and the scale where it was estimated. */
  readonly parameterCount: number;
  /** Akaike's criterion, -2 logLikelihood + 2 parameterCount: lower is better. */
  readonly aic: number;
  /** Schwarz's criterion, -2 logLikelihood + log(rowCount) parameterCount: lower is better. */
  readonly bic: number;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** Training rows that ended with the event; with weights the sum of theirs. */
  readonly events: number;
  /** Of the intervals. */
  readonly confidence: number;
  /** How the fit ended, in a word. */
  readonly status: CureStatus;
  /** How the fit ended. An iteration is one Newton step over all rows. */
  readonly convergence: Convergence;
  /** Columns that others determine exactly, and which: they have no coefficient of their own. */
  readonly aliased: readonly AliasedColumn[];
  /** Columns or levels whose rows never had the event: they are given times without end, and have no part in the rest. */
  readonly separated: readonly string[];
}

/** Why a row has its curve. */
export interface CureExplanation {
  /** The log-odds of never leaving; `prediction` is the probability. */
  readonly cured: MarginExplanation;
  /** The time of leaving, if it leaves. */
  readonly time: TimeExplanation;
}

/** A sum over features, as it is stored. */
export interface CureSum {
  /** Of the average training customer. */
  readonly intercept: number;
  /** What each feature adds. */
  readonly effects: readonly FeatureEffect[];
  /** How the fit saw the raw columns. */
  readonly terms: readonly EncodingTerm[];
}

/** A mixture as JSON. */
export interface MixtureCureState {
  /** Which class reads it. */
  readonly format: 'MixtureCure';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The log-odds of never leaving. */
  readonly cure: CureSum;
  /** The logarithm of the time of those who leave. */
  readonly time: CureSum;
  /** The median time of the training events: risk is what comes by then. */
  readonly riskTime: number;
  /** What the fit tells about itself. */
  readonly summary: CureSummary;
}
