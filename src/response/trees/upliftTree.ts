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
import type { UpliftLeaf, UpliftTreeReport, UpliftTreeState, UpliftTreeSummary } from './upliftTreeState.js';
import { upliftText } from './upliftText.js';

/**
 * A fitted tree of uplift: questions that lead every customer to a group in which the effect of a treatment was measured. Learnt by `fitUpliftTree`; predicts from raw
 * rows, explains itself, speaks in rules, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitUpliftTree } from 'clientela/response';
 * // An e-mail makes every second woman buy and no man; without, nobody buys.
 * const rows = Array.from({ length: 800 }, (_, i) => ({ sex: i % 2 ? 'f' : 'm', age: 20 + (i % 37), mail: i % 4 > 1, bought: i % 8 === 3 }));
 * const tree = fitUpliftTree(rows, { target: 'bought', treatment: 'mail', control: false });
 * const again = UpliftTree.fromJSON(JSON.parse(JSON.stringify(tree)));
 * again.leaves.map(({ text, uplifts }) => [text, uplifts[0]?.verdict]); // => [['sex is f', 'raises'], ['sex is m', 'not distinguishable']]
 * again.predictUplift([{ sex: 'f', age: 40 }, { sex: 'm', age: 40 }]).map((uplift) => Math.round(uplift * 10) / 10); // => [0.5, 0]
 * again.explain({ sex: 'f', age: 40 }).contributions[0]?.feature; // => 'sex'
 * ```
 */
export class UpliftTree implements UpliftModel, UpliftTreeSummary {
  declare readonly target: string;
  declare readonly positive: TargetValue | null;
  declare readonly treatment: string;
  declare readonly control: string;
  declare readonly treatments: readonly string[];
  declare readonly features: readonly string[];
  declare readonly report: UpliftTreeReport;
  /** The name of the class, as in its JSON. */
  readonly format = 'UpliftTree';
  /** The groups, in words, with the outcome of every arm and the uplifts: a customer meets one and one only. The highest uplift (of the first treatment) first. */
  readonly leaves: readonly UpliftLeaf[];
  readonly #state: UpliftTreeState;
  readonly #forests: readonly Forest[];

  /** @internal */
  constructor(state: UpliftTreeState) {
    this.#state = state;
    this.#forests = openUplifts(state.inputs, { ...state.nodes, roots: [0] }, state.uplifts);
    this.leaves = state.leaves;
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The tree that {@link UpliftTree.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same tree: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): UpliftTree {
    return restored('UpliftTree', () => new UpliftTree(requireSavedModel('UpliftTree', 1, json, 'inputs', 'nodes', 'uplifts', 'leaves', 'summary') as unknown as UpliftTreeState));
  }

  /**
   * What each treatment adds to the expected outcome of every row: the uplift of its leaf.
   *
   * A missing number goes where the fit sent missing ones; where training had none, and for a level never seen, a row goes both ways,
   * each with the weight of the training rows there. O(rows * depth).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns a difference of probabilities or of amounts: one a row, with several treatments one for each of `treatments`, row after row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predictUplift(data: TableInput): Float64Array {
    return sumUplifts(this.#forests, readTreeColumns('UpliftTree.predictUplift', this.#state.inputs, data));
  }

  /**
   * What each treatment adds for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns one number for each of `treatments`
   * @throws a {@link ClientelaError} as {@link UpliftTree.predictUplift}
   */
  predictUpliftRow(row: object): Float64Array {
    return sumUplifts(this.#forests, readTreeColumns('UpliftTree.predictUpliftRow', this.#state.inputs, [row]));
  }

  /**
   * Why a row has its uplift: what each feature adds to that of the average training customer (exact Shapley values, as for `BoostedTrees`).
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `treatment`: which of several to explain
   * @returns baseline and contributions, the strongest first, which add up to margin = prediction = the uplift
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link UpliftTree.predictUplift}
   */
  explain(row: object, options: TreatmentOption = {}): MarginExplanation {
    return explainUplift('UpliftTree.explain', this, this.#forests, row, options);
  }

  /**
   * How much each feature served the tree: by how much its splits set uplifts apart, by the rows they divide. Where honest only what the half that did not find a split
   * confirms of it counts, so that a column of many values has no advantage.
   *
   * @returns one entry a feature, the most important first
   */
  importance(): GainImportance[] {
    return upliftImportance(this.#state.inputs, this.#state.nodes);
  }

  /**
   * The tree as text: a line a node, children below their parent and further in, with the training rows (by weight) and the uplift of each treatment there.
   *
   * @returns lines such as `  sex is f: 400 rows, 0.5`
   */
  toText(): string {
    return upliftText(this.#state);
  }

  /**
   * The tree as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link UpliftTree.fromJSON} reads
   */
  toJSON(): UpliftTreeState {
    return savedCopy(this.#state);
  }
}
