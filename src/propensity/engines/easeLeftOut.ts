import { easePrecision, type EaseTask } from './learnEase.js';

/** What leaving customers out needs of a fit, computed once. */
export interface LeaveOut {
  readonly task: EaseTask;
  /** From {@link easePrecision}. */
  readonly precision: Float64Array;
  readonly diagonal: Float64Array;
}

/** Prepares {@link easeLeftOut} for one ridge. */
export function leaveOut(task: EaseTask, precision: Float64Array): LeaveOut {
  const n = task.active.length;
  return { task, precision, diagonal: Float64Array.from({ length: n }, (_, j) => precision[j * n + j]!) };
}

/**
 * The score of every product for one customer, had the customer not been learnt from: exact, without fitting again. Ridge regressions leave a row out in closed
 * form (residual / (1 - leverage)); with v = P x the residual of column j is v_j / P_jj and the leverage x'v - v_j^2 / P_jj, whether or not j is held.
 * Written over the active products into `out`; `row` is one of `task.held`. O(holdings × products).
 */
export function easeLeftOut(fit: LeaveOut, row: number, out: Float64Array): void {
  const { offsets, columns } = fit.task.held;
  leftOutResiduals(fit, row, out);
  for (let j = 0; j < fit.diagonal.length; j++) out[j] = -out[j]!;
  for (let e = offsets[row]!; e < offsets[row + 1]!; e++) out[columns[e]!]! += 1;
}

// Held minus score: (v_j / P_jj) / (1 - x'v + v_j^2 / P_jj).
function leftOutResiduals({ task, precision, diagonal }: LeaveOut, row: number, out: Float64Array): void {
  const { offsets, columns } = task.held;
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

/** The mean over customers and products of the squared error of scores that leave the customer out: what a ridge is chosen by. */
export function easeLeftOutError(task: EaseTask, ridge: number): number {
  const fit = leaveOut(task, easePrecision(task, ridge));
  const { rowCount, columnCount } = task.held;
  const residuals = new Float64Array(columnCount);
  let sum = 0;
  for (let r = 0; r < rowCount; r++) {
    leftOutResiduals(fit, r, residuals);
    for (let j = 0; j < columnCount; j++) sum += residuals[j]! * residuals[j]!;
  }
  return sum / (rowCount * columnCount);
}
