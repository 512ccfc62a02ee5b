import { openCenters, placeRows } from './placeRows.js';

/** Rows by the nearest of these centres, with the weight of each segment. */
export interface Placement {
  readonly labels: Int32Array;
  readonly squares: Float64Array;
  readonly sizes: Float64Array;
  readonly inertia: number;
}

/** Places rows and adds up what came of it. */
export function placeByCenters(points: Float64Array, width: number, weights: Float64Array | null, centers: Float64Array): Placement {
  const squares = new Float64Array(points.length / width);
  const labels = placeRows(points, openCenters(centers, width), squares);
  return { labels, squares, ...weighSegments(labels, squares, weights, centers.length / width) };
}

/** The weight of each segment and the weighted sum of the squares. */
export function weighSegments(labels: Int32Array, squares: Float64Array, weights: Float64Array | null, segments: number): Pick<Placement, 'sizes' | 'inertia'> {
  const sizes = new Float64Array(segments);
  let inertia = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    sizes[labels[row]!]! += weight;
    inertia += weight * squares[row]!;
  }
  return { sizes, inertia };
}
