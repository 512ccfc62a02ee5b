import type { Program } from './program.js';

/** Relative to the terms that make it up, a reduced cost nearer to 0 than this is 0. */
const REDUCED_COST = 1e-11;
/** Relative to the largest price. */
const ROUNDING = 1e-14;

/**
 * Prices moved by what rounding may hide, so that one product with a column tells whether its reduced cost is surely negative: with
 * `direction` -1 the product is lower by the tolerance than with the bare prices, with 1 higher. Inputs are positive in a column, outputs negative.
 */
export function movedPrices({ technology: { inputCount, outputCount, rowCount } }: Program, prices: Float64Array, noise: Float64Array, direction: 1 | -1, moved: Float64Array): void {
  for (let i = 0; i < rowCount; i++) {
    const tolerance = REDUCED_COST * Math.abs(prices[i]!) + ROUNDING * noise[i]!;
    moved[i] = prices[i]! + (i >= inputCount && i < inputCount + outputCount ? -direction : direction) * tolerance;
  }
}

/** Prices times a column. */
export function product(prices: Float64Array, columns: Float64Array, from: number, rowCount: number): number {
  let sum = 0;
  for (let i = 0; i < rowCount; i++) sum += prices[i]! * columns[from + i]!;
  return sum;
}

/** The sum of the terms of {@link product}, each without its sign. */
export function magnitude(prices: Float64Array, columns: Float64Array, from: number, rowCount: number): number {
  let sum = 0;
  for (let i = 0; i < rowCount; i++) sum += Math.abs(prices[i]! * columns[from + i]!);
  return sum;
}
