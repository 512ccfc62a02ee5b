/**
 * The quantile of a variable known by mean, variance and third central moment, taken as a shifted gamma variable (Pearson's type III), where a standard
 * normal variable has quantile z. By the cube of Wilson and Hilferty (1931), which falls back to the normal quantile without skewness and gives
 * the mirror image for a negative one. Of a count give the quantile at k + 1/2, with the variance less 1/12.
 */
export function skewedQuantile(z: number, mean: number, variance: number, third: number): number {
  if (!(variance > 0)) return mean;
  const deviation = Math.sqrt(variance);
  const skewness = third / (variance * deviation);
  const side = skewness < 0 ? -1 : 1;
  const size = Math.abs(skewness);
  // Below 1e-4 the cube would cancel; its first two terms are what is left of it.
  if (size < 1e-4) return mean + deviation * (z + (skewness * (z * z - 1)) / 6);
  const root = Math.max(0, 1 - (size * size) / 36 + (size * side * z) / 6);
  return mean + (side * deviation * 2 * (root * root * root - 1)) / size;
}
