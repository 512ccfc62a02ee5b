import type { TargetValue } from '../../data/binaryTarget.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import type { MarginExplanation } from '../../learners/explanation.js';
import { readTreeColumns, type Forest } from '../../learners/trees/forest.js';
import type { GainImportance } from '../../learners/trees/treeImportance.js';
import type { UpliftModel } from '../trial/upliftModel.js';
import { explainUplift, type TreatmentOption } from './explainUplift.js';
import { openUplifts, sumUplifts } from './sumUplifts.js';
import { upliftImportance } from './upliftImportance.js';
import type { UpliftForestReport, UpliftForestState, UpliftForestSummary } from './upliftForestState.js';

/**
 * A fitted forest of uplift: the mean of many trees, each grown on a part of the customers. Learnt by `fitUpliftForest`; predicts from raw rows, explains itself, and
 * travels as JSON.
 *
 * @example
 * ```ts
 * import { fitUpliftForest } from 'clientela/response';
 * // An e-mail makes every second woman buy and no man; without, nobody buys.
 * const rows = Array.from({ length: 800 }, (_, i) => ({ sex: i % 2 ? 'f' : 'm', age: 20 + (i % 37), mail: i % 4 > 1, bought: i % 8 === 3 }));
 * const forest = fitUpliftForest(rows, { target: 'bought', treatment: 'mail', control: false, trees: 20 });
 * const again = UpliftForest.fromJSON(JSON.parse(JSON.stringify(forest)));
 * again.predictUplift([{ sex: 'f', age: 40 }, { sex: 'm', age: 40 }]).map((uplift) => Math.round(uplift * 10) / 10); // => [0.5, 0]
 * again.importance()[0]?.feature; // => 'sex'
 * [forest.outOfBagUplift?.length, again.outOfBagUplift]; // => [800, null]
 * ```
 */
export class UpliftForest implements UpliftModel, UpliftForestSummary {
  declare readonly target: string;
  declare readonly positive: TargetValue | null;
  declare readonly treatment: string;
  declare readonly control: string;
  declare readonly treatments: readonly string[];
  declare readonly features: readonly string[];
  declare readonly report: UpliftForestReport;
  /** The name of the class, as in its JSON. */
  readonly format = 'UpliftForest';
  /**
   * The uplifts of the rows that were learnt from, each by the trees that did not see it: fit to judge the forest by, unlike what `predictUplift` says of these rows.
   * In the order of the data, one for each treatment; NaN for rows left out, and those every tree saw. Null for a forest that was read from JSON.
   */
  readonly outOfBagUplift: Float64Array | null;
  readonly #state: UpliftForestState;
  readonly #forests: readonly Forest[];

  /** @internal */
  constructor(state: UpliftForestState, outOfBagUplift: Float64Array | null) {
    this.#state = state;
    this.#forests = openUplifts(state.inputs, state.trees, state.uplifts);
    this.outOfBagUplift = outOfBagUplift;
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The forest that {@link UpliftForest.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same forest: its predictions are equal to the last bit; `outOfBagUplift` stays behind
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): UpliftForest {
    return restored('UpliftForest', () => new UpliftForest(requireSavedModel('UpliftForest', 1, json, 'inputs', 'trees', 'uplifts', 'summary') as unknown as UpliftForestState, null));
  }

  /**
   * What each treatment adds to the expected outcome of every row: the mean over the trees.
   *
   * A missing number goes where the fit sent missing ones; where training had none, and for a level never seen, a row goes both ways,
   * each with the weight of the training rows there. O(rows * trees * depth).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns a difference of probabilities or of amounts: one a row, with several treatments one for each of `treatments`, row after row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predictUplift(data: TableInput): Float64Array {
    return sumUplifts(this.#forests, readTreeColumns('UpliftForest.predictUplift', this.#state.inputs, data));
  }

  /**
   * What each treatment adds for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns one number for each of `treatments`
   * @throws a {@link ClientelaError} as {@link UpliftForest.predictUplift}
   */
  predictUpliftRow(row: object): Float64Array {
    return sumUplifts(this.#forests, readTreeColumns('UpliftForest.predictUpliftRow', this.#state.inputs, [row]));
  }

  /**
   * Why a row has its uplift: what each feature adds to that of the average training customer (exact Shapley values, as for `BoostedTrees`).
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `treatment`: which of several to explain
   * @returns baseline and contributions, the strongest first, which add up to margin = prediction = the uplift
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link UpliftForest.predictUplift}
   */
  explain(row: object, options: TreatmentOption = {}): MarginExplanation {
    return explainUplift('UpliftForest.explain', this, this.#forests, row, options);
  }

  /**
   * How much each feature served the trees: by how much its splits set uplifts apart, by the rows they divide. Where honest only what the half that did not find a split
   * confirms of it counts, so that a column of many values has no advantage.
   *
   * @returns one entry a feature, the most important first
   */
  importance(): GainImportance[] {
    return upliftImportance(this.#state.inputs, this.#state.trees);
  }

  /**
   * The forest as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link UpliftForest.fromJSON} reads
   */
  toJSON(): UpliftForestState {
    return savedCopy(this.#state);
  }
}
