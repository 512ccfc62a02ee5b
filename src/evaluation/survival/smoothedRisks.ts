import { quantileOfSorted } from '../../numeric/quantile.js';
import { smallCox } from './smallCox.js';
import type { SurvivalSample } from './survivalSample.js';

/** What was observed as a function of what was promised, by position; and how the one goes with the other. */
export interface SmoothedRisks {
  /** The probability of the event by the horizon that the data give to those promised as much as each row; null where the data do not determine a curve. */
  readonly observed: Float64Array | null;
  /** Coefficient of the log of the promised cumulative hazard, with its standard error; null likewise. */
  readonly slope: { readonly estimate: number; readonly standardError: number } | null;
}

/**
 * The smooth calibration curve of Austin, Harrell and van Klaveren (2020): proportional hazards on log(-log survival promised), as a restricted cubic spline with knots at
 * its 10th, 50th and 90th percentile, a line where those coincide. Rows in the order of their durations. O(n log n).
 */
export function smoothedRisks(rows: SurvivalSample, survival: Float64Array, horizon: number): SmoothedRisks {
  // Certainties would lie infinitely far out.
  const line = survival.map((share) => Math.log(-Math.log(Math.min(1 - 2 ** -53, Math.max(2 ** -53, share)))));
  const straight = smallCox(rows, [line], horizon);
  if (straight === null) return { observed: null, slope: null };
  const slope = { estimate: straight.coefficients[0]!, standardError: Math.sqrt(straight.covariance[0]!) };
  const columns = [line, ...bend(line)];
  const fit = columns.length === 1 ? straight : (smallCox(rows, columns, horizon) ?? straight);
  const observed = line.map((_, k) => {
    let eta = 0;
    for (let j = 0; j < fit.coefficients.length; j++) eta += fit.coefficients[j]! * columns[j]![k]!;
    return -Math.expm1(-fit.baseline * Math.exp(eta));
  });
  return { observed, slope };
}

// The one curved column of a restricted cubic spline with three knots (Stone and Koo, 1985; Harrell's scaling); none where knots coincide.
function bend(values: Float64Array): Float64Array[] {
  const sorted = values.slice().sort();
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantileOfSorted(sorted, share)) as [number, number, number];
  if (!(low < middle && middle < high)) return [];
  const cube = (x: number): number => (x > 0 ? x * x * x : 0);
  const scale = (high - low) ** 2;
  return [values.map((x) => (cube(x - low) - (cube(x - middle) * (high - low)) / (high - middle) + (cube(x - high) * (middle - low)) / (high - middle)) / scale)];
}
