import type { DesignColumn } from './logisticDesign.js';
import { addFourColumns, addFourProducts, addGram, BLOCK_ROWS, logisticResiduals, type RowLoss } from './logisticKernel.js';

/** What a logistic regression is fitted to, in the coordinates of the fit: intercept first, then the standardised columns. */
export interface LogisticProblem {
  readonly columns: readonly DesignColumn[];
  /** 1 or 0, one a row. */
  readonly y: Float64Array;
  /** One a row, not negative; null means 1 everywhere. */
  readonly weights: Float64Array | null;
  /** Added to the log-odds, one a row; null means 0 everywhere. */
  readonly offset: Float64Array | null;
  /** Adds ridge / 2 times the sum of squares of the coefficients, the intercept apart, to the loss. */
  readonly ridge: number;
  /** Of another model than the logistic. */
  readonly rowLoss?: RowLoss;
}

/** Changes the residuals and root weights of a block (rows `start` and on) before the sums are taken; returns the change in the sum of residuals. */
export type BlockEdit = (start: number, rows: number) => number;

/**
 * One walk over the rows: the loss (minus the log-likelihood), its gradient X'(p - y) and, where asked, its Hessian X'WX.
 *
 * Rows go by in blocks; columns of numbers are read where they are and centred on the way, so a pass needs no memory beyond a block.
 */
export class LogisticPass {
  readonly problem: LogisticProblem;
  /** Intercept and columns. */
  readonly size: number;
  readonly gradient: Float64Array;
  /** Row-major, symmetric; as of the last pass that asked for it. */
  readonly hessian: Float64Array;
  /** Of the block under way, as are residuals and roots. */
  readonly eta: Float64Array = new Float64Array(BLOCK_ROWS);
  /** p - y, times the weight. */
  readonly residuals: Float64Array = new Float64Array(BLOCK_ROWS);
  /** Square roots of w p (1 - p). */
  readonly roots: Float64Array = new Float64Array(BLOCK_ROWS);
  /** The block of each column: of numbers a view, of levels a copy; what fills up the last four is 0. */
  readonly #blocks: Float64Array[];
  readonly #centers: Float64Array;
  readonly #inverseScales: Float64Array;
  readonly #slopes: Float64Array;
  readonly #sums: Float64Array;

  constructor(problem: LogisticProblem) {
    const { columns } = problem;
    const fours = Math.ceil(columns.length / 4) * 4;
    this.problem = problem;
    this.size = columns.length + 1;
    this.gradient = new Float64Array(this.size);
    this.hessian = new Float64Array(this.size * this.size);
    this.#blocks = emptyBlocks(fours);
    this.#slopes = new Float64Array(fours);
    this.#sums = new Float64Array(fours);
    this.#centers = new Float64Array(fours);
    this.#inverseScales = new Float64Array(fours).fill(1);
    columns.forEach((column, j) => {
      if (column.kind === 'level') return;
      this.#centers[j] = column.center;
      this.#inverseScales[j] = 1 / column.scale;
    });
  }

  /** Loss at beta, leaving the gradient and, where asked, the Hessian. */
  evaluate(beta: Float64Array, withHessian = false, edit?: BlockEdit): number {
    const { size, residuals } = this;
    const { y, weights, rowLoss = logisticResiduals } = this.problem;
    const scaled = emptyBlocks(withHessian ? Math.ceil(size / 3) * 3 : 0);
    const gram = new Float64Array(scaled.length ** 2);
    const sums = this.#sums.fill(0);
    const total = { loss: 0, residuals: 0 };
    const roots = withHessian || edit !== undefined ? this.roots : null;
    this.eachBlock(beta, (start, rows) => {
      rowLoss(total, rows, this.eta, y, weights, start, residuals, roots);
      if (edit !== undefined) total.residuals += edit(start, rows);
      for (let j = 0; j < sums.length; j += 4) addFourProducts(sums, rows, residuals, this.#blocks, this.#centers, j);
      if (!withHessian) return;
      for (let j = 0; j < size; j++) this.readColumn(j, rows, this.roots, scaled[j]!);
      addGram(gram, scaled, rows);
    });
    this.gradient[0] = total.residuals;
    for (let j = 1; j < size; j++) this.gradient[j] = sums[j - 1]! * this.#inverseScales[j - 1]!;
    if (withHessian) {
      for (let j = 0; j < size; j++) for (let k = 0; k <= j; k++) this.hessian[j * size + k] = this.hessian[k * size + j] = gram[j * scaled.length + k]!;
    }
    return total.loss + this.#penalise(beta, withHessian);
  }

  /** Calls back with eta of every block; for what needs the linear predictor only. */
  eachBlock(beta: Float64Array, visit: (start: number, rows: number) => void): void {
    const { y, offset, columns } = this.problem;
    const { eta } = this;
    for (let j = 1; j < this.size; j++) this.#slopes[j - 1] = beta[j]! * this.#inverseScales[j - 1]!;
    for (let start = 0; start < y.length; start += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, y.length - start);
      for (let j = 0; j < columns.length; j++) {
        const column = columns[j]!;
        if (column.kind === 'number') this.#blocks[j] = column.values.subarray(start, start + rows);
        else readLevels(this.#blocks[j]!, rows, column.codes, column.table, start);
      }
      eta.fill(beta[0]!);
      if (offset !== null) for (let i = 0; i < rows; i++) eta[i]! += offset[start + i]!;
      for (let j = 0; j < this.#slopes.length; j += 4) addFourColumns(eta, rows, this.#blocks, this.#centers, this.#slopes, j);
      visit(start, rows);
    }
  }

  /** Design value of column j (0 is the intercept) times `factor`, for the rows of the block under way. */
  readColumn(j: number, rows: number, factor: Float64Array, to: Float64Array): void {
    if (j === 0) to.set(factor);
    else scaleColumn(to, rows, this.#blocks[j - 1]!, this.#centers[j - 1]!, this.#inverseScales[j - 1]!, factor);
  }

  #penalise(beta: Float64Array, withHessian: boolean): number {
    const { ridge } = this.problem;
    let squares = 0;
    for (let j = 1; j < this.size && ridge > 0; j++) {
      squares += beta[j]! * beta[j]!;
      this.gradient[j]! += ridge * beta[j]!;
      if (withHessian) this.hessian[j * this.size + j]! += ridge;
    }
    return 0.5 * ridge * squares;
  }
}

function emptyBlocks(count: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(BLOCK_ROWS));
}

function readLevels(to: Float64Array, rows: number, codes: Int32Array, table: Float64Array, start: number): void {
  for (let i = 0; i < rows; i++) to[i] = table[codes[start + i]! + 1]!;
}

function scaleColumn(to: Float64Array, rows: number, from: Float64Array, center: number, scale: number, factor: Float64Array): void {
  for (let i = 0; i < rows; i++) to[i] = (from[i]! - center) * scale * factor[i]!;
}
