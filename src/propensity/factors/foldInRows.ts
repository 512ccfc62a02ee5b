import type { SparseRows } from '../../numeric/sparseRows.js';
import { FoldIn, type RowSystem } from './foldIn.js';

/** Up to how many products their squared number of kernel entries is kept: 32 MB. */
const KERNEL_PRODUCTS = 2048;

/** What folds customers into the factors of products. */
export function createFoldIn(factors: Float64Array, system: RowSystem): FoldIn {
  const count = factors.length / system.width;
  return new FoldIn(factors, new Float64Array(count).fill(1), system, system.width, count <= KERNEL_PRODUCTS);
}

/** Scores of the rows `from` to `to`, row-major, into the first places of `out`; a column's own score leaves it out. O(columns * min(holdings, factors)) a row. */
export function scoreRows(foldIn: FoldIn, { offsets, columns, columnCount }: SparseRows, from: number, to: number, out: Float64Array): void {
  for (let r = from; r < to; r++) {
    const [start, end, at] = [offsets[r]!, offsets[r + 1]!, (r - from) * columnCount];
    foldIn.score(columns, start, end, out, at);
    // Without its only holding a row is empty: exactly 0, as other empty rows are, for rounding would tell who holds the product.
    if (end - start === 1) out[at + columns[start]!] = 0;
  }
}

/** Factors of every row; O(factors^2) a row of many holdings, less with few. */
export function foldInRows(foldIn: FoldIn, { rowCount, offsets, columns }: SparseRows): Float64Array {
  const { width } = foldIn.system;
  const factors = new Float64Array(rowCount * width);
  for (let r = 0; r < rowCount; r++) if (offsets[r + 1]! > offsets[r]!) foldIn.solve(columns, offsets[r]!, offsets[r + 1]!, factors, r * width, 1);
  return factors;
}
