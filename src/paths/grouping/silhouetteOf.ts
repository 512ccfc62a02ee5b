import type { MedoidProblem } from '../../numeric/medoids/fasterPam.js';

/** Journeys to group, and by journey what one customer who has it weighs: the part of its weight that is not others. */
export interface WeighedProblem extends MedoidProblem {
  readonly units: Float64Array;
}

/**
 * By different journey what one customer who has it weighs. Whole weights are repetitions, each of them one customer: 1. Others are shares of importance, of which
 * only the ratios count: the mean weight of those who have the journey, weighted by itself.
 */
export function weightUnits(weights: Float64Array | null, of: Int32Array, totals: Float64Array): Float64Array {
  const units = new Float64Array(totals.length);
  if (weights === null || weights.every(Number.isInteger)) return units.fill(1);
  of.forEach((j, c) => (units[j]! += weights[c]! ** 2 / totals[j]!));
  return units;
}

/** Of every journey (b - a) / max(a, b): a is the mean distance to the others of its group, b that to the nearest other group (Rousseeuw, 1987), both weighted. O(n²). */
export function silhouetteOf({ count, distances, weights, units }: WeighedProblem, labels: Int32Array, groups: number): Float64Array {
  const sizes = new Float64Array(groups);
  for (let i = 0; i < count; i++) sizes[labels[i]!]! += weights[i]!;
  const sums = new Float64Array(groups);
  return Float64Array.from(labels, (own, i) => {
    sums.fill(0);
    for (let j = 0, at = i * count; j < count; j++, at++) sums[labels[j]!]! += weights[j]! * distances[at]!;
    const others = sizes[own]! - units[i]!;
    // What rounding leaves is nobody.
    const within = others > 1e-12 * units[i]! ? sums[own]! / others : -1;
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
