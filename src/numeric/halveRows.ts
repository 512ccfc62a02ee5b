/**
 * Orders rows `low` to `high` (both included) so that none before `middle` is larger along an axis of row-major points, and none after it smaller, in place (Hoare, 1961). O(high - low) on average.
 */
export function halveRows(rows: Int32Array, points: Float64Array, width: number, axis: number, low: number, high: number, middle: number): void {
  while (low < high) {
    const pivot = points[rows[(low + high) >> 1]! * width + axis]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (points[rows[i]! * width + axis]! < pivot) i++;
      while (points[rows[j]! * width + axis]! > pivot) j--;
      if (i > j) break;
      const held = rows[i]!;
      rows[i++] = rows[j]!;
      rows[j--] = held;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}
