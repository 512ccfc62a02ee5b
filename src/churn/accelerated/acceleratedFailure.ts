import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { rankContributions } from '../../learners/explanation.js';
import { addEffects } from '../../learners/featureEffects.js';
import { linearContributions } from '../../learners/linearPredictor.js';
import type { AliasedColumn, CoefficientCovariance } from '../../learners/logisticState.js';
import type { Convergence } from '../../numeric/convergence.js';
import { readElapsed, requireTime } from '../readElapsed.js';
import type { ElapsedOption, SurvivalModel, SurvivalPoints } from '../survivalModel.js';
import type { AcceleratedCoefficient, AcceleratedFailureState, AcceleratedInference, AcceleratedStatus, AcceleratedSummary, AcceleratedTest, DistributionCandidate, ScaleFigure, TimeExplanation } from './acceleratedState.js';
import { curvePoints } from './curvePoints.js';
import { requireShare } from './requireShare.js';
import { TimeCurve } from './timeCurve.js';
import { timeFamily, type TimeDistribution } from './timeFamily.js';

/**
 * A fitted model of accelerated failure time: how long customers stay, and what multiplies it. Learnt by `fitAcceleratedFailure`; predicts from raw
 * rows, explains itself, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitAcceleratedFailure } from 'clientela/churn';
 * const rows = [2, 4, 6, 10, 20, 30].map((months, i) => ({ plan: i < 3 ? 'monthly' : 'yearly', months }));
 * const stored = JSON.stringify(fitAcceleratedFailure(rows, { duration: 'months', distribution: 'exponential' }));
 * const model = AcceleratedFailure.fromJSON(JSON.parse(stored));
 * // A constant hazard forgets: the mean time that is left is the mean.
 * model.predictRestrictedMean([{ plan: 'monthly' }], 1000, { elapsed: 12 }); // => [4]
 * model.explain({ plan: 'yearly' }).contributions[0]?.factor; // => Math.sqrt(5)
 * ```
 */
export class AcceleratedFailure implements SurvivalModel, AcceleratedSummary {
  declare readonly duration: string;
  declare readonly event: string | null;
  declare readonly features: readonly string[];
  declare readonly distribution: TimeDistribution;
  declare readonly candidates: readonly DistributionCandidate[] | null;
  declare readonly coefficients: readonly AcceleratedCoefficient[];
  declare readonly scale: ScaleFigure;
  declare readonly shape: ScaleFigure | null;
  declare readonly inference: AcceleratedInference | null;
  declare readonly inferenceNote: string | null;
  declare readonly logLikelihood: number;
  declare readonly nullLogLikelihood: number;
  declare readonly likelihoodRatio: AcceleratedTest | null;
  declare readonly parameterCount: number;
  declare readonly aic: number;
  declare readonly bic: number;
  declare readonly rowCount: number;
  declare readonly events: number;
  declare readonly status: AcceleratedStatus;
  declare readonly convergence: Convergence;
  declare readonly aliased: readonly AliasedColumn[];
  declare readonly separated: readonly string[];
  readonly #state: AcceleratedFailureState;
  readonly #curve: TimeCurve;

  /** @internal */
  constructor(state: AcceleratedFailureState) {
    this.#state = state;
    this.#curve = new TimeCurve(timeFamily(state.summary.distribution), state.summary.scale.estimate);
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link AcceleratedFailure.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): AcceleratedFailure {
    return restored('AcceleratedFailure', () => {
      const state = requireSavedModel('AcceleratedFailure', 1, json, 'intercept', 'effects', 'summary') as unknown as AcceleratedFailureState;
      if (Array.isArray(state.effects)) return new AcceleratedFailure(state);
      throw new ClientelaError('MODEL_FORMAT', 'AcceleratedFailure.fromJSON needs effects as an array; the JSON is damaged');
    });
  }

  /**
   * The covariance of the estimates and of `log(scale)`, on the raw scale.
   *
   * @returns names and matrix; null where there is no inference. Coefficients without a standard error are left out
   */
  covariance(): CoefficientCovariance | null {
    return this.#state.covariance;
  }

  /**
   * How soon each row is to have the event, against the average training customer: minus x'b / scale. Of a Weibull the logarithm of the hazard ratio.
   *
   * A missing number and a level never seen in training are taken for the training average. O(cells).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one a row, higher for sooner
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predictRisk(data: TableInput): Float64Array {
    const { intercept, summary } = this.#state;
    return this.#lines('predictRisk', data).map((line) => (intercept - line) / summary.scale.estimate);
  }

  /**
   * The probability of being still without the event after this time; with `elapsed` after elapsed + time, given that it had not come by `elapsed`.
   * `'gaussian'` and `'logistic'` give times below 0 a probability: these are left out, too, so that survival begins at 1.
   *
   * @param data - raw rows, with every column of `features`
   * @param time - in the unit of the durations
   * @param options - `elapsed`
   * @returns one a row, in [0, 1]
   * @throws a {@link ClientelaError} `INVALID_OPTION` (a time below 0), `LENGTH_MISMATCH`, or as {@link AcceleratedFailure.predictRisk}
   */
  predictSurvival(data: TableInput, time: number, options: ElapsedOption = {}): Float64Array {
    requireTime('AcceleratedFailure.predictSurvival', 'time', time);
    return this.#eachRow('predictSurvival', data, options, (line, elapsed) => this.#curve.survival(line, elapsed, time));
  }

  /**
   * The time by which this share of customers like each row has had the event, in closed form; with `elapsed` counted from there.
   *
   * @param data - raw rows, with every column of `features`
   * @param share - in (0, 1); .5 for the median
   * @param options - `elapsed`
   * @returns one a row, in the unit of the durations
   * @throws a {@link ClientelaError} `INVALID_OPTION`, `LENGTH_MISMATCH`, or as {@link AcceleratedFailure.predictRisk}
   */
  predictQuantile(data: TableInput, share: number, options: ElapsedOption = {}): Float64Array {
    requireShare('AcceleratedFailure.predictQuantile', share);
    return this.#eachRow('predictQuantile', data, options, (line, elapsed) => this.#curve.quantile(line, elapsed, share));
  }

  /**
   * The mean time without the event within this horizon: the area under the curve up to it; with `elapsed` counted from there. Some 100 to 300
   * exponentials a row.
   *
   * @param data - raw rows, with every column of `features`
   * @param horizon - in the unit of the durations
   * @param options - `elapsed`
   * @returns one a row, from 0 to the horizon
   * @throws a {@link ClientelaError} `INVALID_OPTION`, `LENGTH_MISMATCH`, or as {@link AcceleratedFailure.predictRisk}
   */
  predictRestrictedMean(data: TableInput, horizon: number, options: ElapsedOption = {}): Float64Array {
    requireTime('AcceleratedFailure.predictRestrictedMean', 'horizon', horizon);
    return this.#eachRow('predictRestrictedMean', data, options, (line, elapsed) => this.#curve.restrictedMean(line, elapsed, horizon));
  }

  /**
   * The curve of one row at 101 points, from all to 1 in 100 still without the event.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `elapsed`
   * @returns times from 0 on, counted from `elapsed`, and survival at them
   * @throws a {@link ClientelaError} as {@link AcceleratedFailure.predictSurvival}
   */
  survivalCurve(row: object, options: { readonly elapsed?: number } = {}): SurvivalPoints {
    const elapsed = readElapsed('AcceleratedFailure.survivalCurve', options, 1)(0);
    const line = this.#lines('survivalCurve', [row])[0]!;
    return curvePoints(this.#curve.quantile(line, elapsed, 0.99), (time) => this.#curve.survival(line, elapsed, time));
  }

  /**
   * What each feature of a row multiplies its time by, compared with the average training customer.
   *
   * @param row - a raw row, with every column of `features`
   * @returns median of the average customer and factors, the strongest first; their product is the median of the row
   * @throws a {@link ClientelaError} as {@link AcceleratedFailure.predictRisk}
   */
  explain(row: object): TimeExplanation {
    // Refuses what cannot be used, in the name of explain: nothing is left for the parts to refuse.
    const margin = this.#lines('explain', [row])[0]!;
    const { isLog } = timeFamily(this.distribution);
    const contributions = rankContributions(row, this.features, linearContributions(this.#state.effects, row)).map((one) => ({ ...one, factor: isLog ? Math.exp(one.contribution) : null }));
    const median = (line: number): number => (isLog ? this.#curve.timeAt(line, -Math.LN2, 0) : line);
    return { baseline: median(this.#state.intercept), contributions, margin, prediction: median(margin) };
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link AcceleratedFailure.fromJSON} reads
   */
  toJSON(): AcceleratedFailureState {
    return savedCopy(this.#state);
  }

  #lines(method: string, data: TableInput): Float64Array {
    const caller = `AcceleratedFailure.${method}`;
    const { effects, intercept } = this.#state;
    return addEffects(caller, effects, readTable(caller, data), intercept);
  }

  #eachRow(method: string, data: TableInput, options: ElapsedOption, answer: (line: number, elapsed: number) => number): Float64Array {
    const lines = this.#lines(method, data);
    const elapsed = readElapsed(`AcceleratedFailure.${method}`, options, lines.length);
    return lines.map((line, row) => answer(line, elapsed(row)));
  }
}
