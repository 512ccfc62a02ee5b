import type { ElasticNet } from '../../../src/learners/elasticNet/elasticNet.js';

/** What the check needs to know of a model. */
export type FittedCoefficients = Pick<ElasticNet, 'coefficients' | 'classes' | 'family' | 'lambda' | 'mixing'>;

/** A problem as a dense matrix: one row a row of data, the columns of the coefficients, without the intercept. */
export interface DenseProblem {
  readonly rows: readonly (readonly number[])[];
  /** 1 or 0, a number, a count, or the position of the class. */
  readonly y: readonly number[];
  readonly weights?: readonly number[];
  readonly offset?: readonly number[];
  /** By column: 1 or -1 where the sign is given. */
  readonly signs?: readonly number[];
}

/**
 * How far a model is from the conditions of Karush, Kuhn and Tucker for the objective of glmnet, from its raw coefficients and by nothing but
 * the definition: for every standardised column, mean((mean - y) x) + lambda ((1 - mixing) b + mixing s) = 0 with s the sign of b, or in [-1, 1] where b is 0;
 * for numbers b is divided by the standard deviation of the target (less the offset), as in glmnet.
 */
export function worstViolation(model: FittedCoefficients, { rows, y, weights = y.map(() => 1), offset = y.map(() => 0), signs = [] }: DenseProblem): number {
  const total = sum(weights);
  const classes = model.classes?.length ?? 1;
  const width = model.coefficients.length / classes;
  const raw = Array.from({ length: classes }, (_, k) => model.coefficients.slice(k * width, (k + 1) * width).map(({ estimate }) => estimate));
  const residuals = rows.map((row, i) => {
    const eta = raw.map(([intercept, ...slopes]) => intercept! + offset[i]! + sum(slopes.map((slope, j) => slope * row[j]!)));
    return meansOf(model, eta).map((mean, k) => weights[i]! * (mean - (classes > 1 ? Number(y[i] === k) : y[i]!)));
  });
  const distances = y.map((value, i) => value - offset[i]!);
  const middle = sum(distances.map((value, i) => weights[i]! * value)) / total;
  const unit = model.family === 'gaussian' ? Math.sqrt(sum(distances.map((value, i) => weights[i]! * (value - middle) ** 2)) / total) : 1;
  let worst = 0;
  for (let k = 0; k < classes; k++) {
    worst = Math.max(worst, Math.abs(sum(residuals.map((r) => r[k]!)) / total));
    for (let j = 0; j < width - 1; j++) {
      const center = sum(rows.map((row, i) => weights[i]! * row[j]!)) / total;
      const scale = Math.sqrt(sum(rows.map((row, i) => weights[i]! * (row[j]! - center) ** 2)) / total);
      if (!(scale > 1e-12 * Math.abs(center))) continue;
      const slope = sum(rows.map((row, i) => residuals[i]![k]! * (row[j]! - center))) / scale / total;
      const b = raw[k]![j + 1]! * scale;
      const sign = signs[j] ?? 0;
      if (b * sign < 0) return Infinity;
      const violation = b !== 0 ? Math.abs(slope + model.lambda * (((1 - model.mixing) * b) / unit + model.mixing * Math.sign(b))) : slope * sign > 0 ? 0 : Math.abs(slope) - model.lambda * model.mixing;
      worst = Math.max(worst, violation);
    }
  }
  return worst;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function meansOf({ family }: FittedCoefficients, eta: readonly number[]): number[] {
  if (family === 'gaussian') return [...eta];
  if (family === 'poisson') return eta.map(Math.exp);
  if (family === 'binomial') return eta.map((value) => 1 / (1 + Math.exp(-value)));
  const powers = eta.map((value) => Math.exp(value - Math.max(...eta)));
  return powers.map((power) => power / sum(powers));
}
