import { sortedOrder } from '../../../numeric/sorting.js';
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
 * weight 0 is left out. O(rows + t) for t different ones: by hashing, then by radix.
 */
export function groupTuples({ count, frequency, recency, tenure }: Histories, { weights, gaps, codes }: GroupingColumns): GroupedTuples {
  const table = new TupleTable();
  let sumLogGaps = gaps === null ? NaN : 0;
  for (let row = 0; row < count; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    table.add(row, weight, frequency[row]!, recency[row]!, tenure[row]!, codes === null ? 0 : codes[row]!);
    if (gaps !== null) sumLogGaps += weight * gaps[row]!;
  }
  const columns = table.columns();
  // Stable, from the least to the most important. What differs in covariates alone stays in the order of first rows.
  let order = sortedOrder(columns[2]!);
  for (const column of [1, 0]) {
    const next = sortedOrder(inOrder(columns[column]!, order));
    order = next.map((place) => order[place]!);
  }
  const [x, last, ends, sums] = columns.map((values) => inOrder(values, order)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  let customers = 0;
  for (const sum of sums) customers += sum;
  const { firstRows } = table;
  return { tuples: { count: order.length, x, last, tenure: ends, weights: sums, customers, sumLogGaps }, firstRows: Int32Array.from(order, (entry) => firstRows[entry]!) };
}

function inOrder(values: Float64Array, order: Uint32Array): Float64Array {
  const sorted = new Float64Array(order.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = values[order[i]!]!;
  return sorted;
}

/** Histories with the sums of their weights: open addressing, doubled when half full. What an entry holds lies in one line of the cache. */
class TupleTable {
  firstRows: Int32Array<ArrayBuffer> = new Int32Array(512);
  #slots = new Int32Array(1024).fill(-1);
  /** x, last, tenure and the sum of the weights of each entry. */
  #entries = new Float64Array(4 * 512);
  #codes = new Int32Array(512);
  #size = 0;
  readonly #bits = new Float64Array(2);
  readonly #words = new Uint32Array(this.#bits.buffer);

  add(row: number, weight: number, x: number, last: number, tenure: number, code: number): void {
    const entries = this.#entries;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash(x, last, tenure, code) & mask;
    for (let entry = slots[slot]!; entry >= 0; entry = slots[slot]!) {
      const at = 4 * entry;
      if (entries[at] === x && entries[at + 1] === last && entries[at + 2] === tenure && this.#codes[entry] === code) {
        entries[at + 3]! += weight;
        return;
      }
      slot = (slot + 1) & mask;
    }
    const entry = this.#size++;
    slots[slot] = entry;
    this.firstRows[entry] = row;
    this.#codes[entry] = code;
    entries[4 * entry] = x;
    entries[4 * entry + 1] = last;
    entries[4 * entry + 2] = tenure;
    entries[4 * entry + 3] = weight;
    if (this.#size === this.firstRows.length) this.#grow();
  }

  /** x, last, tenure and the sums. */
  columns(): Float64Array[] {
    return Array.from({ length: 4 }, (_, column) => {
      const values = new Float64Array(this.#size);
      for (let entry = 0; entry < values.length; entry++) values[entry] = this.#entries[4 * entry + column]!;
      return values;
    });
  }

  #hash(x: number, last: number, tenure: number, code: number): number {
    // Adding 0 makes one number of 0 and -0.
    this.#bits[0] = last + 0;
    this.#bits[1] = tenure + 0;
    const words = this.#words;
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
    for (let word = 0; word < 4; word++) {
      hash = Math.imul(hash ^ words[word]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #grow(): void {
    const size = this.#size;
    this.firstRows = longer(this.firstRows, new Int32Array(2 * size));
    this.#codes = longer(this.#codes, new Int32Array(2 * size));
    this.#entries = longer(this.#entries, new Float64Array(8 * size));
    const slots = new Int32Array(4 * size).fill(-1);
    const mask = slots.length - 1;
    for (let entry = 0; entry < size; entry++) {
      const at = 4 * entry;
      let slot = this.#hash(this.#entries[at]!, this.#entries[at + 1]!, this.#entries[at + 2]!, this.#codes[entry]!) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    this.#slots = slots;
  }
}

function longer<Values extends Int32Array | Float64Array>(values: Values, copy: Values): Values {
  copy.set(values);
  return copy;
}
