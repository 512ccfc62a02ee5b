import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';

/** The mean of values with a normal interval; the rows of one unit (a customer at several moments) depend on each other, and count as one. O(n). */
export function meanOfUnits(caller: string, values: Float64Array, units: Float64Array | undefined, confidence: number): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviations = values.map((value) => value - mean);
  const squares = (units === undefined ? deviations : sumByUnit(deviations, units)).reduce((sum, deviation) => sum + deviation * deviation, 0);
  const half = (normalMultiplier(caller, confidence) * Math.sqrt(squares)) / values.length;
  return { estimate: mean, lower: mean - half, upper: mean + half };
}

function sumByUnit(values: Float64Array, units: Float64Array): Float64Array {
  const sums = new Map<number, number>();
  values.forEach((value, row) => sums.set(units[row]!, (sums.get(units[row]!) ?? 0) + value));
  return Float64Array.from(sums.values());
}
