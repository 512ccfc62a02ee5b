import { requireKnownOptions } from '../../data/options.js';
import { readRowNumbers } from '../../data/rowNumbers.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Convergence } from '../../numeric/convergence.js';
import { rankContributions, type MarginExplanation } from '../explanation.js';
import { linearContributions, predictLinear } from '../linearPredictor.js';
import type { AliasedColumn, CoefficientCovariance } from '../logisticState.js';
import type { GlmFamilyName, GlmLink } from './glmFamily.js';
import type { GlmCoefficient, GlmInference, GlmParameter, GlmPredictionOptions, GlmRowOptions, GlmState, GlmSummary, OverdispersionTest } from './glmState.js';

/**
 * A fitted generalised linear model: the expected count or amount, as the exponential of a sum over features (of a Gaussian target, the sum).
 * Learnt by `fitGlm`; predicts from raw rows, explains itself, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitGlm } from 'clientela/learners';
 * const rows = [1, 3, 2, 6, 5, 7].map((orders, i) => ({ plan: i < 3 ? 'basic' : 'gold', orders }));
 * const stored = JSON.stringify(fitGlm(rows, { target: 'orders', family: 'poisson' }));
 * const model = Glm.fromJSON(JSON.parse(stored));
 * model.predict([{ plan: 'basic' }, { plan: 'gold' }]); // => [2, 6]
 * model.predictRow({ plan: 'gold' }, { exposure: 0.5 }); // => 3
 * model.explain({ plan: 'gold' }).contributions[0]?.direction; // => 'raises'
 * ```
 */
export class Glm implements GlmSummary {
  declare readonly target: string;
  declare readonly family: GlmFamilyName;
  declare readonly link: GlmLink;
  declare readonly features: readonly string[];
  declare readonly coefficients: readonly GlmCoefficient[];
  declare readonly inference: GlmInference | null;
  declare readonly inferenceNote: string | null;
  declare readonly logLikelihood: number | null;
  declare readonly deviance: number;
  declare readonly nullDeviance: number;
  declare readonly pearson: number;
  declare readonly dispersion: number | null;
  declare readonly overdispersion: GlmParameter | null;
  declare readonly theta: GlmParameter | null;
  declare readonly overdispersionTest: OverdispersionTest | null;
  declare readonly tweediePower: GlmParameter | null;
  declare readonly parameterCount: number;
  declare readonly aic: number | null;
  declare readonly bic: number | null;
  declare readonly rowCount: number;
  declare readonly convergence: Convergence;
  declare readonly aliased: readonly AliasedColumn[];
  declare readonly separated: readonly string[];
  readonly #state: GlmState;

  /** @internal */
  constructor(state: GlmState) {
    this.#state = state;
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link Glm.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Glm {
    return restored('Glm', () => {
      const state = requireSavedModel('Glm', 1, json, 'effects', 'intercept', 'summary') as unknown as GlmState;
      if (!Array.isArray(state.effects)) throw new ClientelaError('MODEL_FORMAT', 'Glm.fromJSON needs effects as an array; the JSON is damaged');
      return new Glm(state);
    });
  }

  /**
   * The covariance of the estimates, on the raw scale.
   *
   * @returns names and matrix; null where there is no inference. Coefficients without a standard error are left out
   */
  covariance(): CoefficientCovariance | null {
    return this.#state.covariance;
  }

  /**
   * The expected target of every row, on its own scale.
   *
   * A missing number and a level never seen in training are taken for the training average. O(cells).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - `offset` or `exposure`: a column name or one number a row; by default the column the model was fitted with, if it was a column
   * @returns means, in the order of the rows: never negative unless the family is `'gaussian'`
   * @throws a {@link ClientelaError} `INVALID_OPTION`, `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predict(data: TableInput, options: GlmPredictionOptions = {}): Float64Array {
    const values = this.#linear('predict', data, options);
    for (let row = 0; row < values.length && this.link === 'log'; row++) values[row] = Math.exp(values[row]!);
    return values;
  }

  /**
   * The sum over features of every row, offset or logarithm of the exposure included: the logarithm of what {@link Glm.predict} gives
   * (with family `'gaussian'` the same).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - as for {@link Glm.predict}
   * @returns sums, in the order of the rows
   * @throws a {@link ClientelaError} as {@link Glm.predict}
   */
  predictLinear(data: TableInput, options: GlmPredictionOptions = {}): Float64Array {
    return this.#linear('predictLinear', data, options);
  }

  /**
   * The expected target of one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `offset` or `exposure`: a number; by default from the column the model was fitted with, if it was a column
   * @returns a number on the scale of the target
   * @throws a {@link ClientelaError} as {@link Glm.predict}
   */
  predictRow(row: object, options: GlmRowOptions = {}): number {
    return this.#mean(this.#linear('predictRow', [row], options)[0]!);
  }

  /**
   * Why a row has its prediction: what each feature adds to the sum of the average training customer.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - as for {@link Glm.predictRow}
   * @returns baseline and contributions, the strongest first; baseline + contributions + offset (or log of the exposure) = margin, the logarithm
   * of the prediction (with family `'gaussian'` the prediction)
   * @throws a {@link ClientelaError} as {@link Glm.predict}
   */
  explain(row: object, options: GlmRowOptions = {}): MarginExplanation {
    // Refuses what cannot be used, in the name of explain: nothing is left for the parts to refuse.
    const margin = this.#linear('explain', [row], options)[0]!;
    const contributions = rankContributions(row, this.features, linearContributions(this.#state.effects, row));
    return { baseline: this.#state.intercept, contributions, margin, prediction: this.#mean(margin) };
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link Glm.fromJSON} reads
   */
  toJSON(): GlmState {
    return savedCopy(this.#state);
  }

  #mean(margin: number): number {
    return this.link === 'log' ? Math.exp(margin) : margin;
  }

  #linear(method: string, data: TableInput, options: { readonly [Name in keyof GlmPredictionOptions]?: GlmPredictionOptions[Name] | number }): Float64Array {
    const caller = `Glm.${method}`;
    requireKnownOptions(caller, options, ['offset', 'exposure']);
    const { offset, exposure = this.#state.exposure } = options;
    const view = readTable(caller, data);
    const values = predictLinear(caller, this.#state, data, typeof offset === 'object' ? readRowNumbers(caller, 'offset', view, offset) : offset);
    if (exposure === null) return values;
    const exposures = readRowNumbers(caller, 'exposure', view, typeof exposure === 'number' ? [exposure] : exposure);
    return values.map((value, row) => {
      const amount = exposures[row]!;
      if (amount > 0) return value + Math.log(amount);
      throw new ClientelaError('INVALID_VALUE', `${caller} needs a finite exposure above 0 in every row, found ${amount} in row ${row}`, { row });
    });
  }
}
