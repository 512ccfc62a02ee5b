import { squareBetween } from './squareBetween.js';

/** Rows as points: row-major, nothing missing; a weight counts a row so many times. */
export interface Points {
  readonly values: Float64Array;
  readonly width: number;
  readonly count: number;
  /** Null where every row counts once. */
  readonly weights: Float64Array | null;
}

/** Writes the means of the rows of each segment over the centres; the weight of each. */
export function takeMeans({ values, width, count, weights }: Points, labels: Int32Array, centers: Float64Array): Float64Array {
  const segments = centers.length / width;
  const masses = new Float64Array(segments);
  const sums = new Float64Array(centers.length);
  for (let row = 0, start = 0; row < count; row++, start += width) {
    const label = labels[row]!;
    const weight = weights === null ? 1 : weights[row]!;
    masses[label]! += weight;
    for (let j = 0, q = label * width; j < width; j++, q++) sums[q]! += weight * values[start + j]!;
  }
  for (let c = 0, q = 0; c < segments; c++) {
    for (let j = 0; j < width; j++, q++) if (masses[c]! > 0) centers[q] = sums[q]! / masses[c]!;
  }
  return masses;
}

/** The weighted sum of the squared distances to the own centre. */
export function inertiaOf({ values, width, count, weights }: Points, centers: Float64Array, labels: Int32Array): number {
  let inertia = 0;
  for (let row = 0; row < count; row++) {
    const square = squareBetween(values, row * width, centers, labels[row]! * width, width);
    inertia += weights === null ? square : weights[row]! * square;
  }
  return inertia;
}

/** The mean squared distance to the centre of all. */
export function spreadOf(points: Points): number {
  const center = new Float64Array(points.width);
  const labels = new Int32Array(points.count);
  const [total] = takeMeans(points, labels, center);
  return inertiaOf(points, center, labels) / total!;
}
