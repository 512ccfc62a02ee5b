import { coefficientLine } from '../../learners/logisticInference.js';
import type { DesignColumn } from '../../learners/logisticDesign.js';
import type { LogisticCoefficient } from '../../learners/logisticState.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { AcceleratedCoefficient, ScaleFigure } from './acceleratedState.js';

/** The coordinates of the fit: b / scale of standardised columns, 1 / scale of scaled times. */
export interface ScaledFit {
  /** b / scale, the intercept first. */
  readonly line: ArrayLike<number>;
  /** 1 / scale of scaled times. */
  readonly inverse: number;
  /** Whether 1 / scale was estimated: it is the last row of the covariance then. */
  readonly isScaleFree: boolean;
  readonly center: number;
  readonly spread: number;
  /** The columns of the line, without the intercept. */
  readonly columns: readonly DesignColumn[];
}

/** Estimates on the raw scale and the matrix that takes small changes of the fit's coordinates to them; log(scale) last where it was estimated. */
export function rawFigures({ line, inverse, isScaleFree, center, spread, columns }: ScaledFit): { readonly estimates: Float64Array; readonly jacobian: Float64Array } {
  const coefficients = columns.length + 1;
  const size = coefficients + (isScaleFree ? 1 : 0);
  const scale = spread / inverse;
  const estimates = new Float64Array(size);
  const jacobian = new Float64Array(size * size);
  estimates[0] = center + scale * line[0]!;
  jacobian[0] = scale;
  for (let j = 1; j < coefficients; j++) {
    const column = columns[j - 1]!;
    estimates[j] = (scale * line[j]!) / column.scale;
    estimates[0] -= estimates[j]! * column.center;
    jacobian[j * size + j] = scale / column.scale;
    jacobian[j] = (-scale * column.center) / column.scale;
  }
  if (!isScaleFree) return { estimates, jacobian };
  const last = size - 1;
  estimates[last] = Math.log(scale);
  // b falls as 1 / scale rises, all of it but the centre of the times.
  for (let j = 0; j < coefficients; j++) jacobian[j * size + last] = -(estimates[j]! - (j === 0 ? center : 0)) / inverse;
  jacobian[last * size + last] = -1 / inverse;
  return { estimates, jacobian };
}

/** A C A'. O(n³). */
export function transformed(a: Float64Array, covariance: Float64Array, size: number): Float64Array {
  const half = product(a, covariance, size, false);
  return product(half, a, size, true);
}

/** a b, or a b'. */
export function product(a: Float64Array, b: Float64Array, size: number, isTransposed: boolean): Float64Array {
  const c = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) for (let j = 0; j < size; j++) c[i * size + j]! += a[i * size + k]! * (isTransposed ? b[j * size + k]! : b[k * size + j]!);
  }
  return c;
}

/** What a line of the table rests on. */
export interface CoefficientFigures {
  readonly name: string;
  readonly estimate: number;
  readonly variance: number | null;
  /** Minus the logarithm of the hazard ratio and its variance; null where there is none. */
  readonly hazard: { readonly estimate: number; readonly variance: number | null } | null;
  readonly isLog: boolean;
}

/** One line of the table of coefficients. */
export function acceleratedLine({ name, estimate, variance, hazard, isLog }: CoefficientFigures, confidence: number): AcceleratedCoefficient {
  const line: LogisticCoefficient = coefficientLine(name, estimate, variance, confidence);
  const ends: Pick<LogisticCoefficient, 'lower' | 'upper'> = hazard === null ? { lower: null, upper: null } : coefficientLine(name, -hazard.estimate, hazard.variance, confidence);
  return {
    ...line,
    timeRatio: isLog ? finite(Math.exp(estimate)) : null,
    hazardRatio: hazard && finite(Math.exp(-hazard.estimate)),
    hazardRatioLower: ends.lower === null ? null : finite(Math.exp(ends.lower)),
    hazardRatioUpper: ends.upper === null ? null : finite(Math.exp(ends.upper)),
  };
}

/** An estimate with an interval by its logarithm. */
export function scaleFigure(estimate: number, logVariance: number | null, confidence: number): ScaleFigure {
  if (logVariance === null) return { estimate, logStandardError: null, lower: null, upper: null };
  const logStandardError = Math.sqrt(Math.max(0, logVariance));
  const reach = Math.exp(normalQuantile((1 + confidence) / 2) * logStandardError);
  return { estimate, logStandardError, lower: estimate / reach, upper: finite(estimate * reach) };
}

/** The number, or null where it is beyond what JSON can hold. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
