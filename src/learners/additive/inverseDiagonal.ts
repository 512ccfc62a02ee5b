/** The diagonal of (L L')^-1 (L lower triangular, n x n, row-major): sums of squares of the columns of L^-1, built row by row. O(n^3 / 6). */
export function inverseDiagonal(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const diagonal = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = inverse.subarray(i * n, i * n + i + 1);
    for (let k = 0; k < i; k++) {
      const t = l[i * n + k]!;
      if (t === 0) continue;
      const top = k * n;
      for (let j = 0; j <= k; j++) row[j]! -= t * inverse[top + j]!;
    }
    row[i] = 1;
    const d = 1 / l[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      row[j]! *= d;
      diagonal[j]! += row[j]! * row[j]!;
    }
  }
  return diagonal;
}
