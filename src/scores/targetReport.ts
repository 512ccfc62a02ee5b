import type { CalibrationRow } from '../evaluation/calibrationTable.js';
import type { Drift } from '../evaluation/drift.js';
import type { LeakageFinding } from '../evaluation/findLeaks.js';
import type { GainsRow } from '../evaluation/gainsTable.js';
import type { Estimate } from '../numeric/estimate.js';
import type { RocAucEstimate } from '../evaluation/rocAucInterval.js';
import type { LeftOutColumn } from './prepareTarget.js';
import type { ScoreMethod } from './scoreMethods.js';

/** A way of learning that was tried, and how it did out of sample. */
export interface ScoreTrial {
  /** How the model was learnt. */
  readonly method: ScoreMethod;
  /** The ridge penalty of a logistic regression. */
  readonly ridge?: number;
  /** The penalty of an elastic net, on the scale of glmnet: the best of its path. */
  readonly lambda?: number;
  /** Log loss of probabilities for customers the fit had not seen. */
  readonly logLoss: number;
}

/** Whether customers, scores and rates stayed what they were when the score was learnt; out of time only. */
export interface TargetStability {
  /** The distribution of the scores, then and later. A score that looks stable is no proof: its columns may have moved against each other. Those of then are of the very rows learnt from, hence a little more extreme than new ones. */
  readonly score: Drift;
  /** The columns the score was learnt from, the most moved first. */
  readonly features: readonly (Drift & { /** The column. */ readonly feature: string })[];
  /** The later rows by moment, in at most six parts. */
  readonly periods: readonly TargetPeriod[];
}

/** How a score did in one span of the later rows. */
export interface TargetPeriod {
  /** Its first moment, in UTC epoch milliseconds. */
  readonly from: number;
  /** Rows in it. */
  readonly rows: number;
  /** The share of them with the positive value. */
  readonly rate: Estimate;
  /** The mean of their scores. */
  readonly meanScore: number;
  /** Area under the ROC curve in it; `null` where there are fewer than two of a class. */
  readonly auc: Estimate | null;
}

/** How good a score is on customers it has not seen, and how it came to be. */
export interface TargetReport {
  /** On later customers than it learnt from, or on folds left out in turn. */
  readonly validation: 'out of time' | 'cross-validation';
  /** The first moment of the later customers, in UTC epoch milliseconds; only out of time. */
  readonly testFrom?: number;
  /** The column whose customers occur more than once, and so stayed together in one fold. */
  readonly groupedBy?: string;
  /** Rows the figures below rest on. */
  readonly testRows: number;
  /** Customers with a known target. */
  readonly rows: number;
  /** Those of them with the positive value. */
  readonly events: number;
  /** Rows without a target, left out. */
  readonly unlabelledRows: number;
  /** Area under the ROC curve, with DeLong's interval. */
  readonly auc: RocAucEstimate;
  /** Mean logarithmic loss; compare with `baselineLogLoss`. */
  readonly logLoss: number;
  /** The log loss of giving everybody the rate that was learnt. */
  readonly baselineLogLoss: number;
  /** Mean squared distance between probability and outcome. */
  readonly brierScore: number;
  /** Average precision. */
  readonly averagePrecision: number;
  /** Largest distance between the two distributions of scores. */
  readonly ks: number;
  /** Expected calibration error, bins of equal mass. */
  readonly calibrationError: number;
  /** Lift by decile (fewer bins for few customers), best first. */
  readonly gains: readonly GainsRow[];
  /** Predicted against observed, by bins of equal mass. */
  readonly calibration: readonly CalibrationRow[];
  /** What changed between the rows learnt from and the later ones it was judged on; `null` for folds, which are all of one time. */
  readonly stability: TargetStability | null;
  /** Columns that know too much, and rows that occur twice: what to look at before trusting any figure. */
  readonly leakage: readonly LeakageFinding[];
  /** How the score was learnt: the way with the least log loss out of sample, but a linear one only if it beats boosted trees by more than the standard error of the difference. */
  readonly method: ScoreMethod;
  /** The ridge penalty, when it is a logistic regression. */
  readonly ridge?: number;
  /** The penalty, when it is an elastic net. */
  readonly lambda?: number;
  /** What was tried, the least log loss first; empty when the options left no choice. */
  readonly tried: readonly ScoreTrial[];
  /** Columns of the data that the score does not use, and why. */
  readonly leftOut: readonly LeftOutColumn[];
  /** What a user should know before trusting the figures. */
  readonly warnings: readonly string[];
}
