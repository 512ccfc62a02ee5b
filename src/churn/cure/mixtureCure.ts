import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { rankContributions } from '../../learners/explanation.js';
import { addEffects } from '../../learners/featureEffects.js';
import { linearContributions } from '../../learners/linearPredictor.js';
import type { AliasedColumn, LogisticCoefficient } from '../../learners/logisticState.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { AcceleratedCoefficient, ScaleFigure } from '../accelerated/acceleratedState.js';
import { curvePoints } from '../accelerated/curvePoints.js';
import { requireShare } from '../accelerated/requireShare.js';
import { TimeCurve } from '../accelerated/timeCurve.js';
import { timeFamily } from '../accelerated/timeFamily.js';
import { readElapsed, requireTime } from '../readElapsed.js';
import type { ElapsedOption, SurvivalModel, SurvivalPoints } from '../survivalModel.js';
import { CureCurve } from './cureCurve.js';
import type { CureDistribution } from './cureOptions.js';
import type { CureExplanation, CureFollowUp, CureStatus, CureSum, CureSummary, CureTest, MixtureCureState, ShareFigure } from './cureState.js';

/**
 * A fitted mixture of customers who never leave and customers who leave at some time. Learnt by `fitMixtureCure`; predicts from raw rows, explains
 * itself, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitMixtureCure } from 'clientela/churn';
 * // 5 of 10 left, the last of them in month 4; the others were observed for 40 months.
 * const rows = [1, 1, 2, 3, 4, 40, 40, 40, 40, 40].map((months) => ({ months, left: months < 40 }));
 * const stored = JSON.stringify(fitMixtureCure(rows, { duration: 'months', event: 'left', features: [] }));
 * const model = MixtureCure.fromJSON(JSON.parse(stored));
 * Number(model.curedShare.estimate.toFixed(3)); // => 0.5
 * Number(model.predictSurvival([{}], 1000)[0]!.toFixed(3)); // => 0.5
 * // By month 4 nearly all who leave have left: no more than these are to come.
 * model.predictCured([{}], { elapsed: 4 })[0]! > 0.9; // => true
 * model.predictQuantile([{}], 0.75); // => [Infinity]
 * ```
 */
export class MixtureCure implements SurvivalModel, CureSummary {
  declare readonly duration: string;
  declare readonly event: string | null;
  declare readonly features: readonly string[];
  declare readonly cureFeatures: readonly string[];
  declare readonly timeFeatures: readonly string[];
  declare readonly distribution: CureDistribution;
  declare readonly curedShare: ShareFigure;
  declare readonly cureCoefficients: readonly LogisticCoefficient[];
  declare readonly coefficients: readonly AcceleratedCoefficient[];
  declare readonly scale: ScaleFigure;
  declare readonly followUp: CureFollowUp;
  declare readonly note: string | null;
  declare readonly logLikelihood: number;
  declare readonly test: CureTest;
  declare readonly parameterCount: number;
  declare readonly aic: number;
  declare readonly bic: number;
  declare readonly rowCount: number;
  declare readonly events: number;
  declare readonly confidence: number;
  declare readonly status: CureStatus;
  declare readonly convergence: Convergence;
  declare readonly aliased: readonly AliasedColumn[];
  declare readonly separated: readonly string[];
  readonly #state: MixtureCureState;
  readonly #curve: CureCurve;
  /** Of those who leave. */
  readonly #times: TimeCurve;

  /** @internal */
  constructor(state: MixtureCureState) {
    this.#state = state;
    this.#times = new TimeCurve(timeFamily(state.summary.distribution), state.summary.scale.estimate);
    this.#curve = new CureCurve(this.#times);
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link MixtureCure.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): MixtureCure {
    return restored('MixtureCure', () => {
      const state = requireSavedModel('MixtureCure', 1, json, 'cure', 'time', 'riskTime', 'summary') as unknown as MixtureCureState;
      if (Array.isArray(state.cure.effects) && Array.isArray(state.time.effects)) return new MixtureCure(state);
      throw new ClientelaError('MODEL_FORMAT', 'MixtureCure.fromJSON needs effects as arrays; the JSON is damaged');
    });
  }

  /**
   * The probability that each row never leaves; with `elapsed` given that it had not left by then, which makes it likelier.
   *
   * A missing number and a level never seen in training are taken for the training average. O(cells).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - `elapsed`
   * @returns one a row, in [0, 1]
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
   */
  predictCured(data: TableInput, options: ElapsedOption = {}): Float64Array {
    return this.#eachRow('predictCured', data, options, (odds, line, elapsed) => this.#curve.cured(odds, line, elapsed));
  }

  /**
   * How soon each row is to leave: minus the logarithm of being still there at the median time of the training events.
   *
   * @param data - raw rows, with every column of `features`
   * @returns one a row, 0 or more, higher for sooner
   * @throws a {@link ClientelaError} as {@link MixtureCure.predictCured}
   */
  predictRisk(data: TableInput): Float64Array {
    return this.#eachRow('predictRisk', data, {}, (odds, line) => -this.#curve.logSurvival(odds, line, this.#state.riskTime));
  }

  /**
   * The probability of being still there after this time; with `elapsed` after elapsed + time, given that it was there at `elapsed`. Falls to
   * {@link MixtureCure.predictCured}, not to 0.
   *
   * @param data - raw rows, with every column of `features`
   * @param time - in the unit of the durations
   * @param options - `elapsed`
   * @returns one a row, in [0, 1]
   * @throws a {@link ClientelaError} `INVALID_OPTION` (a time below 0), or as {@link MixtureCure.predictCured}
   */
  predictSurvival(data: TableInput, time: number, options: ElapsedOption = {}): Float64Array {
    requireTime('MixtureCure.predictSurvival', 'time', time);
    return this.#eachRow('predictSurvival', data, options, (odds, line, elapsed) => this.#curve.survival(odds, line, elapsed, time));
  }

  /**
   * The time by which this share of customers like each row has left; with `elapsed` counted from there.
   *
   * @param data - raw rows, with every column of `features`
   * @param share - in (0, 1); .5 for the median
   * @param options - `elapsed`
   * @returns one a row, in the unit of the durations; Infinity where fewer leave at all
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link MixtureCure.predictCured}
   */
  predictQuantile(data: TableInput, share: number, options: ElapsedOption = {}): Float64Array {
    requireShare('MixtureCure.predictQuantile', share);
    return this.#eachRow('predictQuantile', data, options, (odds, line, elapsed) => this.#curve.quantile(odds, line, elapsed, share));
  }

  /**
   * The mean time without leaving within this horizon; with `elapsed` counted from there. Some 100 to 300 exponentials a row.
   *
   * @param data - raw rows, with every column of `features`
   * @param horizon - in the unit of the durations
   * @param options - `elapsed`
   * @returns one a row, from 0 to the horizon
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link MixtureCure.predictCured}
   */
  predictRestrictedMean(data: TableInput, horizon: number, options: ElapsedOption = {}): Float64Array {
    requireTime('MixtureCure.predictRestrictedMean', 'horizon', horizon);
    return this.#eachRow('predictRestrictedMean', data, options, (odds, line, elapsed) => this.#curve.restrictedMean(odds, line, elapsed, horizon));
  }

  /**
   * The curve of one row at 101 points, until 99 in 100 of those who leave have left.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `elapsed`
   * @returns times from 0 on, counted from `elapsed`, and survival at them
   * @throws a {@link ClientelaError} as {@link MixtureCure.predictSurvival}
   */
  survivalCurve(row: object, options: { readonly elapsed?: number } = {}): SurvivalPoints {
    const caller = 'survivalCurve';
    const elapsed = readElapsed(`MixtureCure.${caller}`, options, 1)(0);
    const [odds, line] = [this.#sums(caller, [row], this.#state.cure)[0]!, this.#sums(caller, [row], this.#state.time)[0]!];
    return curvePoints(this.#times.quantile(line, elapsed, 0.99), (time) => this.#curve.survival(odds, line, elapsed, time));
  }

  /**
   * Why a row is likely to stay for ever, and what its time of leaving is multiplied by if it leaves; both against the average training customer.
   *
   * @param row - a raw row, with every column of `features`
   * @returns the log-odds of never leaving with what each feature adds, and the median time of leaving with what each multiplies
   * @throws a {@link ClientelaError} as {@link MixtureCure.predictCured}
   */
  explain(row: object): CureExplanation {
    const { cure, time } = this.#state;
    const [odds, line] = [this.#sums('explain', [row], cure)[0]!, this.#sums('explain', [row], time)[0]!];
    const median = (at: number): number => this.#times.quantile(at, 0, 0.5);
    return {
      cured: { baseline: cure.intercept, contributions: rankContributions(row, this.cureFeatures, linearContributions(cure.effects, row)), margin: odds, prediction: 1 / (1 + Math.exp(-odds)) },
      time: {
        baseline: median(time.intercept),
        contributions: rankContributions(row, this.timeFeatures, linearContributions(time.effects, row)).map((one) => ({ ...one, factor: Math.exp(one.contribution) })),
        margin: line,
        prediction: median(line),
      },
    };
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link MixtureCure.fromJSON} reads
   */
  toJSON(): MixtureCureState {
    return savedCopy(this.#state);
  }

  #sums(method: string, data: TableInput, { effects, intercept }: CureSum): Float64Array {
    const caller = `MixtureCure.${method}`;
    return addEffects(caller, effects, readTable(caller, data), intercept);
  }

  #eachRow(method: string, data: TableInput, options: ElapsedOption, answer: (odds: number, line: number, elapsed: number) => number): Float64Array {
    const lines = this.#sums(method, data, this.#state.time);
    const elapsed = readElapsed(`MixtureCure.${method}`, options, lines.length);
    return this.#sums(method, data, this.#state.cure).map((odds, row) => answer(odds, lines[row]!, elapsed(row)));
  }
}
