import type { Histories } from '../../purchaseHistories.js';
import type { Tuples } from './tuples.js';

/** What the grouping of histories takes beside them. */
export interface GroupingColumns {
  readonly weights: Float64Array | null;
  readonly gaps: Float64Array | null;
  /** Which customers are alike in all covariates. */
  readonly codes: Int32Array | null;
}

/** Tuples, and of each the row of its first customer. */
export interface GroupedTuples {
  readonly tuples: Tuples;
  readonly firstRows: Int32Array;
}

/**
 * The different histories with the customers each stands for, ascending in x, last and tenure, so that the order of the rows leaves no trace. What has
 * weight 0 is left out. O(rows) by hashing, O(t log t) for t different ones.
 */
export function groupTuples({ count, frequency, recency, tenure }: Histories, { weights, gaps, codes }: GroupingColumns): GroupedTuples {
  const table = new TupleTable();
  let sumLogGaps = gaps === null ? NaN : 0;
  for (let row = 0; row < count; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    table.add(row, weight, frequency, recency, tenure, codes);
    if (gaps !== null) sumLogGaps += weight * gaps[row]!;
  }
  const { rows, sums } = table.entries();
  const order = Uint32Array.from(rows.keys()).sort((i, j) => {
    const [a, b] = [rows[i]!, rows[j]!];
    return frequency[a]! - frequency[b]! || recency[a]! - recency[b]! || tenure[a]! - tenure[b]! || a - b;
  });
  const firstRows = Int32Array.from(order, (i) => rows[i]!);
  const at = (values: Float64Array): Float64Array => Float64Array.from(firstRows, (row) => values[row]!);
  const sorted = Float64Array.from(order, (i) => sums[i]!);
  const customers = sorted.reduce((sum, weight) => sum + weight, 0);
  return { tuples: { count: order.length, x: at(frequency), last: at(recency), tenure: at(tenure), weights: sorted, customers, sumLogGaps }, firstRows };
}

/** Rows by what they hold: open addressing, doubled when half full. */
class TupleTable {
  #slots = new Int32Array(1024).fill(-1);
  #rows = new Int32Array(512);
  #sums = new Float64Array(512);
  #size = 0;
  readonly #bits = new Float64Array(2);
  readonly #words = new Uint32Array(this.#bits.buffer);

  add(row: number, weight: number, x: Float64Array, last: Float64Array, tenure: Float64Array, codes: Int32Array | null): void {
    const mask = this.#slots.length - 1;
    const code = codes === null ? 0 : codes[row]!;
    let slot = this.#hash(x[row]!, last[row]!, tenure[row]!, code) & mask;
    for (; this.#slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      const other = this.#rows[entry]!;
      if (x[other] !== x[row] || last[other] !== last[row] || tenure[other] !== tenure[row] || (codes !== null && codes[other] !== code)) continue;
      this.#sums[entry]! += weight;
      return;
    }
    this.#slots[slot] = this.#size;
    this.#rows[this.#size] = row;
    this.#sums[this.#size++] = weight;
    if (this.#size === this.#rows.length) this.#grow(x, last, tenure, codes);
  }

  entries(): { readonly rows: Int32Array; readonly sums: Float64Array } {
    return { rows: this.#rows.subarray(0, this.#size), sums: this.#sums.subarray(0, this.#size) };
  }

  #hash(x: number, last: number, tenure: number, code: number): number {
    this.#bits[0] = last;
    this.#bits[1] = tenure;
    const words = this.#words;
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
    for (let word = 0; word < 4; word++) {
      hash = Math.imul(hash ^ words[word]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #grow(x: Float64Array, last: Float64Array, tenure: Float64Array, codes: Int32Array | null): void {
    const rows = new Int32Array(2 * this.#size);
    const sums = new Float64Array(2 * this.#size);
    rows.set(this.#rows);
    sums.set(this.#sums);
    this.#rows = rows;
    this.#sums = sums;
    this.#slots = new Int32Array(4 * this.#size).fill(-1);
    const mask = this.#slots.length - 1;
    for (let entry = 0; entry < this.#size; entry++) {
      const row = rows[entry]!;
      let slot = this.#hash(x[row]!, last[row]!, tenure[row]!, codes === null ? 0 : codes[row]!) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = entry;
    }
  }
}
