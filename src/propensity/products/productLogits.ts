import { columnCounts, type SparseRows } from '../../numeric/sparseRows.js';
import { designLayout, levelColumn, type DesignLayout, type DesignState } from './designState.js';

/** The regressions of all products, as plain JSON. */
export interface ProductLogitsState {
  /** One a product. */
  readonly intercepts: readonly number[];
  /** Columns × products: what a column adds to the log-odds of each product. 0 for a product's own column. */
  readonly coefficients: readonly number[];
  /** One a column: its share of the customers learnt from. Over them the effects of a trait with a column for every customer have mean 0. */
  readonly means: readonly number[];
}

/** What one trait of a customer adds to the log-odds, against the average customer. */
export interface LogitContribution {
  /** The trait in words: `age 30 to 39`, `holds card`, `does not hold card`. */
  readonly name: string;
  readonly contribution: number;
  /** Whether it is one of the profile rather than of what is held. */
  readonly ofProfile: boolean;
}

/** Why a customer has the log-odds of a product. */
export interface LogitReasons {
  /** The log-odds of the average customer. */
  readonly baseline: number;
  /** The strongest first; baseline + their sum = `logit`. */
  readonly contributions: readonly LogitContribution[];
  readonly logit: number;
}

/** Log-odds of every product from the rows of a design: regressions by product. */
export class ProductLogits {
  readonly #design: DesignState;
  readonly #layout: DesignLayout;
  readonly #intercepts: Float64Array;
  readonly #coefficients: Float64Array;
  readonly #state: ProductLogitsState;

  constructor(design: DesignState, state: ProductLogitsState) {
    this.#design = design;
    this.#layout = designLayout(design);
    this.#state = state;
    this.#intercepts = Float64Array.from(state.intercepts);
    this.#coefficients = Float64Array.from(state.coefficients);
  }

  /**
   * Log-odds of the rows `from` (included) to `to` (excluded), row-major, into the first places of `out`. Of a product the customer holds
   * they are what the profile and the other products say. O(cells of the rows × products).
   */
  logitsInto({ offsets, columns }: SparseRows, from: number, to: number, out: Float64Array): void {
    const { holdsFrom, levelsFrom } = this.#layout;
    const intercepts = this.#intercepts;
    const coefficients = this.#coefficients;
    const P = intercepts.length;
    for (let row = from, at = 0; row < to; row++, at += P) {
      const start = offsets[row]!;
      const end = offsets[row + 1]!;
      for (let j = 0; j < P; j++) out[at + j] = intercepts[j]!;
      let e = start;
      // Four columns at once: a quarter of the reads and writes of the sums.
      for (; e + 3 < end; e += 4) {
        const a = columns[e]! * P;
        const b = columns[e + 1]! * P;
        const c = columns[e + 2]! * P;
        const d = columns[e + 3]! * P;
        for (let j = 0; j < P; j++) out[at + j]! += coefficients[a + j]! + coefficients[b + j]! + (coefficients[c + j]! + coefficients[d + j]!);
      }
      for (; e < end; e++) {
        const a = columns[e]! * P;
        for (let j = 0; j < P; j++) out[at + j]! += coefficients[a + j]!;
      }
      if (this.#design.heldLevels > 0) this.#othersOnly(columns, start, end - 1, holdsFrom, levelsFrom, out, at);
    }
  }

  /** Counts the products held without the one that is asked for. The last column of a row is that of the number held. */
  #othersOnly(columns: Int32Array, start: number, last: number, holdsFrom: number, levelsFrom: number, out: Float64Array, at: number): void {
    let first = last;
    while (first > start && columns[first - 1]! >= holdsFrom) first--;
    const P = this.#intercepts.length;
    const others = levelColumn(levelsFrom, this.#design.heldLevels, last - first - 1) * P;
    const all = columns[last]! * P;
    if (others === all) return;
    for (let e = first; e < last; e++) {
      const j = columns[e]! - holdsFrom;
      out[at + j]! += this.#coefficients[others + j]! - this.#coefficients[all + j]!;
    }
  }

  /** What each trait of a row adds to the log-odds of a product, against the average customer. */
  contributions(rows: SparseRows, row: number, product: number): LogitReasons {
    const { columnNames, products } = this.#design;
    const { holdsFrom, levelsFrom } = this.#layout;
    const P = this.#intercepts.length;
    const active = activeColumns(this.#design, this.#layout, rows, row, product);
    let baseline = this.#intercepts[product]!;
    const contributions: LogitContribution[] = [];
    const add = (name: string, contribution: number, ofProfile = false): void => {
      if (contribution !== 0) contributions.push({ name, contribution, ofProfile });
    };
    // Of a trait that has a column for every customer the average is 0.
    for (const column of active) {
      if (column < holdsFrom || column >= levelsFrom) add(columnNames[column]!, this.#coefficients[column * P + product]!, column < holdsFrom);
    }
    for (let column = holdsFrom; column < levelsFrom; column++) {
      const coefficient = this.#coefficients[column * P + product]!;
      const average = coefficient * this.#state.means[column]!;
      baseline += average;
      if (active.includes(column)) add(columnNames[column]!, coefficient - average);
      else add(`does not hold ${products[column - holdsFrom]!}`, -average);
    }
    const logit = contributions.reduce((sum, { contribution }) => sum + contribution, baseline);
    return { baseline, contributions: contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)), logit };
  }

  /** What can be stored; with the design it was learnt on, the constructor takes it back. */
  toJSON(): ProductLogitsState {
    return this.#state;
  }
}

/** The columns of a row as the regression of one product sees them: its own column aside, the number held without it. */
export function activeColumns({ heldLevels }: DesignState, { holdsFrom, levelsFrom }: DesignLayout, { offsets, columns }: SparseRows, row: number, product: number): number[] {
  const all = Array.from(columns.subarray(offsets[row], offsets[row + 1]));
  const own = holdsFrom + product;
  if (heldLevels === 0 || !all.includes(own)) return all;
  const others = all.filter((column) => column >= holdsFrom && column < levelsFrom && column !== own).length;
  return [...all.filter((column) => column < levelsFrom && column !== own), levelColumn(levelsFrom, heldLevels, others)];
}

/** The share of the rows that have each column. */
export function columnMeans(rows: SparseRows): Float64Array {
  return columnCounts(rows).map((count) => count / rows.rowCount);
}
