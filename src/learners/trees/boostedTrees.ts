import { restored } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { requireChoice } from '../../data/options.js';
import { rankContributions, type MarginExplanation } from '../explanation.js';
import { BoostedTreesScorer, readBoostedTrees } from './boostedTreesScorer.js';
import { openForest, readTreeColumns } from './forest.js';
import { respond } from './respond.js';
import { shapleyValues, type ShapleyValues } from './treeShap.js';
import { treeImportance, type GainImportance } from './treeImportance.js';

/** Which class is explained. */
export interface ClassOption {
  /** One of `classes`, for a model of several; others need none. */
  readonly class?: string;
}

/**
 * Fitted boosted trees. Learnt by `fitBoostedTrees`; predict from raw rows, explain themselves exactly, and travel as JSON. A page that only
 * predicts takes {@link BoostedTreesScorer}, the half of it that predicts, from the same JSON.
 *
 * @example
 * ```ts
 * import { fitBoostedTrees } from 'clientela/learners';
 * const rows = Array.from({ length: 200 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', visits: i % 20, spend: (i % 2 ? 30 : 10) + (i % 20) }));
 * const model = BoostedTrees.fromJSON(JSON.parse(JSON.stringify(fitBoostedTrees(rows, { target: 'spend', learningRate: 0.3 }))));
 * Math.round(model.predictRow({ plan: 'gold', visits: 15 })); // => 45
 * const { baseline, contributions, margin } = model.explain({ plan: 'gold', visits: 15 });
 * Math.abs(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0) - margin) < 1e-9; // => true
 * contributions[0]?.feature; // => 'plan'
 * model.importance()[0]?.feature; // => 'plan'
 * ```
 */
export class BoostedTrees extends BoostedTreesScorer {
  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static override fromJSON(json: unknown): BoostedTrees {
    return restored('BoostedTrees', () => new BoostedTrees(readBoostedTrees(json)));
  }

  /**
   * Why a row has its prediction: what each feature adds to the margin of the average training customer.
   *
   * Exact Shapley values in double precision, in which what is not known of a row goes the ways of the training rows (path-dependent TreeSHAP: Lundberg,
   * Erion, Lee 2018). O(nodes * depth).
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `class`: which of several classes to explain
   * @returns baseline and contributions, the strongest first, which add up to the margin; and the prediction on the scale of the target
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as `predict`
   */
  explain(row: object, options: ClassOption = {}): MarginExplanation {
    const { loss, features } = this;
    const { baselines } = this.toJSON();
    const at = this.#placeOf('explain', options);
    const { expected, amounts } = this.#shapley('explain', [row], at);
    const margins = this.predictMargin([row]);
    return {
      baseline: baselines[at]! + expected,
      contributions: rankContributions(row, features, amounts),
      margin: margins[at]!,
      prediction: respond(loss, margins, margins.length)[at]!,
    };
  }

  /**
   * What each feature adds to the margin of every row: {@link BoostedTrees.explain} for a whole table. O(rows * nodes * depth).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - `class`: which of several classes to explain
   * @returns one number for each of `features`, row after row
   * @throws a {@link ClientelaError} as {@link BoostedTrees.explain}
   */
  contributions(data: TableInput, options: ClassOption = {}): Float64Array {
    return this.#shapley('contributions', data, this.#placeOf('contributions', options)).amounts;
  }

  /**
   * How much each feature served the trees: by how much its splits improved the objective in training. It favours columns of many
   * values; permutation importance, on other rows, does not.
   *
   * @returns one entry a feature, the most important first
   */
  importance(): GainImportance[] {
    const { inputs, trees } = this.toJSON();
    return treeImportance(inputs, trees);
  }

  #placeOf(method: string, { class: name }: ClassOption): number {
    const { classes } = this;
    return classes.length === 0 ? 0 : classes.indexOf(requireChoice(`BoostedTrees.${method}`, 'class', name, classes));
  }

  #shapley(method: string, data: TableInput, at: number): ShapleyValues {
    const { inputs, trees, baselines } = this.toJSON();
    return shapleyValues(openForest(inputs, trees), readTreeColumns(`BoostedTrees.${method}`, inputs, data), at, baselines.length);
  }
}
