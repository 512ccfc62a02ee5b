import type { Estimate } from '../numeric/estimate.js';
import { normalCdf, normalQuantile } from '../numeric/normal.js';
import { quantileOfSorted } from '../numeric/quantile.js';

/** The percentile interval of bootstrap values: the middle share of them, widened to hold the estimate. */
export function percentileInterval(estimate: number, values: Float64Array, confidence: number): Estimate {
  return between(estimate, values, (1 - confidence) / 2, (1 + confidence) / 2);
}

/**
 * The bias-corrected and accelerated interval (Efron, JASA 82, 1987): the ends move by how often the values fall below the estimate, and by how
 * skewed the influence of single units is, seen from the values without each.
 */
export function acceleratedInterval(estimate: number, values: Float64Array, leftOut: Float64Array, confidence: number): Estimate {
  let below = 0;
  // A sample on the estimate counts half, also where another order of summing moved it by a rounding.
  const slack = 1e-12 * Math.abs(estimate);
  for (const value of values) below += value < estimate - slack ? 1 : value <= estimate + slack ? 0.5 : 0;
  // Never 0 or all: the normal quantile would be infinite.
  const bias = normalQuantile(Math.min(Math.max(below, 0.5), values.length - 0.5) / values.length);
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
  let [squares, cubes] = [0, 0];
  for (const value of leftOut) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  const moved = (share: number): number => {
    const z = bias + normalQuantile(share);
    const room = 1 - acceleration * z;
    // Towards the pole the end goes off to its own side; beyond it the formula would come back from the other.
    return room > 0 ? normalCdf(bias + z / room) : z > 0 ? 1 : 0;
  };
  return between(estimate, values, moved((1 - confidence) / 2), moved((1 + confidence) / 2));
}

function between(estimate: number, values: Float64Array, from: number, to: number): Estimate {
  const sorted = values.slice().sort();
  return { estimate, lower: Math.min(estimate, quantileOfSorted(sorted, from)), upper: Math.max(estimate, quantileOfSorted(sorted, to)) };
}

/** Standard deviation of the bootstrap values. */
export function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** The two-sided p of no difference, by inversion of the percentile interval; a sample on 0 speaks for no difference. */
export function pairedP(gaps: Float64Array): number {
  const notAbove = gaps.reduce((count, gap) => count + (gap <= 0 ? 1 : 0), 0);
  const notBelow = gaps.reduce((count, gap) => count + (gap >= 0 ? 1 : 0), 0);
  return Math.min(1, (2 * (Math.min(notAbove, notBelow) + 1)) / (gaps.length + 1));
}
