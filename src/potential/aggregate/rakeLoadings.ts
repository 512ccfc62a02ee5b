import type { RakePlan } from './rakeFactors.js';

/**
 * Loadings of the raked potentials. Had a shared unknown been otherwise, raking would have brought the sums back to the same sizes: of each loading that part is
 * taken out which moves a known sum, in the proportion in which factors move the rows. These are the derivatives of the raked potentials; margins in turn, as the
 * factors themselves are found.
 */
export function rakeLoadings({ values: { rowCount, shared, sharedCount, headroom }, weights, margins, growing, maxIterations, tolerance }: RakePlan, factors: Float64Array): Float64Array {
  const loadings = new Float64Array(rowCount * sharedCount);
  if (shared === null) return loadings;
  const moves = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const factor = factors[row]!;
    moves[row] = factor * (factor < 1 ? headroom[row]! : growing[row]!);
    for (let at = row * sharedCount; at < (row + 1) * sharedCount; at++) loadings[at] = factor * shared[at]!;
  }
  const scale = loadings.reduce((most, loading) => Math.max(most, Math.abs(loading)), 0) * weights.reduce((sum, weight) => sum + weight, 0);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let moved = 0;
    for (const { codes, sizes } of margins) {
      const sums = new Float64Array(sizes.length * sharedCount);
      const reach = new Float64Array(sizes.length);
      for (let row = 0; row < rowCount; row++) {
        const level = codes[row]!;
        if (level < 0) continue;
        reach[level]! += weights[row]! * moves[row]!;
        for (let k = 0; k < sharedCount; k++) sums[level * sharedCount + k]! += weights[row]! * loadings[row * sharedCount + k]!;
      }
      for (const sum of sums) moved = Math.max(moved, Math.abs(sum));
      for (let row = 0; row < rowCount; row++) {
        const level = codes[row]!;
        if (level < 0 || !(reach[level]! > 0)) continue;
        const part = moves[row]! / reach[level]!;
        for (let k = 0; k < sharedCount; k++) loadings[row * sharedCount + k]! -= part * sums[level * sharedCount + k]!;
      }
    }
    if (moved <= tolerance * scale) break;
  }
  return loadings;
}
