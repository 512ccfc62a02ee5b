import { choleskyInverse } from '../../numeric/cholesky.js';
import { designTraits } from './designState.js';
import type { ProductTasks } from './productTasks.js';
import { CORRELATION_UNIT, type ProductUncertaintyState } from './productUncertainty.js';
import { roundedTo } from './roundedTo.js';
import { logOddsAt, MATRIX_COLUMNS, type LogisticTask, type LogisticWork } from './logisticPass.js';

/** So many numbers are kept at most. */
const MOST_NUMBERS = 2e6;
/** Enough for a standard error. */
const DIGITS = 5;

/** Collects the covariances (X'WX + penalty)^-1 of the fits. */
export class ProductCovariances {
  readonly #tasks: ProductTasks;
  readonly #size: number;
  readonly #kind: ProductUncertaintyState['kind'];
  readonly #errors: number[] = [];
  #taken = 0;
  readonly #numbers: number[] = [];

  constructor(tasks: ProductTasks) {
    this.#tasks = tasks;
    this.#size = tasks.layout.columnCount + 1;
    const count = (tasks.productCount * this.#size * (this.#size + 1)) / 2;
    this.#kind = count <= MOST_NUMBERS && this.#size <= MATRIX_COLUMNS ? 'coefficients' : 'line';
  }

  /** Takes those of the next product; `work` is as its fit has left it. */
  take(task: LogisticTask, beta: Float64Array, work: LogisticWork): void {
    this.#taken++;
    if (this.#kind === 'line') this.#numbers.push(...roundedTo(this.#line(task, beta, work), DIGITS));
    else this.#takeTriangle(task, work);
  }

  /** What was collected; null where products are missing because the fit was ended early. */
  state(): ProductUncertaintyState | null {
    if (this.#taken < this.#tasks.productCount) return null;
    return { kind: this.#kind, errors: this.#errors, numbers: this.#numbers };
  }

  #takeTriangle({ own }: LogisticTask, work: LogisticWork): void {
    const n = this.#size;
    const full = choleskyInverse(work.factor, n);
    if (own >= 0) full[own * n + own] = 0;
    this.#centre(full, n, 1);
    this.#centre(full, 1, n);
    // What rounding leaves of a variance of 0 may lie below.
    const errors = new Float64Array(n).map((_, a) => Math.sqrt(Math.max(0, full[a * n + a]!)));
    this.#errors.push(...roundedTo(errors, DIGITS));
    for (let a = 1; a < n; a++) {
      for (let b = 0; b < a; b++) {
        const scale = errors[a]! * errors[b]! * CORRELATION_UNIT;
        // Adding 0 turns -0 into 0, as JSON does.
        this.#numbers.push(scale > 0 ? Math.round(full[a * n + b]! / scale) + 0 : 0);
      }
    }
  }

  /**
   * One side of the covariance of the centred effects. A ridge leaves it open how much of the level a trait carries and how much the
   * intercept: large variances that cancel, which rounding would not survive.
   */
  #centre(full: Float64Array, step: number, across: number): void {
    const n = this.#size;
    for (const { from, to, isOneEach } of designTraits(this.#tasks.layout)) {
      if (!isOneEach) continue;
      for (let c = 0; c < n; c++) {
        let mean = 0;
        for (let k = from; k < to; k++) mean += this.#tasks.means[k]! * full[k * step + c * across]!;
        for (let k = from; k < to; k++) full[k * step + c * across]! -= mean;
        full[(n - 1) * step + c * across]! += mean;
      }
    }
  }

  #line({ design, rows, priorRows }: LogisticTask, beta: Float64Array, { weights }: LogisticWork): Float64Array {
    const { offsets, columns } = design;
    let [total, sum, squares] = [0, 0, 0];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const weight = weights[row]!;
      const eta = logOddsAt(beta, columns, offsets[row]!, offsets[row + 1]!);
      total += weight;
      sum += weight * eta;
      squares += weight * eta * eta;
    }
    const center = total > 0 ? sum / total : 0;
    const spread = squares - sum * center;
    // Of log-odds that are all the same nobody knows a slope, nor needs it.
    return new Float64Array([center, 1 / (total + priorRows / 4 + 1e-9), spread > 1e-9 * squares ? 1 / spread : 0]);
  }
}
