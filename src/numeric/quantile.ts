/**
 * The quantile of ascending values by linear interpolation at (n - 1) p: type 7 of Hyndman and Fan (1996), as in numpy, R and
 * simple-statistics. Ours because `quantileSorted` of that package brings 0.6 kB of what cannot be shaken off.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below]!;
  return below === position ? low : low + (position - below) * (sorted[below + 1]! - low);
}
