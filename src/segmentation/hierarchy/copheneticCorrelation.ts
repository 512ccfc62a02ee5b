import { leafRuns } from './leafRuns.js';
import type { LinkageTree } from '../../numeric/hierarchy/linkageTree.js';

/**
 * How truly a tree shows the distances: the correlation, over all pairs of rows, of the distance with the height at which the two first are in
 * one group (Sokal and Rohlf, 1962). Null where all are equal. O(n² width) time, O(n) memory: each merge brings together its pairs.
 */
export function copheneticCorrelation({ merges, heights }: LinkageTree, points: Float64Array, width: number, weights: Float64Array | null): number | null {
  const leaves = heights.length + 1;
  // Leaves of a node lie next to each other in `order`.
  const { order, start, end } = leafRuns(merges);
  const sorted = new Float64Array(points.length);
  const weight = new Float64Array(leaves);
  order.forEach((leaf, place) => {
    for (let k = 0; k < width; k++) sorted[place * width + k] = points[leaf * width + k]!;
    weight[place] = weights === null ? 1 : weights[leaf]!;
  });
  const unit = heights[heights.length - 1]!;
  let [total, d, h, dd, hh, dh] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < heights.length; i++) {
    const [a, b] = [merges[2 * i]!, merges[2 * i + 1]!];
    const height = heights[i]! / unit;
    let [pairs, sum, squares] = [0, 0, 0];
    for (let p = start[a]!; p < end[a]!; p++) {
      for (let q = start[b]!; q < end[b]!; q++) {
        let square = 0;
        for (let k = 0; k < width; k++) {
          const difference = sorted[p * width + k]! - sorted[q * width + k]!;
          square += difference * difference;
        }
        const product = weight[p]! * weight[q]!;
        pairs += product;
        sum += product * Math.sqrt(square);
        squares += product * square;
      }
    }
    total += pairs;
    d += sum;
    dd += squares;
    h += pairs * height;
    hh += pairs * height * height;
    dh += height * sum;
  }
  const correlation = (total * dh - d * h) / Math.sqrt((total * dd - d * d) * (total * hh - h * h));
  return Math.abs(correlation) <= 1 + 1e-9 ? Math.max(-1, Math.min(1, correlation)) : null;
}
