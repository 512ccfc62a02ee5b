import { requireSavedModel, restored } from '../../data/savedModel.js';
import { MixedSegments, type MixedSegmentsState } from './mixedSegments.js';
import type { SegmentModel } from '../space/segmentAssignment.js';

/** {@link KPrototypes} as JSON. */
export interface KPrototypesState extends MixedSegmentsState {
  /** Which class reads it. */
  readonly format: 'KPrototypes';
}

/** The average customer of a segment. */
export interface Prototype {
  /** By column: the mean on the scale of the model, told in units of the data, or the most frequent level; null where nothing is known. */
  readonly values: Readonly<Record<string, number | string | null>>;
  /** The weight of the rows of the segment. */
  readonly size: number;
}

/**
 * Segments of customers described by numbers and categories, each around its average customer (Huang, 1998); learnt by `fitKPrototypes`. Takes raw rows,
 * knows which columns are categories, and travels as JSON without the training rows.
 *
 * @example
 * ```ts
 * import { fitKPrototypes } from 'clientela/segmentation';
 * const customers = [1, 2, 3, 10, 11, 12, 13].map((visits) => ({ visits, plan: visits < 5 ? 'basic' : 'gold' }));
 * const stored = JSON.stringify(fitKPrototypes(customers, { segments: 2 }));
 * const model = KPrototypes.fromJSON(JSON.parse(stored));
 * model.assign([{ visits: 12, plan: 'gold' }, { visits: null, plan: 'basic' }]); // => [0, 1]
 * model.prototypes[0].values; // => { visits: 11.5, plan: 'gold' }
 * model.assignRow({ visits: 2, plan: 'basic' }).drivers[0].feature; // => 'visits'
 * ```
 */
export class KPrototypes extends MixedSegments<KPrototypesState> implements SegmentModel {
  /** The average customer of every segment. */
  readonly prototypes: readonly Prototype[];
  /** What a mismatch costs, by column of categories, where a number costs the square of its difference on the scale of the model. */
  readonly categoryWeights: Readonly<Record<string, number>>;

  /** @internal */
  constructor(state: KPrototypesState, labels: Int32Array = new Int32Array(0)) {
    super(state, labels);
    this.prototypes = this.valuesBySegment();
    this.categoryWeights = Object.fromEntries(state.features.filter(({ kind }) => kind === 'category').map(({ column, weight }) => [column, weight]));
    Object.freeze(this);
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model, but for `labels`
   * @throws a ClientelaError `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): KPrototypes {
    return restored('KPrototypes', () => new KPrototypes(requireSavedModel('KPrototypes', 1, json, 'features', 'segments', 'softness') as unknown as KPrototypesState));
  }
}
