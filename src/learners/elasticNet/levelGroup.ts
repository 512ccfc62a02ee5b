import type { DesignColumn, LevelDesignColumn } from '../logisticDesign.js';

/** The 0/1 columns of one category, which share their codes: one look-up a row does for all of them. */
export class LevelGroup {
  readonly #codes: Int32Array;
  readonly #members: readonly (readonly [position: number, table: Float64Array])[];
  /** What code -1, 0, 1, ... adds to the linear predictor. */
  readonly #added: Float64Array;
  /** Residuals summed by code. */
  readonly #sums: Float64Array;
  #isZero = true;

  constructor(codes: Int32Array, members: readonly (readonly [position: number, column: LevelDesignColumn])[]) {
    this.#codes = codes;
    this.#members = members.map(([position, { table }]) => [position, table]);
    this.#added = new Float64Array(members[0]![1].table.length);
    this.#sums = this.#added.slice();
  }

  /** Before a walk: what the parameters (intercept first) say of each code. */
  prepare(theta: Float64Array): void {
    this.#added.fill(0);
    this.#sums.fill(0);
    for (const [position, table] of this.#members) {
      const slope = theta[position + 1]!;
      if (slope !== 0) for (let code = 0; code < table.length; code++) this.#added[code]! += slope * table[code]!;
    }
    this.#isZero = this.#added.every((value) => value === 0);
  }

  /** Adds to the linear predictor of a block. */
  addLinear(eta: Float64Array, start: number, rows: number): void {
    if (this.#isZero) return;
    const codes = this.#codes;
    const added = this.#added;
    for (let i = 0; i < rows; i++) eta[i]! += added[codes[start + i]! + 1]!;
  }

  /** Sums the residuals of a block by code. */
  addProducts(residuals: Float64Array, start: number, rows: number): void {
    const codes = this.#codes;
    const sums = this.#sums;
    for (let i = 0; i < rows; i++) sums[codes[start + i]! + 1]! += residuals[i]!;
  }

  /** After a walk: products of the columns and the residuals. */
  finish(gradient: Float64Array): void {
    for (const [position, table] of this.#members) {
      let sum = 0;
      for (let code = 0; code < table.length; code++) sum += this.#sums[code]! * table[code]!;
      gradient[position + 1] = sum;
    }
  }
}

/** The categories of a design. */
export function groupLevels(columns: readonly DesignColumn[]): LevelGroup[] {
  const groups = new Map<Int32Array, [number, LevelDesignColumn][]>();
  columns.forEach((column, position) => {
    if (column.kind === 'number') return;
    const members = groups.get(column.codes) ?? [];
    groups.set(column.codes, members);
    members.push([position, column]);
  });
  return [...groups].map(([codes, members]) => new LevelGroup(codes, members));
}
