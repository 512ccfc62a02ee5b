import type { TargetValue } from '../../data/binaryTarget.js';
import { frozenCopy } from '../../data/frozenCopy.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Contribution } from '../../learners/logisticState.js';
import type { UpliftModel } from '../trial/upliftModel.js';
import { explainSum } from './explainSum.js';
import { openPart, withArm, type OpenPart, type OutcomeModelReader } from './openPart.js';
import type { PartSum, UpliftReport, UpliftState } from './upliftState.js';

/** Why a customer has an uplift. */
export interface UpliftExplanation {
  /** The treatment it is about. */
  readonly treatment: string;
  /** What the treatment adds to the expected outcome of this customer. */
  readonly uplift: number;
  /**
   * On which scale features add up. `'uplift'`: baseline + contributions are the uplift itself. `'log-odds ratio'` (T and S over logistic models): they are
   * the difference of the log-odds with and without treatment, which has the sign of the uplift, but not its size. `'log-odds'` (class transformation):
   * they rise with the uplift. `'log ratio'`: as the log-odds ratio, where learners of the caller's own model the logarithm of the outcome.
   */
  readonly scale: 'uplift' | 'log-odds ratio' | 'log-odds' | 'log ratio';
  /** Of the average training customer, on that scale. */
  readonly baseline: number;
  /** One for each feature, the strongest first. */
  readonly contributions: readonly Contribution[];
  /** baseline + contributions. */
  readonly margin: number;
}

/**
 * What each treatment changes for each customer, against doing nothing: the difference of two expected outcomes.
 * Learnt by `fitUplift` from a trial with a control group; predicts from raw rows, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitUplift } from 'clientela/response';
 * // Of the young 40 % buy if called and 20 % if not, of the old 30 % either way.
 * const trial = Array.from({ length: 400 }, (_, i) => ({ age: i % 2 ? 25 : 65, call: i % 4 < 2 ? 'yes' : 'no', bought: (i >> 2) % 10 < (i % 2 ? (i % 4 < 2 ? 4 : 2) : 3) ? 1 : 0 }));
 * const stored = JSON.stringify(fitUplift(trial, { target: 'bought', treatment: 'call', control: 'no', method: 'T' }));
 * const model = Uplift.fromJSON(JSON.parse(stored));
 * model.predictUplift([{ age: 25 }, { age: 65 }]).map((uplift) => Math.round(100 * uplift)); // => [20, 0]
 * model.predictOutcomes([{ age: 25 }]).map((rate) => Math.round(100 * rate)); // => [20, 40]
 * ```
 */
export class Uplift implements UpliftModel {
  /** The name of the class. */
  readonly format = 'Uplift';
  /** The columns it predicts from. */
  readonly features: readonly string[];
  /** The arms compared with control; uplifts come in this order. */
  readonly treatments: readonly string[];
  /** The arm that means that nothing was done. */
  readonly control: string;
  /** The outcome. */
  readonly target: string;
  /** The value of it that counts as 1; null for numbers. */
  readonly positive: TargetValue | null;
  /** How it was learnt, and what the trial says as a whole. */
  readonly report: UpliftReport;
  readonly #state: UpliftState;
  readonly #parts: readonly OpenPart[];

  /** @internal */
  constructor(given: UpliftState, parts: readonly OpenPart[]) {
    const state = frozenCopy(given);
    this.#state = state;
    this.#parts = parts;
    ({ features: this.features, treatments: this.treatments, control: this.control, target: this.target, positive: this.positive, report: this.report } = state);
    Object.freeze(this);
  }

  /**
   * The model that {@link Uplift.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @param reader - reads the models inside where they are of your own learner: their class, or a function
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown, reader?: OutcomeModelReader): Uplift {
    return restored('Uplift', () => {
      const state = requireSavedModel('Uplift', 1, json, 'parts', 'uplift', 'features', 'report') as unknown as UpliftState;
      return new Uplift(state, state.parts.map((part) => openPart(part, reader)));
    });
  }

  /**
   * What each treatment adds to the expected outcome of every row, against control.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns differences of probabilities (in [-1, 1], but for linear models of the effect) or of amounts; with several treatments as many for each row, row after row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predictUplift(data: TableInput): Float64Array {
    return this.#sums('predictUplift', data, this.#state.uplift);
  }

  /**
   * The same for one row, equal to the last bit.
   *
   * @param row - a raw row, with every column of `features`
   * @returns one number for each of `treatments`
   * @throws a {@link ClientelaError} as {@link Uplift.predictUplift}
   */
  predictUpliftRow(row: object): Float64Array {
    return this.#sums('predictUpliftRow', [row], this.#state.uplift);
  }

  /**
   * The expected outcome of every row if nothing is done, and under each treatment.
   *
   * T and S have a model for each; X, R and DR have one for control, to which the uplift is added (probabilities are kept in [0, 1] then).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns for each row 1 + `treatments.length` numbers, control first, row after row
   * @throws a {@link ClientelaError} `INVALID_INPUT` where the method knows differences only, or as {@link Uplift.predictUplift}
   */
  predictOutcomes(data: TableInput): Float64Array {
    const { outcomes, report } = this.#state;
    if (outcomes === null) {
      throw new ClientelaError('INVALID_INPUT', `predictOutcomes needs a model of outcomes, which method '${report.method}' has not; fit with 'T', 'S', 'X', 'R' or 'DR'`);
    }
    const values = this.#sums('predictOutcomes', data, outcomes);
    if (this.positive !== null) for (let i = 0; i < values.length; i++) values[i] = Math.min(1, Math.max(0, values[i]!));
    return values;
  }

  /**
   * Why a row has its uplift: what each feature adds, on a scale the explanation names.
   *
   * @param row - a raw row, with every column of `features`
   * @returns one explanation for each of `treatments`
   * @throws a {@link ClientelaError} `INVALID_INPUT` where models inside are not linear, or as {@link Uplift.predictUplift}
   */
  explain(row: object): readonly UpliftExplanation[] {
    const { uplift, parts, features, report } = this.#state;
    const predicted = this.#sums('explain', [row], uplift);
    return uplift.map((sum, k) => ({ treatment: this.treatments[k]!, uplift: predicted[k]!, ...explainSum(sum, parts, features, row, report.method) }));
  }

  /**
   * The model as plain data.
   *
   * @returns what {@link Uplift.fromJSON} reads
   */
  toJSON(): UpliftState {
    return savedCopy(this.#state);
  }

  #sums(caller: string, data: TableInput, sums: readonly PartSum[]): Float64Array {
    const { rowCount } = readTable(caller, data);
    const known = new Map<string, Float64Array>();
    const predict = (part: number, arm: string | undefined): Float64Array => {
      const key = `${part} ${arm}`;
      const values = known.get(key) ?? this.#parts[part]!.predict(caller, arm === undefined ? data : withArm(data, this.#state.treatment, arm));
      known.set(key, values);
      return values;
    };
    const width = sums.length;
    const result = new Float64Array(rowCount * width);
    sums.forEach(({ constant, terms }, k) => {
      for (let row = 0; row < rowCount; row++) result[row * width + k] = constant;
      for (const { part, weight, arm } of terms) {
        const values = predict(part, arm);
        for (let row = 0; row < rowCount; row++) result[row * width + k]! += weight * values[row]!;
      }
    });
    return result;
  }
}
