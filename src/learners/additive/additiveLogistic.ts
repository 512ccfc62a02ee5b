import type { TargetValue } from '../../data/binaryTarget.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import type { Convergence } from '../../numeric/convergence.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import { rankContributions } from '../explanation.js';
import type { AdditiveExplanation, AdditiveLogisticState, AdditiveSummary, CrossSummary, TermPenalty, TermShape } from './additiveState.js';
import { addTerms, placeAxes, termEffects } from './addTerms.js';
import { shapeOf } from './termShape.js';

/**
 * A fitted additive logistic regression: log-odds as a sum of one curve or table for each feature and of tables for pairs of them.
 * Learnt by `fitAdditiveLogistic`; predicts from raw rows, explains itself exactly, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitAdditiveLogistic } from 'clientela/learners';
 * const rows = Array.from({ length: 400 }, (_, i) => ({ months: i % 20, plan: i % 3 ? 'basic' : 'gold', left: (i * 7) % 20 < (i % 20 < 5 ? 14 : 4) ? 'yes' : 'no' }));
 * const model = AdditiveLogistic.fromJSON(JSON.parse(JSON.stringify(fitAdditiveLogistic(rows, { target: 'left' }))));
 * model.predictProbabilityRow({ months: 1, plan: 'gold' }) > model.predictProbabilityRow({ months: 15, plan: 'gold' }); // => true
 * const { baseline, contributions, logOdds } = model.explain({ months: 1, plan: 'gold' });
 * Math.abs(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0) - logOdds) < 1e-12; // => true
 * model.terms()[0]?.features; // => ['months']
 * ```
 */
export class AdditiveLogistic implements AdditiveSummary {
  declare readonly target: string;
  declare readonly positive: TargetValue;
  declare readonly features: readonly string[];
  declare readonly crosses: readonly CrossSummary[];
  declare readonly crossesTested: number;
  declare readonly penalties: readonly TermPenalty[];
  declare readonly parameterCount: number;
  declare readonly logLikelihood: number;
  declare readonly nullLogLikelihood: number;
  declare readonly aic: number;
  declare readonly rowCount: number;
  declare readonly events: number;
  declare readonly convergence: Convergence;
  readonly #state: AdditiveLogisticState;

  /** @internal */
  constructor(state: AdditiveLogisticState) {
    this.#state = state;
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link AdditiveLogistic.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): AdditiveLogistic {
    return restored('AdditiveLogistic', () => new AdditiveLogistic(requireSavedModel('AdditiveLogistic', 1, json, 'terms', 'intercept', 'summary') as unknown as AdditiveLogisticState));
  }

  /**
   * The probability of the positive value for every row.
   *
   * A number beyond the outer knots counts as the outer knot; a number missing where training had none, and a level never seen, as the
   * training average. O(cells).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns probabilities in [0, 1], in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predictProbability(data: TableInput): Float64Array {
    const values = this.#logOdds('predictProbability', data);
    for (let row = 0; row < values.length; row++) values[row] = sigmoid(values[row]!);
    return values;
  }

  /**
   * The log-odds of the positive value for every row.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns log(p / (1 - p)), in the order of the rows
   * @throws a {@link ClientelaError} as {@link AdditiveLogistic.predictProbability}
   */
  predictLogOdds(data: TableInput): Float64Array {
    return this.#logOdds('predictLogOdds', data);
  }

  /**
   * The probability of the positive value for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns a probability in [0, 1]
   * @throws a {@link ClientelaError} as {@link AdditiveLogistic.predictProbability}
   */
  predictProbabilityRow(row: object): number {
    return sigmoid(this.#logOdds('predictProbabilityRow', [row])[0]!);
  }

  /**
   * Why a row has its probability: what each feature adds to the log-odds of the average training customer. Nothing is approximated: the
   * model is this sum.
   *
   * @param row - a raw row, with every column of `features`
   * @returns baseline and contributions by feature and by term, the strongest first
   * @throws a {@link ClientelaError} as {@link AdditiveLogistic.predictProbability}
   */
  explain(row: object): AdditiveExplanation {
    const { intercept, terms } = this.#state;
    const logOdds = this.#logOdds('explain', [row])[0]!;
    const effects = termEffects(terms, placeAxes('AdditiveLogistic.explain', terms, readTable('AdditiveLogistic.explain', [row])));
    const amounts = new Float64Array(this.features.length);
    const parts = terms.map(({ axes }, k) => {
      const features = axes.map(({ column }) => column);
      const contribution = effects[k]!;
      for (const feature of features) amounts[this.features.indexOf(feature)]! += contribution / features.length;
      return { features, contribution };
    });
    parts.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    return { baseline: intercept, contributions: rankContributions(row, this.features, amounts), terms: parts, logOdds, probability: sigmoid(logOdds) };
  }

  /**
   * The shapes the model consists of, as tables to plot or to read: baseline and what they say for a row are its log-odds.
   *
   * @param options - `confidence` of the bands
   * @returns one for each feature and each pair, the one that moves most first. The bands are of the shape as a whole, for a mean of 0
   * (Nychka, 1988), each point by itself; they do not know that the pairs were chosen
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  terms(options: { readonly confidence?: number } = {}): TermShape[] {
    return this.#state.terms.map((term) => shapeOf(term, options)).sort((a, b) => b.spread - a.spread);
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link AdditiveLogistic.fromJSON} reads
   */
  toJSON(): AdditiveLogisticState {
    return savedCopy(this.#state);
  }

  #logOdds(method: string, data: TableInput): Float64Array {
    const { intercept, terms } = this.#state;
    const view = readTable(`AdditiveLogistic.${method}`, data);
    return addTerms(terms, placeAxes(`AdditiveLogistic.${method}`, terms, view), new Float64Array(view.rowCount).fill(intercept));
  }
}
