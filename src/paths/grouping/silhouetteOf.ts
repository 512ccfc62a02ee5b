import type { MedoidProblem } from '../../numeric/medoids/fasterPam.js';

/** Of every journey (b - a) / max(a, b), as if repeated by its weight: a is the mean distance to the others of its group, b that to the nearest other group (Rousseeuw, 1987). O(n²). */
export function silhouetteOf({ count, distances, weights }: MedoidProblem, labels: Int32Array, groups: number): Float64Array {
  const sizes = new Float64Array(groups);
  for (let i = 0; i < count; i++) sizes[labels[i]!]! += weights[i]!;
  const sums = new Float64Array(groups);
  return Float64Array.from(labels, (own, i) => {
    sums.fill(0);
    for (let j = 0, at = i * count; j < count; j++, at++) sums[labels[j]!]! += weights[j]! * distances[at]!;
    const within = sizes[own]! > 1 ? sums[own]! / (sizes[own]! - 1) : -1;
    let nearest = Infinity;
    for (let g = 0; g < groups; g++) if (g !== own && sums[g]! / sizes[g]! < nearest) nearest = sums[g]! / sizes[g]!;
    // Alone in its group, or as near to another: neither in nor out.
    return within < 0 || nearest === Infinity || within === nearest ? 0 : (nearest - within) / Math.max(nearest, within);
  });
}

/** The weighted mean of values, of all or of one group. */
export function weightedMean(values: Float64Array, weights: Float64Array, labels?: Int32Array, group?: number): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (labels !== undefined && labels[i] !== group) continue;
    sum += weights[i]! * values[i]!;
    total += weights[i]!;
  }
  return total > 0 ? sum / total : 0;
}
