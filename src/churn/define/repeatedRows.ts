import type { Column } from '../../data/column.js';

/** Rows that repeat an earlier one exactly. */
export interface RepeatedRows {
  /** Their positions. */
  readonly rows: readonly number[];
  /**
   * How far this is from chance. For each column: of two rows alike in all others, how often they are alike in it, too (on average over rows that have such a
   * mate); the least over the columns. Copies agree in every column at once, so it is near 1; rows of few and coarse values agree by chance, and then as
   * easily in all but one.
   */
  readonly copied: number;
}

/** Exact repeats by additive hashes of 53 bits: leaving a column out is a subtraction. O(rows × columns). */
export function repeatedRows(columns: readonly Column[], rowCount: number): RepeatedRows {
  const hashes = columns.map((column, j) => hashColumn(column, j + 1));
  const [high, low] = [new Uint32Array(rowCount), new Uint32Array(rowCount)];
  for (const hash of hashes) {
    for (let row = 0; row < rowCount; row++) {
      high[row]! += hash[2 * row]!;
      low[row]! += hash[2 * row + 1]!;
    }
  }
  const key = (row: number, hash?: Uint32Array): number => {
    const a = hash === undefined ? high[row]! : (high[row]! - hash[2 * row]!) >>> 0;
    const b = hash === undefined ? low[row]! : (low[row]! - hash[2 * row + 1]!) >>> 0;
    return a * 2097152 + (b >>> 11);
  };
  const all = countKeys(rowCount, (row) => key(row));
  const rows = all.repeats;
  if (rows.length === 0) return { rows, copied: 0 };
  let copied = 1;
  for (const hash of hashes) {
    const { sizeOf } = countKeys(rowCount, (row) => key(row, hash));
    let [mates, agreeing] = [0, 0];
    for (let row = 0; row < rowCount; row++) {
      if (sizeOf(row) < 2) continue;
      mates++;
      agreeing += (all.sizeOf(row) - 1) / (sizeOf(row) - 1);
    }
    copied = Math.min(copied, agreeing / mates);
  }
  return { rows, copied };
}

/** How often each key occurs, and which rows have one that came before. */
function countKeys(rowCount: number, key: (row: number) => number): { readonly repeats: readonly number[]; readonly sizeOf: (row: number) => number } {
  const groupOf = new Map<number, number>();
  const groups = new Uint32Array(rowCount);
  const sizes = new Uint32Array(rowCount);
  const repeats: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const known = groupOf.get(key(row));
    const group = known ?? groupOf.size;
    if (known === undefined) groupOf.set(key(row), group);
    else repeats.push(row);
    groups[row] = group;
    sizes[group]!++;
  }
  return { repeats, sizeOf: (row) => sizes[groups[row]!]! };
}

/** Two words for each row, equal where its values are. */
function hashColumn(column: Column, salt: number): Uint32Array {
  const cells: ArrayLike<unknown> = column.kind === 'category' ? column.codes : column.values;
  const numberOf = new Map<unknown, number>();
  const hash = new Uint32Array(2 * cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    let number = numberOf.get(cell);
    if (number === undefined) numberOf.set(cell, (number = numberOf.size));
    hash[2 * row] = mix(number, salt);
    hash[2 * row + 1] = mix(number, salt + 0x9e3779b9);
  }
  return hash;
}

/** The finisher of MurmurHash3 (Appleby), twice. */
function mix(value: number, salt: number): number {
  let h = value + Math.imul(salt, 0x85ebca6b);
  for (let round = 0; round < 2; round++) {
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h = (h ^ (h >>> 16)) + salt;
  }
  return h >>> 0;
}
