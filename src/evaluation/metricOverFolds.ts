import type { Estimate } from '../numeric/estimate.js';
import { studentTMultiplier } from '../numeric/studentT.js';

/** The pooled figure with an interval from the spread of the same figure over the folds. */
export function metricOverFolds(estimate: number, byFold: readonly number[], confidence: number): Estimate & { readonly standardError: number } {
  const k = byFold.length;
  const mean = byFold.reduce((sum, value) => sum + value, 0) / k;
  const variance = byFold.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (k - 1);
  const standardError = k < 2 ? Infinity : Math.sqrt(variance / k);
  const half = k < 2 ? Infinity : studentTMultiplier(confidence, k - 1) * standardError;
  return { estimate, lower: estimate - half, upper: estimate + half, standardError };
}
