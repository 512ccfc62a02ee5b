import { cellOf, numbersOf } from '../../data/replayColumn.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { knownPoints } from '../hierarchy/knownPoints.js';
import { PointTree } from '../hierarchy/pointTree.js';
import type { ScaledFeature } from '../space/scaling.js';
import type { SegmentAssignment, SegmentModel } from '../space/segmentAssignment.js';
import type { DenseSegment, DensityGroup, HdbscanState } from './hdbscanState.js';

/**
 * Dense segments of any shape, as {@link fitHdbscan} finds them, and where a new row falls among them.
 *
 * A row belongs to the segment it can reach (mutual reachability: the largest of its own core distance, the other row's, and their distance) before
 * that segment meets another; otherwise it is noise, -1. Rows learnt from get the segment they had. The model holds the rows it was learnt from,
 * on its scale, in the JSON too: about `rows * (features + 3)` numbers.
 *
 * @example
 * ```ts
 * import { fitHdbscan } from 'clientela/segmentation';
 * const spend = [1, 2, 3, 4, 5, 6, 20, 41, 42, 43, 44, 45, 90].map((spend) => ({ spend }));
 * const json = JSON.stringify(fitHdbscan(spend, { minSize: 3, scaling: 'none' }));
 * const found = Hdbscan.fromJSON(JSON.parse(json));
 * found.segments.map(({ size, reach }) => [size, reach]); // => [[7, 21], [5, 21]]
 * found.assignRow({ spend: 8 }); // => { segment: 0, second: 1, distance: 4, margin: 1 - 4 / 33, confidence: 0.25, outlier: false, drivers: [{ feature: 'spend', value: 8, contribution: 1085 }], missing: [] }
 * ```
 */
export class Hdbscan implements SegmentModel {
  /** The name in the JSON. */
  readonly format = 'Hdbscan';
  /** The columns a row must have; a value may be missing. */
  readonly features: readonly string[];
  /** How each column enters distances. */
  readonly scaling: readonly ScaledFeature[];
  /** How many segments; 0 where nothing is denser than what is around it. */
  readonly segmentCount: number;
  /** The least rows of a segment. */
  readonly minSize: number;
  /** The rows of a dense place, a row itself being the first. */
  readonly minSamples: number;
  /** The segments, the largest first. */
  readonly segments: readonly DenseSegment[];
  /** The groups that were found as the distance allowed shrinks, and which of them are segments. */
  readonly tree: readonly DensityGroup[];
  /** The segments of the rows learnt from, -1 for noise; empty in a model read from JSON. */
  readonly labels: Int32Array;
  /** By row learnt from: how firmly it belongs to its segment, 0 (noise) to 1; empty in a model read from JSON. */
  readonly strengths: Float64Array;
  /**
   * By row learnt from: how much denser it becomes near it than where it is, from 0 (in the densest place) to 1 (GLOSH: Campello, Moulavi, Zimek
   * and Sander, 2015); empty in a model read from JSON.
   */
  readonly outlierScores: Float64Array;
  /** What was done that one might not expect. */
  readonly warnings: readonly string[];
  readonly #state: HdbscanState;
  readonly #members: Int32Array;
  readonly #tree: PointTree;
  readonly #limits: readonly [Float64Array, Float64Array];

  /** @internal */
  constructor(state: HdbscanState, training?: { readonly labels: Int32Array; readonly outlierScores: Float64Array }) {
    this.#state = state;
    this.features = state.features.map(({ column }) => column);
    this.scaling = state.features;
    this.segmentCount = state.segments.length;
    this.minSize = state.minSize;
    this.minSamples = state.minSamples;
    this.segments = state.segments;
    this.tree = state.tree;
    this.warnings = state.warnings;
    this.#members = Int32Array.from(state.members);
    this.#limits = [Float64Array.from(state.reachSquares), Float64Array.from(state.meetingSquares)];
    this.#tree = new PointTree(Float64Array.from(state.points), this.features.length);
    this.#tree.setGroups(Float64Array.from(state.cores), this.#members);
    this.labels = training?.labels ?? new Int32Array(0);
    this.outlierScores = training?.outlierScores ?? new Float64Array(0);
    this.strengths = Float64Array.from(this.labels, (segment, row) => (segment < 0 ? 0 : this.#strength(segment, state.leftAt[row]!)));
    Object.freeze(this);
  }

  /**
   * The model that {@link Hdbscan.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model; it places rows as before to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Hdbscan {
    return restored('Hdbscan', () => new Hdbscan(requireSavedModel('Hdbscan', 1, json, 'features', 'points', 'members', 'cores', 'leftAt', 'segments', 'tree') as unknown as HdbscanState));
  }

  /**
   * The segment of every row.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns numbers from 0; -1 for noise
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  assign(data: TableInput): Int32Array {
    const caller = 'Hdbscan.assign';
    return this.#place(caller, readTable(caller, data)).labels;
  }

  /**
   * Where one row falls, how firmly, and what speaks for it.
   *
   * `distance` is the mutual reachability to the segment (for noise: to the nearest segment, which is `second`; Infinity when there is none), `confidence` the strength of membership (for
   * noise: by what share the distance exceeds the reach of that segment), `outlier` whether it is noise. Contributions are in squared
   * distances on the scale of the model: to the nearest row of the second segment less to that of the segment itself.
   *
   * @param row - a raw row, with every column of `features`
   * @returns the same segment as in a batch
   * @throws a {@link ClientelaError} as {@link Hdbscan.assign}
   */
  assignRow(row: object): SegmentAssignment {
    const caller = 'Hdbscan.assignRow';
    const view = readTable(caller, [row]);
    const { points, labels, strengths, places, reaches } = this.#place(caller, view);
    const segment = labels[0]!;
    const isNoise = segment < 0;
    this.#tree.searchOther(points, 0, this.#tree.kthSquare(points, 0, this.minSamples), segment, null);
    const other = { place: this.#tree.place, reach: Math.sqrt(this.#tree.reach) };
    const second = other.place < 0 ? -1 : this.#members[this.#tree.rows[other.place]!]!;
    const own = isNoise ? other : { place: places[0]!, reach: reaches[0]! };
    const gap = (place: number, k: number): number => (points[k]! - this.#tree.coordinate(place, k)) ** 2;
    const drivers = second < 0 ? [] : this.features.map((feature, k) => {
      const contribution = gap(other.place, k) - (isNoise ? 0 : gap(own.place, k));
      return { feature, value: cellOf(view.source(feature), 0), contribution };
    });
    return {
      segment,
      second,
      distance: own.reach,
      margin: second < 0 ? 1 : 1 - own.reach / other.reach,
      confidence: !isNoise ? strengths[0]! : second < 0 ? 1 : 1 - this.segments[second]!.reach / own.reach,
      outlier: isNoise,
      drivers: drivers.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
      missing: this.features.filter((feature) => Number.isNaN(numbersOf(caller, feature, view.source(feature))[0])),
    };
  }

  /**
   * How firmly every row belongs to every segment: its strength in the segment it is assigned to, 0 elsewhere; what is missing to 1 is noise.
   *
   * @param data - raw rows, with every column of `features`
   * @returns row-major, rows x `segmentCount`
   * @throws a {@link ClientelaError} as {@link Hdbscan.assign}
   */
  memberships(data: TableInput): Float64Array {
    const caller = 'Hdbscan.memberships';
    const { labels, strengths } = this.#place(caller, readTable(caller, data));
    const found = new Float64Array(labels.length * this.segmentCount);
    labels.forEach((segment, row) => segment >= 0 && (found[row * this.segmentCount + segment] = strengths[row]!));
    return found;
  }

  /**
   * The model as plain JSON, the rows learnt from included.
   *
   * @returns what {@link Hdbscan.fromJSON} reads
   */
  toJSON(): HdbscanState {
    return savedCopy(this.#state);
  }

  /** Each row at the segment it reaches before that meets another: the nearest of those. */
  #place(caller: string, view: TableView): Placed {
    const tree = this.#tree;
    const { points } = knownPoints(caller, this.scaling, view);
    const farthest = this.#limits[0].reduce((a, b) => Math.max(a, b), 0);
    const placed: Placed = {
      points,
      labels: new Int32Array(view.rowCount).fill(-1),
      strengths: new Float64Array(view.rowCount),
      places: new Int32Array(view.rowCount),
      reaches: new Float64Array(view.rowCount),
    };
    for (let row = 0, at = 0; row < view.rowCount; row++, at += this.features.length) {
      tree.searchOther(points, at, tree.kthSquare(points, at, this.minSamples), -1, this.#limits, farthest);
      if (tree.place < 0) continue;
      const nearest = tree.rows[tree.place]!;
      const segment = this.#members[nearest]!;
      placed.labels[row] = segment;
      placed.strengths[row] = this.#strength(segment, Math.max(tree.reach, this.#state.leftAt[nearest]!));
      placed.places[row] = tree.place;
      placed.reaches[row] = Math.sqrt(tree.reach);
    }
    return placed;
  }

  /** 1 for a row that stays to the end, less by how much farther off it leaves. */
  #strength(segment: number, leftAt: number): number {
    const core = this.#state.coreSquares[segment]!;
    return Math.sqrt(core / Math.max(leftAt, core));
  }
}

/** Rows on the scale of the model; the segment of each, how firmly, and which place of the tree it reaches at which distance. */
interface Placed {
  readonly points: Float64Array;
  readonly labels: Int32Array;
  readonly strengths: Float64Array;
  readonly places: Int32Array;
  readonly reaches: Float64Array;
}
