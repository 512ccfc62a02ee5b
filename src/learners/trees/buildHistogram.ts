import type { BinTable } from './binTable.js';

/**
 * Sums of gradient and hessian by bin of all features over the rows of positions `start` to `end`: pairs, one a bin, written to `into`.
 * O(rows * features).
 */
export function buildHistogram({ memory, features, rowCount }: BinTable, start: number, end: number, into: Float64Array): void {
  const { histogram, kernels } = memory;
  histogram.fill(0);
  if (kernels === null) addRows(memory.cells, memory.gradients, memory.rows, start, end, Int32Array.from(features, ({ offset }) => 2 * offset), histogram);
  else kernels.build(start, end, (end - start) * 8 < rowCount);
  into.set(histogram);
}

function addRows(cells: Uint8Array, gradients: Float64Array, rows: Int32Array, start: number, end: number, offsets: Int32Array, sums: Float64Array): void {
  const stride = offsets.length;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const gradient = gradients[2 * row]!;
    const hessian = gradients[2 * row + 1]!;
    const base = row * stride;
    for (let feature = 0; feature < stride; feature++) {
      const at = offsets[feature]! + 2 * cells[base + feature]!;
      sums[at]! += gradient;
      sums[at + 1]! += hessian;
    }
  }
}
