import { crossCounts } from './crossCounts.js';

/**
 * How far two partitions of the same rows agree beyond chance: 1 for the same partition whatever the names of its groups, 0 on average for
 * independent ones, down to -0.5. Each distinct label is a group, -1 (no segment) too. O(n). (Hubert and Arabie, 1985.)
 *
 * @param a - one label a row: numbers or names
 * @param b - the other label of the same rows
 * @returns the index; 1 when both are one single group, or both all rows apart
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH` or `EMPTY_INPUT`
 * @example
 * ```ts
 * adjustedRandIndex([0, 0, 1, 1], ['x', 'x', 'y', 'y']); // => 1
 * adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2]); // => 4 / 7
 * ```
 */
export function adjustedRandIndex(a: ArrayLike<number> | ArrayLike<string>, b: ArrayLike<number> | ArrayLike<string>): number {
  const { cells, sizesA, sizesB, rowCount } = crossCounts('adjustedRandIndex', a, b);
  return randIndexOf(cells.map(({ count }) => count), sizesA, sizesB, rowCount);
}

/** The same of the counts in the cells and at the margins of the table, whole or weights. */
export function randIndexOf(cells: ArrayLike<number>, sizesA: ArrayLike<number>, sizesB: ArrayLike<number>, total: number): number {
  const [both, pairsA, pairsB, all] = [cells, sizesA, sizesB, [total]].map(pairs) as [number, number, number, number];
  const expected = (pairsA * pairsB) / all;
  const most = (pairsA + pairsB) / 2;
  // One row, one group or all rows apart: two such partitions are the same.
  return all > 0 && most !== expected ? (both - expected) / (most - expected) : 1;
}

function pairs(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i]! * (counts[i]! - 1)) / 2;
  return sum;
}
