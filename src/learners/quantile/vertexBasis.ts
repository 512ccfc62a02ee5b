/**
 * A vertex of a quantile regression: as many rows as there are coefficients, fitted exactly, and the inverse of their design. Direction j
 * (row j of `directions`) changes the fit of basis row j by 1 and of the other basis rows not at all.
 */
export class VertexBasis {
  readonly width: number;
  /** The rows, by direction; -1 where none is found yet. */
  readonly rows: Int32Array;
  readonly directions: Float64Array;
  readonly #columns: readonly Float64Array[];

  constructor(columns: readonly Float64Array[]) {
    this.#columns = columns;
    this.width = columns.length;
    this.rows = new Int32Array(this.width);
    this.directions = new Float64Array(this.width * this.width);
  }

  /**
   * Takes rows in the order given (of all rows when null) until the basis is full; first those well apart, and none that moves what is still
   * free by `least` or less. False when some place stays empty: its direction then fits 0 to every row.
   */
  fill(candidates: Int32Array | null, least: number): boolean {
    const { width, rows, directions } = this;
    const count = (candidates ?? this.#columns[0]!).length;
    rows.fill(-1);
    directions.fill(0);
    for (let j = 0; j < width; j++) directions[j * width + j] = 1;
    let empty = width;
    for (const apart of [0.1, 1e-3, least]) {
      for (let c = 0; c < count && empty > 0; c++) {
        const row = candidates === null ? c : candidates[c]!;
        const slot = this.#freest(row, apart);
        if (slot < 0) continue;
        this.replace(slot, row);
        empty--;
      }
    }
    return empty === 0;
  }

  /** The empty place whose direction a row moves most, and by more than `apart`; -1 when there is none. */
  #freest(row: number, apart: number): number {
    let slot = -1;
    for (let j = 0; j < this.width; j++) {
      if (this.rows[j]! >= 0) continue;
      const move = Math.abs(this.#move(row, j));
      if (move > apart) [slot, apart] = [j, move];
    }
    return slot;
  }

  /** How much direction j changes the fit of a row. */
  #move(row: number, j: number): number {
    const { width, directions } = this;
    let move = 0;
    for (let k = 0; k < width; k++) move += this.#columns[k]![row]! * directions[j * width + k]!;
    return move;
  }

  /** Row `row` instead of basis row j. O(width^2). */
  replace(j: number, row: number): void {
    const { width, directions } = this;
    const own = this.#move(row, j);
    for (let k = 0; k < width; k++) directions[j * width + k]! /= own;
    for (let l = 0; l < width; l++) {
      const move = l === j ? 0 : this.#move(row, l);
      for (let k = 0; k < width && move !== 0; k++) directions[l * width + k]! -= move * directions[j * width + k]!;
    }
    this.rows[j] = row;
  }

  /** The coefficients that fit the basis rows exactly. */
  coefficients(target: Float64Array): Float64Array {
    const { width, rows, directions } = this;
    const b = new Float64Array(width);
    for (let j = 0; j < width; j++) for (let k = 0; k < width; k++) b[k]! += target[rows[j]!]! * directions[j * width + k]!;
    return b;
  }

  /** The weights on the basis rows that balance a gradient: -(directions) gradient. */
  multipliers(gradient: Float64Array): Float64Array {
    const { width, directions } = this;
    const found = new Float64Array(width);
    for (let j = 0; j < width; j++) for (let k = 0; k < width; k++) found[j]! -= directions[j * width + k]! * gradient[k]!;
    return found;
  }
}
