/** Rows worked on together, so that what they are multiplied by is read from memory once for all of them. */
const BLOCK = 16;

/**
 * The inverse of a symmetric positive definite matrix (row-major, the lower triangle is read) as a new one, symmetric to the bit; null when it is not
 * positive definite. For n in the hundreds and thousands: Cholesky factor L, its inverse and their product L^-T L^-1 in tiles of 4 x 2 sums
 * on one copy of the matrix, n^3 / 2 multiplications in all. cholesky.ts has the simpler loops that small systems of equations need.
 */
export function invertPositive(matrix: Float64Array, n: number): Float64Array | null {
  // Whole tiles only: what is missing to a multiple of 4 is the identity, which is its own inverse.
  const size = (n + 3) & ~3;
  const a = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    if (i < n) a.set(matrix.subarray(i * n, i * n + i + 1), i * size);
    else a[i * size + i] = 1;
  }
  const tile = new Float64Array(8);
  if (!factorise(a, size, tile)) return null;
  invertFactor(a, size, tile);
  multiplyFactors(a, size, tile);
  const inverse = size === n ? a : new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) inverse[j * n + i] = inverse[i * n + j] = a[i * size + j]!;
  }
  return inverse;
}

// The lower triangle becomes L, its diagonal the reciprocals of L's: L_ij = (A_ij - sum_k<j L_ik L_jk) / L_jj.
function factorise(a: Float64Array, n: number, tile: Float64Array): boolean {
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(from + BLOCK, n);
    for (let j = 0; j < from; j += 2) {
      for (let i = from; i < to; i += 4) factorTile(a, n, i, j, tile);
    }
    for (let i = from; i < to; i += 4) {
      for (let j = from; j < i; j += 2) factorTile(a, n, i, j, tile);
      if (!factorCorner(a, n, i)) return false;
    }
  }
  return true;
}

function factorTile(a: Float64Array, n: number, i: number, j: number, tile: Float64Array): void {
  dotRows(a, n, i, j, 0, j, tile);
  const first = a[j * n + j]!;
  const second = a[j * n + n + j + 1]!;
  const between = a[j * n + n + j]!;
  for (let r = 0, at = i * n + j; r < 8; r += 2, at += n) {
    const x = (a[at]! - tile[r]!) * first;
    a[at] = x;
    a[at + 1] = (a[at + 1]! - tile[r + 1]! - x * between) * second;
  }
}

function factorCorner(a: Float64Array, n: number, i: number): boolean {
  for (let r = i; r < i + 4; r++) {
    for (let j = i; j <= r; j++) {
      let sum = a[r * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[r * n + k]! * a[j * n + k]!;
      if (j < r) a[r * n + j] = sum * a[j * n + j]!;
      // Written so that NaN fails too.
      else if (sum > 0 && sum < Number.POSITIVE_INFINITY) a[r * n + r] = 1 / Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

// The upper triangle becomes W = L^-T: W_ji = -(sum_j<=k<i L_ik W_jk) / L_ii, W_jj = 1 / L_jj.
function invertFactor(a: Float64Array, n: number, tile: Float64Array): void {
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(from + BLOCK, n);
    for (let i = from; i < n; i += 4) {
      const end = Math.min(i, to);
      for (let j = from; j < end; j += 2) invertTile(a, n, i, j, tile);
      if (i < to) invertCorner(a, n, i);
    }
  }
}

function invertTile(a: Float64Array, n: number, i: number, j: number, tile: Float64Array): void {
  // Row j + 1 of W begins at its diagonal: columns j and j + 1 apart, then the tile.
  dotRows(a, n, i, j, j + 2, i, tile);
  for (let c = 0; c < 2; c++) {
    const row = (j + c) * n;
    for (let r = 0; r < 4; r++) {
      const l = (i + r) * n;
      let sum = tile[2 * r + c]! + a[l + j + 1]! * a[row + j + 1]!;
      if (c === 0) sum += a[l + j]! * a[row + j]!;
      for (let k = i; k < i + r; k++) sum += a[l + k]! * a[row + k]!;
      a[row + i + r] = -sum * a[l + i + r]!;
    }
  }
}

function invertCorner(a: Float64Array, n: number, i: number): void {
  for (let j = i; j < i + 4; j++) {
    for (let r = j + 1; r < i + 4; r++) {
      let sum = 0;
      for (let k = j; k < r; k++) sum += a[r * n + k]! * a[j * n + k]!;
      a[j * n + r] = -sum * a[r * n + r]!;
    }
  }
}

// The lower triangle becomes the inverse: P_ij = sum_k>=i W_ik W_jk for j <= i.
function multiplyFactors(a: Float64Array, n: number, tile: Float64Array): void {
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(from + BLOCK, n);
    for (let j = 0; j < to; j += 2) {
      for (let i = Math.max(from, (j & ~3) + 4); i < to; i += 4) multiplyTile(a, n, i, j, tile);
    }
    for (let i = from; i < to; i += 4) multiplyCorner(a, n, i);
  }
}

function multiplyTile(a: Float64Array, n: number, i: number, j: number, tile: Float64Array): void {
  dotRows(a, n, i, j, i + 4, n, tile);
  for (let r = 0; r < 4; r++) {
    const row = (i + r) * n;
    for (let c = 0; c < 2; c++) {
      let sum = tile[2 * r + c]!;
      for (let k = i + r; k < i + 4; k++) sum += a[row + k]! * a[(j + c) * n + k]!;
      a[row + j + c] = sum;
    }
  }
}

function multiplyCorner(a: Float64Array, n: number, i: number): void {
  // From the top: a row's diagonal is overwritten only when no row above needs it, and none below does.
  for (let j = i; j < i + 4; j++) {
    for (let r = i + 3; r >= j; r--) {
      let sum = 0;
      for (let k = r; k < n; k++) sum += a[r * n + k]! * a[j * n + k]!;
      a[r * n + j] = sum;
    }
  }
}

// Products of rows i to i + 3 with rows j and j + 1 over the columns from `from` to `to`: eight sums at once keep the arithmetic units busy.
function dotRows(a: Float64Array, n: number, i: number, j: number, from: number, to: number, tile: Float64Array): void {
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  let p0 = i * n + from;
  let p1 = p0 + n;
  let p2 = p1 + n;
  let p3 = p2 + n;
  let q0 = j * n + from;
  let q1 = q0 + n;
  for (const end = i * n + to; p0 < end; p0++, p1++, p2++, p3++, q0++, q1++) {
    const x = a[q0]!;
    const y = a[q1]!;
    let v = a[p0]!;
    s00 += v * x;
    s01 += v * y;
    v = a[p1]!;
    s10 += v * x;
    s11 += v * y;
    v = a[p2]!;
    s20 += v * x;
    s21 += v * y;
    v = a[p3]!;
    s30 += v * x;
    s31 += v * y;
  }
  tile[0] = s00;
  tile[1] = s01;
  tile[2] = s10;
  tile[3] = s11;
  tile[4] = s20;
  tile[5] = s21;
  tile[6] = s30;
  tile[7] = s31;
}
