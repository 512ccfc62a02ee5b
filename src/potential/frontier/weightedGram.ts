/** Rows in a block: what stays in the first-level cache while the columns go by. */
const GRAM_ROWS = 1024;

/** The sums of products of all pairs of columns, each row `weights` times; row-major, symmetric. O(rows * columns²). */
export function weightedGram(columns: readonly Float64Array[], weights: Float64Array | null): Float64Array {
  const size = columns.length;
  const gram = new Float64Array(size * size);
  const scratch = new Float64Array(GRAM_ROWS);
  const count = columns[0]?.length ?? 0;
  for (let start = 0; start < count; start += GRAM_ROWS) {
    const rows = Math.min(GRAM_ROWS, count - start);
    const views = columns.map((column) => column.subarray(start, start + rows));
    for (let j = 0; j < size; j++) {
      const left = views[j]!;
      if (weights === null) scratch.set(left);
      else for (let i = 0; i < rows; i++) scratch[i] = left[i]! * weights[start + i]!;
      addProducts(gram.subarray(j * size, (j + 1) * size), scratch, views, 0, j + 1, rows);
    }
  }
  for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) gram[k * size + j] = gram[j * size + k]!;
  return gram;
}

/** sums[k] += the sum over rows of values * column k, for the columns from `from` to before `end`: four at once keep the arithmetic units busy. */
export function addProducts(sums: Float64Array, values: Float64Array, columns: readonly Float64Array[], from: number, end: number, rows: number): void {
  let k = from;
  for (; k + 3 < end; k += 4) addFour(sums, values, columns[k]!, columns[k + 1]!, columns[k + 2]!, columns[k + 3]!, k, rows);
  for (; k < end; k++) {
    const column = columns[k]!;
    let [even, odd] = [0, 0];
    let i = 0;
    for (; i + 1 < rows; i += 2) {
      even += values[i]! * column[i]!;
      odd += values[i + 1]! * column[i + 1]!;
    }
    sums[k]! += i < rows ? even + odd + values[i]! * column[i]! : even + odd;
  }
}

function addFour(sums: Float64Array, values: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array, k: number, rows: number): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const x = values[i]!;
    s0 += x * a[i]!;
    s1 += x * b[i]!;
    s2 += x * c[i]!;
    s3 += x * d[i]!;
  }
  sums[k]! += s0;
  sums[k + 1]! += s1;
  sums[k + 2]! += s2;
  sums[k + 3]! += s3;
}
