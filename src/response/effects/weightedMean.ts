import type { Estimate } from '../../numeric/estimate.js';

/** Mean and standard error of rows of which each stands for as many as its weight says. */
export function weightedMean(values: Float64Array, weights: Float64Array | null): { readonly mean: number; readonly standardError: number; readonly size: number } {
  let [sum, size] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    sum += w * values[row]!;
    size += w;
  }
  const mean = sum / size;
  let squares = 0;
  for (let row = 0; row < values.length; row++) squares += (weights === null ? 1 : weights[row]!) * (values[row]! - mean) ** 2;
  return { mean, standardError: size > 1 ? Math.sqrt(squares / (size - 1) / size) : Infinity, size };
}

/** The same as an interval of z standard errors. */
export function meanEstimate(values: Float64Array, weights: Float64Array | null, z: number): Estimate {
  const { mean, standardError } = weightedMean(values, weights);
  return { estimate: mean, lower: mean - z * standardError, upper: mean + z * standardError };
}
