import { groupOf, type RowGroups } from './rowGroups.js';
import { silhouetteWidth } from './silhouetteWidths.js';

/** Centres of the segments and what is seen from them. */
export interface PartitionFigures {
  /** Rows a segment. */
  readonly sizes: Int32Array;
  /** Row-major, a row a segment; NaN for one without rows. */
  readonly centers: Float64Array;
  /** Sum of the squared distances to the own centre. */
  readonly inertia: number;
  /** (between / (k - 1)) / (inertia / (n - k)); infinite where all rows sit on their centres, 0 where all are equal. */
  readonly calinskiHarabasz: number;
  /** Mean over the segments of the largest (spread + spread of another) / distance of the centres. */
  readonly daviesBouldin: number;
}

/** The indices that need centres only (Calinski and Harabasz, 1974; Davies and Bouldin, 1979). O(n * width + count^2 * width). */
export function partitionFigures(points: Float64Array, width: number, groups: RowGroups): PartitionFigures {
  const { count, rows } = groups;
  const sizes = Int32Array.from({ length: count }, (_, c) => groupOf(groups, c).length);
  const centers = new Float64Array(count * width);
  const spreads = new Float64Array(count);
  const middle = meanOf(points, width, rows);
  let [inertia, between, used, totalWorst] = [0, 0, 0, 0];
  for (let c = 0; c < count; c++) {
    const members = groupOf(groups, c);
    const center = meanOf(points, width, members);
    centers.set(center, c * width);
    if (members.length === 0) continue;
    used++;
    between += members.length * squaredDistance(center, 0, middle, 0, width);
    for (const row of members) {
      const squares = squaredDistance(points, row * width, center, 0, width);
      inertia += squares;
      spreads[c]! += Math.sqrt(squares) / members.length;
    }
  }
  for (let c = 0; c < count; c++) {
    let worst = 0;
    for (let other = 0; other < count && sizes[c]! > 0; other++) {
      if (other === c || sizes[other] === 0) continue;
      const spread = spreads[c]! + spreads[other]!;
      if (spread > 0) worst = Math.max(worst, spread / Math.sqrt(squaredDistance(centers, c * width, centers, other * width, width)));
    }
    totalWorst += worst;
  }
  const calinskiHarabasz = between === 0 ? 0 : ((between / inertia) * (rows.length - used)) / (used - 1);
  return { sizes, centers, inertia, calinskiHarabasz, daviesBouldin: totalWorst / used };
}

/** Silhouette widths from the distances to the centres in place of the rows: O(n * count * width). NaN for rows of no segment. */
export function simplifiedWidths(points: Float64Array, width: number, groups: RowGroups, centers: Float64Array): { widths: Float64Array; neighbours: Int32Array } {
  const widths = new Float64Array(points.length / width).fill(NaN);
  const neighbours = new Int32Array(widths.length).fill(-1);
  for (let c = 0; c < groups.count; c++) {
    for (const row of groupOf(groups, c)) {
      let nearest = Infinity;
      let own = 0;
      for (let other = 0; other < groups.count; other++) {
        const squares = squaredDistance(points, row * width, centers, other * width, width);
        if (other === c) own = squares;
        else if (squares < nearest) {
          nearest = squares;
          neighbours[row] = other;
        }
      }
      widths[row] = silhouetteWidth(Math.sqrt(own), Math.sqrt(nearest));
    }
  }
  return { widths, neighbours };
}

function meanOf(points: Float64Array, width: number, rows: Int32Array): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) for (let j = 0, at = rows[i]! * width; j < width; j++) mean[j]! += points[at + j]!;
  for (let j = 0; j < width; j++) mean[j]! /= rows.length;
  return mean;
}

function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, width: number): number {
  let squares = 0;
  for (let f = 0; f < width; f++) squares += (a[i + f]! - b[j + f]!) ** 2;
  return squares;
}
