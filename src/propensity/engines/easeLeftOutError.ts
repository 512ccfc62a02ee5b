import type { SparseRows } from '../../numeric/sparseRows.js';
import { easePrecision, type EaseTask } from './learnEase.js';

/** The mean over customers and products of the squared error of scores that leave the customer out: what a ridge is chosen by. */
export function easeLeftOutError(task: EaseTask, ridge: number): number {
  const precision = easePrecision(task, ridge);
  const { rowCount, columnCount } = task.held;
  const diagonal = Float64Array.from({ length: columnCount }, (_, j) => precision[j * columnCount + j]!);
  const residuals = new Float64Array(columnCount);
  let sum = 0;
  for (let r = 0; r < rowCount; r++) {
    leftOutResiduals(task.held, precision, diagonal, r, residuals);
    for (let j = 0; j < columnCount; j++) sum += residuals[j]! * residuals[j]!;
  }
  return sum / (rowCount * columnCount);
}

/**
 * What each active product of one customer is beside its score, had the customer not been learnt from: exact, without fitting again. Ridge regressions leave a row
 * out in closed form (residual / (1 - leverage)); with v = P x the residual of column j is v_j / P_jj and the leverage x'v - v_j^2 / P_jj, whether or not j is held:
 * (v_j / P_jj) / (1 - x'v + v_j^2 / P_jj). O(holdings × products).
 */
function leftOutResiduals({ offsets, columns }: SparseRows, precision: Float64Array, diagonal: Float64Array, row: number, out: Float64Array): void {
  const n = diagonal.length;
  const from = offsets[row]!;
  const to = offsets[row + 1]!;
  const first = columns[from]! * n;
  for (let j = 0; j < n; j++) out[j] = precision[first + j]!;
  for (let e = from + 1; e < to; e++) {
    const p = columns[e]! * n;
    for (let j = 0; j < n; j++) out[j]! += precision[p + j]!;
  }
  let rest = 1;
  for (let e = from; e < to; e++) rest -= out[columns[e]!]!;
  for (let j = 0; j < n; j++) {
    const v = out[j]!;
    out[j] = v / (rest * diagonal[j]! + v * v);
  }
}
