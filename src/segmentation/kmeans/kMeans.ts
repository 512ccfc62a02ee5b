import { restored } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import type { Convergence } from '../../numeric/convergence.js';
import { scaledPoints } from '../space/scaledPoints.js';
import { unscaled, type ScaledFeature } from '../space/scaling.js';
import type { SegmentAssignment, SegmentModel } from '../space/segmentAssignment.js';
import { KMeansAssigner } from './kMeansAssigner.js';
import { readKMeans, type KMeansState } from './kMeansState.js';
import { openCenters, squaredDistances } from './placeRows.js';

/**
 * Segments around centres. Learnt by `fitKMeans` and its relatives; places new customers and says how surely and why, and travels as JSON. A page that only
 * assigns takes {@link KMeansAssigner}, from the same JSON.
 *
 * @example
 * ```ts
 * import { fitKMeans } from 'clientela/segmentation';
 * const rows = [{ visits: 1, spend: 10 }, { visits: 2, spend: 20 }, { visits: 3, spend: 15 }, { visits: 20, spend: 200 }, { visits: 22, spend: 210 }];
 * const model = KMeans.fromJSON(JSON.parse(JSON.stringify(fitKMeans(rows, { segments: 2, scaling: 'standard' }))));
 * model.sizes; // => [3, 2]
 * model.centers[1]; // => { visits: 21, spend: 205 }
 * const { segment, drivers } = model.assignRow({ visits: 19, spend: 30 });
 * segment; // => 0
 * drivers.map(({ feature }) => feature); // => ['spend', 'visits']
 * model.assignRow({ visits: 19, spend: null }).segment; // => 1
 * ```
 */
export class KMeans extends KMeansAssigner implements SegmentModel {
  /** The name in `toJSON().format`. */
  readonly format = 'KMeans';
  /** The segments of the rows learnt from; empty in a model read from JSON, as `assign` gives the same. */
  readonly labels: Int32Array;
  /** The centre of each segment by column, in the units of the data. */
  readonly centers: readonly Readonly<Record<string, number>>[];
  /** The weight of the rows of each segment; the largest first. */
  readonly sizes: readonly number[];
  /** The weighted sum of the squared distances to the own centre, on the scale of the model. */
  readonly inertia: number;
  /** That to the centre of all. */
  readonly totalInertia: number;
  /** 1 - inertia / totalInertia, 0 to 1. */
  readonly explainedShare: number;
  /** How each column enters the distances. */
  readonly scaling: readonly ScaledFeature[];
  /** How the search ended. */
  readonly convergence: Convergence;
  /** What the reader should know, in words; empty when there is nothing. */
  readonly warnings: readonly string[];

  /** @internal */
  constructor(state: KMeansState, labels: Int32Array = new Int32Array()) {
    super(state);
    const { scaling, centers, sizes, inertia, totalInertia, convergence, warnings } = state;
    this.labels = labels;
    this.centers = centers.map((center) => Object.fromEntries(scaling.map((feature, j) => [feature.column, unscaled(feature, center[j]!)])));
    this.sizes = sizes;
    this.inertia = inertia;
    this.totalInertia = totalInertia;
    this.explainedShare = totalInertia > 0 ? Math.max(0, 1 - inertia / totalInertia) : 0;
    this.scaling = scaling;
    this.convergence = convergence;
    this.warnings = warnings;
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: it assigns alike
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static override fromJSON(json: unknown): KMeans {
    return restored('KMeans', () => new KMeans(readKMeans(json)));
  }

  /**
   * Where one row falls, how surely, and why; the segment is that of `assign`.
   *
   * The distances are Euclidean on the scale of the model, of a row with missing features scaled up to all of them. A driver is the squared distance to the
   * second segment's centre along a feature less that to the segment's own: they add up to the difference of the squared distances.
   * `confidence` as in {@link KMeans.memberships}.
   *
   * @param row - a raw row, with every column of `features`
   * @returns segment, second, distance, margin, confidence, whether it is an outlier, drivers and missing features
   * @throws a {@link ClientelaError} as `assign`
   */
  assignRow(row: object): SegmentAssignment {
    const { offsets, radii, centers } = this.toJSON();
    const point = this.#placed('assignRow', [row]);
    const squares = this.#squares(point);
    const segment = this.assign([row])[0]!;
    const cost = (c: number): number => squares[c]! + (offsets[c] ?? 0);
    let second = -1;
    for (let c = 0; c < squares.length; c++) if (c !== segment && (second < 0 || cost(c) < cost(second))) second = c;
    const missing = this.features.filter((_, j) => point[j] !== point[j]);
    const full = point.length / Math.max(1, point.length - missing.length);
    const distance = Math.sqrt(squares[segment]! * full);
    const other = second < 0 ? Infinity : Math.sqrt(squares[second]! * full);
    const drivers = this.features.map((feature, j) => {
      const away = (c: number): number => (point[j]! - centers[c]![j]!) ** 2;
      return { feature, value: (row as Record<string, unknown>)[feature], contribution: second < 0 ? 0 : away(second) - away(segment) };
    });
    return {
      segment,
      second,
      distance,
      margin: other > 0 ? Math.max(0, 1 - distance / other) : 0,
      confidence: this.#posteriors(squares)[segment]!,
      outlier: distance > radii[segment]!,
      drivers: drivers.filter((_, j) => point[j] === point[j]).sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
      missing,
    };
  }

  /**
   * The probability of every segment for every row, under the mixture whose most likely partition k-means seeks: round normal clouds of one variance around
   * the centres, as heavy as the segments (Celeux and Govaert, 1992). By what is known of a row. O(rows * segments * features).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns in [0, 1], one for each segment, row after row, adding up to 1
   * @throws a {@link ClientelaError} as `assign`
   */
  memberships(data: TableInput): Float64Array {
    return this.#posteriors(this.#squares(this.#placed('memberships', data)));
  }

  /**
   * The distance of every row to every centre, on the scale of the model: of a row with missing features by those it has. O(rows * segments * features).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns Euclidean, one for each segment, row after row
   * @throws a {@link ClientelaError} as `assign`
   */
  distances(data: TableInput): Float64Array {
    return this.#squares(this.#placed('distances', data)).map(Math.sqrt);
  }

  #placed(method: string, data: TableInput): Float64Array {
    const caller = `KMeans.${method}`;
    return scaledPoints(caller, this.scaling, readTable(caller, data));
  }

  #squares(points: Float64Array): Float64Array {
    return squaredDistances(points, openCenters(this.toJSON().centers.flat(), this.features.length));
  }

  #posteriors(squares: Float64Array): Float64Array {
    const { sizes, variance } = this.toJSON();
    const count = sizes.length;
    const found = new Float64Array(squares.length);
    for (let start = 0; start < found.length; start += count) {
      const least = squares.subarray(start, start + count).reduce((a, b) => Math.min(a, b), Infinity);
      let total = 0;
      for (let c = 0; c < count; c++) {
        const excess = squares[start + c]! - least;
        total += found[start + c] = sizes[c]! * (excess > 0 ? Math.exp(-excess / (2 * variance)) : 1);
      }
      for (let c = 0; c < count; c++) found[start + c]! /= total;
    }
    return found;
  }
}
