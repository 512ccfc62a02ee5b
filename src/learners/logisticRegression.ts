import type { TargetValue } from '../data/binaryTarget.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../data/savedModel.js';
import type { TableInput } from '../data/table.js';
import type { Convergence } from '../numeric/convergence.js';
import { sigmoid } from '../numeric/sigmoid.js';
import { rankContributions } from './explanation.js';
import { linearContributions, predictLinear } from './linearPredictor.js';
import type {
  AliasedColumn,
  CoefficientCovariance,
  Explanation,
  LogisticCoefficient,
  LogisticInference,
  LogisticRegressionState,
  LogisticSummary,
  PredictionOptions,
} from './logisticState.js';

/**
 * A fitted logistic regression: the probability of the positive value as the logistic function of a sum over features.
 * Learnt by `fitLogisticRegression`; predicts from raw rows, explains itself, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitLogisticRegression } from 'clientela/learners';
 * const rows = Array.from({ length: 100 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', stayed: i % 10 < (i % 2 ? 8 : 4) }));
 * const stored = JSON.stringify(fitLogisticRegression(rows, { target: 'stayed' }));
 * const model = LogisticRegression.fromJSON(JSON.parse(stored));
 * model.predictProbability([{ plan: 'gold' }, { plan: 'basic' }]); // => [0.8, 0.4]
 * model.explain({ plan: 'gold' }).contributions[0]?.direction; // => 'raises'
 * model.predictProbabilityRow({ plan: 'platinum' }) === 1 / (1 + Math.exp(-model.explain({ plan: 'platinum' }).baseline)); // => true
 * ```
 */
export class LogisticRegression implements LogisticSummary {
  declare readonly target: string;
  declare readonly positive: TargetValue;
  declare readonly coefficients: readonly LogisticCoefficient[];
  declare readonly inference: LogisticInference | null;
  declare readonly inferenceNote: string | null;
  declare readonly logLikelihood: number;
  declare readonly nullLogLikelihood: number;
  declare readonly deviance: number;
  declare readonly nullDeviance: number;
  declare readonly parameterCount: number;
  declare readonly aic: number;
  declare readonly bic: number;
  declare readonly rowCount: number;
  declare readonly events: number;
  declare readonly convergence: Convergence;
  declare readonly aliased: readonly AliasedColumn[];
  declare readonly separated: readonly string[];
  declare readonly features: readonly string[];
  readonly #state: LogisticRegressionState;

  /** @internal */
  constructor(state: LogisticRegressionState) {
    this.#state = state;
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link LogisticRegression.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): LogisticRegression {
    return restored('LogisticRegression', () => new LogisticRegression(requireSavedModel('LogisticRegression', 1, json, 'effects', 'intercept') as unknown as LogisticRegressionState));
  }

  /**
   * The covariance of the estimates, on the raw scale.
   *
   * @returns names and matrix; null under a ridge penalty. Coefficients without a standard error are left out
   */
  covariance(): CoefficientCovariance | null {
    return this.#state.covariance;
  }

  /**
   * The probability of the positive value for every row.
   *
   * A missing number and a level never seen in training are taken for the training average. O(cells).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - `offset`: a column name or one number a row; by default the column the model was fitted with, if it was a column
   * @returns probabilities in [0, 1], in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predictProbability(data: TableInput, options: PredictionOptions = {}): Float64Array {
    const values = this.#logOdds('predictProbability', data, options);
    for (let row = 0; row < values.length; row++) values[row] = sigmoid(values[row]!);
    return values;
  }

  /**
   * The log-odds of the positive value for every row.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - as for {@link LogisticRegression.predictProbability}
   * @returns log(p / (1 - p)), in the order of the rows
   * @throws a {@link ClientelaError} as {@link LogisticRegression.predictProbability}
   */
  predictLogOdds(data: TableInput, options: PredictionOptions = {}): Float64Array {
    return this.#logOdds('predictLogOdds', data, options);
  }

  /**
   * The probability of the positive value for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `offset`: added to the log-odds; by default from the column the model was fitted with, if it was a column
   * @returns a probability in [0, 1]
   * @throws a {@link ClientelaError} as {@link LogisticRegression.predictProbability}
   */
  predictProbabilityRow(row: object, options: { readonly offset?: number } = {}): number {
    return sigmoid(this.#logOdds('predictProbabilityRow', [row], options)[0]!);
  }

  /**
   * Why a row has its probability: what each feature adds to the log-odds of the average training customer.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - as for {@link LogisticRegression.predictProbabilityRow}
   * @returns baseline and contributions, the strongest first; baseline + contributions + offset = log-odds
   * @throws a {@link ClientelaError} as {@link LogisticRegression.predictProbability}
   */
  explain(row: object, options: { readonly offset?: number } = {}): Explanation {
    // Refuses what cannot be used, in the name of explain: nothing is left for the parts to refuse.
    const logOdds = this.#logOdds('explain', [row], options)[0]!;
    const contributions = rankContributions(row, this.features, linearContributions(this.#state.effects, row));
    return { baseline: this.#state.intercept, contributions, logOdds, probability: sigmoid(logOdds) };
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link LogisticRegression.fromJSON} reads
   */
  toJSON(): LogisticRegressionState {
    return savedCopy(this.#state);
  }

  #logOdds(method: string, data: TableInput, { offset }: { readonly offset?: PredictionOptions['offset'] | number }): Float64Array {
    return predictLinear(`LogisticRegression.${method}`, this.#state, data, offset);
  }
}
