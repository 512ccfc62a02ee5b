import type { SparseRows } from '../../numeric/sparseRows.js';

/** What is counted of every group and product, at `group * products + product`. */
export interface WhiteSpaceCounts {
  /** Customers of each group. */
  readonly customers: Float64Array;
  /** How many hold the product. */
  readonly held: Float64Array;
  /** How many do not, and may be offered it. */
  readonly open: Float64Array;
  /** How many of those have a probability. */
  readonly scored: Float64Array;
  /** Σ p of those. */
  readonly takers: Float64Array;
  /** Σ p × margin of those. */
  readonly money: Float64Array;
}

/** The cells of the customers and what is known about each, row-major. */
export interface WhiteSpaceCells {
  readonly held: SparseRows;
  /** `NaN` where nothing may be offered; null where everything may. */
  readonly eligible: Float64Array | null;
  readonly probability: Float64Array | null;
  /** One a product, or one a cell. */
  readonly margin: Float64Array | null;
}

/** Counts and sums by group and product; O(cells). */
export function whiteSpaceCounts({ held: rows, eligible, probability, margin }: WhiteSpaceCells, codes: Int32Array, groupCount: number): WhiteSpaceCounts {
  const { rowCount, columnCount, offsets, columns } = rows;
  const size = groupCount * columnCount;
  const customers = new Float64Array(groupCount);
  const held = new Float64Array(size);
  const open = new Float64Array(size);
  const takers = new Float64Array(size);
  const money = new Float64Array(size);
  const scored = new Float64Array(size);
  const own = margin !== null && margin.length > columnCount;
  for (let row = 0; row < rowCount; row++) {
    const start = codes[row]! * columnCount;
    customers[codes[row]!]! += 1;
    let next = offsets[row]!;
    const end = offsets[row + 1]!;
    for (let j = 0, cell = row * columnCount; j < columnCount; j++, cell++) {
      const at = start + j;
      if (next < end && columns[next] === j) {
        next++;
        held[at]! += 1;
        continue;
      }
      if (eligible !== null && Number.isNaN(eligible[cell])) continue;
      open[at]! += 1;
      const p = probability === null ? NaN : probability[cell]!;
      if (Number.isNaN(p)) continue;
      scored[at]! += 1;
      takers[at]! += p;
      if (margin !== null) money[at]! += p * margin[own ? cell : j]!;
    }
  }
  return { customers, held, open, scored, takers, money };
}
