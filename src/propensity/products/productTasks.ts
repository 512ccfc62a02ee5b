import { ClientelaError } from '../../errors.js';
import { transposeRows, type SparseRows } from '../../numeric/sparseRows.js';
import { designLayout, levelColumn, type DesignLayout, type DesignState } from './designState.js';
import { columnMeans } from './productLogits.js';
import type { LogisticTask } from './logisticPass.js';

/** The regression of each product in turn, all on one design. One task is open at a time: rows and labels are shared. */
export class ProductTasks {
  readonly layout: DesignLayout;
  readonly design: SparseRows;
  readonly productCount: number;
  /** The share of the customers that have each column. */
  readonly means: Float64Array;
  /** One a product. */
  readonly rowCounts: number[] = [];
  /** One a product. */
  readonly positives: number[] = [];
  /** So many customers more for each product ... */
  readonly priorRows: number;
  /** ... of whom this share is positive. */
  readonly priorRate: number;
  readonly #heldLevels: number;
  readonly #held: SparseRows;
  readonly #isStatic: boolean;
  /** Products × customers: who holds a product, or cannot take it for another reason. */
  readonly #holders: SparseRows;
  readonly #takers: SparseRows;
  readonly #rows: Uint32Array;
  readonly #labels: Uint8Array;

  constructor(caller: string, state: DesignState, design: SparseRows, held: SparseRows, taken: SparseRows | null, barred: SparseRows, pooling: boolean) {
    this.layout = designLayout(state);
    requireAlike(caller, [design.columnCount, held.columnCount, taken?.columnCount], [this.layout.columnCount, state.products.length, state.products.length], 'columns');
    requireAlike(caller, [design.rowCount, taken?.rowCount], [held.rowCount, held.rowCount], 'rows');
    if (held.rowCount === 0 || held.columnCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer and one product, found ${held.rowCount} and ${held.columnCount}`);
    this.productCount = held.columnCount;
    this.#heldLevels = state.heldLevels;
    this.#held = held;
    this.#isStatic = taken === null;
    this.#holders = transposeRows(this.#isStatic ? held : barred);
    this.#takers = taken === null ? this.#holders : transposeRows(taken);
    // Where a product is its own label, the number held is counted without it while its regression is learnt: that moves columns.
    this.design = this.#isStatic ? { ...design, columns: design.columns.slice() } : design;
    this.means = columnMeans(design);
    this.#rows = new Uint32Array(held.rowCount).map((_, row) => row);
    this.#labels = new Uint8Array(held.rowCount);
    for (let j = 0; j < this.productCount; j++) this.#countLabels(j);
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    this.priorRate = (sum(this.positives) + 0.5) / (sum(this.rowCounts) + 1);
    this.priorRows = pooling ? priorStrength(this.positives, this.rowCounts, this.priorRate) : 0;
    if (!pooling) this.#requireBoth(caller, state.products);
  }

  /** All customers, of no product. */
  everyRow(): LogisticTask {
    const zeros = new Float64Array(this.means.length);
    const rows = new Uint32Array(this.#rows.length).map((_, row) => row);
    const { design, layout } = this;
    return { design, movedFrom: layout.levelsFrom, rows, labels: this.#labels, priorRows: 0, priorPositives: 0, means: zeros, own: -1, penalty: zeros, toward: zeros };
  }

  /** Makes rows, labels and columns those of a product. */
  open(j: number, penalty: Float64Array, toward: Float64Array): LogisticTask {
    const count = this.#fill(j);
    this.#countHeld(j, 1);
    const own = this.own(j);
    const means = this.means.slice();
    if (own >= 0) means[own] = 0;
    const rows = this.#rows.subarray(0, count);
    // The number held moves where products are their own labels.
    const movedFrom = this.layout.levelsFrom;
    return { design: this.design, movedFrom, rows, labels: this.#labels, priorRows: this.priorRows, priorPositives: this.priorRows * this.priorRate, means, own, penalty, toward };
  }

  /** Puts back what `open` moved. */
  close(j: number): void {
    this.#countHeld(j, 0);
  }

  /** The column of the product itself; -1 where holdings are not used. */
  own(j: number): number {
    return this.#heldLevels > 0 ? this.layout.holdsFrom + j : -1;
  }

  /** Labels of all customers; and the rows, which are those without the product where labels are what was taken later. */
  #fill(j: number): number {
    this.#labels.fill(0);
    for (let e = this.#takers.offsets[j]!; e < this.#takers.offsets[j + 1]!; e++) this.#labels[this.#takers.columns[e]!] = 1;
    if (this.#isStatic) return this.#rows.length;
    let next = this.#holders.offsets[j]!;
    const end = this.#holders.offsets[j + 1]!;
    let count = 0;
    for (let row = 0; row < this.#rows.length; row++) {
      if (next < end && this.#holders.columns[next] === row) next++;
      else this.#rows[count++] = row;
    }
    return count;
  }

  #countLabels(j: number): void {
    const count = this.#fill(j);
    let positives = 0;
    for (let i = 0; i < count; i++) positives += this.#labels[this.#rows[i]!]!;
    this.rowCounts.push(count);
    this.positives.push(positives);
  }

  /** Holders of a product have the column of the number they hold, less so many; it is the last of their row. */
  #countHeld(j: number, less: number): void {
    if (!this.#isStatic || this.#heldLevels === 0) return;
    const { offsets, columns } = this.design;
    for (let e = this.#holders.offsets[j]!; e < this.#holders.offsets[j + 1]!; e++) {
      const row = this.#holders.columns[e]!;
      const number = this.#held.offsets[row + 1]! - this.#held.offsets[row]!;
      columns[offsets[row + 1]! - 1] = levelColumn(this.layout.levelsFrom, this.#heldLevels, number - less);
    }
  }

  #requireBoth(caller: string, products: readonly string[]): void {
    const j = this.positives.findIndex((count, i) => count === 0 || count === this.rowCounts[i]);
    if (j < 0) return;
    const found = `${this.positives[j]!} of ${this.rowCounts[j]!}`;
    throw new ClientelaError('TARGET_CLASSES', `${caller} needs customers who take "${products[j]!}" and some who do not, found ${found}; leave the product out, or pool products`, { product: products[j] });
  }
}

function requireAlike(caller: string, found: readonly (number | undefined)[], needed: readonly number[], what: string): void {
  found.forEach((count, i) => {
    if (count === undefined || count === needed[i]) return;
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs design, holdings and labels of the same customers and products, found ${count} ${what} beside ${needed[i]!}`, { what });
  });
}

/**
 * How many customers the rates of all products are worth for one of them: the strength of the Beta distribution that has the mean and the spread of
 * the rates, from 1 to 50; the spread that chance alone gives is taken off.
 */
function priorStrength(positives: readonly number[], rows: readonly number[], mean: number): number {
  let [products, squares, chance] = [0, 0, 0];
  positives.forEach((count, j) => {
    if (rows[j] === 0) return;
    products++;
    squares += (count / rows[j]! - mean) ** 2;
    chance += (mean * (1 - mean)) / rows[j]!;
  });
  const spread = squares - chance;
  if (products < 3) return 1;
  return spread > 0 ? Math.min(50, Math.max(1, (products * mean * (1 - mean)) / spread - 1)) : 50;
}
