import { BLOCK_ROWS, createRowBlock, pairOf, type RowBlock } from './rowBlock.js';
import { deriveRows, type RowLaw } from './rowDerivatives.js';
import { addProducts } from './weightedGram.js';

/** What a frontier is fitted to. Each list of columns begins with one of ones; they are standardised, the target is centred. */
export interface FrontierProblem {
  /** In the sense of production: what is below the frontier is inefficient. */
  readonly y: Float64Array;
  /** One a row, or null for 1 everywhere. */
  readonly weights: Float64Array | null;
  /** Of the frontier, of ln sigmaU and of ln sigmaV. */
  readonly columns: readonly [frontier: readonly Float64Array[], inefficiency: readonly Float64Array[], noise: readonly Float64Array[]];
}

/**
 * The log-likelihood of a frontier with its gradient and Hessian, in one walk over the rows. Parameters: the coefficients of the frontier, of
 * ln sigmaU (absent where the law is `'none'`), of ln sigmaV, and tau for the truncated normal. The chain rule is X' diag(h) X for every pair of
 * blocks, h being the second derivative of a row. O(rows * parameters²).
 */
export class FrontierLikelihood {
  readonly size: number;
  readonly gradient: Float64Array;
  /** Row-major, symmetric. */
  readonly hessian: Float64Array;
  readonly #problem: FrontierProblem;
  readonly #law: RowLaw;
  readonly #block: RowBlock = createRowBlock();
  readonly #scratch: Float64Array = new Float64Array(BLOCK_ROWS);
  /** The column of each parameter, and which of e, ln sigmaU, ln sigmaV, tau it moves. */
  readonly #columns: readonly Float64Array[];
  readonly #kinds: readonly number[];
  /** The part of each column that is of the block under way: V8 then needs no index arithmetic. */
  readonly #views: Float64Array[];
  readonly #sums: Float64Array;

  constructor(law: RowLaw, problem: FrontierProblem) {
    const [frontier, inefficiency, noise] = problem.columns;
    const parts = [frontier, law === 'none' ? [] : inefficiency, noise, law === 'truncatedNormal' ? [frontier[0]!] : []];
    this.#problem = problem;
    this.#law = law;
    this.#columns = parts.flat();
    this.#kinds = parts.flatMap((part, kind) => part.map(() => kind));
    this.size = this.#columns.length;
    this.#views = [...this.#columns];
    this.#sums = new Float64Array(this.size);
    this.gradient = new Float64Array(this.size);
    this.hessian = new Float64Array(this.size * this.size);
  }

  /** The log-likelihood at these parameters; leaves gradient and Hessian, the latter where asked. NaN where it cannot be had. */
  evaluate(at: Float64Array, withHessian: boolean): number {
    const { y, weights } = this.#problem;
    const block = this.#block;
    this.gradient.fill(0);
    if (withHessian) this.hessian.fill(0);
    block.tau = this.#law === 'truncatedNormal' ? at[this.size - 1]! : 0;
    let sum = 0;
    for (let start = 0; start < y.length; start += BLOCK_ROWS) {
      block.rows = Math.min(BLOCK_ROWS, y.length - start);
      this.#open(at, start);
      sum += deriveRows(this.#law, block, weights && weights.subarray(start));
      this.#weigh(weights, start, withHessian);
      this.#addGradient();
      if (withHessian) this.#addHessian();
    }
    for (let j = 0; j < this.size && withHessian; j++) for (let k = 0; k < j; k++) this.hessian[k * this.size + j] = this.hessian[j * this.size + k]!;
    return sum;
  }

  /** Residuals and logarithms of the sigmas of a block. */
  #open(at: Float64Array, start: number): void {
    const { e, lnU, lnV, rows } = this.#block;
    e.set(this.#problem.y.subarray(start, start + rows));
    lnU.fill(0);
    lnV.fill(0);
    for (let j = 0; j < this.size; j++) {
      const kind = this.#kinds[j]!;
      const view = (this.#views[j] = this.#columns[j]!.subarray(start, start + rows));
      if (kind < 3) addMultiple(kind === 0 ? e : kind === 1 ? lnU : lnV, kind === 0 ? -at[j]! : at[j]!, view);
    }
  }

  #weigh(weights: Float64Array | null, start: number, withHessian: boolean): void {
    if (weights === null) return;
    const { first, second, rows } = this.#block;
    for (const values of withHessian ? [...first, ...second] : first) for (let i = 0; i < rows; i++) values[i]! *= weights[start + i]!;
  }

  #addGradient(): void {
    const { first, rows } = this.#block;
    const sums = this.#sums;
    for (let j = 0; j < this.size; ) {
      const kind = this.#kinds[j]!;
      const end = this.#endOf(j, this.size);
      addProducts(sums.fill(0), first[kind]!, this.#views, j, end, rows);
      for (; j < end; j++) this.gradient[j]! += kind === 0 ? -sums[j]! : sums[j]!;
    }
  }

  #addHessian(): void {
    const { second, rows } = this.#block;
    const scratch = this.#scratch;
    const sums = this.#sums;
    for (let j = 0; j < this.size; j++) {
      const kind = this.#kinds[j]!;
      for (let k = 0; k <= j; ) {
        const other = this.#kinds[k]!;
        const end = this.#endOf(k, j + 1);
        multiply(scratch, this.#views[j]!, second[pairOf(kind, other)]!, rows);
        addProducts(sums.fill(0), scratch, this.#views, k, end, rows);
        const sign = (kind === 0) === (other === 0) ? 1 : -1;
        for (; k < end; k++) this.hessian[j * this.size + k]! += sign * sums[k]!;
      }
    }
  }

  /** Where the parameters of the kind of parameter j end, before `most`. */
  #endOf(j: number, most: number): number {
    let end = j + 1;
    while (end < most && this.#kinds[end] === this.#kinds[j]) end++;
    return end;
  }
}

function addMultiple(to: Float64Array, factor: number, column: Float64Array): void {
  for (let i = 0; i < column.length; i++) to[i]! += factor * column[i]!;
}

function multiply(to: Float64Array, a: Float64Array, b: Float64Array, rows: number): void {
  for (let i = 0; i < rows; i++) to[i] = a[i]! * b[i]!;
}
