import type { Estimate } from '../../numeric/estimate.js';
import { wilsonRate } from '../intervals.js';

/**
 * The mean of numbers from 0 to 1 with its interval, NaN left out: Wilson's for a rate (1927), at as many customers as hits and misses alone would need for the
 * same standard error. For hits and misses it is Wilson's own, and it stays within 0 and 1.
 *
 * The spread counts one customer more than there are, who adds that of hits and misses: a few customers who happen to be alike do not prove that all are. So nobody
 * counts for more than customers + 1 hits or misses, and with many customers it makes no difference.
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
  const rateSpread = mean * (1 - mean);
  const size = rateSpread > 0 ? (n * rateSpread * (n + 1)) / (squares + rateSpread) : n;
  const { lower, upper } = wilsonRate(mean * size, size, z);
  return { estimate: mean, lower, upper };
}
