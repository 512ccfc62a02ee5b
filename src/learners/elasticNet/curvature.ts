import type { DesignColumn } from '../logisticDesign.js';
import { addGram, BLOCK_ROWS } from '../logisticKernel.js';
import type { LossBlock } from './penalisedLoss.js';

/** The Hessian of some parameters, the same of every output, summed block by block. */
export class Curvature {
  /** Of the mean loss, row-major. */
  readonly hessian: Float64Array;
  readonly #columns: readonly (DesignColumn | undefined)[];
  /** The columns times the roots, of one output after the other; and times the shares, of all outputs together. */
  readonly #scaled: readonly Float64Array[];
  readonly #shared: readonly Float64Array[];
  /** Gram matrices of the former, one an output, and of the latter. */
  readonly #own: readonly Float64Array[];
  readonly #cross: Float64Array;

  /** `working`: positions of parameters, 0 for the intercept, j + 1 for column j. */
  constructor(columns: readonly DesignColumn[], working: readonly number[], outputs: number) {
    this.#columns = working.map((position) => columns[position - 1]);
    this.#scaled = threes(working.length);
    this.#shared = threes(outputs > 1 ? outputs * working.length : 0);
    this.#own = Array.from({ length: outputs }, () => new Float64Array(this.#scaled.length ** 2));
    this.#cross = new Float64Array(this.#shared.length ** 2);
    this.hessian = new Float64Array((outputs * working.length) ** 2);
  }

  /** Before a walk. */
  start(): void {
    for (const gram of [...this.#own, this.#cross]) gram.fill(0);
  }

  /** The rows of a block whose loss was just taken. */
  add({ roots, shares }: LossBlock, start: number, rows: number): void {
    const size = this.#columns.length;
    this.#own.forEach((gram, k) => {
      this.#columns.forEach((column, j) => {
        scaleColumn(this.#scaled[j]!, rows, column, roots[k]!, start);
        if (this.#shared.length > 0) scaleColumn(this.#shared[k * size + j]!, rows, column, shares[k]!, start);
      });
      addGram(gram, this.#scaled, rows);
    });
    addGram(this.#cross, this.#shared, rows);
  }

  /** After a walk over rows of this total weight. */
  finish(total: number): void {
    const size = this.#columns.length;
    const all = size * this.#own.length;
    for (let a = 0; a < all; a++) {
      const k = Math.floor(a / size);
      for (let b = 0; b <= a; b++) {
        const own = b < k * size ? 0 : this.#own[k]![(a - k * size) * this.#scaled.length + b - k * size]!;
        // All intercepts moved alike change nothing: some curvature that way keeps them where they are.
        const tie = this.#own.length > 1 && a % size === 0 && b % size === 0 ? 1 : 0;
        this.hessian[a * all + b] = this.hessian[b * all + a] = (own - (this.#cross[a * this.#shared.length + b] ?? 0)) / total + tie;
      }
    }
  }
}

// Gram matrices are summed in tiles of 3 x 3.
function threes(count: number): Float64Array[] {
  return Array.from({ length: Math.ceil(count / 3) * 3 }, () => new Float64Array(BLOCK_ROWS));
}

function scaleColumn(to: Float64Array, rows: number, column: DesignColumn | undefined, factor: Float64Array, start: number): void {
  if (column === undefined) for (let i = 0; i < rows; i++) to[i] = factor[i]!;
  else if (column.kind === 'level') {
    const { codes, table } = column;
    for (let i = 0; i < rows; i++) to[i] = table[codes[start + i]! + 1]! * factor[i]!;
  } else {
    const { values, center } = column;
    const scale = 1 / column.scale;
    for (let i = 0; i < rows; i++) to[i] = (values[start + i]! - center) * scale * factor[i]!;
  }
}
