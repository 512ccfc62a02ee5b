import { crossCounts } from './crossCounts.js';

/**
 * How much one partition tells of another: their mutual information over the mean of their entropies, 0 to 1. It is not adjusted for chance: of many small
 * groups it is large by itself (`adjustedRandIndex` is). Each distinct label is a group, -1 (no segment) too. O(n). (Vinh, Epps and Bailey, 2010.)
 *
 * @param a - one label a row: numbers or names
 * @param b - the other label of the same rows
 * @returns the share; 1 when both are one single group
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH` or `EMPTY_INPUT`
 * @example
 * ```ts
 * normalisedMutualInformation([0, 0, 1, 1], ['x', 'x', 'y', 'y']); // => 1
 * normalisedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1]); // => 0
 * ```
 */
export function normalisedMutualInformation(a: ArrayLike<number> | ArrayLike<string>, b: ArrayLike<number> | ArrayLike<string>): number {
  const { cells, sizesA, sizesB, rowCount } = crossCounts('normalisedMutualInformation', a, b);
  const entropy = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum - (size / rowCount) * Math.log(size / rowCount), 0);
  const information = cells.reduce((sum, cell) => sum + (cell.count / rowCount) * Math.log((cell.count * rowCount) / (sizesA[cell.a]! * sizesB[cell.b]!)), 0);
  const mean = (entropy(sizesA) + entropy(sizesB)) / 2;
  return mean === 0 ? 1 : Math.min(1, Math.max(0, information / mean));
}
