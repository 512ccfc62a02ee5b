import type { BinTable } from './binTable.js';
import type { Split } from './findSplit.js';

/** What a division of rows comes to. */
export interface Parts {
  /** Where the right part begins. */
  readonly middle: number;
  /** Rows on the left, by weight. */
  readonly weight: number;
  /** Rows whose number is missing. */
  readonly missing: number;
}

/** For each bin of the feature that divides 1 where it goes left. */
export function leftBins({ features }: Pick<BinTable, 'features'>, split: Pick<Split, 'feature' | 'left' | 'bin' | 'missingLeft'>): Uint8Array {
  const { bins, missingBin } = features[split.feature]!;
  const left = new Uint8Array(bins + 1);
  if (split.left === null) left.fill(1, 0, split.bin + 1);
  else for (const bin of split.left) left[bin] = 1;
  if (missingBin >= 0) left[missingBin] = split.missingLeft ? 1 : 0;
  return left;
}

/** Puts the rows that go left before those that go right; each keep their order. */
export function partitionRows(table: BinTable, split: Pick<Split, 'feature' | 'left' | 'bin' | 'missingLeft'>, start: number, end: number, weights: Float64Array | null): Parts {
  const { columns, rows, scratch, goesLeft, kernels } = table.memory;
  const { feature } = split;
  const { missingBin } = table.features[feature]!;
  const first = feature * table.rowCount;
  let missing = 0;
  if (missingBin >= 0) for (let i = start; i < end; i++) if (columns[first + rows[i]!] === missingBin) missing++;
  goesLeft.set(leftBins(table, split));
  const middle = kernels === null ? partition(columns, first, rows, start, end, scratch, goesLeft) : kernels.partition(feature, start, end);
  let weight = middle - start;
  if (weights !== null) {
    weight = 0;
    for (let i = start; i < middle; i++) weight += weights[rows[i]!]!;
  }
  return { middle, weight, missing };
}

function partition(columns: Uint8Array, first: number, rows: Int32Array, start: number, end: number, scratch: Int32Array, goesLeft: Uint8Array): number {
  let left = start;
  let right = 0;
  // Both are written and one position moves on: no branch to guess.
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const isLeft = goesLeft[columns[first + row]!]!;
    rows[left] = row;
    scratch[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}

/** Rows in each bin of a feature over a stretch of rows, by weight; the last one holds missing numbers. */
export function countBins({ memory: { columns, rows }, features, rowCount }: BinTable, feature: number, start: number, end: number, weights: Float64Array | null): Float64Array {
  const masses = new Float64Array(features[feature]!.bins + 1);
  const first = feature * rowCount;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    masses[columns[first + row]!]! += weights === null ? 1 : weights[row]!;
  }
  return masses;
}
