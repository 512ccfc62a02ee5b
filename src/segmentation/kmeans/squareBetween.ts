/** The squared distance of two points, by their differences. */
export function squareBetween(a: Float64Array, i: number, b: Float64Array, j: number, width: number): number {
  let square = 0;
  for (let end = i + width; i < end; i++, j++) {
    const t = a[i]! - b[j]!;
    square += t * t;
  }
  return square;
}
