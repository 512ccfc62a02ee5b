import { readTable } from '../../data/table.js';
import { completeDistance, rawDistance, type Points } from '../../learners/peers/peerSpace.js';
import type { MixedSpace } from './mixedSpace.js';

/** The customers that stand for segments as points. */
export function centersOf(space: MixedSpace, values: readonly (readonly (number | string | null)[])[]): Points {
  const columns = space.features.map(({ column }, j) => [column, values.map((row) => row[j])]);
  return space.points('fromJSON', readTable('fromJSON', Object.fromEntries(columns) as Record<string, unknown[]>));
}

/** Of every row the nearest centre, of equals the first, and how far, in the units of {@link rawDistance}; Infinity where it shares nothing known with any. */
export function nearestCenters({ peers }: MixedSpace, points: Points, centers: Points): { labels: Int32Array; raw: Float64Array } {
  const labels = new Int32Array(points.count);
  const raw = new Float64Array(points.count);
  const isComplete = points.isComplete && centers.isComplete;
  for (let row = 0; row < points.count; row++) {
    let least = Infinity;
    for (let segment = 0; segment < centers.count; segment++) {
      const distance = isComplete
        ? completeDistance(peers, points.numbers, row * peers.width, centers.numbers, segment * peers.width, least)
        : rawDistance(peers, points, row, centers, segment, least);
      if (distance >= least) continue;
      least = distance;
      labels[row] = segment;
    }
    raw[row] = least;
  }
  return { labels, raw };
}

/** The place of the smallest value but one, the first of equals; -1 where there is none. */
export function smallest(values: readonly number[], except: number): number {
  let place = -1;
  values.forEach((value, i) => {
    if (i !== except && (place < 0 || value < values[place]!)) place = i;
  });
  return place;
}

/** What each feature adds to the raw distance of the first point from a centre, as a share of the total for Gower. */
export function partsOf({ features, peers }: MixedSpace, { numbers, codes }: Points, centers: Points, segment: number): number[] {
  const depth = features.length - peers.width;
  let number = 0;
  let category = 0;
  let known = 0;
  const parts = features.map(({ kind, weight }) => {
    let part: number;
    if (kind === 'number') {
      const gap = Math.abs(numbers[number]! - centers.numbers[segment * peers.width + number++]!);
      part = peers.squared ? gap * gap : gap;
    } else {
      const code = codes[category]!;
      const other = centers.codes[segment * depth + category++]!;
      part = code === -1 || other === -1 ? NaN : code === other ? 0 : weight;
    }
    if (Number.isNaN(part)) return 0;
    known += weight;
    return part;
  });
  const factor = known > 0 ? peers.total / known / (peers.metric === 'gower' ? peers.total : 1) : 0;
  return parts.map((part) => part * factor);
}
