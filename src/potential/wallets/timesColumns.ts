/** slopes[0] * columns[0] + … for every row. */
export function timesColumns(columns: readonly Float64Array[], slopes: readonly number[]): Float64Array {
  const sums = new Float64Array(columns[0]!.length);
  columns.forEach((column, j) => {
    const slope = slopes[j]!;
    if (slope !== 0) for (let i = 0; i < sums.length; i++) sums[i]! += slope * column[i]!;
  });
  return sums;
}
