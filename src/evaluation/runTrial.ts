import type { FoldRows } from '../data/foldPlan.js';
import { describeValue } from '../data/instant.js';
import type { TableLike } from '../data/table.js';
import { isClientelaError } from '../errors.js';
import { studentTMultiplier } from '../numeric/studentT.js';
import { bootstrapInterval } from './bootstrapInterval.js';
import type { Metric } from './crossValidate.js';

/** What all trials are judged on: the same folds, cut once. */
export interface TrialGround<Names extends string> {
  readonly folds: readonly (FoldRows & { readonly trainTable: TableLike<Names>; readonly testTable: TableLike<Names>; readonly labels: Float64Array; readonly weights: Float64Array | undefined })[];
  readonly metric: Metric;
  /** 1 where a smaller value is the better one, otherwise -1. */
  readonly sign: 1 | -1;
  readonly race: boolean;
}

/** How far a trial came. */
export interface TrialRun {
  readonly values: readonly number[];
  readonly standardError: number;
  readonly outcome: 'complete' | 'discarded' | 'failed';
  readonly failure?: string;
}

/** One trial, fold by fold; given up once it is clearly behind the best on the folds they share, or where its model does not exist. */
export function runTrial<Names extends string>(ground: TrialGround<Names>, scoresOf: (fold: TrialGround<Names>['folds'][number]) => ArrayLike<number>, best: readonly number[] | undefined): TrialRun {
  const { folds, metric, sign, race } = ground;
  const values: number[] = [];
  let single = Infinity;
  for (const fold of folds) {
    try {
      const scores = scoresOf(fold);
      const value = fold.weights === undefined ? metric(fold.labels, scores) : metric(fold.labels, scores, fold.weights);
      if (!Number.isFinite(value)) return { values, standardError: NaN, outcome: 'failed', failure: `the metric is ${describeValue(value)}, not a finite number` };
      values.push(value);
      if (folds.length === 1 && fold.labels.length > 1) single = bootstrapInterval(metric, fold.labels, scores, { replicates: 100, method: 'percentile', ...(fold.weights === undefined ? {} : { weights: fold.weights }) }).standardError;
    } catch (error) {
      if (!isClientelaError(error) || (error.code !== 'PERFECT_SEPARATION' && error.code !== 'NOT_IDENTIFIED')) throw error;
      return { values, standardError: NaN, outcome: 'failed', failure: error.message };
    }
    if (race && best !== undefined && values.length < folds.length && isBehind(values, best, sign)) return { values, standardError: errorOf(values), outcome: 'discarded' };
  }
  return { values, standardError: folds.length === 1 ? single : errorOf(values), outcome: 'complete' };
}

/** Mean of the folds done. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function errorOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length);
}

// Worse than the best on the same folds by a one-sided t-test at 0.1, from two folds on.
function isBehind(values: readonly number[], best: readonly number[], sign: 1 | -1): boolean {
  if (values.length < 2) return false;
  const gaps = values.map((value, k) => sign * (value - best[k]!));
  return meanOf(gaps) > studentTMultiplier(0.8, gaps.length - 1) * errorOf(gaps);
}
