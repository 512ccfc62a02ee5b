/**
 * The inner loops of logistic regression, over one block of rows at a time. A block of a column is an array of its own: V8 then needs no
 * index arithmetic. Four columns (nine products in the Gram matrix) are read together, which keeps the arithmetic units busy without SIMD.
 */

/** Rows in a block: a block of 20 columns stays in the second-level cache. */
export const BLOCK_ROWS = 1024;

/** eta[i] += sum over the columns j..j+3 of (x - center) * slope. */
export function addFourColumns(eta: Float64Array, rows: number, columns: readonly Float64Array[], centers: Float64Array, slopes: Float64Array, j: number): void {
  const x0 = columns[j]!;
  const x1 = columns[j + 1]!;
  const x2 = columns[j + 2]!;
  const x3 = columns[j + 3]!;
  const c0 = centers[j]!;
  const c1 = centers[j + 1]!;
  const c2 = centers[j + 2]!;
  const c3 = centers[j + 3]!;
  const b0 = slopes[j]!;
  const b1 = slopes[j + 1]!;
  const b2 = slopes[j + 2]!;
  const b3 = slopes[j + 3]!;
  for (let i = 0; i < rows; i++) eta[i]! += (x0[i]! - c0) * b0 + (x1[i]! - c1) * b1 + (x2[i]! - c2) * b2 + (x3[i]! - c3) * b3;
}

/** sums[j..j+3] += sum over rows of residual * (x - center). */
export function addFourProducts(sums: Float64Array, rows: number, residuals: Float64Array, columns: readonly Float64Array[], centers: Float64Array, j: number): void {
  const x0 = columns[j]!;
  const x1 = columns[j + 1]!;
  const x2 = columns[j + 2]!;
  const x3 = columns[j + 3]!;
  const c0 = centers[j]!;
  const c1 = centers[j + 1]!;
  const c2 = centers[j + 2]!;
  const c3 = centers[j + 3]!;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < rows; i++) {
    const r = residuals[i]!;
    s0 += r * (x0[i]! - c0);
    s1 += r * (x1[i]! - c1);
    s2 += r * (x2[i]! - c2);
    s3 += r * (x3[i]! - c3);
  }
  sums[j]! += s0;
  sums[j + 1]! += s1;
  sums[j + 2]! += s2;
  sums[j + 3]! += s3;
}

/**
 * The part of a pass that knows the model: from eta of a block of rows the residuals (derivatives of the loss by eta, times the weight) and,
 * where asked, square roots of the curvature; adds up loss and residuals.
 */
export type RowLoss = (
  sums: BlockSums,
  rows: number,
  eta: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  start: number,
  residuals: Float64Array,
  roots: Float64Array | null,
) => void;

/** What a {@link RowLoss} sums on the way. */
export interface BlockSums {
  loss: number;
  residuals: number;
}

/**
 * Residuals p - y (times the weight) of a block and, where asked, square roots of the curvature w p (1 - p); adds up loss and residuals.
 * With e = exp(-|eta|) nothing overflows. The loss sums log(1 + e): one logarithm does for the product of many rows.
 */
export function logisticResiduals(
  sums: BlockSums,
  rows: number,
  eta: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  start: number,
  residuals: Float64Array,
  roots: Float64Array | null,
): void {
  let loss = 0;
  let product = 1;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const z = eta[i]!;
    const outcome = y[start + i]!;
    const e = Math.exp(z > 0 ? -z : z);
    const d = 1 / (1 + e);
    const w = weights === null ? 1 : weights[start + i]!;
    if (weights !== null) loss += w * Math.log1p(e);
    else if ((product *= 1 + e) > 1e300) {
      loss += Math.log(product);
      product = 1;
    }
    const residual = w * ((z > 0 ? d : e * d) - outcome);
    loss += w * ((z > 0 ? z : 0) - outcome * z);
    total += residual;
    residuals[i] = residual;
    if (roots !== null) roots[i] = Math.sqrt(w * e) * d;
  }
  sums.loss += loss + Math.log(product);
  sums.residuals += total;
}

/** h += the Gram matrix of the columns (a multiple of 3 of them), lower triangle in tiles of 3 x 3: nine products for six loads, what sixteen registers hold. */
export function addGram(h: Float64Array, columns: readonly Float64Array[], rows: number): void {
  for (let j = 0; j < columns.length; j += 3) for (let k = 0; k <= j; k += 3) addTile(h, columns, rows, j, k);
}

function addTile(h: Float64Array, columns: readonly Float64Array[], rows: number, j: number, k: number): void {
  const x0 = columns[j]!;
  const x1 = columns[j + 1]!;
  const x2 = columns[j + 2]!;
  const y0 = columns[k]!;
  const y1 = columns[k + 1]!;
  const y2 = columns[k + 2]!;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  for (let i = 0; i < rows; i++) {
    const u0 = x0[i]!;
    const u1 = x1[i]!;
    const u2 = x2[i]!;
    const v0 = y0[i]!;
    const v1 = y1[i]!;
    const v2 = y2[i]!;
    s00 += u0 * v0;
    s01 += u0 * v1;
    s02 += u0 * v2;
    s10 += u1 * v0;
    s11 += u1 * v1;
    s12 += u1 * v2;
    s20 += u2 * v0;
    s21 += u2 * v1;
    s22 += u2 * v2;
  }
  const row0 = j * columns.length + k;
  const row1 = row0 + columns.length;
  const row2 = row1 + columns.length;
  h[row0]! += s00;
  h[row0 + 1]! += s01;
  h[row0 + 2]! += s02;
  h[row1]! += s10;
  h[row1 + 1]! += s11;
  h[row1 + 2]! += s12;
  h[row2]! += s20;
  h[row2 + 1]! += s21;
  h[row2 + 2]! += s22;
}
