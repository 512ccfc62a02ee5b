import type { SparseRows } from '../../numeric/sparseRows.js';
import { FoldIn, type RowSystem } from './foldIn.js';
import { GradientSteps } from './gradientSteps.js';

/** Rows or columns of the matrix, with their factors. */
export interface FactorSide {
  /** Row-major, each row's multiplied by its root. */
  readonly factors: Float64Array;
  /** Square roots of how many alike each stands for. */
  readonly roots: Float64Array;
}

/** Half a sweep: gives each row of `cells` the factors that fit it best with those of the columns as they are; the sum over rows of 2 b'x - x'Ax. */
export function solveRows(cells: SparseRows, fixed: FactorSide, solved: FactorSide, system: RowSystem, steps: number): number {
  const { width } = system;
  const { offsets, columns, rowCount, columnCount } = cells;
  const limit = steps > 0 ? Math.floor(2 * Math.sqrt(width)) : width;
  const { rows, squares } = countShort(cells, limit);
  // The short way first costs width^2 a column, and pays in short rows only; K costs width a pair of columns.
  const exact = new FoldIn(fixed.factors, fixed.roots, system, 4 * rows > columnCount ? limit : 0, columnCount * columnCount < squares);
  const gradients = new GradientSteps(fixed.factors, fixed.roots, exact.gram, system);
  let explained = 0;
  for (let r = 0; r < rowCount; r++) {
    const from = offsets[r]!;
    const to = offsets[r + 1]!;
    const at = r * width;
    if (from === to) solved.factors.fill(0, at, at + width);
    else if (steps > 0 && to - from > exact.shortest) explained += gradients.approach(columns, from, to, solved.factors, at, solved.roots[r]!, steps);
    else explained += solved.roots[r]! ** 2 * exact.solve(columns, from, to, solved.factors, at, solved.roots[r]!);
  }
  return explained;
}

function countShort({ rowCount, offsets }: SparseRows, limit: number): { rows: number; squares: number } {
  let rows = 0;
  let squares = 0;
  for (let r = 0; r < rowCount; r++) {
    const size = offsets[r + 1]! - offsets[r]!;
    if (size > limit) continue;
    rows++;
    squares += (size * size) / 2;
  }
  return { rows, squares };
}
