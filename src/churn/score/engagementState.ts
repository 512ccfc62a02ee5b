import type { Estimate } from '../../numeric/estimate.js';
import type { ChurnReport } from './churnReport.js';
import type { ChurnScoreState } from './churnScoreState.js';

/** How good the three probabilities are together, on customers not seen. */
export interface EngagementReport {
  /** The shares of those who left, stayed as they were, and grew, among the rows learnt from. */
  readonly shares: { readonly leave: Estimate; readonly same: Estimate; readonly grow: Estimate };
  /** Mean logarithmic loss of the probability of what came, of three. */
  readonly logLoss: number;
  /** The same for giving everybody the shares that were learnt. */
  readonly baselineLogLoss: number;
  /** Whether both parts are to be believed. */
  readonly isBelievable: boolean;
  /** That in a sentence. */
  readonly verdict: string;
  /** Leaving or not. */
  readonly leave: ChurnReport;
  /** Growing or not, of those who stay. */
  readonly grow: ChurnReport;
}

/** A two-sided score as JSON; no customer is in it. */
export interface EngagementScoreState {
  /** Which class reads it. */
  readonly format: 'EngagementScore';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The score of leaving. */
  readonly leave: ChurnScoreState;
  /** The score of growing, of those who stay. */
  readonly grow: ChurnScoreState;
  /** What the report says of both together. */
  readonly together: Omit<EngagementReport, 'leave' | 'grow'>;
}
