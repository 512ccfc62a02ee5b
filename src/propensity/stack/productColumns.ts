/** The cells of one product, row by row: only the customers that could take it. */
export interface ProductCells {
  /** The product. */
  readonly product: number;
  readonly count: number;
  /** The row of each cell. */
  readonly rows: Int32Array;
  /** 1 taken, 0 not. */
  readonly labels: Uint8Array;
  /** For each of the matrices its values. */
  readonly values: readonly Float64Array[];
}

// As many doubles as a cache line holds: what is read from memory for one product serves its neighbours too.
const BLOCK = 8;
const CHUNK = 256;

/**
 * Visits product after product with the labels (1 or 0; other cells are left out) and values of its cells, gathered from row-major matrices. The
 * arrays are used again for the next product. O(cells).
 */
export function eachProduct(labels: ArrayLike<number>, products: number, matrices: readonly Float64Array[], visit: (cells: ProductCells) => void): void {
  const rowCount = labels.length / products;
  const width = Math.min(BLOCK, products);
  const rows = new Int32Array(rowCount * width);
  const marks = new Uint8Array(rowCount * width);
  const values = matrices.map(() => new Float64Array(rowCount * width));
  const counts = new Int32Array(width);
  for (let first = 0; first < products; first += width) {
    const wide = Math.min(width, products - first);
    counts.fill(0);
    for (let start = 0; start < rowCount; start += CHUNK) {
      const end = Math.min(start + CHUNK, rowCount);
      for (let k = 0; k < wide; k++) {
        const from = k * rowCount + counts[k]!;
        const to = gatherLabels(labels, products, first + k, start, end, rows, marks, from);
        for (let m = 0; m < matrices.length; m++) gatherValues(matrices[m]!, products, first + k, rows, from, to, values[m]!);
        counts[k] = to - k * rowCount;
      }
    }
    for (let k = 0; k < wide; k++) {
      const [from, to] = [k * rowCount, k * rowCount + counts[k]!];
      visit({ product: first + k, count: to - from, rows: rows.subarray(from, to), labels: marks.subarray(from, to), values: values.map((each) => each.subarray(from, to)) });
    }
  }
}

function gatherLabels(labels: ArrayLike<number>, products: number, product: number, start: number, end: number, rows: Int32Array, marks: Uint8Array, from: number): number {
  let to = from;
  for (let r = start, cell = start * products + product; r < end; r++, cell += products) {
    const label = labels[cell];
    if (label !== 0 && label !== 1) continue;
    rows[to] = r;
    marks[to++] = label;
  }
  return to;
}

function gatherValues(matrix: Float64Array, products: number, product: number, rows: Int32Array, from: number, to: number, into: Float64Array): void {
  for (let at = from; at < to; at++) into[at] = matrix[rows[at]! * products + product]!;
}
