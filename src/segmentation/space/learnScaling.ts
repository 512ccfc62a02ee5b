import { columnMoments } from '../../data/columnMoments.js';
import { infinite } from '../../data/infinite.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { numbersOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import { signedLog, type ScaledFeature, type Scaling, type ScalingOption } from './scaling.js';
import { sharesOf } from './weightedShares.js';

const SCALINGS: readonly Scaling[] = ['auto', 'none', 'standard', 'robust', 'log'];
/** Beyond this a tail rules the distances. */
const SKEWED = 1;
/** Where robust values are cut off, in robust standard deviations. */
const LIMIT = 4;
/** The interquartile range of a normal distribution, in standard deviations. */
const NORMAL_IQR = 1.3489795003921634;

/**
 * How each column enters distances, learnt from the rows that have it. Weights count as rows so many times.
 *
 * @throws a ClientelaError `NON_FINITE_VALUE`, `INVALID_VALUE`, `UNKNOWN_COLUMN` or `INVALID_OPTION`
 */
export function learnScaling(caller: string, view: TableView, names: readonly string[], option: ScalingOption = 'auto', weights: Float64Array | null = null): ScaledFeature[] {
  const chosen = typeof option === 'object' ? option : undefined;
  if (chosen !== undefined) requireKnownOptions(`${caller} scaling`, chosen, names);
  return names.map((column) => {
    const wanted = requireChoice(caller, 'scaling', chosen === undefined ? option : (chosen[column] ?? 'auto'), SCALINGS);
    return scaledFeature(caller, column, numbersOf(caller, column, view.source(column)), wanted, weights);
  });
}

function scaledFeature(caller: string, column: string, values: Float64Array, wanted: Scaling, weights: Float64Array | null): ScaledFeature {
  const { mean, squares, known, infiniteRow } = columnMoments(values, weights);
  if (infiniteRow >= 0) throw infinite(caller, column, infiniteRow, values[infiniteRow]!);
  const plain = { column, unit: 1, limit: null };
  if (wanted === 'none') return { ...plain, scaling: wanted, center: 0, scale: 1 };
  const standard: ScaledFeature = { ...plain, scaling: 'standard', center: mean, scale: spreadOf(Math.sqrt(squares / known), mean) };
  if (wanted === 'standard') return standard;
  const skewness = wanted === 'auto' ? Math.abs(skewnessOf(values, weights, standard)) : Infinity;
  if (skewness <= SKEWED) return standard;
  if (wanted !== 'robust') {
    const log = logScaling(column, values, weights);
    if (wanted === 'log' || Math.abs(skewnessOf(log.values, weights, log.feature)) < skewness) return log.feature;
  }
  const [low, median, high] = sharesOf(values, weights, [0.25, 0.5, 0.75]) as [number, number, number];
  // Where half the values are equal the quartiles say nothing of the rest.
  return high > low ? { ...plain, scaling: 'robust', center: median, scale: (high - low) / NORMAL_IQR, limit: LIMIT } : standard;
}

function logScaling(column: string, values: Float64Array, weights: Float64Array | null): { feature: ScaledFeature; values: Float64Array } {
  const [unit = 1] = sharesOf(values.map((x) => (x === 0 ? NaN : Math.abs(x))), weights, [0.05]);
  const logs = values.map((x) => signedLog(x / unit));
  const { mean, squares, known } = columnMoments(logs, weights);
  return { values: logs, feature: { column, scaling: 'log', unit, center: mean, scale: spreadOf(Math.sqrt(squares / known), mean), limit: null } };
}

/** What rounding leaves of a constant column is no spread. */
function spreadOf(deviation: number, mean: number): number {
  return deviation > Math.abs(mean) * 1e-13 ? deviation : 1;
}

/** The third moment over the cube of the standard deviation, of the values that are known. */
function skewnessOf(values: Float64Array, weights: Float64Array | null, { center, scale }: ScaledFeature): number {
  let total = 0;
  let cubes = 0;
  for (let row = 0; row < values.length; row++) {
    const z = (values[row]! - center) / scale;
    if (z !== z) continue;
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    cubes += weight * z * z * z;
  }
  return total > 0 ? cubes / total : 0;
}
