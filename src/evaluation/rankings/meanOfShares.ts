import type { Estimate } from '../../numeric/estimate.js';
import { wilsonRate } from '../intervals.js';

/**
 * The mean of numbers from 0 to 1 with its interval, NaN left out: Wilson's for a rate (1927), at as many customers as hits and misses alone would need for the
 * same standard error. For hits and misses it is Wilson's own; it stays within 0 and 1, and where all values are alike it is as wide as for a rate.
 */
export function meanOfShares(values: Float64Array, z: number): Estimate {
  let [n, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
  }
  if (n === 0) return { estimate: NaN, lower: NaN, upper: NaN };
  const mean = Math.min(1, sum / n);
  let squares = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) squares += (values[i]! - mean) ** 2;
  const variance = squares / n;
  // What rounding leaves of a spread of nothing is none.
  const size = variance > 1e-24 ? (n * mean * (1 - mean)) / variance : n;
  const { lower, upper } = wilsonRate(mean * size, size, z);
  return { estimate: mean, lower, upper };
}
