import { describeValue } from '../../data/instant.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { rankContributions, type MarginExplanation } from '../../learners/explanation.js';
import { addEffects } from '../../learners/featureEffects.js';
import { linearContributions } from '../../learners/linearPredictor.js';
import type { AliasedColumn, CoefficientCovariance } from '../../learners/logisticState.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { ElapsedOption, SurvivalModel, SurvivalPoints } from '../survivalModel.js';
import { BaselineCurve } from './baselineCurve.js';
import type { CoxPenalty } from './coxOptions.js';
import type { CoxTies } from './coxRows.js';
import type { BaselineSteps, CoxCoefficient, CoxInference, CoxRegressionState, CoxStatus, CoxSummary, CoxTests } from './coxState.js';
import { readElapsed, requireTime } from '../readElapsed.js';
import { readStrata } from './strata.js';

/**
 * A fitted Cox regression: what each feature multiplies the hazard by, and the curve of every customer. Learnt by `fitCoxRegression`; predicts from
 * raw rows, explains itself, and travels as JSON (coefficients and the steps of the baseline hazard; no rows).
 *
 * @example
 * ```ts
 * import { fitCoxRegression } from 'clientela/churn';
 * const rows = [5, 8, 12, 3, 4, 9].map((months, i) => ({ plan: i < 3 ? 'yearly' : 'monthly', months, left: i !== 2 }));
 * const stored = JSON.stringify(fitCoxRegression(rows, { duration: 'months', event: 'left' }));
 * const model = CoxRegression.fromJSON(JSON.parse(stored));
 * const [yearly, monthly] = model.predictSurvival([{ plan: 'yearly' }, { plan: 'monthly' }], 6);
 * yearly! < monthly!; // => false
 * model.predictQuantile([{ plan: 'monthly' }], 0.5, { elapsed: 5 }); // => [4]
 * model.explain({ plan: 'yearly' }).contributions[0]?.direction; // => 'lowers'
 * ```
 */
export class CoxRegression implements SurvivalModel, CoxSummary {
  declare readonly duration: string;
  declare readonly event: string | null;
  declare readonly features: readonly string[];
  declare readonly strata: string | null;
  declare readonly ties: CoxTies;
  declare readonly penalty: CoxPenalty | null;
  declare readonly coefficients: readonly CoxCoefficient[];
  declare readonly inference: CoxInference | null;
  declare readonly inferenceNote: string | null;
  declare readonly logLikelihood: number;
  declare readonly nullLogLikelihood: number;
  declare readonly penalisedLogLikelihood: number | null;
  declare readonly tests: CoxTests | null;
  declare readonly parameterCount: number;
  declare readonly aic: number;
  declare readonly rowCount: number;
  declare readonly events: number;
  declare readonly status: CoxStatus;
  declare readonly convergence: Convergence;
  declare readonly aliased: readonly AliasedColumn[];
  declare readonly separated: readonly string[];
  readonly #state: CoxRegressionState;
  readonly #curves: readonly BaselineCurve[];

  /** @internal */
  constructor(state: CoxRegressionState) {
    this.#state = state;
    this.#curves = state.baseline.map((steps) => new BaselineCurve(steps));
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link CoxRegression.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): CoxRegression {
    return restored('CoxRegression', () => {
      const state = requireSavedModel('CoxRegression', 1, json, 'effects', 'baseline', 'summary', 'columns') as unknown as CoxRegressionState;
      if (Array.isArray(state.effects) && Array.isArray(state.baseline)) return new CoxRegression(state);
      throw new ClientelaError('MODEL_FORMAT', 'CoxRegression.fromJSON needs effects and baseline as arrays; the JSON is damaged');
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
   * The cumulative baseline hazard: of a customer with the training average of every feature.
   *
   * @returns its steps, one list a stratum, with the name of the stratum (null without strata); the last of `times` is the last event, after
   * which every curve of the stratum stays level. The arrays are copies
   */
  baseline(): (BaselineSteps & { readonly stratum: string | null })[] {
    return this.#state.baseline.map(({ times, cumulative }, s) => ({ stratum: this.#state.strataLevels?.[s] ?? null, times: [...times], cumulative: [...cumulative] }));
  }

  /**
   * The logarithm of what the features multiply the hazard of the average training customer by: the sum over features. Within a stratum, who has
   * more is foretold to be sooner. A missing number and a level never seen in training are taken for the training average. O(cells).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns a number for each row; 0 is average
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predictRisk(data: TableInput): Float64Array {
    return this.#risks('predictRisk', data)[1];
  }

  /**
   * The probability of being still without the event after a time, exp(-H0(time) e^sum). O(rows * log steps).
   *
   * @param data - raw rows, with every column of `features` and that of `strata`
   * @param time - in the unit of the durations, counted from `elapsed`
   * @param options - `elapsed`: the time each row has already gone without the event
   * @returns a probability for each row; after the last event of the training rows that of the last event: customers whose `elapsed` is there are foretold to stay, as nothing later was seen. Where the horizon goes
   * beyond it, take a law instead: `fitAcceleratedFailure` over the same rows
   * @throws a {@link ClientelaError} `INVALID_OPTION` or `LENGTH_MISMATCH` (time, elapsed), `INVALID_VALUE` or `MISSING_VALUE` (a stratum), or as {@link CoxRegression.predictRisk}
   */
  predictSurvival(data: TableInput, time: number, options: ElapsedOption = {}): Float64Array {
    requireTime('CoxRegression.predictSurvival', 'time', time);
    return this.#predict('predictSurvival', data, options, (curve, eta, elapsed) => curve.survival(eta, elapsed, time));
  }

  /**
   * The first time by which a share of customers like each row has had the event. O(rows * log steps).
   *
   * @param data - raw rows, with every column of `features` and that of `strata`
   * @param share - in (0, 1); .5 is the median
   * @param options - as for {@link CoxRegression.predictSurvival}
   * @returns a time for each row, counted from `elapsed`; Infinity where the curve does not come so far, as it stays as it is after the last event of the training rows:
   * take a law that goes on instead, `fitAcceleratedFailure` over the same rows
   * @throws a {@link ClientelaError} as {@link CoxRegression.predictSurvival}
   */
  predictQuantile(data: TableInput, share: number, options: ElapsedOption = {}): Float64Array {
    const caller = 'CoxRegression.predictQuantile';
    if (!(share > 0 && share < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs share between 0 and 1, found ${describeValue(share)}`, { function: caller, option: 'share', value: share });
    return this.#predict('predictQuantile', data, options, (curve, eta, elapsed) => curve.quantile(eta, elapsed, share));
  }

  /**
   * The mean time without the event within a horizon: the area under the curve. O(rows * steps), without a matrix.
   *
   * @param data - raw rows, with every column of `features` and that of `strata`
   * @param horizon - in the unit of the durations, counted from `elapsed`
   * @param options - as for {@link CoxRegression.predictSurvival}
   * @returns a time for each row, at most the horizon; the time after the last event of the training rows counts as if nobody left then (see {@link CoxRegression.predictSurvival})
   * @throws a {@link ClientelaError} as {@link CoxRegression.predictSurvival}
   */
  predictRestrictedMean(data: TableInput, horizon: number, options: ElapsedOption = {}): Float64Array {
    requireTime('CoxRegression.predictRestrictedMean', 'horizon', horizon);
    return this.#predict('predictRestrictedMean', data, options, (curve, eta, elapsed) => curve.restrictedMean(eta, elapsed, horizon));
  }

  /**
   * The curve of one row.
   *
   * @param row - a raw row, with every column of `features` and that of `strata`
   * @param options - `elapsed`: the time it has already gone without the event
   * @returns a step at each time of an event after that
   * @throws a {@link ClientelaError} as {@link CoxRegression.predictSurvival}
   */
  survivalCurve(row: object, options: { readonly elapsed?: number } = {}): SurvivalPoints {
    const [view, risks] = this.#risks('survivalCurve', [row]);
    const elapsed = readElapsed('CoxRegression.survivalCurve', options, 1);
    return this.#curveOf('survivalCurve', view)(0).points(risks[0]!, elapsed(0));
  }

  /**
   * Why a row has its hazard: what each feature adds to the log-hazard of the average training customer.
   *
   * @param row - a raw row, with every column of `features`
   * @returns contributions, the strongest first; baseline (0) + contributions = margin = log hazard ratio, and `prediction` is exp of it (at most the largest number there
   * is): the hazard ratio against the average training customer
   * @throws a {@link ClientelaError} as {@link CoxRegression.predictRisk}
   */
  explain(row: object): MarginExplanation {
    // Refuses what cannot be used, in the name of explain: nothing is left for the parts to refuse.
    const margin = this.#risks('explain', [row])[1][0]!;
    const contributions = rankContributions(row, this.features, linearContributions(this.#state.effects, row));
    return { baseline: 0, contributions, margin, prediction: Math.min(Math.exp(margin), Number.MAX_VALUE) };
  }

  /**
   * The model as plain JSON: numbers and names, all finite; no rows.
   *
   * @returns what {@link CoxRegression.fromJSON} reads
   */
  toJSON(): CoxRegressionState {
    return savedCopy(this.#state);
  }

  #risks(method: string, data: TableInput): [view: TableView, risks: Float64Array] {
    const caller = `CoxRegression.${method}`;
    const view = readTable(caller, data);
    return [view, addEffects(caller, this.#state.effects, view, 0)];
  }

  #curveOf(method: string, view: TableView): (row: number) => BaselineCurve {
    const { strataLevels } = this.#state;
    if (strataLevels === null) return () => this.#curves[0]!;
    const { codes } = readStrata(`CoxRegression.${method}`, view, this.strata!, strataLevels);
    return (row) => this.#curves[codes[row]!]!;
  }

  #predict(method: string, data: TableInput, options: ElapsedOption, answer: (curve: BaselineCurve, eta: number, elapsed: number) => number): Float64Array {
    const [view, risks] = this.#risks(method, data);
    const elapsed = readElapsed(`CoxRegression.${method}`, options, view.rowCount);
    const curve = this.#curveOf(method, view);
    return risks.map((eta, row) => answer(curve(row), eta, elapsed(row)));
  }
}
