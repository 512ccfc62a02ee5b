/** A matrix of which few cells are not 0, row by row (compressed sparse rows). Columns ascend within a row and none stands twice. */
export interface SparseRows {
  /** How many rows. */
  readonly rowCount: number;
  /** How many columns. */
  readonly columnCount: number;
  /** The cells of row `r` are `offsets[r]` (included) to `offsets[r + 1]` (excluded). */
  readonly offsets: Uint32Array;
  /** The column of each cell. */
  readonly columns: Int32Array;
  /** One a cell; null where all are 1. */
  readonly values: Float64Array | null;
}

/** Rows and columns changed about; O(cells). */
export function transposeRows({ rowCount, columnCount, offsets, columns, values }: SparseRows): SparseRows {
  const starts = new Uint32Array(columnCount + 1);
  for (let e = 0; e < columns.length; e++) starts[columns[e]! + 1]!++;
  for (let c = 0; c < columnCount; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const rows = new Int32Array(columns.length);
  const moved = values === null ? null : new Float64Array(values.length);
  for (let r = 0; r < rowCount; r++) {
    for (let e = offsets[r]!; e < offsets[r + 1]!; e++) {
      const place = next[columns[e]!]!++;
      rows[place] = r;
      if (moved !== null) moved[place] = values![e]!;
    }
  }
  return { rowCount: columnCount, columnCount: rowCount, offsets: starts, columns: rows, values: moved };
}

/** These rows, in this order; O(their cells). */
export function takeSparseRows({ columnCount, offsets, columns, values }: SparseRows, rows: ArrayLike<number>): SparseRows {
  const starts = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) starts[i + 1] = starts[i]! + offsets[rows[i]! + 1]! - offsets[rows[i]!]!;
  const taken = new Int32Array(starts[rows.length]!);
  const numbers = values === null ? null : new Float64Array(taken.length);
  for (let i = 0; i < rows.length; i++) {
    const from = offsets[rows[i]!]!;
    const to = offsets[rows[i]! + 1]!;
    taken.set(columns.subarray(from, to), starts[i]);
    if (numbers !== null) numbers.set(values!.subarray(from, to), starts[i]);
  }
  return { rowCount: rows.length, columnCount, offsets: starts, columns: taken, values: numbers };
}

/** In how many rows each column has a cell. */
export function columnCounts({ columnCount, columns }: SparseRows): Float64Array {
  const counts = new Float64Array(columnCount);
  for (let e = 0; e < columns.length; e++) counts[columns[e]!]!++;
  return counts;
}

/** Matrices of the same columns, one below the other; O(cells). */
export function stackSparseRows(parts: readonly SparseRows[]): SparseRows {
  if (parts.length === 1) return parts[0]!;
  const rowCount = parts.reduce((sum, part) => sum + part.rowCount, 0);
  const size = parts.reduce((sum, part) => sum + part.columns.length, 0);
  const offsets = new Uint32Array(rowCount + 1);
  const columns = new Int32Array(size);
  const values = parts[0]!.values === null ? null : new Float64Array(size);
  let row = 0;
  let at = 0;
  for (const part of parts) {
    columns.set(part.columns, at);
    values?.set(part.values!, at);
    for (let r = 0; r < part.rowCount; r++) offsets[++row] = at + part.offsets[r + 1]!;
    at += part.columns.length;
  }
  return { rowCount, columnCount: parts[0]!.columnCount, offsets, columns, values };
}

/** Cells that either of two 0/1 matrices of one shape has; O(cells). */
export function uniteSparseRows(a: SparseRows, b: SparseRows): SparseRows {
  const offsets = new Uint32Array(a.rowCount + 1);
  const columns = new Int32Array(a.columns.length + b.columns.length);
  let size = 0;
  for (let r = 0; r < a.rowCount; r++) {
    let i = a.offsets[r]!;
    let k = b.offsets[r]!;
    while (i < a.offsets[r + 1]! || k < b.offsets[r + 1]!) {
      const left = i < a.offsets[r + 1]! ? a.columns[i]! : Infinity;
      const right = k < b.offsets[r + 1]! ? b.columns[k]! : Infinity;
      if (left <= right) i++;
      if (right <= left) k++;
      columns[size++] = Math.min(left, right);
    }
    offsets[r + 1] = size;
  }
  return { rowCount: a.rowCount, columnCount: a.columnCount, offsets, columns: columns.slice(0, size), values: null };
}
