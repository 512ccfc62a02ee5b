import { requireSavedModel, restored } from '../../data/savedModel.js';
import type { PeerMetric } from '../../learners/peers/peersState.js';
import { MixedSegments, type MixedSegmentsState } from './mixedSegments.js';
import type { SegmentModel } from '../space/segmentAssignment.js';

/** {@link KMedoids} as JSON. */
export interface KMedoidsState extends MixedSegmentsState {
  /** Which class reads it. */
  readonly format: 'KMedoids';
  /** The training row of every medoid. */
  readonly rows: readonly number[];
  /** How many rows each sample had; null when all rows were searched. */
  readonly sample: number | null;
}

/** The customer that stands for a segment. */
export interface Medoid {
  /** Its row in the training data, from 0. */
  readonly row: number;
  /** What it has, by column; null where missing. */
  readonly values: Readonly<Record<string, number | string | null>>;
  /** The weight of the rows of the segment. */
  readonly size: number;
}

/**
 * Segments of customers of any columns, each around one real customer; learnt by `fitKMedoids`. Takes raw rows and travels as JSON with the medoids only.
 *
 * @example
 * ```ts
 * import { fitKMedoids } from 'clientela/segmentation';
 * const customers = [1, 2, 3, 10, 11, 12, 13].map((visits) => ({ visits, plan: visits < 5 ? 'basic' : 'gold' }));
 * const stored = JSON.stringify(fitKMedoids(customers, { segments: 2 }));
 * const model = KMedoids.fromJSON(JSON.parse(stored));
 * model.medoids[1]; // => { row: 1, values: { visits: 2, plan: 'basic' }, size: 3 }
 * model.assign([{ visits: 12, plan: 'gold' }, { visits: null, plan: 'basic' }]); // => [0, 1]
 * ```
 */
export class KMedoids extends MixedSegments<KMedoidsState> implements SegmentModel {
  /** The customer that stands for each segment. */
  readonly medoids: readonly Medoid[];
  /** How rows are compared. */
  readonly metric: PeerMetric;
  /** How many rows each sample had that medoids were searched in; null when all rows were searched. `cost` is over all rows in either case. */
  readonly sample: number | null;

  /** @internal */
  constructor(state: KMedoidsState, labels: Int32Array = new Int32Array(0)) {
    super(state, labels);
    this.medoids = this.valuesBySegment().map((medoid, segment) => ({ row: state.rows[segment]!, ...medoid }));
    this.metric = state.metric;
    this.sample = state.sample;
    Object.freeze(this);
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model, but for `labels`
   * @throws a ClientelaError `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): KMedoids {
    return restored('KMedoids', () => new KMedoids(requireSavedModel('KMedoids', 1, json, 'features', 'segments', 'softness', 'rows') as unknown as KMedoidsState));
  }
}
