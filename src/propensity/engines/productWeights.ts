import type { SparseRows } from '../../numeric/sparseRows.js';

/** What holding one product (row) adds to the score of every other (column): all cells row-major, or those that are not 0. The diagonal is 0. */
export type ProductWeights = Float64Array | SparseRows;

/** {@link ProductWeights} as JSON. */
export interface WeightsState {
  /** Where the cells of each held product begin, and where the last ends; null where all cells are stored. */
  readonly offsets: readonly number[] | null;
  /** The product each cell adds to; null where all cells are stored. */
  readonly columns: readonly number[] | null;
  /** What it adds, by held product. */
  readonly values: readonly number[];
}

/** Sums of weights over what each row holds, for the rows `from` to `to`, into the first places of `out`: every held product adds one contiguous run. */
export function sumWeights(weights: ProductWeights, width: number, held: SparseRows, from: number, to: number, out: Float64Array): void {
  if (weights instanceof Float64Array) sumDense(weights, width, held, from, to, out);
  else sumSparse(weights, width, held, from, to, out);
}

function sumDense(weights: Float64Array, width: number, { offsets, columns }: SparseRows, from: number, to: number, out: Float64Array): void {
  for (let r = from, at = 0; r < to; r++, at += width) {
    const end = offsets[r + 1]!;
    let e = offsets[r]!;
    if (e === end) {
      out.fill(0, at, at + width);
      continue;
    }
    let p = columns[e++]! * width;
    for (let j = 0; j < width; j++) out[at + j] = weights[p + j]!;
    // Two at a time: half of the reading and writing of sums. Added in order, so that the 0 of a product held for its own score changes no bit.
    for (; e + 1 < end; e += 2) {
      p = columns[e]! * width;
      const q = columns[e + 1]! * width;
      for (let j = 0; j < width; j++) out[at + j] = out[at + j]! + weights[p + j]! + weights[q + j]!;
    }
    if (e === end) continue;
    p = columns[e]! * width;
    for (let j = 0; j < width; j++) out[at + j]! += weights[p + j]!;
  }
}

function sumSparse(weights: SparseRows, width: number, held: SparseRows, from: number, to: number, out: Float64Array): void {
  const { offsets, columns } = weights;
  const values = weights.values!;
  out.fill(0, 0, (to - from) * width);
  for (let r = from, at = 0; r < to; r++, at += width) {
    for (let e = held.offsets[r]!; e < held.offsets[r + 1]!; e++) {
      const row = held.columns[e]!;
      const last = offsets[row + 1]!;
      for (let w = offsets[row]!; w < last; w++) out[at + columns[w]!]! += values[w]!;
    }
  }
}

/** One cell. */
export function weightOf(weights: ProductWeights, width: number, row: number, column: number): number {
  if (weights instanceof Float64Array) return weights[row * width + column]!;
  for (let e = weights.offsets[row]!; e < weights.offsets[row + 1]!; e++) if (weights.columns[e] === column) return weights.values![e]!;
  return 0;
}

/** As plain arrays. */
export function weightsState(weights: ProductWeights): WeightsState {
  if (weights instanceof Float64Array) return { offsets: null, columns: null, values: [...weights] };
  return { offsets: [...weights.offsets], columns: [...weights.columns], values: [...weights.values!] };
}

/** The weights that {@link weightsState} gave; undefined when they cannot be those of so many products. */
export function weightsOf({ offsets, columns, values }: Partial<WeightsState> & Pick<WeightsState, 'values'>, width: number): ProductWeights | undefined {
  if (!offsets || !columns) return values.length === width * width ? Float64Array.from(values) : undefined;
  const fits = offsets.length === width + 1 && offsets[width] === values.length && columns.length === values.length && columns.every((c) => c >= 0 && c < width);
  return fits ? { rowCount: width, columnCount: width, offsets: Uint32Array.from(offsets), columns: Int32Array.from(columns), values: Float64Array.from(values) } : undefined;
}
