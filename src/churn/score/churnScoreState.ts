import type { TargetScoreState } from '../../scores/targetScore.js';
import type { ChurnReport } from './churnReport.js';
import type { TargetReport } from '../../scores/targetReport.js';
import type { ChurnPractice } from './churnPractice.js';

/** What the event of a churn score is: leaving, or bringing more. */
export type ChurnDirection = 'leave' | 'deepen';

/** A churn score as JSON; no customer is in it. */
export interface ChurnScoreState {
  /** Which class reads it. */
  readonly format: 'ChurnScore';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** What the event is. */
  readonly direction: ChurnDirection;
  /** The score, with the report that any score has. */
  readonly score: TargetScoreState;
  /** What the report of a churn score says beyond that. */
  readonly churn: Omit<ChurnReport, keyof TargetReport>;
  /** How it was practised on a log, so that the customers of today are chosen and described alike; `null` for one learnt from a table. */
  readonly practice: ChurnPractice | null;
}
