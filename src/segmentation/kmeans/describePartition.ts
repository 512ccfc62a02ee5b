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
  const { total, known } = inertiaAround(points, width, weights);
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
function inertiaAround(points: Float64Array, width: number, weights: Float64Array | null): { total: number; known: number } {
  const means = new Float64Array(width);
  const masses = new Float64Array(width);
  const squares = new Float64Array(width);
  // Around the first guess, 0, then around the mean.
  for (let pass = 0; pass < 2; pass++) {
    const sums = new Float64Array(width);
    masses.fill(0);
    squares.fill(0);
    for (let row = 0, at = 0; at < points.length; row++) {
      const weight = weights === null ? 1 : weights[row]!;
      for (let j = 0; j < width; j++, at++) {
        const from = points[at]! - means[j]!;
        if (from !== from) continue;
        const part = weight * from;
        masses[j]! += weight;
        sums[j]! += part;
        squares[j]! += part * from;
      }
    }
    for (let j = 0; j < width; j++) if (masses[j]! > 0) means[j]! += sums[j]! / masses[j]!;
  }
  return { total: squares.reduce((a, b) => a + b), known: masses.reduce((a, b) => a + b) };
}
