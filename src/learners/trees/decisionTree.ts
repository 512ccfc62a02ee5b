import type { TargetValue } from '../../data/binaryTarget.js';
import { requireChoice } from '../../data/options.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { rankContributions, type MarginExplanation } from '../explanation.js';
import type { ClassOption } from './boostedTrees.js';
import type { DecisionTreeReport, DecisionTreeState, DecisionTreeSummary } from './decisionTreeState.js';
import { isUnknown, openForest, readTreeColumns, type Forest } from './forest.js';
import { sumTrees } from './sumTrees.js';
import { treeImportance, type GainImportance } from './treeImportance.js';
import { narrow, treeRules, treeText, type RuleCondition, type TreeRule } from './treeRules.js';
import { shapleyValues } from './treeShap.js';

/** Why a row has its prediction: what each feature adds, and the way the row takes. */
export interface DecisionTreeExplanation extends MarginExplanation {
  /** The conditions the row meets on its way down, one a feature; the way ends where a value is unknown to training. */
  readonly path: readonly RuleCondition[];
}

/**
 * A fitted decision tree: questions that lead every row to a leaf, whose training rows give the prediction. Learnt by `fitDecisionTree`; predicts from
 * raw rows, explains itself, speaks in rules, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitDecisionTree } from 'clientela/learners';
 * const rows = Array.from({ length: 120 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', visits: i % 12, spend: i % 2 ? (i % 12 > 6 ? 90 : 50) : 20 }));
 * const tree = DecisionTree.fromJSON(JSON.parse(JSON.stringify(fitDecisionTree(rows, { target: 'spend', complexity: 0.01 }))));
 * tree.predict([{ plan: 'gold', visits: 9 }, { plan: 'basic', visits: 9 }]); // => [90, 20]
 * tree.toRules()[0]?.text; // => 'plan is gold and visits > 6'
 * tree.explain({ plan: 'basic', visits: 3 }).path[0]?.text; // => 'plan is basic'
 * ```
 */
export class DecisionTree implements DecisionTreeSummary {
  declare readonly target: string;
  declare readonly features: readonly string[];
  declare readonly positive: TargetValue | null;
  declare readonly classes: readonly string[];
  declare readonly report: DecisionTreeReport;
  readonly #state: DecisionTreeState;
  /** One for each figure a leaf has. */
  readonly #forests: readonly Forest[];

  /** @internal */
  constructor(state: DecisionTreeState) {
    this.#state = state;
    this.#forests = state.values.map((value) => openForest(state.inputs, { ...state.nodes, roots: [0], value }));
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The tree that {@link DecisionTree.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same tree: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): DecisionTree {
    return restored('DecisionTree', () => new DecisionTree(requireSavedModel('DecisionTree', 1, json, 'inputs', 'nodes', 'values', 'summary') as unknown as DecisionTreeState));
  }

  /**
   * The predicted number of every row: the mean of its leaf.
   *
   * A missing number goes where the fit sent missing ones; where training had none, and for a level never seen, a row goes both ways,
   * each with the weight of the training rows there. O(rows * depth).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row, on the scale of the target
   * @throws a {@link ClientelaError} `INVALID_INPUT` for a tree of classes, `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predict(data: TableInput): Float64Array {
    return this.#predict('predict', data, false);
  }

  /**
   * The predicted number of one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns a number on the scale of the target
   * @throws a {@link ClientelaError} as {@link DecisionTree.predict}
   */
  predictRow(row: object): number {
    return this.#predict('predictRow', [row], false)[0]!;
  }

  /**
   * The probability of the positive value for every row: its share in the leaf. Of several classes that of each.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns in [0, 1], one a row; of several classes one for each of `classes`, row after row, adding up to 1
   * @throws a {@link ClientelaError} `INVALID_INPUT` for a tree of numbers, or as {@link DecisionTree.predict}
   */
  predictProbability(data: TableInput): Float64Array {
    return this.#predict('predictProbability', data, true);
  }

  /**
   * The probability of the positive value for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns in [0, 1]; of several classes that of the first: `predictProbability([row])` gives all
   * @throws a {@link ClientelaError} as {@link DecisionTree.predictProbability}
   */
  predictProbabilityRow(row: object): number {
    return this.#predict('predictProbabilityRow', [row], true)[0]!;
  }

  /**
   * Why a row has its prediction: what each feature adds (exact Shapley values, as for `BoostedTrees`), and the way it takes.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `class`: which of several classes to explain
   * @returns baseline and contributions, the strongest first, which add up to margin = prediction; and the path
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link DecisionTree.predict}
   */
  explain(row: object, options: ClassOption = {}): DecisionTreeExplanation {
    const caller = 'DecisionTree.explain';
    const { inputs } = this.#state;
    const at = this.classes.length > 0 ? this.classes.indexOf(requireChoice(caller, 'class', options.class, this.classes)) : 0;
    const columns = readTreeColumns(caller, inputs, [row]);
    const forest = this.#forests[at]!;
    const { expected, amounts } = shapleyValues(forest, columns, 0, 1);
    const margin = sumTrees(forest, columns, [0])[0]!;
    return { baseline: expected, contributions: rankContributions(row, this.features, amounts), margin, prediction: margin, path: this.#path(columns) };
  }

  /**
   * The leaves as rules in words: a segmentation of the customers by what is known of them.
   *
   * @returns one rule a leaf, the highest value first; every training row meets exactly one
   */
  toRules(): TreeRule[] {
    return treeRules(this.#state);
  }

  /**
   * The tree as text: a line a node, children below their parent and further in, with the rows (by weight) and what is predicted there.
   *
   * @returns lines such as `  poutcome is success: 129 rows, 0.6434`
   */
  toText(): string {
    return treeText(this.#state);
  }

  /**
   * How much each feature served the tree: by how much its splits lowered the impurity.
   *
   * @returns one entry a feature, the most important first
   */
  importance(): GainImportance[] {
    return treeImportance(this.#state.inputs, this.#state.nodes);
  }

  /**
   * The tree as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link DecisionTree.fromJSON} reads
   */
  toJSON(): DecisionTreeState {
    return savedCopy(this.#state);
  }

  #predict(method: string, data: TableInput, ofClasses: boolean): Float64Array {
    const caller = `DecisionTree.${method}`;
    if (ofClasses !== (this.positive !== null || this.classes.length > 0)) {
      const target = ofClasses ? 'numbers; use predict' : 'classes; use predictProbability';
      throw new ClientelaError('INVALID_INPUT', `${caller} is not for a target of ${target}`);
    }
    const columns = readTreeColumns(caller, this.#state.inputs, data);
    const lists = this.#forests.map((forest) => sumTrees(forest, columns, [0]));
    if (lists.length === 1) return lists[0]!;
    return new Float64Array(lists.length * lists[0]!.length).map((_, i) => lists[i % lists.length]![Math.floor(i / lists.length)]!);
  }

  #path(columns: readonly Float64Array[]): RuleCondition[] {
    const { inputs, nodes } = this.#state;
    let path: RuleCondition[] = [];
    for (let node = 0; nodes.feature[node]! >= 0; ) {
      const input = inputs[nodes.feature[node]!]!;
      const x = columns[nodes.feature[node]!]![0]!;
      if (isUnknown(x, input)) break;
      const limit = nodes.threshold[node]!;
      const isLeft = 'levels' in input ? nodes.sets[limit]!.includes(x) : x === x ? x <= limit : nodes.missingLeft[node] === 1;
      path = narrow(path, input, nodes, node, isLeft);
      node = nodes.left[node]! + (isLeft ? 0 : 1);
    }
    return path;
  }
}
