import type { TargetValue } from '../../data/binaryTarget.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { BoostedTreesState, BoostingLoss, BoostingReport, BoostingSummary } from './boostedTreesState.js';
import { openForest, readTreeColumns, type Forest } from './forest.js';
import { isOfClasses, respond } from './respond.js';
import { sumTrees } from './sumTrees.js';

/**
 * The half of {@link BoostedTrees} that predicts, for pages and pipelines where bytes count: it reads the same JSON, and predicts the same to
 * the last bit. What explains stays at home.
 *
 * @example
 * ```ts
 * import { BoostedTrees } from 'clientela/learners';
 * const stump = { roots: [0], feature: [0, -1, -1], threshold: [30, 0, 0], left: [1, 0, 0], missingLeft: [1, 0, 0], value: [0, -1, 2], cover: [4, 3, 1], gain: [5, 0, 0], sets: [] };
 * const summary = { target: 'spend', features: ['visits'], loss: 'squared', positive: null, classes: [] };
 * const json = { format: 'BoostedTrees', formatVersion: 1, baselines: [10], inputs: [{ column: 'visits', missing: false }], trees: stump, summary };
 * const scorer = BoostedTreesScorer.fromJSON(json);
 * scorer.predict([{ visits: 12 }, { visits: 40 }, { visits: null }]); // => [9, 12, 9.75]
 * ```
 */
export class BoostedTreesScorer implements BoostingSummary {
  declare readonly target: string;
  declare readonly features: readonly string[];
  declare readonly loss: BoostingLoss;
  declare readonly positive: TargetValue | null;
  declare readonly classes: readonly string[];
  declare readonly report: BoostingReport;
  readonly #state: BoostedTreesState;
  readonly #forest: Forest;

  /** @internal */
  constructor(state: BoostedTreesState) {
    this.#state = state;
    this.#forest = openForest(state.inputs, state.trees);
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): BoostedTreesScorer {
    return restored('BoostedTreesScorer', () => new BoostedTreesScorer(readBoostedTrees(json)));
  }

  /**
   * The predicted number of every row, on the scale of the target: a mean, a median or another quantile, a count, an amount.
   *
   * A missing number goes where the fit sent missing ones; where training had none, and for a level never seen, a row goes both ways,
   * each with the weight of the training rows there. O(rows * trees * depth).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row
   * @throws a {@link ClientelaError} `INVALID_INPUT` for a model of classes, `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predict(data: TableInput): Float64Array {
    return this.#predict('predict', data, false);
  }

  /**
   * The predicted number of one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns a number on the scale of the target
   * @throws a {@link ClientelaError} as {@link BoostedTreesScorer.predict}
   */
  predictRow(row: object): number {
    return this.#predict('predictRow', [row], false)[0]!;
  }

  /**
   * The probability of the positive value for every row; of several classes that of each.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns in [0, 1], one a row; of several classes one for each of `classes`, row after row, adding up to 1
   * @throws a {@link ClientelaError} `INVALID_INPUT` for a model of numbers, or as {@link BoostedTreesScorer.predict}
   */
  predictProbability(data: TableInput): Float64Array {
    return this.#predict('predictProbability', data, true);
  }

  /**
   * The probability of the positive value for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns in [0, 1]; of several classes that of the first: `predictProbability([row])` gives all
   * @throws a {@link ClientelaError} as {@link BoostedTreesScorer.predictProbability}
   */
  predictProbabilityRow(row: object): number {
    return this.#predict('predictProbabilityRow', [row], true)[0]!;
  }

  /**
   * What the trees add up to for every row: log-odds, the log of a mean, or the number itself.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row; of several classes one for each of `classes`, row after row
   * @throws a {@link ClientelaError} as {@link BoostedTreesScorer.predict}
   */
  predictMargin(data: TableInput): Float64Array {
    return this.#predict('predictMargin', data);
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what `fromJSON` reads
   */
  toJSON(): BoostedTreesState {
    return savedCopy(this.#state);
  }

  #predict(method: string, data: TableInput, ofClasses?: boolean): Float64Array {
    const { loss } = this;
    const { inputs, baselines } = this.#state;
    const caller = `BoostedTrees.${method}`;
    const margins = sumTrees(this.#forest, readTreeColumns(caller, inputs, data), baselines);
    if (ofClasses === undefined) return margins;
    if (ofClasses === isOfClasses(loss)) return respond(loss, margins, baselines.length);
    throw new ClientelaError('INVALID_INPUT', `${caller} is not for loss ${loss}; use ${ofClasses ? 'predict' : 'predictProbability'}`);
  }
}

/** The state of stored boosted trees. */
export function readBoostedTrees(json: unknown): BoostedTreesState {
  return requireSavedModel('BoostedTrees', 1, json, 'trees', 'inputs', 'baselines', 'summary') as unknown as BoostedTreesState;
}
