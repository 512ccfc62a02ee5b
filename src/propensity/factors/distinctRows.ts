import { takeSparseRows, type SparseRows } from '../../numeric/sparseRows.js';

/** Rows that differ, each with how many are like it. */
export interface DistinctRows {
  /** In the order of their first appearance; rows without cells are left out. */
  readonly rows: SparseRows;
  readonly counts: Float64Array;
}

/** Each row once: customers of a portfolio share few sets of products. Values do not count. O(cells). */
export function distinctRows(cells: SparseRows): DistinctRows {
  const { rowCount, offsets, columns } = cells;
  // Open addressing: a power of two at least twice the rows, 0 for a free place, otherwise 1 + the number of a distinct row.
  const places = new Int32Array(2 ** Math.ceil(Math.log2(2 * rowCount + 2)));
  const first = new Uint32Array(rowCount);
  const counts = new Float64Array(rowCount);
  let distinct = 0;
  for (let r = 0; r < rowCount; r++) {
    if (offsets[r] === offsets[r + 1]) continue;
    let place = hashRow(columns, offsets[r]!, offsets[r + 1]!) & (places.length - 1);
    while (places[place]! > 0 && !isSameRow(cells, first[places[place]! - 1]!, r)) place = (place + 1) & (places.length - 1);
    if (places[place] === 0) {
      first[distinct] = r;
      places[place] = ++distinct;
    }
    counts[places[place]! - 1]!++;
  }
  return { rows: takeSparseRows(cells, first.subarray(0, distinct)), counts: counts.slice(0, distinct) };
}

// FNV-1a on whole columns, its high bits mixed down.
function hashRow(columns: Int32Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let e = from; e < to; e++) hash = Math.imul(hash ^ columns[e]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function isSameRow({ offsets, columns }: SparseRows, a: number, b: number): boolean {
  const size = offsets[a + 1]! - offsets[a]!;
  if (offsets[b + 1]! - offsets[b]! !== size) return false;
  const shift = offsets[b]! - offsets[a]!;
  for (let e = offsets[a]!; e < offsets[a + 1]!; e++) if (columns[e] !== columns[e + shift]) return false;
  return true;
}
