/** The first position from `low` to `high` whose value is at least this; values rise. */
export function lowerBound(values: Float64Array | Int32Array, low: number, high: number, value: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
