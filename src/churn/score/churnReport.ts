import type { ExpectedMaximumProfit } from '../../evaluation/expectedMaximumProfit.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { TargetReport } from '../../scores/targetReport.js';

/** The share with the event among the rows of one moment. */
export interface ChurnMoment {
  /** UTC epoch milliseconds. */
  readonly moment: number;
  /** Rows with a known outcome. */
  readonly rows: number;
  /** Those of them with the event. */
  readonly events: number;
  /** Their share, with Wilson's interval. */
  readonly rate: Estimate;
}

/** How often the event happens, and whether that changes. */
export interface ChurnBaseRate extends Estimate {
  /** One by one, the earliest first; empty where no moments are known. */
  readonly moments: readonly ChurnMoment[];
  /** Probability of rates as far apart when all moments have the same (chi-square test); `null` for fewer than two moments. */
  readonly driftP: number | null;
}

/** Intervals of figures that are single numbers in a `TargetReport`. Rows of one customer count as one unit, but for the calibration error, where each row is one. */
export interface ChurnIntervals {
  /** Mean logarithmic loss. */
  readonly logLoss: Estimate;
  /** Mean squared distance between probability and outcome. */
  readonly brierScore: Estimate;
  /** Expected calibration error in ten bins; `byChance`: what it is on average when the probabilities are exactly right. */
  readonly calibrationError: Estimate & { readonly byChance: number };
}

/** The score beside one column alone, such as the days since the last purchase, learnt and judged on the same rows. */
export interface ChurnBaseline {
  /** The column. */
  readonly feature: string;
  /** Area under the ROC curve of a score learnt from it alone. */
  readonly auc: number;
  /** Log loss of that. */
  readonly logLoss: number;
  /** By how much the score ranks better: its area less that of the column (DeLong's interval for pairs). */
  readonly aucGain: Estimate;
  /** By how much its log loss is smaller, per row. */
  readonly logLossGain: Estimate;
  /** Expected maximum profit per customer of that; `null` where the report has none. */
  readonly expectedProfit: number | null;
}

/** How good a churn score is on customers it has not seen, and whether to believe it. */
export interface ChurnReport extends TargetReport {
  /** How often the event happens, moment by moment. */
  readonly baseRate: ChurnBaseRate;
  /** Intervals of log loss, Brier score and calibration error. */
  readonly intervals: ChurnIntervals;
  /** How many times as many events the tenth with the highest scores holds as a tenth drawn by chance. */
  readonly topDecileLift: Estimate;
  /** What a campaign by this score earns per customer, and how many it asks for; `null` for deepening, where the amounts are others. */
  readonly profit: ExpectedMaximumProfit | null;
  /** The score beside one column alone; `null` where none was named and the data have no `recencyDays`. */
  readonly baseline: ChurnBaseline | null;
  /** What the way the data were made does to every figure: columns filled in afterwards, follow-up cut off, repeated or multiplied rows. */
  readonly design: readonly string[];
  /** Whether nothing was found that makes the score unfit for use. */
  readonly isBelievable: boolean;
  /** That in a sentence: why not, or what the score can do. */
  readonly verdict: string;
}
