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
  const both = pairs(cells.map(({ count }) => count));
  const [pairsA, pairsB] = [pairs(sizesA), pairs(sizesB)];
  const expected = (pairsA * pairsB) / Math.max(1, pairs([rowCount]));
  const most = (pairsA + pairsB) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

function pairs(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
