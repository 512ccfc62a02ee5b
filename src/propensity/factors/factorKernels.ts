/** F'F + ridge I, both triangles, row-major width × width; `factors` are rows × width, row-major. O(rows * width^2). */
export function regularisedGram(factors: Float64Array, width: number, ridge: number): Float64Array {
  const gram = new Float64Array(width * width);
  const rows = factors.length / width;
  let r = 0;
  // Four rows at once: a quarter of the reads and writes of the sums.
  for (; r + 3 < rows; r += 4) {
    const r0 = r * width;
    const r1 = r0 + width;
    const r2 = r1 + width;
    const r3 = r2 + width;
    for (let a = 0; a < width; a++) addFour(gram, a * width, a, factors, factors[r0 + a]!, r0, factors[r1 + a]!, r1, factors[r2 + a]!, r2, factors[r3 + a]!, r3);
  }
  for (; r < rows; r++) for (let a = 0; a < width; a++) addOne(gram, a * width, a, factors, factors[r * width + a]!, r * width);
  for (let a = 0; a < width; a++) {
    gram[a * width + a]! += ridge;
    for (let b = 0; b < a; b++) gram[b * width + a] = gram[a * width + b]!;
  }
  return gram;
}

/** Adds weight * y y' of some columns to the lower triangle of `squares`, y their factors, and root * y to `sum`. */
export function addSquares(columns: Int32Array, from: number, to: number, factors: Float64Array, roots: Float64Array, weight: number, squares: Float64Array, sum: Float64Array): void {
  const width = sum.length;
  let e = from;
  for (; e + 3 < to; e += 4) {
    const r0 = columns[e]! * width;
    const r1 = columns[e + 1]! * width;
    const r2 = columns[e + 2]! * width;
    const r3 = columns[e + 3]! * width;
    for (let a = 0; a < width; a++) addFour(squares, a * width, a, factors, weight * factors[r0 + a]!, r0, weight * factors[r1 + a]!, r1, weight * factors[r2 + a]!, r2, weight * factors[r3 + a]!, r3);
  }
  for (; e < to; e++) for (let a = 0; a < width; a++) addOne(squares, a * width, a, factors, weight * factors[columns[e]! * width + a]!, columns[e]! * width);
  for (e = from; e < to; e++) addOne(sum, 0, width - 1, factors, roots[columns[e]!]!, columns[e]! * width);
}

/**
 * out += sum over some columns of (shift * root - slope * y'p) y, y their factors; gives the sum of root * y'p.
 * Four columns at once: each value of p and out is read once for all four.
 */
export function addProjections(columns: Int32Array, from: number, to: number, factors: Float64Array, roots: Float64Array, p: Float64Array, shift: number, slope: number, out: Float64Array): number {
  const width = p.length;
  let total = 0;
  let e = from;
  for (; e + 3 < to; e += 4) {
    const c0 = columns[e]!;
    const c1 = columns[e + 1]!;
    const c2 = columns[e + 2]!;
    const c3 = columns[e + 3]!;
    const r0 = c0 * width;
    const r1 = c1 * width;
    const r2 = c2 * width;
    const r3 = c3 * width;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < width; k++) {
      const x = p[k]!;
      s0 += factors[r0 + k]! * x;
      s1 += factors[r1 + k]! * x;
      s2 += factors[r2 + k]! * x;
      s3 += factors[r3 + k]! * x;
    }
    total += roots[c0]! * s0 + roots[c1]! * s1 + roots[c2]! * s2 + roots[c3]! * s3;
    addFour(out, 0, width - 1, factors, shift * roots[c0]! - slope * s0, r0, shift * roots[c1]! - slope * s1, r1, shift * roots[c2]! - slope * s2, r2, shift * roots[c3]! - slope * s3, r3);
  }
  for (; e < to; e++) {
    const root = roots[columns[e]!]!;
    const r = columns[e]! * width;
    const s = dotAt(factors, r, p, 0, width);
    total += root * s;
    addOne(out, 0, width - 1, factors, shift * root - slope * s, r);
  }
  return total;
}

/** rows × width, row-major, times p, into `out` from `at`. */
export function multiplyRows(matrix: Float64Array, rows: number, p: Float64Array, out: Float64Array, at: number): void {
  const width = p.length;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const r0 = i * width;
    const r1 = r0 + width;
    const r2 = r1 + width;
    const r3 = r2 + width;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < width; k++) {
      const x = p[k]!;
      s0 += matrix[r0 + k]! * x;
      s1 += matrix[r1 + k]! * x;
      s2 += matrix[r2 + k]! * x;
      s3 += matrix[r3 + k]! * x;
    }
    out[at + i] = s0;
    out[at + i + 1] = s1;
    out[at + i + 2] = s2;
    out[at + i + 3] = s3;
  }
  for (; i < rows; i++) out[at + i] = dotAt(matrix, i * width, p, 0, width);
}

/** The dot product of `width` values of a from `i` and of b from `j`; two sums, so that one need not wait for the other. */
export function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, width: number): number {
  let even = 0;
  let odd = 0;
  let k = 0;
  for (; k + 1 < width; k += 2) {
    even += a[i + k]! * b[j + k]!;
    odd += a[i + k + 1]! * b[j + k + 1]!;
  }
  return k < width ? even + odd + a[i + k]! * b[j + k]! : even + odd;
}

/** out[at + k] += x * factors[r + k] for k from 0 to `last`. */
export function addOne(out: Float64Array, at: number, last: number, factors: Float64Array, x: number, r: number): void {
  for (let k = 0; k <= last; k++) out[at + k]! += x * factors[r + k]!;
}

function addFour(out: Float64Array, at: number, last: number, factors: Float64Array, x0: number, r0: number, x1: number, r1: number, x2: number, r2: number, x3: number, r3: number): void {
  for (let k = 0; k <= last; k++) out[at + k]! += x0 * factors[r0 + k]! + x1 * factors[r1 + k]! + x2 * factors[r2 + k]! + x3 * factors[r3 + k]!;
}
