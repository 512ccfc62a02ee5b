import type { ScaledFeature } from '../space/scaling.js';
import { sharesOf } from '../space/weightedShares.js';
import type { KMeansState } from './kMeansState.js';
import type { Partition } from './partitionPoints.js';

/** From how many rows the radii come from evenly spaced ones. */
const MEASURED = 10_000;

/** The state of a model of these points. */
export function describePartition(points: Float64Array, weights: Float64Array | null, scaling: readonly ScaledFeature[], partition: Partition, wanted: number, offsets: readonly number[] = []): KMeansState {
  const { centers, sizes, inertia, iterations, converged, reason } = partition;
  const width = scaling.length;
  const { total, known } = inertiaAround(points, width, weights, partition);
  const found = sizes.length;
  return {
    format: 'KMeans',
    formatVersion: 1,
    scaling,
    centers: Array.from(sizes, (_, c) => Array.from(centers.subarray(c * width, (c + 1) * width))),
    offsets,
    sizes: Array.from(sizes),
    radii: radiiOf(points, width, weights, partition),
    variance: known > 0 ? inertia / known : 0,
    inertia,
    totalInertia: total,
    convergence: { converged, iterations, gradientNorm: 0, reason },
    warnings: found < wanted ? [`${found} segments instead of ${wanted}: no more rows differ`] : [],
  };
}

/** Within which 99 % of the rows of each segment lie. */
function radiiOf(points: Float64Array, width: number, weights: Float64Array | null, { labels, squares, sizes }: Partition): number[] {
  const distances = Array.from(sizes, (): number[] => []);
  const masses = Array.from(sizes, (): number[] => []);
  for (let row = 0, step = Math.ceil(labels.length / MEASURED); row < labels.length; row += step) {
    let gaps = 0;
    for (let at = row * width; at < (row + 1) * width; at++) if (points[at] !== points[at]) gaps++;
    // Of a row with gaps as if the others were as far.
    distances[labels[row]!]!.push(Math.sqrt((squares[row]! * width) / Math.max(1, width - gaps)));
    masses[labels[row]!]!.push(weights === null ? 1 : weights[row]!);
  }
  return distances.map((own, c) => sharesOf(Float64Array.from(own), weights && Float64Array.from(masses[c]!), [0.99])[0] ?? 0);
}

/** The weighted sum of squares around the mean of what is known, and the weight of that. */
function inertiaAround(points: Float64Array, width: number, weights: Float64Array | null, { centers, sizes }: Partition): { total: number; known: number } {
  let total = 0;
  let known = 0;
  let rows = 0;
  for (const size of sizes) rows += size;
  for (let j = 0; j < width; j++) {
    // Near the mean, so that no digits are lost.
    let guess = 0;
    for (let c = 0; c < sizes.length; c++) guess += (centers[c * width + j]! * sizes[c]!) / rows;
    let mass = 0;
    let sum = 0;
    let squares = 0;
    for (let row = 0, at = j; at < points.length; row++, at += width) {
      const from = points[at]! - guess;
      if (from !== from) continue;
      const weight = weights === null ? 1 : weights[row]!;
      mass += weight;
      sum += weight * from;
      squares += weight * from * from;
    }
    known += mass;
    if (mass > 0) total += squares - (sum * sum) / mass;
  }
  return { total, known };
}
