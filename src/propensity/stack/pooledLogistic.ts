import { logOdds } from '../../numeric/logOdds.js';
import { logisticMode, type LogisticPoints } from './logisticMode.js';

/** What is believed of the slopes before any product is seen. */
export interface PoolingStart {
  readonly means: readonly number[];
  /** Standard deviation of a slope over products. */
  readonly spreads: readonly number[];
  /** No slope below. */
  readonly bounds: readonly number[];
}

/** Coefficients of all products, in the order of the products. */
export interface PooledCoefficients {
  readonly intercepts: Float64Array;
  /** Row-major, products × columns. */
  readonly slopes: Float64Array;
  /** The slope of a product nothing is known of, and how far products lie from it. */
  readonly means: Float64Array;
  readonly spreads: Float64Array;
}

// The start counts as so many products, for the mean and for the spread of slopes: a few real ones outweigh it.
const MEAN_PRODUCTS = 1;
const SPREAD_PRODUCTS = 2;
const PASSES = 20;

/**
 * A logistic regression for each product whose slopes are drawn to those all products share, the more the less the product's own rows say:
 * mean and spread of the slopes over products are estimated on the way (empirical Bayes by expectation and maximisation, the posterior of a
 * product taken as normal around its mode; Laird and Louis, 1982). The intercept is each product's own, drawn to `rates` with the weight of
 * one row. O(passes × points × columns²), at most 20 passes.
 */
export function pooledLogistic(problems: readonly LogisticPoints[], rates: ArrayLike<number>, start: PoolingStart): PooledCoefficients {
  const width = start.means.length;
  const bounds = Float64Array.from(start.bounds);
  const means = Float64Array.from(start.means);
  const spreads = Float64Array.from(start.spreads);
  const betas = problems.map((_, j) => Float64Array.of(logOdds(rates[j]!), ...means));
  const solve = (tolerance: number): Float64Array[] => {
    const precisions = spreads.map((spread) => 1 / (spread * spread));
    return problems.map((points, j) => logisticMode(points, { means, precisions, trials: 1, rate: rates[j]! }, bounds, betas[j]!, tolerance));
  };
  for (let pass = 0, moved = 1; pass < PASSES && width > 0 && moved > 1e-2; pass++) {
    // A step from where the last pass ended is near enough while the common slopes still move.
    const variances = solve(0.1);
    moved = 0;
    for (let k = 0; k < width; k++) {
      const sum = betas.reduce((total, beta) => total + beta[k + 1]!, MEAN_PRODUCTS * start.means[k]!);
      const mean = sum / (betas.length + MEAN_PRODUCTS);
      let squares = SPREAD_PRODUCTS * start.spreads[k]! * start.spreads[k]!;
      betas.forEach((beta, j) => (squares += (beta[k + 1]! - mean) ** 2 + variances[j]![k]!));
      const spread = Math.sqrt(squares / (betas.length + SPREAD_PRODUCTS));
      moved = Math.max(moved, Math.abs(mean - means[k]!), Math.abs(spread - spreads[k]!));
      means[k] = mean;
      spreads[k] = spread;
    }
  }
  solve(1e-10);
  const slopes = new Float64Array(problems.length * width);
  betas.forEach((beta, j) => slopes.set(beta.subarray(1), j * width));
  return { intercepts: Float64Array.from(betas, (beta) => beta[0]!), slopes, means, spreads };
}
