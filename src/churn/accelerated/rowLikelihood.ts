/** Rows in a block: what stays in the first-level cache while the columns go by. */
const BLOCK_ROWS = 1024;

/** The sums of each row of a block, and what its law makes of them. */
export interface LikelihoodBlock {
  /** The first row. */
  start: number;
  rows: number;
  /** One a sum. */
  readonly sums: readonly Float64Array[];
  /** Derivatives of the log-likelihood of each row by its sums, to be written. */
  readonly first: readonly Float64Array[];
  /** By pairs of sums: (0, 0), (1, 0), (1, 1), (2, 0), … To be written. */
  readonly second: readonly Float64Array[];
}

/** Writes the derivatives of a block, weights included; returns the log-likelihood. */
export type RowLaw = (block: LikelihoodBlock) => number;

/**
 * The log-likelihood of rows that each depend on a few sums over columns, with its gradient and information, in one walk over the rows. The chain
 * rule is X' diag(h) X for every pair of sums, h being the second derivative of a row. O(rows * parameters²).
 */
export class RowLikelihood {
  readonly size: number;
  readonly gradient: Float64Array;
  /** Minus the matrix of second derivatives: row-major, symmetric. */
  readonly information: Float64Array;
  readonly #law: RowLaw;
  readonly #rowCount: number;
  readonly #columns: readonly Float64Array[];
  /** Which sum each parameter is of. */
  readonly #kinds: readonly number[];
  readonly #views: Float64Array[];
  readonly #scratch: Float64Array = new Float64Array(BLOCK_ROWS);
  readonly #block: LikelihoodBlock;

  constructor(law: RowLaw, parts: readonly (readonly Float64Array[])[], rowCount: number) {
    this.#law = law;
    this.#rowCount = rowCount;
    this.#columns = parts.flat();
    this.#kinds = parts.flatMap((part, kind) => part.map(() => kind));
    this.#views = [...this.#columns];
    this.size = this.#columns.length;
    this.gradient = new Float64Array(this.size);
    this.information = new Float64Array(this.size * this.size);
    const blocks = (count: number): Float64Array[] => Array.from({ length: count }, () => new Float64Array(BLOCK_ROWS));
    this.#block = { start: 0, rows: 0, sums: blocks(parts.length), first: blocks(parts.length), second: blocks((parts.length * (parts.length + 1)) / 2) };
  }

  /** The log-likelihood at these parameters; leaves gradient and information. */
  evaluate(at: Float64Array): number {
    this.gradient.fill(0);
    this.information.fill(0);
    let value = 0;
    this.#eachBlock(at, (found) => {
      value += found;
      this.#addGradient();
      this.#addInformation();
    });
    for (let j = 0; j < this.size; j++) for (let k = 0; k < j; k++) this.information[k * this.size + j] = this.information[j * this.size + k]!;
    return value;
  }

  /**
   * The sum of squared scores at these parameters (of weight w: w times), or of squared sums of scores within clusters. O(rows * parameters²).
   */
  squaredScores(at: Float64Array, weights: Float64Array | null, clusters: Int32Array | null): Float64Array {
    const { size } = this;
    const squares = new Float64Array(size * size);
    const groups = clusters === null ? null : new Float64Array((clusters.reduce((most, code) => Math.max(most, code), -1) + 1) * size);
    const score = new Float64Array(size);
    this.#eachBlock(at, () => {
      const { start, rows, first } = this.#block;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < size; j++) score[j] = first[this.#kinds[j]!]![i]! * this.#views[j]![i]!;
        if (groups !== null) for (let j = 0; j < size; j++) groups[clusters![start + i]! * size + j]! += score[j]!;
        else addSquares(squares, score, weights === null ? 1 : weights[start + i]!);
      }
    });
    for (let g = 0; groups !== null && g < groups.length; g += size) addSquares(squares, groups.subarray(g, g + size), 1);
    return squares;
  }

  #eachBlock(at: Float64Array, visit: (value: number) => void): void {
    const block = this.#block;
    for (let start = 0; start < this.#rowCount; start += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, this.#rowCount - start);
      block.start = start;
      block.rows = rows;
      for (const sum of block.sums) sum.fill(0);
      for (let j = 0; j < this.size; j++) {
        const view = (this.#views[j] = this.#columns[j]!.subarray(start, start + rows));
        addMultiple(block.sums[this.#kinds[j]!]!, at[j]!, view);
      }
      visit(this.#law(block));
    }
  }

  #addGradient(): void {
    const { first, rows } = this.#block;
    for (let j = 0; j < this.size; ) {
      const end = this.#endOf(j, this.size);
      addProducts(this.gradient, 0, first[this.#kinds[j]!]!, this.#views, j, end, rows);
      j = end;
    }
  }

  #addInformation(): void {
    const { second, rows } = this.#block;
    for (let j = 0; j < this.size; j++) {
      const kind = this.#kinds[j]!;
      const view = this.#views[j]!;
      for (let k = 0; k <= j; ) {
        const end = this.#endOf(k, j + 1);
        const pair = second[(kind * (kind + 1)) / 2 + this.#kinds[k]!]!;
        for (let i = 0; i < rows; i++) this.#scratch[i] = -view[i]! * pair[i]!;
        addProducts(this.information, j * this.size, this.#scratch, this.#views, k, end, rows);
        k = end;
      }
    }
  }

  /** Where the parameters of the sum of parameter j end, before `most`. */
  #endOf(j: number, most: number): number {
    let end = j + 1;
    while (end < most && this.#kinds[end] === this.#kinds[j]) end++;
    return end;
  }
}

function addSquares(to: Float64Array, score: Float64Array, weight: number): void {
  if (weight === 0) return;
  for (let j = 0; j < score.length; j++) for (let k = 0; k < score.length; k++) to[j * score.length + k]! += (score[j]! * score[k]!) / weight;
}

function addMultiple(to: Float64Array, factor: number, column: Float64Array): void {
  for (let i = 0; i < column.length; i++) to[i]! += factor * column[i]!;
}

/** to[from + k] += the sum over rows of values * column k, for k in [start, end): four at once keep the arithmetic units busy. */
function addProducts(to: Float64Array, from: number, values: Float64Array, columns: readonly Float64Array[], start: number, end: number, rows: number): void {
  let k = start;
  for (; k + 3 < end; k += 4) addFour(to, from + k, values, columns[k]!, columns[k + 1]!, columns[k + 2]!, columns[k + 3]!, rows);
  for (; k < end; k++) {
    const column = columns[k]!;
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += values[i]! * column[i]!;
    to[from + k]! += sum;
  }
}

function addFour(to: Float64Array, at: number, values: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array, rows: number): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const x = values[i]!;
    s0 += x * a[i]!;
    s1 += x * b[i]!;
    s2 += x * c[i]!;
    s3 += x * d[i]!;
  }
  to[at]! += s0;
  to[at + 1]! += s1;
  to[at + 2]! += s2;
  to[at + 3]! += s3;
}
