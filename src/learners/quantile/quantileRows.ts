/** Rows of a quantile regression: a number for each column of the design, a target and a weight above 0 each. */
export interface QuantileRows {
  /** Columns of full rank, a number a row. */
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly weights: Float64Array;
}

/** Rows in a block: its sums stay in the first-level cache while the columns go by. */
const BLOCK_ROWS = 1024;

/** to = start + sign X b. Four columns at a time keep the arithmetic units busy. O(rows * columns). */
export function multiply(columns: readonly Float64Array[], b: Float64Array, sign: number, to: Float64Array, start: Float64Array | null): Float64Array {
  for (let from = 0; from < to.length; from += BLOCK_ROWS) {
    const end = Math.min(from + BLOCK_ROWS, to.length);
    for (let i = from; i < end; i++) to[i] = start === null ? 0 : start[i]!;
    for (let k = 0; k < b.length; k += 4) {
      const c0 = columns[k]!;
      const c1 = columns[k + 1] ?? c0;
      const c2 = columns[k + 2] ?? c0;
      const c3 = columns[k + 3] ?? c0;
      const b0 = sign * b[k]!;
      const b1 = sign * (b[k + 1] ?? 0);
      const b2 = sign * (b[k + 2] ?? 0);
      const b3 = sign * (b[k + 3] ?? 0);
      for (let i = from; i < end; i++) to[i]! += c0[i]! * b0 + c1[i]! * b1 + (c2[i]! * b2 + c3[i]! * b3);
    }
  }
  return to;
}

/** X'v, v being a number a row. O(rows * columns). */
export function sumRows(columns: readonly Float64Array[], v: Float64Array): Float64Array {
  const sums = new Float64Array(columns.length);
  for (let k = 0; k < columns.length; k += 2) {
    const c0 = columns[k]!;
    const c1 = columns[k + 1] ?? c0;
    let s0 = 0;
    let s1 = 0;
    for (let i = 0; i < v.length; i++) {
      const x = v[i]!;
      s0 += x * c0[i]!;
      s1 += x * c1[i]!;
    }
    sums[k] = s0;
    if (k + 1 < sums.length) sums[k + 1] = s1;
  }
  return sums;
}

/** Some of the rows, in their order. */
export function pickRows({ columns, target, weights }: QuantileRows, rows: Int32Array): QuantileRows {
  const pick = (values: Float64Array): Float64Array => {
    const picked = new Float64Array(rows.length);
    for (let i = 0; i < picked.length; i++) picked[i] = values[rows[i]!]!;
    return picked;
  };
  return { columns: columns.map(pick), target: pick(target), weights: pick(weights) };
}
