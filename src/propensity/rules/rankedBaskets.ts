import { columnCounts, transposeRows, type SparseRows } from '../../numeric/sparseRows.js';

/** Baskets with the products that are frequent enough, by rank: 0 is the rarest. */
export interface RankedBaskets {
  /** The ranks of each basket, ascending, and -1 behind the last. */
  readonly cells: Int32Array;
  /** Where each basket begins in `cells`. */
  readonly starts: Int32Array;
  /** The column of each rank; equally frequent ones in the order of columns. */
  readonly columns: Int32Array;
}

/** What is left of the baskets with products in at least so many of them; O(cells). */
export function rankBaskets(rows: SparseRows, minCount: number): RankedBaskets {
  const counts = columnCounts(rows);
  const frequent = Array.from(counts.keys()).filter((column) => counts[column]! >= minCount);
  const columns = Int32Array.from(frequent.sort((a, b) => counts[a]! - counts[b]! || a - b));
  const holders = transposeRows(rows);
  const starts = new Int32Array(rows.rowCount);
  for (let rank = 0; rank < columns.length; rank++) {
    for (let e = holders.offsets[columns[rank]!]!; e < holders.offsets[columns[rank]! + 1]!; e++) starts[holders.columns[e]!]!++;
  }
  let size = 0;
  for (let row = 0; row < starts.length; row++) {
    const length = starts[row]!;
    starts[row] = size;
    size += length + 1;
  }
  const cells = new Int32Array(size).fill(-1);
  const next = starts.slice();
  for (let rank = 0; rank < columns.length; rank++) {
    for (let e = holders.offsets[columns[rank]!]!; e < holders.offsets[columns[rank]! + 1]!; e++) cells[next[holders.columns[e]!]!++] = rank;
  }
  return { cells, starts, columns };
}
