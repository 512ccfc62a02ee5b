import { savedCopy } from '../../data/savedModel.js';
import { rawDistance, shownDistance, type Points } from '../../learners/peers/peerSpace.js';
import type { PeerMetric } from '../../learners/peers/peersState.js';
import { readTable, type TableInput } from '../../data/table.js';
import type { Convergence } from '../../numeric/convergence.js';
import { rankDrivers } from '../space/rankDrivers.js';
import type { SegmentAssignment } from '../space/segmentAssignment.js';
import { centersOf, nearestCenters, partsOf, smallest } from './mixedCenters.js';
import { MixedSpace, type MixedFeature } from './mixedSpace.js';

/** The customer that stands for a segment. */
export interface MixedSegmentState {
  /** What it has, in the order of the features; null where nothing is known. */
  readonly values: readonly (number | string | null)[];
  /** The weight of the rows learnt from that fell here. */
  readonly size: number;
  /** The distance within which 99 % of them lie. */
  readonly radius: number;
}

/** What models of segments of mixed columns have in common as JSON. */
export interface MixedSegmentsState {
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** How rows are compared. */
  readonly metric: PeerMetric;
  /** By which columns. */
  readonly features: readonly MixedFeature[];
  /** The segments, the largest first. */
  readonly segments: readonly MixedSegmentState[];
  /** The distance over which a membership falls by a factor e; above 0. */
  readonly softness: number;
  /** The sum over the rows learnt from, by weight, of what the method makes small. */
  readonly cost: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
  /** What to know before use; empty when nothing. */
  readonly warnings: readonly string[];
}

/** The squares of k-prototypes, or plain distances. */
export const exponentOf = (format: string): 1 | 2 => (format === 'KPrototypes' ? 2 : 1);

/**
 * Segments around one customer each, real or average: rows go to the nearest. What {@link KPrototypes} and {@link KMedoids} have in common.
 *
 * @example
 * ```ts
 * import { fitKMedoids } from 'clientela/segmentation';
 * const customers = [1, 2, 3, 20, 21].map((visits) => ({ visits }));
 * const segments = fitKMedoids(customers, { segments: 2, scaling: 'none' });
 * segments.sizes; // => [3, 2]
 * ```
 */
export abstract class MixedSegments<State extends MixedSegmentsState & { readonly format: string }> {
  /** The name in the JSON. */
  readonly format: State['format'];
  /** The columns a row must have; a value may be missing. */
  readonly features: readonly string[];
  /** How many segments. */
  readonly segmentCount: number;
  /** The segments of the rows learnt from; empty in a model read from JSON. */
  readonly labels: Int32Array;
  /** The weight of the rows of each segment; the largest first. */
  readonly sizes: readonly number[];
  /** What the fit made small: the sum over rows, by weight, of the distance to the own segment (k-prototypes: its square, by the features known). */
  readonly cost: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
  /** What to know before use; empty when nothing. */
  readonly warnings: readonly string[];
  /** What `toJSON` gives. */
  protected readonly state: State;
  readonly #space: MixedSpace;
  readonly #centers: Points;

  /** @internal */
  constructor(state: State, labels: Int32Array) {
    this.state = state;
    this.format = state.format;
    this.features = state.features.map(({ column }) => column);
    this.segmentCount = state.segments.length;
    this.labels = labels;
    this.sizes = state.segments.map(({ size }) => size);
    this.cost = state.cost;
    this.convergence = state.convergence;
    this.warnings = state.warnings;
    this.#space = new MixedSpace(state.features, state.metric);
    this.#centers = centersOf(this.#space, state.segments.map(({ values }) => values));
  }

  /**
   * The segment of every row, from 0: the nearest, of equals the larger. A row is compared by the features it has; with none it goes to segment 0.
   * O(rows * segments * features).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row
   * @throws a ClientelaError `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  assign(data: TableInput): Int32Array {
    return nearestCenters(this.#space, this.#open('assign', data), this.#centers).labels;
  }

  /**
   * Where one row falls, how surely, and why. Drivers add up to the difference of the distances from the second and from the segment (squared ones where
   * the metric is Euclidean). `confidence` is the highest of the memberships.
   *
   * @param row - a raw row, with every column of `features`
   * @returns the same segment as {@link MixedSegments.assign} gives
   * @throws a ClientelaError as {@link MixedSegments.assign}
   */
  assignRow(row: object): SegmentAssignment {
    const points = this.#open('assignRow', [row]);
    const { raw, probabilities } = this.#compare(points, 0);
    const segment = smallest(raw, -1);
    const second = smallest(raw, segment);
    const distance = shownDistance(this.#space.peers, raw[segment]!);
    const other = second < 0 ? Infinity : shownDistance(this.#space.peers, raw[second]!);
    const isKnown = this.#space.isKnown(points, 0);
    const own = partsOf(this.#space, points, this.#centers, segment);
    const theirs = partsOf(this.#space, points, this.#centers, Math.max(second, 0));
    return {
      segment,
      second,
      distance,
      margin: other > 0 ? 1 - distance / other : 0,
      confidence: probabilities[segment]!,
      outlier: distance > this.state.segments[segment]!.radius,
      ...rankDrivers(row, this.features, second >= 0, (j) => isKnown[j]!, (j) => theirs[j]! - own[j]!),
    };
  }

  /**
   * How much every row belongs to every segment: shares that fall by a factor e with every `softness` of distance (k-prototypes: squared distance), as
   * though all segments were equally wide. `softness` is what makes the distances of the training rows as large as they are: the mean of the distances over
   * the number of features (twice that for squares). A row of which less is known belongs less surely.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns row-major, n x segmentCount; a row adds up to 1, its largest share is that of its segment
   * @throws a ClientelaError as {@link MixedSegments.assign}
   */
  memberships(data: TableInput): Float64Array {
    const points = this.#open('memberships', data);
    const shares = new Float64Array(points.count * this.segmentCount);
    for (let row = 0; row < points.count; row++) shares.set(this.#compare(points, row).probabilities, row * this.segmentCount);
    return shares;
  }

  /**
   * The model as plain JSON: one customer a segment, no training rows.
   *
   * @returns what `fromJSON` reads
   */
  toJSON(): State {
    return savedCopy(this.state);
  }

  /** What stands for each segment, by column. */
  protected valuesBySegment(): { values: Record<string, number | string | null>; size: number }[] {
    return this.state.segments.map(({ values, size }) => ({ values: Object.fromEntries(this.features.map((column, j) => [column, values[j]!])), size }));
  }

  #open(method: string, data: TableInput): Points {
    const caller = `${this.format}.${method}`;
    return this.#space.points(caller, readTable(caller, data));
  }

  #compare(points: Points, row: number): { raw: number[]; probabilities: number[] } {
    const { peers } = this.#space;
    let raw = this.state.segments.map((_, segment) => rawDistance(peers, points, row, this.#centers, segment, Infinity));
    // Nothing in common with any: equally near to all.
    if (raw.every((distance) => distance === Infinity)) raw = raw.map(() => 0);
    const least = Math.min(...raw);
    const exponent = exponentOf(this.format);
    const unit = this.state.softness / this.#space.knownShare(points, row);
    const nearest = shownDistance(peers, least) ** exponent;
    const odds = raw.map((distance) => (distance === least ? 1 : Math.exp((nearest - shownDistance(peers, distance) ** exponent) / unit)));
    const total = odds.reduce((sum, x) => sum + x, 0);
    return { raw, probabilities: odds.map((x) => x / total) };
  }
}
