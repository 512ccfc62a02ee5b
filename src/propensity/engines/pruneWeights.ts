import type { SparseRows } from '../../numeric/sparseRows.js';
import type { ProductWeights } from './productWeights.js';

/** The cells of a square matrix that are largest in size, this share of those off the diagonal (ties: the first by row); sparse where that is smaller. */
export function pruneWeights(weights: Float64Array, width: number, density: number): ProductWeights {
  const count = Math.max(1, Math.ceil(density * width * (width - 1) - 1e-9));
  const least = density < 1 ? nthLargest(weights, count) : 0;
  let above = 0;
  for (let e = 0; e < weights.length; e++) if (Math.abs(weights[e]!) > least) above++;
  if (density === 1 && above * 2 >= weights.length) return weights;
  let ties = count - above;
  const offsets = new Uint32Array(width + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (let e = 0; e < weights.length; e++) {
    const size = Math.abs(weights[e]!);
    if (size > 0 && (size > least || (size === least && ties-- > 0))) {
      columns.push(e % width);
      values.push(weights[e]!);
    }
    if ((e + 1) % width === 0) offsets[(e + 1) / width] = columns.length;
  }
  return lighter({ rowCount: width, columnCount: width, offsets, columns: Int32Array.from(columns), values: Float64Array.from(values) });
}

function nthLargest(weights: Float64Array, count: number): number {
  const sizes = weights.map(Math.abs).sort();
  return sizes[sizes.length - count]!;
}

/** The same weights, dense where at least half of the cells are not 0: quicker then, and not larger. */
export function lighter(weights: SparseRows): ProductWeights {
  const { rowCount, columnCount, offsets, columns, values } = weights;
  if (columns.length * 2 < rowCount * columnCount) return weights;
  const dense = new Float64Array(rowCount * columnCount);
  for (let r = 0; r < rowCount; r++) for (let e = offsets[r]!; e < offsets[r + 1]!; e++) dense[r * columnCount + columns[e]!] = values![e]!;
  return dense;
}
