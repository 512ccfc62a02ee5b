/** What may be learnt at the positions of a term: coefficients times columns. */
export interface Basis {
  /** width x size, row-major. */
  readonly values: Float64Array;
  /** Columns. */
  readonly size: number;
}

/** Orthonormal contrasts of n positions (Helmert), n - 1 columns that add up to 0; further positions, without rows in training, get none. */
export function contrasts(n: number, width: number = n): Basis {
  const size = Math.max(n - 1, 0);
  const values = new Float64Array(width * size);
  for (let k = 0; k < size; k++) {
    const scale = 1 / Math.sqrt((k + 1) * (k + 2));
    for (let i = 0; i <= k; i++) values[i * size + k] = scale;
    values[(k + 1) * size + k] = -(k + 1) * scale;
  }
  return { values, size };
}

/** A table of two axes without what each says alone: products of their contrasts. */
export function crossBasis(a: Basis, b: Basis): Basis {
  const [widthA, widthB] = [a.values.length / a.size, b.values.length / b.size];
  const size = a.size * b.size;
  const values = new Float64Array(widthA * widthB * size);
  for (let i = 0; i < widthA; i++) {
    for (let j = 0; j < widthB; j++) {
      const row = (i * widthB + j) * size;
      for (let k = 0; k < a.size; k++) for (let l = 0; l < b.size; l++) values[row + k * b.size + l] = a.values[i * a.size + k]! * b.values[j * b.size + l]!;
    }
  }
  return { values, size };
}

/** Columns of n positions side by side, and one more position, for a missing value, with a column of its own where there are any. */
export function joinColumns(columns: readonly Float64Array[], n: number, hasMissing: boolean): Basis {
  const size = columns.length + (hasMissing ? 1 : 0);
  const values = new Float64Array((n + 1) * size);
  columns.forEach((column, k) => {
    for (let i = 0; i < n; i++) values[i * size + k] = column[i]!;
  });
  if (hasMissing) values[n * size + size - 1] = 1;
  return { values, size };
}
