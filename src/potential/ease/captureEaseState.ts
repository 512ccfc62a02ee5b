import type { CalibrationLine } from '../../numeric/calibrationLine.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { CalibrationMethod } from '../../learners/calibration/calibrationReport.js';
import type { CalibratorState } from '../../learners/calibration/calibratorState.js';
import type { LogisticRegressionState } from '../../learners/logisticState.js';
import type { BoostedTreesState } from '../../learners/trees/boostedTreesState.js';

/** How an ease is learnt: a logistic regression, boosted trees, or, of too few customers, the same rate for all. */
export type EaseLearner = 'logistic' | 'trees' | 'rate';

/** One way of learning that was tried. */
export interface EaseTrial {
  /** How it was learnt. */
  readonly learner: EaseLearner;
  /** Ridge penalty of the logistic regression; null for trees. */
  readonly ridge: number | null;
  /** Log loss of its calibrated probabilities on customers left out. */
  readonly logLoss: number;
}

/** How well probabilities foretold who captured, on customers left out. */
export interface EaseFigures {
  /** Area under the ROC curve with its interval; null where fewer than two captured or did not. */
  readonly auc: Estimate | null;
  /** Average of -log(probability given to what happened). */
  readonly logLoss: number;
  /** Average squared distance between probability and what happened. */
  readonly brierScore: number;
  /** Average distance of promised and observed rate over ten groups. */
  readonly calibrationError: number;
  /** Calibration intercept and slope with standard errors; null where all probabilities are equal. */
  readonly line: CalibrationLine | null;
}

/** What a simpler ease would have reached, on the same customers left out. */
export interface EaseBaseline extends EaseFigures {
  /** `'rate'`: the same for all. `'present'`: by the present spend alone, which knows who grows back after a bad year. `'potentials'`: by the built-in inputs without your features. */
  readonly by: 'rate' | 'present' | 'potentials';
  /** Area of the ease less that of the baseline, with interval (DeLong, 1988); null where it cannot be told. */
  readonly added: Estimate | null;
}

/** Customers of about equal ease. */
export interface EaseGroup {
  /** How many. */
  readonly customers: number;
  /** Mean ease, of customers left out. */
  readonly ease: number;
  /** Share of them that captured, with interval. */
  readonly captured: Estimate;
  /** Sum of their headroom. */
  readonly headroom: number;
  /** Sum of what they grew by, none by more than its headroom. */
  readonly growth: number;
}

/** How much of the later growth went to those ranked highest. */
export interface EaseRanking {
  /** What was ranked by; the ease of customers left out. */
  readonly by: 'capture' | 'headroom' | 'ease' | 'present';
  /** Share of all growth (none counted beyond its headroom) that the top tenth brought. */
  readonly topTenth: number;
  /** The same of the top fifth. */
  readonly topFifth: number;
}

/** What learning an ease tells about itself. All amounts and rates by weight, where weights are given. */
export interface CaptureEaseReport {
  /** Rows given. */
  readonly customers: number;
  /** Rows learnt from: with headroom, a weight above 0 and, under `absent: 'leaveOut'`, a later spend. */
  readonly learntFrom: number;
  /** Rows with less headroom than `minHeadroomShare`: ease 0. */
  readonly withoutHeadroom: number;
  /** Rows without a later spend. */
  readonly absent: number;
  /** Customers of the later period who are not among the rows. */
  readonly newCustomers: number;
  /** Share of those learnt from who captured, with interval (Wilson, 1927). */
  readonly baseRate: Estimate;
  /** Later spend of those learnt from / present spend, less 1; null where nobody spent. What all grew by makes every step easier. */
  readonly growth: number | null;
  /** How it was learnt. */
  readonly learner: EaseLearner;
  /** What was tried, the lowest log loss first; empty for a rate. */
  readonly tried: readonly EaseTrial[];
  /** How it was calibrated. */
  readonly calibration: CalibrationMethod;
  /** How well it foretells; null for a rate. */
  readonly figures: EaseFigures | null;
  /** What simpler ways reach; empty for a rate. */
  readonly baselines: readonly EaseBaseline[];
  /** Tenths by ease (fewer groups of few customers), the easiest first; empty for a rate. */
  readonly groups: readonly EaseGroup[];
  /** Whether headroom * ease found the growth; empty for a rate. */
  readonly rankings: readonly EaseRanking[];
  /** What moves the ease: mean size of its contribution in log-odds, the strongest first; empty for a rate. */
  readonly drivers: readonly { readonly feature: string; readonly strength: number }[];
  /** What to look at, in words. */
  readonly warnings: readonly string[];
}

/** A stored ease. */
export interface CaptureEaseState {
  /** Which class reads it. */
  readonly format: 'CaptureEase';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** Share of the headroom that counts as captured. */
  readonly step: number;
  /** Within which time, in words; null where nobody said. */
  readonly horizon: string | null;
  /** With less headroom than this share of the potential the ease is 0. */
  readonly minHeadroomShare: number;
  /** The ease of everybody, where there is no model. */
  readonly rate: number;
  /** What learnt; null for a rate. */
  readonly model: LogisticRegressionState | BoostedTreesState | null;
  /** From its probability to the calibrated one; null when left as it is. */
  readonly calibrator: CalibratorState | null;
  /** How it was learnt and how good it is. */
  readonly report: CaptureEaseReport;
}
