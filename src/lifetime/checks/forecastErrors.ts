import { sortedOrder } from '../../numeric/sorting.js';
import type { BacktestErrors } from './backtestTypes.js';

/** How far forecasts of single customers are off, and how well they rank them. O(n log n). */
export function forecastErrors(actual: Float64Array, expected: Float64Array): BacktestErrors {
  const n = actual.length;
  let [absolute, squared] = [0, 0];
  for (let i = 0; i < n; i++) {
    const error = expected[i]! - actual[i]!;
    absolute += Math.abs(error);
    squared += error * error;
  }
  return { mae: absolute / n, rmse: Math.sqrt(squared / n), correlation: pearson(actual, expected), gini: orderedGini(actual, expected) / orderedGini(actual, actual) };
}

/** Pearson's correlation; `NaN` where one side does not vary. */
function pearson(first: Float64Array, second: Float64Array): number {
  const n = first.length;
  const [a, b] = [meanOf(first), meanOf(second)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [da, db] = [first[i]! - a, second[i]! - b];
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  // Rounding of the mean leaves a trace of variation in constants.
  return aa > 1e-24 * n * a * a && bb > 1e-24 * n * b * b ? ab / Math.sqrt(aa * bb) : NaN;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Twice the area between the diagonal and the curve of shares of outcomes that the customers hold when they stand in descending order of forecast:
 * each pair counts, by which of the two stands first, and with equal forecasts not at all. `NaN` where the outcomes add up to nothing.
 */
function orderedGini(actual: Float64Array, forecast: Float64Array): number {
  const n = actual.length;
  const order = sortedOrder(forecast);
  let [total, sum] = [0, 0];
  for (let first = 0; first < n; ) {
    let last = first;
    let tied = 0;
    for (; last < n && forecast[order[last]!]! === forecast[order[first]!]!; last++) tied += actual[order[last]!]!;
    // The mean place of the tie, ascending, from -1 to 1.
    sum += tied * ((first + last) / n - 1);
    total += tied;
    first = last;
  }
  return total > 0 ? sum / total : NaN;
}
