import type { CoxRows } from '../coxRows.js';
import { HazardTree } from '../hazardTree.js';

/** What is added up over the time each row was at risk. */
export interface BlockValues {
  /** Row-major, blocks x width: each times exp(-unit) of the block. */
  readonly values: Float64Array;
  readonly width: number;
  /** One a block; Infinity where no event happened, and the values are 0. */
  readonly units: Float64Array;
  /** Whether all blocks with events have one unit. */
  readonly isFlat: boolean;
}

/**
 * Of each row exp(eta) times the values of the blocks it was at risk in, row-major, rows x width. Differences of sums so far, forward in time;
 * where the units differ, by trees, so that nothing leaves the range of numbers. O(rows * width), by trees times log blocks.
 */
export function atRiskSums(rows: CoxRows, eta: Float64Array, given: BlockValues): Float64Array {
  const sums = new Float64Array(rows.rowCount * given.width);
  const { stratumBlocks } = rows;
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    const [first, end] = [stratumBlocks[s]!, stratumBlocks[s + 1]!];
    const entered = entryBlocks(rows, first, end);
    if (given.isFlat) addDifferences(rows, eta, given, { first, end, entered }, sums);
    else addByTrees(rows, eta, given, { first, end, entered }, sums);
  }
  return sums;
}

interface Stratum {
  readonly first: number;
  readonly end: number;
  /** Of each row of the stratum the first block, going back in time, that is not after its entry; null where all were there from the start. */
  readonly entered: Uint32Array | null;
}

function addDifferences({ blockStarts }: CoxRows, eta: Float64Array, { values, width, units }: BlockValues, { first, end, entered }: Stratum, to: Float64Array): void {
  const unit = units.subarray(first, end).find((found) => found < Infinity) ?? Infinity;
  // The sum from the first event up to and with each block; one more row of zeros for the time before.
  const soFar = new Float64Array((end - first + 1) * width);
  for (let i = (end - first) * width - 1, from = end * width - 1; i >= 0; i--, from--) soFar[i] = soFar[i + width]! + values[from]!;
  const firstRow = blockStarts[first]!;
  for (let block = first; block < end; block++) {
    const here = (block - first) * width;
    for (let row = blockStarts[block]!; row < blockStarts[block + 1]!; row++) {
      const risk = Math.exp(eta[row]! - unit);
      const before = (entered === null ? end - first : entered[row - firstRow]!) * width;
      for (let j = 0, i = row * width; j < width; j++) to[i++] = risk * (soFar[here + j]! - soFar[before + j]!);
    }
  }
}

function addByTrees({ blockStarts }: CoxRows, eta: Float64Array, { values, width, units }: BlockValues, { first, end, entered }: Stratum, to: Float64Array): void {
  const tree = new HazardTree(end - first);
  const firstRow = blockStarts[first]!;
  for (let j = 0; j < width; j++) {
    tree.fill(Float64Array.from({ length: end - first }, (_, b) => values[(first + b) * width + j]!), units.subarray(first, end), 0);
    for (let block = first; block < end; block++) {
      for (let row = blockStarts[block]!; row < blockStarts[block + 1]!; row++) {
        to[row * width + j] = tree.expected(eta[row]!, block - first, entered === null ? end - first : entered[row - firstRow]!);
      }
    }
  }
}

function entryBlocks({ blockStarts, durations, entries, leaving }: CoxRows, first: number, end: number): Uint32Array | null {
  if (entries === null) return null;
  const firstRow = blockStarts[first]!;
  const entered = new Uint32Array(blockStarts[end]! - firstRow);
  let block = first;
  // The latest entries first.
  for (let i = firstRow; i < blockStarts[end]!; i++) {
    const row = leaving![i]!;
    while (block < end && durations[blockStarts[block]!]! > entries[row]!) block++;
    entered[row - firstRow] = block - first;
  }
  return entered;
}
