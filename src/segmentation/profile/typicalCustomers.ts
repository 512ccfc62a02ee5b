import type { LevelsFound } from './describeLevels.js';
import { segmentCenters, type SegmentPoints } from '../space/segmentPoints.js';

/** A row and its distance from the centre of its segment. */
export interface NearRow {
  readonly row: number;
  readonly distance: number;
}

/**
 * The rows nearest the centre of each segment: squared differences on the scale of the model, and for each category the share of the segment that has another level.
 * What a row has no value for counts as one standard deviation away. Of equal ones the first.
 */
export function typicalCustomers({ features, points }: SegmentPoints, categories: readonly LevelsFound[], segmentOf: Int32Array, count: number, top: number, rows: Uint32Array | undefined): NearRow[][] {
  const width = features.length;
  const { centers } = segmentCenters(points, width, segmentOf, count, null);
  const nearest = Array.from({ length: count }, (): NearRow[] => []);
  for (let i = 0; i < segmentOf.length; i++) {
    const segment = segmentOf[i]!;
    // A row that stands for several customers is written out side by side.
    if (segment < 0 || (rows !== undefined && rows[i] === rows[i - 1])) continue;
    let square = 0;
    for (let j = 0; j < width; j++) {
      const difference = points[i * width + j]! - centers[segment * width + j]!;
      square += difference === difference ? difference * difference : 1;
    }
    for (const { codes, shares, levelCount } of categories) square += 1 - shares[segment * levelCount + codes[i]!]!;
    const list = nearest[segment]!;
    const distance = Math.sqrt(square);
    if (list.length === top && distance >= (list[top - 1]?.distance ?? 0)) continue;
    const place = list.findIndex((other) => distance < other.distance);
    list.splice(place < 0 ? list.length : place, 0, { row: rows?.[i] ?? i, distance });
    list.length = Math.min(list.length, top);
  }
  return nearest;
}
