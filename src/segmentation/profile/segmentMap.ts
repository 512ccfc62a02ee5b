import { requireKnownOptions } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { symmetricEigenvectors } from '../../numeric/symmetricEigen.js';
import { numberFeatures } from '../space/numberFeatures.js';
import { readSegmentLabels, type SegmentLabels } from '../space/readSegmentLabels.js';
import { segmentCenters, segmentPoints, type GivenScaling } from '../space/segmentPoints.js';

/** What {@link segmentMap} draws. */
export interface SegmentMapOptions<Names extends string = string> {
  /** The columns of numbers (or booleans) that span the space. @defaultValue all */
  readonly features?: readonly Names[];
  /** How they enter: learnt here, or the scale of a model. @defaultValue 'auto' */
  readonly scaling?: GivenScaling<Names>;
  /** One weight a row: weight 2 is the row twice. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
}

/** One axis of the map. */
export interface MapAxis {
  /** The share of all variance that lies along it. */
  readonly share: number;
  /** How the features make it, by the length of 1, in the order of the features; the largest is positive. */
  readonly loadings: readonly { readonly feature: string; readonly loading: number }[];
}

/** A portfolio in two dimensions. */
export interface SegmentMap {
  /** One coordinate a row, in the order of the data; the portfolio's mean is 0. */
  readonly x: Float64Array;
  /** The second coordinate of each row. */
  readonly y: Float64Array;
  /** What the two axes are. */
  readonly axes: readonly [x: MapAxis, y: MapAxis];
  /** The mean of each segment that has customers. */
  readonly centers: readonly { readonly segment: number; readonly x: number; readonly y: number }[];
}

const CALLER = 'segmentMap';

/**
 * The portfolio as points in the plane that shows most of it, for a scatter plot: the first two principal components of the features on the scale of the model.
 *
 * `axes[0].share + axes[1].share` says how much of the variance the picture shows; what overlaps in it may be apart in the rest. A missing value is taken
 * for the mean. Signs are fixed (the largest loading is positive), so that the picture does not flip. O(n * features^2).
 *
 * @param data - a Frame, rows, or columns
 * @param labels - the segment of each row: a number from 0, -1 for none; or names
 * @param options - features, scaling, weights
 * @returns coordinates of rows and segments, and what the axes stand for
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `COLUMN_KIND`, `NON_FINITE_VALUE`, `UNKNOWN_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * const map = segmentMap({ spent: [1, 2, 3, 4], visits: [2, 4, 6, 8] }, [0, 0, 1, 1], { scaling: 'standard' });
 * map.axes[0].share; // => 1
 * map.axes[0].loadings; // => [{ feature: 'spent', loading: Math.SQRT1_2 }, { feature: 'visits', loading: Math.SQRT1_2 }]
 * map.centers.map(({ x }) => x); // => [-Math.sqrt(1.6), Math.sqrt(1.6)]
 * ```
 */
export function segmentMap<Data extends TableOf<Data>>(data: Data, labels: SegmentLabels, options: SegmentMapOptions<ColumnNameOf<Data>> = {}): SegmentMap {
  requireKnownOptions(CALLER, options, ['features', 'scaling', 'weights']);
  const table = parseTable(CALLER, data);
  const { segmentOf, count } = readSegmentLabels(CALLER, labels, table.rowCount);
  const weights = options.weights === undefined ? null : readWeights(CALLER, table, options.weights);
  const names = Array.isArray(options.scaling) ? [] : numberFeatures(CALLER, table, options.features, [options.weights]);
  const { features, points } = segmentPoints(CALLER, table, names, options.scaling, weights);
  const width = features.length;
  const n = table.rowCount;
  const { centers: mean } = segmentCenters(points, width, new Int32Array(n), 1, weights);
  for (let i = 0; i < points.length; i++) {
    const x = points[i]! - mean[i % width]!;
    points[i] = x === x ? x : 0;
  }
  const plane = new Float64Array(2 * n);
  const axes = principalAxes(points, width, weights).map(({ direction, share }, side): MapAxis => {
    for (let row = 0; row < n; row++) for (let j = 0; j < width; j++) plane[2 * row + side]! += direction[j]! * points[row * width + j]!;
    return { share, loadings: features.map(({ column }, j) => ({ feature: column, loading: direction[j]! })) };
  });
  const { centers } = segmentCenters(plane, 2, segmentOf, count, weights);
  return {
    x: plane.filter((_, i) => i % 2 === 0),
    y: plane.filter((_, i) => i % 2 === 1),
    axes: axes as [MapAxis, MapAxis],
    centers: Array.from({ length: count }, (_, segment) => ({ segment, x: centers[2 * segment]!, y: centers[2 * segment + 1]! })).filter(({ x }) => x === x),
  };
}

interface Axis {
  readonly direction: Float64Array;
  readonly share: number;
}

// The two directions of most variance, of centred points; of one feature the second is nothing.
function principalAxes(points: Float64Array, width: number, weights: Float64Array | null): Axis[] {
  const covariance = new Float64Array(width * width);
  for (let from = 0, row = 0; from < points.length; from += width, row++) {
    for (let i = 0; i < width; i++) {
      const x = points[from + i]! * (weights === null ? 1 : weights[row]!);
      for (let j = 0; j <= i; j++) covariance[i * width + j]! += x * points[from + j]!;
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) covariance[j * width + i] = covariance[i * width + j]!;
  const vectors = symmetricEigenvectors(covariance, width);
  const all = Array.from({ length: width }, (_, i) => {
    const vector = vectors.subarray(i * width, (i + 1) * width);
    const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) * (1 + 1e-9) ? x : best), 0);
    let variance = 0;
    for (let j = 0; j < width; j++) for (let l = 0; l < width; l++) variance += vector[j]! * covariance[j * width + l]! * vector[l]!;
    return { direction: largest < 0 ? vector.map((x) => -x) : vector, variance };
  }).sort((a, b) => b.variance - a.variance);
  const total = all.reduce((sum, { variance }) => sum + variance, 0);
  return [0, 1].map((side) => ({ direction: all[side]?.direction ?? new Float64Array(width), share: total > 0 ? (all[side]?.variance ?? 0) / total : 0 }));
}
