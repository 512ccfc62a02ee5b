import type { Estimate } from '../../numeric/estimate.js';
import { skewedQuantile } from '../../numeric/skewedQuantile.js';

/**
 * A sum over cells of the matrix: what it is expected to be, and between which ends what really happens will lie (`lower`, `upper`: chance, and as far as it
 * is known the uncertainty of the probabilities). Ends of units are whole numbers.
 */
export interface PotentialFigure extends Estimate {
  /** Where the true expectation lies: narrower than the ends above, as chance is not in it. Null where nobody knows how sure the probabilities are. */
  readonly expectation: Estimate | null;
  /** The standard error of the expectation, because the probabilities were learnt from finitely many customers. Null where nobody knows. */
  readonly parameterError: number | null;
  /** The standard deviation of the outcome around the true expectation: customers decide by chance, each alone. */
  readonly chanceError: number;
}

/** The moments of a sum over cells: of chance, and of the error of its expectation. */
export interface SumMoments {
  /** How many cells. */
  cells: number;
  mean: number;
  chanceVariance: number;
  chanceThird: number;
  parameterVariance: number;
  parameterThird: number;
  /** The sum cannot be below: all cells with negative weights are taken. */
  least: number;
  /** Nor above: all with positive ones. */
  most: number;
}

/** A sum of nothing. */
export function noMoments(): SumMoments {
  return { cells: 0, mean: 0, chanceVariance: 0, chanceThird: 0, parameterVariance: 0, parameterThird: 0, least: 0, most: 0 };
}

/**
 * The figure of a sum.
 *
 * Both laws are taken as shifted gamma variables of their first three moments: exact enough for a Poisson count of any mean (its quantiles come out right or
 * one off). Ends are kept to what can be: all cells taken that lose, or all that earn.
 */
export function figureOf(moments: SumMoments, z: number, hasParameters: boolean, whole: boolean, shift: number): PotentialFigure {
  const { least, most, mean, chanceVariance, chanceThird, parameterVariance, parameterThird } = moments;
  const estimate = mean + shift;
  const variance = chanceVariance + parameterVariance;
  const third = chanceThird + parameterThird;
  let lower: number;
  let upper: number;
  if (whole) {
    // Of whole numbers the quantile is the step over the smooth one, of which 1/12 of the variance is the width of the steps.
    const smooth = variance > 0.5 ? variance - 1 / 12 : variance;
    lower = Math.max(0, Math.min(Math.floor(mean), Math.ceil(skewedQuantile(-z, mean, smooth, third) - 0.5)));
    upper = Math.min(most, Math.max(Math.ceil(mean), Math.ceil(skewedQuantile(z, mean, smooth, third) - 0.5)));
  } else {
    lower = Math.min(estimate, shift + Math.max(least, skewedQuantile(-z, mean, variance, third)));
    upper = Math.max(estimate, shift + Math.min(most, skewedQuantile(z, mean, variance, third)));
  }
  return {
    estimate,
    lower,
    upper,
    expectation: hasParameters ? expectationOf(moments, z, shift) : null,
    parameterError: hasParameters ? Math.sqrt(parameterVariance) : null,
    chanceError: Math.sqrt(chanceVariance),
  };
}

function expectationOf({ mean, parameterVariance, parameterThird, least, most }: SumMoments, z: number, shift: number): Estimate {
  return {
    estimate: mean + shift,
    lower: Math.min(mean, Math.max(least, skewedQuantile(-z, mean, parameterVariance, parameterThird))) + shift,
    upper: Math.max(mean, Math.min(most, skewedQuantile(z, mean, parameterVariance, parameterThird))) + shift,
  };
}
