import type { ChurnProfitOptions } from '../../evaluation/expectedMaximumProfit.js';
import type { ScoreMethod } from '../../scores/scoreMethods.js';
import type { TargetScoreOptions } from '../../scores/targetOptions.js';
import type { DesignOptions } from '../define/auditChurnDesign.js';
import type { ChurnDirection } from './churnScoreState.js';

/** What a retention campaign costs and saves, for the profit figures of a report. */
export type ChurnCampaignCosts = Omit<ChurnProfitOptions, 'purpose' | 'weights'>;

/** What a design audit may be told beyond what a score needs. */
export type ChurnDesignNotes = Pick<DesignOptions, 'observedUntil' | 'duration' | 'entry' | 'eventPeriod' | 'joinedAt' | 'endedAt' | 'knownAt' | 'threshold'>;

/** How a churn score is learnt and judged, from a table or a log. */
export interface ChurnLearnOptions extends Omit<TargetScoreOptions, 'target' | 'positive' | 'features' | 'exclude' | 'time' | 'horizon' | 'methods' | 'ridge'> {
  /** What the event is: leaving, or bringing more. It changes words and profit figures, and for a log what counts as the event. @defaultValue 'leave' */
  readonly direction?: ChurnDirection;
  /**
   * Which ways of learning to try: `'logistic'`, `'elastic net'`, `'additive'` (curves and crosses), `'boosted trees'`, `'scorecard'`. The simplest whose
   * log loss out of sample is within one standard error of the least is taken. @defaultValue the first four
   */
  readonly methods?: readonly ScoreMethod[];
  /** What keeping a customer is worth and costs: for the expected maximum profit of the report. @defaultValue the figures of Verbraken, Verbeke and Baesens (2013), see `expectedMaximumProfit` */
  readonly costs?: ChurnCampaignCosts;
  /** What more is known of how the data were made, for `auditChurnDesign`: the column of durations, dates of joining and of leaving, until when outcomes were observed. @defaultValue nothing */
  readonly design?: ChurnDesignNotes;
}

/** What a churn score is to learn from a table, and how it is judged. */
export interface ChurnScoreOptions<Names extends string = string> extends ChurnLearnOptions, Pick<TargetScoreOptions<Names>, 'target' | 'positive' | 'features' | 'exclude' | 'time' | 'horizon'> {
  /** The column that tells customers apart, where they occur more than once: all rows of one stay together. @defaultValue the column of kind `id` */
  readonly customer?: Names;
  /** The column that might do as well alone: the report says whether the score beats it. @defaultValue `recencyDays`, where there is one */
  readonly baseline?: Names;
}

/** The names of {@link ChurnLearnOptions}. */
export const LEARN_OPTIONS: readonly string[] = ['direction', 'methods', 'costs', 'design', 'testShare', 'folds', 'minLevelCount', 'seed', 'confidence', 'onProgress'];
/** The names of what {@link ChurnScoreOptions} adds. */
export const CHURN_TABLE_OPTIONS: readonly string[] = ['target', 'positive', 'features', 'exclude', 'time', 'horizon', 'customer', 'baseline'];

/** What is tried unless said otherwise, the simpler first. */
export const CHURN_METHODS: readonly ScoreMethod[] = ['logistic', 'elastic net', 'additive', 'boosted trees'];
