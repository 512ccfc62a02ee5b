/** How many rows are gathered before they are added. */
const BATCH = 64;

/**
 * A sum of weight * v v' over many vectors v, lower triangle only, row-major with `size` columns.
 *
 * Four vectors at a time, so that each entry of the sum is read and written a quarter as often.
 */
export class GramSum {
  readonly sum: Float64Array;
  readonly #size: number;
  readonly #vectors: Float64Array;
  readonly #weights: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.sum = new Float64Array(size * size);
    this.#vectors = new Float64Array(BATCH * size);
    this.#weights = new Float64Array(BATCH);
  }

  /** Begins anew at 0. */
  clear(): void {
    this.sum.fill(0);
    this.#count = 0;
  }

  /** Adds weight * (a x + b y)(a x + b y)'; y may be left out by b = 0. */
  addCombination(weight: number, a: number, x: Float64Array, b: number, y: Float64Array): void {
    const from = this.#count * this.#size;
    if (b === 0) for (let j = 0; j < this.#size; j++) this.#vectors[from + j] = a * x[j]!;
    else for (let j = 0; j < this.#size; j++) this.#vectors[from + j] = a * x[j]! + b * y[j]!;
    this.#weights[this.#count++] = weight;
    if (this.#count === BATCH) this.flush();
  }

  /** Adds what {@link GramSum.addCombination} has gathered. */
  flush(): void {
    this.addRows(this.#vectors, this.#weights, this.#count);
    this.#count = 0;
  }

  /** Adds the first rows of a row-major matrix, a weight each. */
  addRows(rows: Float64Array, weights: Float64Array, count: number): void {
    const { sum } = this;
    const size = this.#size;
    let i = 0;
    for (; i + 3 < count; i += 4) {
      const r0 = i * size;
      const r1 = r0 + size;
      const r2 = r1 + size;
      const r3 = r2 + size;
      const w0 = weights[i]!;
      const w1 = weights[i + 1]!;
      const w2 = weights[i + 2]!;
      const w3 = weights[i + 3]!;
      for (let a = 0; a < size; a++) {
        const x0 = w0 * rows[r0 + a]!;
        const x1 = w1 * rows[r1 + a]!;
        const x2 = w2 * rows[r2 + a]!;
        const x3 = w3 * rows[r3 + a]!;
        const to = a * size;
        for (let c = 0; c <= a; c++) sum[to + c]! += x0 * rows[r0 + c]! + x1 * rows[r1 + c]! + x2 * rows[r2 + c]! + x3 * rows[r3 + c]!;
      }
    }
    for (; i < count; i++) {
      const from = i * size;
      for (let a = 0; a < size; a++) {
        const x = weights[i]! * rows[from + a]!;
        for (let c = 0; c <= a; c++) sum[a * size + c]! += x * rows[from + c]!;
      }
    }
  }
}

/** A lower triangle as the whole symmetric matrix. */
export function mirror(lower: Float64Array, to: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) {
    for (let c = 0; c <= a; c++) {
      to[a * size + c] = lower[a * size + c]!;
      to[c * size + a] = lower[a * size + c]!;
    }
  }
}
