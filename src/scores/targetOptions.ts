import type { TargetValue } from '../data/binaryTarget.js';
import type { Duration } from '../data/duration.js';
import type { LogTargetOptions } from './readLog.js';
import type { ScoreMethod } from './scoreMethods.js';

/** What a score is to learn from an event log, and how it is judged: without `target`, which is made, and with `horizon`, which is needed. */
export interface TargetScoreLogOptions extends LogTargetOptions, Omit<TargetScoreOptions, 'target' | 'positive' | 'time' | 'horizon'> {}

/** What a score is to learn, and how it is judged. */
export interface TargetScoreOptions<Names extends string = string> {
  /** The column to predict; rows where it is missing are left out and counted. */
  readonly target: Names;
  /** The value of it whose probability is the score. @defaultValue 1 of 0 and 1, true, or the later of two levels (`yes` of `no` and `yes`) */
  readonly positive?: TargetValue;
  /** The columns to learn from. @defaultValue all that can serve; the report says which were left out, and why */
  readonly features?: readonly Names[];
  /** Columns not to learn from, such as what is known only afterwards. */
  readonly exclude?: readonly Names[];
  /** A column of dates: the score is then judged on the latest rows, having learnt from the earlier ones. @defaultValue `asOf`, where it is a column of dates */
  readonly time?: Names;
  /** How long after its moment the outcome of a row was observed (gap and horizon together): rows whose outcome was not over when the judgement begins are not learnt from for it. */
  readonly horizon?: Duration;
  /** Share of the rows kept for that judgement, between 0 and 1. @defaultValue 0.3 */
  readonly testShare?: number;
  /** Without dates: how many folds are left out in turn; all rows of a customer (by the column of kind `id`) in one. @defaultValue 5 */
  readonly folds?: number;
  /** Which ways of learning to try. @defaultValue all: `'logistic'` (ridge 0.1, 1, 10, 100), `'scorecard'`, `'elastic net'`, `'boosted trees'`; the one with the least log loss out of sample is taken, a linear one only if it beats boosted trees by more than the standard error */
  readonly methods?: readonly ScoreMethod[];
  /** The ridge penalty on standardised columns of a logistic regression; given, nothing else is tried. */
  readonly ridge?: number;
  /** Levels with fewer rows are taken together. @defaultValue 20 */
  readonly minLevelCount?: number;
  /** Chance in the folds, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Called after each way of learning tried, with its log loss; returning false keeps the best so far, and the report says so. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined;
}

/** The names of what both share. */
export const SCORE_OPTIONS: readonly string[] = ['features', 'exclude', 'testShare', 'folds', 'methods', 'ridge', 'minLevelCount', 'seed', 'confidence', 'onProgress'];
/** The names of what a table needs besides. */
export const TARGET_OPTIONS: readonly string[] = ['target', 'positive', 'time', 'horizon'];
