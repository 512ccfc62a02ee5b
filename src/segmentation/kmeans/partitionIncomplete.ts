import { numberSegments } from './numberSegments.js';
import { placeByCenters } from './placeByCenters.js';
import { partitionPoints, type Partition, type PartitionOptions } from './partitionPoints.js';

/**
 * `partitionPoints` for rows with gaps (NaN), by k-POD (Chi, Chi and Baraniuk, 2016): gaps are filled from the own centre, and the filled rows
 * partitioned again, as long as the sum of squares over what is known falls. Centres are means of known values, rows nearest by what is known of them.
 */
export function partitionIncomplete(points: Float64Array, width: number, segments: number, options: PartitionOptions): Partition {
  let known = 0;
  // By hand: a call for each coordinate took as long as passes of the algorithm.
  while (points[known]! === points[known]! && known < points.length) known++;
  if (known === points.length) return partitionPoints(points, width, segments, options);
  const { weights = null } = options;
  const count = points.length / width;
  let labels: Int32Array = new Int32Array(count);
  let centers: Float64Array = meansOfKnown(points, labels, weights, new Float64Array(width));
  let best: Partition | undefined;
  for (let round = 0; round < 5; round++) {
    const filled = points.map((x, at) => (x === x ? x : centers[labels[Math.floor(at / width)]! * width + (at % width)]!));
    const partition = partitionPoints(filled, width, segments, options);
    centers = partition.centers.slice();
    labels = partition.labels;
    let isStill = false;
    for (let pass = 0; pass < 300 && !isStill; pass++) {
      centers = meansOfKnown(points, labels, weights, centers);
      const placed = placeByCenters(points, width, weights, centers).labels;
      isStill = placed.every((label, row) => label === labels[row]);
      labels = placed;
    }
    const { sizes } = placeByCenters(points, width, weights, centers);
    const found = { ...partition, ...numberSegments(points, width, weights, centers, sizes), converged: partition.converged && isStill };
    if (best !== undefined && !(found.inertia < best.inertia * (1 - 1e-9))) break;
    best = found;
    ({ centers, labels } = found);
  }
  return best!;
}

/**
 * The mean of what is known of each coordinate in each segment, where the centre counts as rows of that weight already (0 by default); where nothing
 * is, the centre stays.
 */
export function meansOfKnown(points: Float64Array, labels: Int32Array, weights: Float64Array | null, centers: Float64Array, before: readonly number[] = []): Float64Array {
  const width = points.length / labels.length;
  const masses = centers.map((_, place) => before[Math.floor(place / width)] ?? 0);
  const sums = centers.map((center, place) => center * masses[place]!);
  points.forEach((x, at) => {
    if (x !== x) return;
    const row = Math.floor(at / width);
    const place = labels[row]! * width + (at % width);
    const weight = weights === null ? 1 : weights[row]!;
    masses[place]! += weight;
    sums[place]! += weight * x;
  });
  return centers.map((center, place) => (masses[place]! > 0 ? sums[place]! / masses[place]! : center));
}
