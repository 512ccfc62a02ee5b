import { shownDistance, type Points } from '../../learners/peers/peerSpace.js';
import { segmentOrder } from '../space/segmentOrder.js';
import { sharesOf } from '../space/weightedShares.js';
import { centersOf, nearestCenters } from './mixedCenters.js';
import type { MixedSegmentState } from './mixedSegments.js';
import type { MixedSpace } from './mixedSpace.js';

/** A partition, numbered and measured. */
export interface FinishedSegments {
  /** `order[segment]`: which of the given it is. */
  readonly order: readonly number[];
  readonly labels: Int32Array;
  readonly segments: readonly MixedSegmentState[];
  readonly cost: number;
  readonly softness: number;
}

/** Beyond so much of the weight of a segment a row is an outlier. */
const RADIUS_SHARE = 0.99;

/** Puts every row to the nearest of the customers given, and numbers them by what falls to them: those to which nothing does are dropped. What shares nothing known with any costs `farthest`. */
export function finishSegments(space: MixedSpace, points: Points, weights: Float64Array | null, values: readonly MixedSegmentState['values'][], exponent: 1 | 2, farthest = 0): FinishedSegments {
  let order: readonly number[] = values.map((_, i) => i);
  for (let round = 0; ; round++) {
    const centers = centersOf(space, order.map((i) => values[i]!));
    const { labels, raw } = nearestCenters(space, points, centers);
    const sizes = new Float64Array(order.length);
    labels.forEach((segment, row) => (sizes[segment]! += weights === null ? 1 : weights[row]!));
    const next = segmentOrder(sizes, coordinatesOf(centers)).filter((i) => sizes[i]! > 0);
    // Ties go to the lower number, so that numbering anew can move rows; hardly ever more than once.
    if ((round < 20 || sizes.includes(0)) && (next.length < order.length || next.some((old, i) => old !== i))) {
      order = next.map((i) => order[i]!);
      continue;
    }
    const shares = new Float64Array(labels.length);
    for (let row = 0; row < shares.length; row++) shares[row] = space.knownShare(points, row);
    const shown = raw.map((distance, row) => (shares[row]! > 0 && distance < Infinity ? shownDistance(space.peers, distance) : NaN));
    let cost = 0;
    for (let row = 0; row < shown.length; row++) {
      if (shares[row]! === 0) continue;
      const own = raw[row] === Infinity ? farthest : exponent === 2 ? raw[row]! * shares[row]! : shown[row]!;
      cost += (weights === null ? 1 : weights[row]!) * own;
    }
    const segments = order.map((i, segment) => {
      const [radius = 0] = sharesOf(shown.map((distance, row) => (labels[row] === segment ? distance : NaN)), weights, [RADIUS_SHARE]);
      return { values: values[i]!, size: sizes[segment]!, radius };
    });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return { order, labels, segments, cost, softness: Math.max((exponent * cost) / (total * space.features.length), 1e-300) };
  }
}

/** Numbers, then codes of every centre; a missing number comes last. */
function coordinatesOf({ count, numbers, codes }: Points): Float64Array {
  const width = numbers.length / count;
  const depth = codes.length / count;
  const all = new Float64Array(numbers.length + codes.length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) all[i * (width + depth) + j] = Number.isNaN(numbers[i * width + j]) ? Number.MAX_VALUE : numbers[i * width + j]!;
    for (let j = 0; j < depth; j++) all[i * (width + depth) + width + j] = codes[i * depth + j]!;
  }
  return all;
}
