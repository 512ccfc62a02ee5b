/** Overwrites the lower triangle of a symmetric n x n matrix (row-major) by L with L L' = a; false when a is not positive definite. O(n^3). */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    subtractProducts(a, n, j);
    const pivot = a[j * n + j]!;
    // Written so that NaN fails too.
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return false;
    const root = Math.sqrt(pivot);
    a[j * n + j] = root;
    for (let i = j + 1; i < n; i++) a[i * n + j]! /= root;
  }
  return true;
}

/** From column j, at and below the diagonal, what the columns before it account for. */
function subtractProducts(a: Float64Array, n: number, j: number): void {
  const top = j * n;
  let i = j;
  // Four rows at once keep the arithmetic units busy; each sum runs in the order it would have alone.
  for (; i + 3 < n; i += 4) {
    const r0 = i * n;
    const r1 = r0 + n;
    const r2 = r1 + n;
    const r3 = r2 + n;
    let s0 = a[r0 + j]!;
    let s1 = a[r1 + j]!;
    let s2 = a[r2 + j]!;
    let s3 = a[r3 + j]!;
    for (let k = 0; k < j; k++) {
      const x = a[top + k]!;
      s0 -= a[r0 + k]! * x;
      s1 -= a[r1 + k]! * x;
      s2 -= a[r2 + k]! * x;
      s3 -= a[r3 + k]! * x;
    }
    a[r0 + j] = s0;
    a[r1 + j] = s1;
    a[r2 + j] = s2;
    a[r3 + j] = s3;
  }
  for (; i < n; i++) {
    let sum = a[i * n + j]!;
    for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[top + k]!;
    a[i * n + j] = sum;
  }
}

/** Overwrites b by the solution x of L L' x = b, L from {@link choleskyInPlace}; returns b. O(n^2). */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array): Float64Array {
  forwardSubstitute(l, n, n, b);
  backSubstitute(l, n, n, b);
  return b;
}

/** The full symmetric inverse of L L' as a new row-major matrix, L from {@link choleskyInPlace}; l is left as it is. O(n^3). */
export function choleskyInverse(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolve(l, n, column);
    // The lower triangle is mirrored, so that the result is symmetric to the bit.
    for (let i = j; i < n; i++) {
      inverse[i * n + j] = column[i]!;
      inverse[j * n + i] = column[i]!;
    }
  }
  return inverse;
}

/** What {@link pivotedCholesky} found. */
export interface PivotedCholesky {
  /** How many columns are linearly independent. */
  readonly rank: number;
  /** Column indexes: the `rank` independent ones in their given order, then the dependent ones in theirs. */
  readonly order: Uint32Array;
  /** n x n row-major; row k belongs to column order[k]: the factor L of the independent columns on top, projections of the dependent ones below. */
  readonly factor: Float64Array;
}

/**
 * Which columns of a symmetric positive semidefinite matrix are independent, earlier ones winning over later ones (the limited pivoting of
 * LINPACK's dqrdc2): column j is dependent when its residual variance given the columns kept so far is at most tolerance times its own.
 * The matrix is left as it is. O(n^3).
 */
export function pivotedCholesky(a: Float64Array, n: number, tolerance: number): PivotedCholesky {
  const kept: number[] = [];
  const dependent: number[] = [];
  const rows: Float64Array[] = [];
  const projections: Float64Array[] = [];
  for (let j = 0; j < n; j++) {
    const row = new Float64Array(n);
    let residual = a[j * n + j]!;
    for (let k = 0; k < kept.length; k++) {
      const previous = rows[k]!;
      let sum = a[j * n + kept[k]!]!;
      for (let m = 0; m < k; m++) sum -= row[m]! * previous[m]!;
      row[k] = sum / previous[k]!;
      residual -= row[k]! * row[k]!;
    }
    if (residual > tolerance * a[j * n + j]!) {
      row[kept.length] = Math.sqrt(residual);
      kept.push(j);
      rows.push(row);
    } else {
      dependent.push(j);
      projections.push(row);
    }
  }
  const factor = new Float64Array(n * n);
  [...rows, ...projections].forEach((row, k) => factor.set(row, k * n));
  return { rank: kept.length, order: Uint32Array.from([...kept, ...dependent]), factor };
}

/** Weights on the independent columns, in the order of `order`, that make up the dependent column order[rank + k]. O(rank^2). */
export function dependenceWeights(decomposition: PivotedCholesky, k: number): Float64Array {
  const { rank, order, factor } = decomposition;
  const n = order.length;
  const weights = factor.slice((rank + k) * n, (rank + k) * n + rank);
  return backSubstitute(factor, n, rank, weights);
}

// L y = b for the leading `size` rows of a matrix with `stride` columns.
function forwardSubstitute(l: Float64Array, stride: number, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * stride + k]! * b[k]!;
    b[i] = sum / l[i * stride + i]!;
  }
}

// L' x = y, row by row of L so that memory is read in order.
function backSubstitute(l: Float64Array, stride: number, size: number, b: Float64Array): Float64Array {
  for (let i = size - 1; i >= 0; i--) {
    const x = b[i]! / l[i * stride + i]!;
    b[i] = x;
    for (let k = 0; k < i; k++) b[k] = b[k]! - l[i * stride + k]! * x;
  }
  return b;
}
