import { segmentOrder } from '../space/segmentOrder.js';
import { weighSegments } from './placeByCenters.js';
import { openCenters, placeRows } from './placeRows.js';
import { squareBetween } from './squareBetween.js';

/** Segments by their final numbers. */
export interface NumberedSegments {
  /** The nearest centre of every row, rows of weight 0 too. */
  readonly labels: Int32Array;
  /** Row-major, the largest segment first. */
  readonly centers: Float64Array;
  /** The weight of each segment: never 0. */
  readonly sizes: Float64Array;
  /** The squared distance of every row to its centre, by what is known of it. */
  readonly squares: Float64Array;
  /** Their weighted sum. */
  readonly inertia: number;
}

/** Numbers the segments by size and places every row by the rule of `assign`, unless labels are given that are known to follow it; an empty segment goes. */
export function numberSegments(values: Float64Array, width: number, weights: Float64Array | null, found: Float64Array, about: ArrayLike<number>, known?: Int32Array): NumberedSegments {
  const squares = new Float64Array(values.length / width);
  let centers = found;
  let order = orderOf(about, centers);
  for (let pass = 0; ; pass++) {
    const from = centers;
    centers = Float64Array.from({ length: order.length * width }, (_, at) => from[order[Math.floor(at / width)]! * width + (at % width)]!);
    const labels = known && pass === 0 ? relabel(known, order, values, centers, squares) : placeRows(values, openCenters(centers, width), squares);
    const { sizes, inertia } = weighSegments(labels, squares, weights, order.length);
    order = orderOf(sizes, centers);
    // A row as near to one as to another changes sides with the numbers: once more, but not for ever.
    if (pass === 3 || (order.length === sizes.length && order.every((c, place) => c === place))) return { labels, centers, sizes, squares, inertia };
  }
}

function orderOf(sizes: ArrayLike<number>, centers: Float64Array): number[] {
  return segmentOrder(sizes, centers).filter((c) => sizes[c]! > 0);
}

function relabel(known: Int32Array, order: readonly number[], values: Float64Array, centers: Float64Array, squares: Float64Array): Int32Array {
  const numbers: number[] = [];
  order.forEach((old, place) => (numbers[old] = place));
  const width = values.length / known.length;
  const labels = new Int32Array(known.length);
  for (let row = 0; row < labels.length; row++) {
    const label = numbers[known[row]!]!;
    labels[row] = label;
    squares[row] = squareBetween(values, row * width, centers, label * width, width);
  }
  return labels;
}
