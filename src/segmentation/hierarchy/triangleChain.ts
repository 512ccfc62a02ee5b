import { chainLinkage } from '../../numeric/hierarchy/chainLinkage.js';
import type { LinkageTree } from '../../numeric/hierarchy/linkageTree.js';

/** The tree of average or complete linkage of points, from the distances of all pairs (8 n (n - 1) / 2 bytes). O(n² width) time. */
export function triangleChain(points: Float64Array, width: number, isAverage: boolean, weights: Float64Array | null): LinkageTree {
  return chainLinkage(pairDistances(points, width), isAverage ? 'average' : 'complete', weights);
}

function pairDistances(points: Float64Array, width: number): Float64Array {
  const distances = new Float64Array(((points.length / width) * (points.length / width - 1)) / 2);
  for (let i = width, place = 0; i < points.length; i += width) {
    for (let j = 0; j < i; j += width) {
      let squares = 0;
      for (let k = 0; k < width; k++) {
        const difference = points[i + k]! - points[j + k]!;
        squares += difference * difference;
      }
      distances[place++] = Math.sqrt(squares);
    }
  }
  return distances;
}
