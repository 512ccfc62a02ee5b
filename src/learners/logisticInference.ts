import { choleskyInPlace, choleskyInverse } from '../numeric/cholesky.js';
import { normalQuantile, twoSidedNormalP } from '../numeric/normal.js';
import { LogisticPass, type LogisticProblem } from './logisticPass.js';
import type { LogisticCoefficient } from './logisticState.js';
import { BLOCK_ROWS } from './logisticKernel.js';
import type { DesignColumn } from './logisticDesign.js';

/** The inverse Hessian, row-major: the covariance of the estimates where the model holds. Null where the Hessian is singular. */
export function modelCovariance(hessian: Float64Array, size: number): Float64Array | null {
  const factor = hessian.slice();
  return choleskyInPlace(factor, size) ? choleskyInverse(factor, size) : null;
}

/**
 * H^-1 M H^-1 with M the sum of squared scores (HC0; White, 1982), or of squared sums of scores within clusters (Liang and Zeger, 1986);
 * without a small-sample factor.
 */
export function sandwich(problem: LogisticProblem, beta: Float64Array, inverse: Float64Array, clusters: Int32Array | null): Float64Array {
  const pass = new LogisticPass(problem);
  const meat = clusters === null ? scoreSquares(pass, beta) : clusterSquares(pass, beta, clusters);
  return product(product(inverse, meat, pass.size), inverse, pass.size);
}

// A row of weight w is w rows: the squared scores count w times, not w^2 times.
function scoreSquares(pass: LogisticPass, beta: Float64Array): Float64Array {
  const { weights } = pass.problem;
  pass.evaluate(beta, true, (start, rows) => {
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      pass.roots[i] = w > 0 ? Math.abs(pass.residuals[i]!) / Math.sqrt(w) : 0;
    }
    return 0;
  });
  return pass.hessian;
}

function clusterSquares(pass: LogisticPass, beta: Float64Array, clusters: Int32Array): Float64Array {
  const { size } = pass;
  const count = clusters.reduce((most, code) => Math.max(most, code), -1) + 1;
  const sums = new Float64Array(count * size);
  const scores = new Float64Array(BLOCK_ROWS);
  pass.evaluate(beta, false, (start, rows) => {
    for (let j = 0; j < size; j++) {
      pass.readColumn(j, rows, pass.residuals, scores);
      for (let i = 0; i < rows; i++) sums[clusters[start + i]! * size + j]! += scores[i]!;
    }
    return 0;
  });
  const squares = new Float64Array(size * size);
  for (let g = 0; g < sums.length; g += size) {
    for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) squares[j * size + k]! += sums[g + j]! * sums[g + k]!;
  }
  return squares;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) c[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
  return c;
}

/** Coefficients of standardised columns on the raw scale: b_j / s_j, and the intercept less the sum of b_j m_j / s_j. */
export function rawCoefficients(columns: readonly DesignColumn[], beta: Float64Array): Float64Array {
  const raw = beta.slice();
  columns.forEach(({ center, scale }, j) => {
    raw[j + 1]! /= scale;
    raw[0]! -= raw[j + 1]! * center;
  });
  return raw;
}

/** T C T' for the T of {@link rawCoefficients}. */
export function rawCovariance(columns: readonly DesignColumn[], covariance: Float64Array): Float64Array {
  const size = columns.length + 1;
  const transformRows = (matrix: Float64Array): Float64Array => {
    const to = new Float64Array(size * size);
    for (let k = 0; k < size; k++) {
      const column = rawCoefficients(columns, Float64Array.from({ length: size }, (_, j) => matrix[j * size + k]!));
      // Transposed on the way, so that doing it twice transforms both sides.
      column.forEach((value, j) => (to[k * size + j] = value));
    }
    return to;
  };
  return transformRows(transformRows(covariance));
}

/** One line of the table of coefficients; without a standard error only the estimate. */
export function coefficientLine(name: string, estimate: number, variance: number | null, confidence: number): LogisticCoefficient {
  if (variance === null) return { name, estimate, standardError: null, z: null, p: null, lower: null, upper: null };
  const standardError = Math.sqrt(Math.max(0, variance));
  const z = standardError > 0 ? estimate / standardError : 0;
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  return { name, estimate, standardError, z, p: twoSidedNormalP(z), lower: estimate - reach, upper: estimate + reach };
}
