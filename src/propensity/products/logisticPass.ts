import { sigmoid } from '../../numeric/sigmoid.js';
import { transposeRows, type SparseRows } from '../../numeric/sparseRows.js';

/** One product's regression on 0/1 columns: minus log likelihood + prior customers + sum of penalty / 2 (coefficient - toward)^2. */
export interface LogisticTask {
  readonly design: SparseRows;
  /** The columns from here on stand last in their row, one a row, and may have been moved since the work began. */
  readonly movedFrom: number;
  /** The rows to learn from. */
  readonly rows: Uint32Array;
  /** 1 and 0, one a row of the design. */
  readonly labels: Uint8Array;
  /** So many customers more, all of them average ... */
  readonly priorRows: number;
  /** ... of whom so many are positive. */
  readonly priorPositives: number;
  /** Mean of each column: where the average customer stands. 0 at `own`. */
  readonly means: Float64Array;
  /** The column whose coefficient is 0 whatever the data say; -1 for none. */
  readonly own: number;
  /** One a column, above 0. */
  readonly penalty: Float64Array;
  /** What the coefficients are drawn to; 0 at `own`. */
  readonly toward: Float64Array;
}

/** At most so many columns have their second derivatives as a matrix; beyond, products with it are cheaper than its factor. */
export const MATRIX_COLUMNS = 400;

/** What the fits of all products share, so that nothing is allocated for each. */
export class LogisticWork {
  /** Of the coefficients and the intercept. */
  readonly size: number;
  readonly isMatrix: boolean;
  /** p - label, one a row of the design; 0 in rows that are not learnt from. */
  readonly residuals: Float64Array;
  /** p (1 - p), one a row of the design. */
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  /** Cholesky's factor of the second derivatives, row-major; of no size without the matrix. */
  readonly factor: Float64Array;
  /** Columns × rows. */
  readonly transposed: SparseRows;
  /** p (1 - p) of the average customer, times the prior customers. */
  priorWeight = 0;

  constructor(design: SparseRows) {
    this.size = design.columnCount + 1;
    this.isMatrix = design.columnCount <= MATRIX_COLUMNS;
    this.residuals = new Float64Array(design.rowCount);
    this.weights = new Float64Array(design.rowCount);
    this.gradient = new Float64Array(this.size);
    this.factor = new Float64Array(this.isMatrix ? this.size * this.size : 0);
    this.transposed = transposeRows(design);
  }
}

/** The log-odds of one row of the design. */
export function logOddsAt(beta: Float64Array, columns: Int32Array, from: number, to: number): number {
  let eta = beta[beta.length - 1]!;
  for (let e = from; e < to; e++) eta += beta[columns[e]!]!;
  return eta;
}

/** Leaves gradient, residuals and p (1 - p) at these coefficients in the work. */
export function evaluateLogistic(task: LogisticTask, beta: Float64Array, work: LogisticWork): void {
  const { means, own, penalty, toward, priorRows, priorPositives } = task;
  const { gradient } = work;
  gradient.fill(0);
  const last = beta.length - 1;
  gradient[last] = rowPass(task, beta, work);
  columnPass(task.movedFrom, work);
  let eta = beta[last]!;
  for (let k = 0; k < last; k++) eta += means[k]! * beta[k]!;
  const p = sigmoid(eta);
  const residual = priorRows * p - priorPositives;
  work.priorWeight = priorRows * p * (1 - p);
  gradient[last] += residual;
  for (let k = 0; k < last; k++) gradient[k]! += residual * means[k]! + penalty[k]! * (beta[k]! - toward[k]!);
  if (own >= 0) gradient[own] = 0;
}

/** Residuals and weights of the rows; gives the sum of the residuals, and the gradient of the columns that move. */
export function rowPass({ design, rows, labels, movedFrom }: LogisticTask, beta: Float64Array, { gradient, residuals, weights }: LogisticWork): number {
  const { offsets, columns } = design;
  const hasMoved = movedFrom < design.columnCount;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const to = offsets[row + 1]!;
    const eta = logOddsAt(beta, columns, offsets[row]!, to);
    const e = Math.exp(-Math.abs(eta));
    const r = 1 / (1 + e);
    const residual = (eta < 0 ? e * r : r) - labels[row]!;
    residuals[row] = residual;
    weights[row] = e * r * r;
    sum += residual;
    if (hasMoved) gradient[columns[to - 1]!]! += residual;
  }
  return sum;
}

/** The gradient of the columns that stay: down a column it is a plain sum, twice as fast as adding to scattered places along the rows. */
export function columnPass(movedFrom: number, { gradient, residuals, transposed }: LogisticWork): void {
  const { offsets, columns: rows } = transposed;
  for (let k = 0; k < movedFrom; k++) {
    const to = offsets[k + 1]!;
    let e = offsets[k]!;
    let even = 0;
    let odd = 0;
    for (; e + 1 < to; e += 2) {
      even += residuals[rows[e]!]!;
      odd += residuals[rows[e + 1]!]!;
    }
    if (e < to) even += residuals[rows[e]!]!;
    gradient[k] = even + odd;
  }
}

/** Writes what rows and prior customers give to the second derivatives, the lower triangle, row-major. O(rows × columns a row squared). */
export function secondDerivatives({ design, rows, means }: LogisticTask, { size, weights, priorWeight }: LogisticWork, second: Float64Array): void {
  const { offsets, columns } = design;
  second.fill(0);
  const last = (size - 1) * size;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const from = offsets[row]!;
    const to = offsets[row + 1]!;
    const weight = weights[row]!;
    second[last + size - 1]! += weight;
    for (let a = from; a < to; a++) {
      const column = columns[a]!;
      const base = column * size;
      for (let b = from; b <= a; b++) second[base + columns[b]!]! += weight;
      second[last + column]! += weight;
    }
  }
  if (priorWeight === 0) return;
  for (let a = 0; a < size; a++) {
    const pull = priorWeight * (a < means.length ? means[a]! : 1);
    for (let b = 0; b <= a; b++) second[a * size + b]! += pull * (b < means.length ? means[b]! : 1);
  }
}
