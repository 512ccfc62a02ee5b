/**
 * The nearest rising, nowhere negative sequence to each row of `width` numbers, in place: weighted least squares by pooling adjacent violators (Ayer et al.,
 * 1955), then 0 for what is below it. O(numbers).
 */
export function projectMonotone(values: Float64Array, width: number, weights: ArrayLike<number>): void {
  const [means, sums, sizes] = [new Float64Array(width), new Float64Array(width), new Uint32Array(width)];
  for (let start = 0; start < values.length; start += width) {
    let blocks = 0;
    for (let k = 0; k < width; k++) {
      means[blocks] = values[start + k]!;
      sums[blocks] = weights[k]!;
      sizes[blocks++] = 1;
      for (; blocks > 1 && means[blocks - 2]! > means[blocks - 1]!; blocks--) {
        const weight = sums[blocks - 2]! + sums[blocks - 1]!;
        means[blocks - 2]! += ((means[blocks - 1]! - means[blocks - 2]!) * sums[blocks - 1]!) / weight;
        sums[blocks - 2] = weight;
        sizes[blocks - 2]! += sizes[blocks - 1]!;
      }
    }
    let at = start;
    for (let block = 0; block < blocks; block++) for (let i = 0; i < sizes[block]!; i++) values[at++] = Math.max(0, means[block]!);
  }
}
