import type { TableView } from '../../data/table.js';
import { learnScaling } from './learnScaling.js';
import { scaledPoints } from './scaledPoints.js';
import type { ScaledFeature, ScalingOption } from './scaling.js';

/** A scaling to learn from the data, or that of a model, whose columns are then the ones that count. */
export type GivenScaling<Names extends string = string> = ScalingOption<Names> | readonly ScaledFeature[];

/** Rows as points, row-major, NaN where missing. */
export interface SegmentPoints {
  readonly features: readonly ScaledFeature[];
  readonly points: Float64Array;
}

/** The rows on the scale of the model. */
export function segmentPoints(caller: string, view: TableView, names: readonly string[], scaling: GivenScaling | undefined, weights: Float64Array | null): SegmentPoints {
  const features = Array.isArray(scaling) ? (scaling as readonly ScaledFeature[]) : learnScaling(caller, view, names, scaling as ScalingOption | undefined, weights);
  return { features, points: scaledPoints(caller, features, view) };
}

/** The mean of each segment, row-major, NaN where it has no value; and its summed squared distances from it, over all coordinates and segments. */
export function segmentCenters(points: Float64Array, width: number, segmentOf: Int32Array, count: number, weights: Float64Array | null): { centers: Float64Array; squares: number } {
  const centers = new Float64Array(count * width);
  const known = new Float64Array(count * width);
  let squares = 0;
  for (const pass of [0, 1]) {
    for (let row = 0; row < segmentOf.length; row++) {
      const segment = segmentOf[row]!;
      if (segment < 0) continue;
      const weight = weights === null ? 1 : weights[row]!;
      for (let j = 0; j < width; j++) {
        const x = points[row * width + j]!;
        if (x !== x) continue;
        const at = segment * width + j;
        if (pass === 0) {
          known[at]! += weight;
          centers[at]! += weight * x;
        } else squares += weight * (x - centers[at]!) ** 2;
      }
    }
    if (pass === 0) for (let at = 0; at < centers.length; at++) centers[at]! /= known[at]!;
  }
  return { centers, squares };
}
