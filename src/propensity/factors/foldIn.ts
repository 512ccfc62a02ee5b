import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import { addOne, addSquares, dotAt, multiplyRows, regularisedGram } from './factorKernels.js';
import { factorise, inverseDiagonal, kernelOf, leverage, turn } from './foldInAlgebra.js';

/** The system of a row: (Y'Y + ridge I + alpha sum_held y y') x = (1 + alpha) sum_held y. */
export interface RowSystem {
  /** Length of x and y. */
  readonly width: number;
  readonly alpha: number;
  readonly ridge: number;
}

/** Below this the short way would lose digits in dividing by alpha. */
const MIN_ALPHA = 1e-3;

/**
 * The factors x of a row from the columns it holds, exactly.
 *
 * A row with many cells has its matrix A summed and factored. With fewer cells than factors, and M = Y'Y + ridge I, K = Y_u M^-1 Y_u' of the cells,
 * A^-1 (1 + alpha) Y_u'1 is M^-1 Y_u' w where (I + alpha K) w = 1 + alpha (Woodbury): a system as large as the row has cells, and the same
 * scores K w without any x.
 */
export class FoldIn {
  readonly system: RowSystem;
  /** M, both triangles. */
  readonly gram: Float64Array;
  /** Rows of up to so many cells go the short way. */
  readonly shortest: number;
  /** A row of A, or of I + alpha K, after its Cholesky factorisation. */
  readonly #matrix: Float64Array;
  /** Of the short way: w. */
  readonly #weights: Float64Array;
  readonly #sum: Float64Array;
  readonly #x: Float64Array;
  readonly #factors: Float64Array;
  readonly #roots: Float64Array;
  /** Y M^-1, and K of all columns; null where there is no need of them. */
  readonly #turned: Float64Array | null;
  readonly #kernel: Float64Array | null;

  /** `roots`: what the columns were multiplied by, 1 where they stand for one row each; `shortest`: 0 is never; `kernel`: whether K may be kept, columns^2 numbers. */
  constructor(factors: Float64Array, roots: Float64Array, system: RowSystem, shortest: number, kernel: boolean) {
    const { width, alpha, ridge } = system;
    this.system = system;
    this.shortest = alpha < MIN_ALPHA ? 0 : shortest;
    this.gram = regularisedGram(factors, width, ridge);
    this.#matrix = new Float64Array(Math.max(width, this.shortest) ** 2);
    this.#weights = new Float64Array(this.shortest);
    this.#sum = new Float64Array(width);
    this.#x = new Float64Array(width);
    this.#factors = factors;
    this.#roots = roots;
    this.#turned = this.shortest > 0 ? turn(factors, this.gram.slice(), width) : null;
    this.#kernel = kernel && this.#turned !== null ? kernelOf(factors, this.#turned, width) : null;
  }

  /** Puts x times `scale` into `out` from `at`; gives 2 b'x - x'Ax, which is b'x, b the right-hand side. */
  solve(columns: Int32Array, from: number, to: number, out: Float64Array, at: number, scale: number): number {
    return to - from <= this.shortest ? this.#solveShort(columns, from, to, out, at, scale) : this.#solveLong(columns, from, to, out, at, scale);
  }

  /** Puts the score of every column into `out` from `at`; that of a column the row holds is what the others say. */
  score(columns: Int32Array, from: number, to: number, out: Float64Array, at: number): void {
    const size = this.#roots.length;
    if (from === to) out.fill(0, at, at + size);
    else if (to - from <= this.shortest) this.#scoreShort(columns, from, to, out, at);
    else this.#scoreLong(columns, from, to, out, at);
  }

  /** What each held column adds to the score of another one: (1 + alpha) y_j' A^-1 y_i. */
  contributions(columns: Int32Array, column: number): Float64Array {
    const { width, alpha } = this.system;
    this.#solveLong(columns, 0, columns.length, this.#x, 0, 1);
    const v = this.#factors.slice(column * width, (column + 1) * width);
    choleskySolve(this.#matrix, width, v);
    return Float64Array.from(columns, (other) => (1 + alpha) * dotAt(v, 0, this.#factors, other * width, width));
  }

  #solveLong(columns: Int32Array, from: number, to: number, out: Float64Array, at: number, scale: number): number {
    const { width, alpha } = this.system;
    const sum = this.#sum.fill(0);
    const x = this.#x;
    this.#matrix.set(this.gram);
    addSquares(columns, from, to, this.#factors, this.#roots, alpha, this.#matrix, sum);
    for (let k = 0; k < width; k++) x[k] = sum[k]! *= 1 + alpha;
    factorise(this.#matrix, width);
    choleskySolve(this.#matrix, width, x);
    const fitted = dotAt(sum, 0, x, 0, width);
    for (let k = 0; k < width; k++) out[at + k] = scale * x[k]!;
    return fitted;
  }

  #solveShort(columns: Int32Array, from: number, to: number, out: Float64Array, at: number, scale: number): number {
    const { width } = this.system;
    const explained = this.#weigh(columns, from, to);
    out.fill(0, at, at + width);
    for (let e = from; e < to; e++) addOne(out, at, width - 1, this.#turned!, scale * this.#weights[e - from]!, columns[e]! * width);
    return explained;
  }

  /** Solves (I + alpha K) w = (1 + alpha) roots. */
  #weigh(columns: Int32Array, from: number, to: number): number {
    const { width, alpha } = this.system;
    const size = to - from;
    const matrix = this.#matrix;
    const weights = this.#weights;
    const factors = this.#factors;
    const kernel = this.#kernel;
    const count = this.#roots.length;
    for (let i = 0; i < size; i++) {
      const c = columns[from + i]!;
      const row = i * size;
      if (kernel === null) for (let j = 0; j <= i; j++) matrix[row + j] = alpha * dotAt(factors, c * width, this.#turned!, columns[from + j]! * width, width);
      else for (let j = 0; j <= i; j++) matrix[row + j] = alpha * kernel[c * count + columns[from + j]!]!;
      matrix[row + i]! += 1;
      weights[i] = (1 + alpha) * this.#roots[c]!;
    }
    choleskyInPlace(matrix, size);
    choleskySolve(matrix, size, weights);
    // b'x = b'K w, and alpha K w = (1 + alpha) roots - w.
    let fitted = 0;
    for (let i = 0; i < size; i++) {
      const root = this.#roots[columns[from + i]!]!;
      fitted += root * ((1 + alpha) * root - weights[i]!);
    }
    return ((1 + alpha) * fitted) / alpha;
  }

  #scoreShort(columns: Int32Array, from: number, to: number, out: Float64Array, at: number): void {
    const { alpha } = this.system;
    const count = this.#roots.length;
    const size = to - from;
    if (this.#kernel === null) {
      this.#solveShort(columns, from, to, this.#x, 0, 1);
      multiplyRows(this.#factors, count, this.#x, out, at);
    } else {
      this.#weigh(columns, from, to);
      out.fill(0, at, at + count);
      for (let i = 0; i < size; i++) addOne(out, at, count - 1, this.#kernel, this.#weights[i]!, columns[from + i]! * count);
    }
    // Without j: of a system in K, the target less w_j over the diagonal of the inverse (as in kernel ridge regression).
    for (let i = 0; i < size; i++) out[at + columns[from + i]!] = (1 + alpha - this.#weights[i]! / inverseDiagonal(this.#matrix, size, i)) / alpha;
  }

  #scoreLong(columns: Int32Array, from: number, to: number, out: Float64Array, at: number): void {
    const { width, alpha } = this.system;
    this.#solveLong(columns, from, to, this.#x, 0, 1);
    multiplyRows(this.#factors, this.#roots.length, this.#x, out, at);
    // Without j: one square less in A (Sherman and Morrison), one y less on the right.
    for (let e = from; e < to; e++) {
      const c = columns[e]!;
      const h = leverage(this.#matrix, width, this.#factors, c * width, this.#sum);
      out[at + c] = (out[at + c]! - (1 + alpha) * h) / (1 - alpha * h);
    }
  }
}
