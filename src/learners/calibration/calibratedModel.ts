import type { TargetValue } from '../../data/binaryTarget.js';
import { frozenCopy } from '../../data/frozenCopy.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { logOdds } from '../../numeric/logOdds.js';
import type { MarginExplanation } from '../explanation.js';
import type { CalibratedModelState, ModelReader, ProbabilityModel } from './calibratedModelState.js';
import type { CalibrationReport } from './calibrationReport.js';
import { Calibrator } from './calibrator.js';

/**
 * A model with a calibrator behind it: its probabilities hold for customers it has not seen. Learnt by `fitCalibrated`; knows no other model's
 * code, so that a page that scores ships the one class it names.
 *
 * @example
 * ```ts
 * import { fitCalibrated, fitLogisticRegression, LogisticRegression } from 'clientela/learners';
 * const rows = Array.from({ length: 200 }, (_, i) => ({ visits: i % 10, bought: (i * 7) % 11 < i % 10 ? 1 : 0 }));
 * const fitted = fitCalibrated((train) => fitLogisticRegression(train, { target: 'bought' }), rows, { target: 'bought', method: 'platt' });
 * const model = CalibratedModel.fromJSON(JSON.parse(JSON.stringify(fitted)), LogisticRegression);
 * model.predictProbabilityRow({ visits: 8 }) === fitted.predictProbabilityRow({ visits: 8 }); // => true
 * model.explain({ visits: 8 }).contributions[0]?.direction; // => 'raises'
 * ```
 */
export class CalibratedModel<Model extends ProbabilityModel = ProbabilityModel> {
  /** The column that is predicted. */
  readonly target: string;
  /** The value of it whose probability is predicted. */
  readonly positive: TargetValue;
  /** The model inside, learnt from all rows. */
  readonly model: Model;
  /** From its probability (for the method `'platt'`: its log-odds) to the calibrated one; null when that is left as it is. */
  readonly calibrator: Calibrator | null;
  /** How well the probabilities hold, before and after. */
  readonly report: CalibrationReport;

  /** @internal */
  constructor(model: Model, calibrator: Calibrator | null, { target, positive, report }: Pick<CalibratedModelState, 'target' | 'positive' | 'report'>) {
    this.target = target;
    this.positive = positive;
    this.model = model;
    this.calibrator = calibrator;
    this.report = frozenCopy(report);
    Object.freeze(this);
  }

  /**
   * The model that {@link CalibratedModel.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @param readModel - the class of the model inside, such as `LogisticRegression`, or a function from its JSON to the model
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`, of this class or of the one inside, or `INVALID_OPTION` without readModel
   */
  static fromJSON<Model extends ProbabilityModel>(json: unknown, readModel: ModelReader<Model>): CalibratedModel<Model> {
    return restored('CalibratedModel', () => {
      const state = requireSavedModel('CalibratedModel', 1, json) as unknown as CalibratedModelState;
      for (const field of ['target', 'positive', 'model', 'calibrator', 'report'] as const) {
        if (state[field] === undefined) throw new ClientelaError('MODEL_FORMAT', `CalibratedModel.fromJSON found no ${field}; the JSON is damaged`, { field });
      }
      if (Object(readModel) !== readModel) {
        throw new ClientelaError('INVALID_OPTION', 'CalibratedModel.fromJSON needs readModel, found none; give the class of the model inside, such as LogisticRegression');
      }
      const model = 'fromJSON' in readModel ? readModel.fromJSON(state.model) : readModel(state.model);
      return new CalibratedModel(model, state.calibrator && Calibrator.fromJSON(state.calibrator), state);
    });
  }

  /** The columns a row must have to be scored. */
  get features(): readonly string[] {
    return this.model.features;
  }

  /**
   * The calibrated probability of the positive value for every row.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns probabilities in [0, 1], in the order of the rows
   * @throws a {@link ClientelaError} as the model inside
   */
  predictProbability(data: TableInput): Float64Array {
    const probabilities = this.model.predictProbability(data);
    return applyCalibrator(this.calibrator, probabilities);
  }

  /**
   * The calibrated probability for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns a probability in [0, 1]
   * @throws a {@link ClientelaError} as the model inside
   */
  predictProbabilityRow(row: object): number {
    return applyCalibrator(this.calibrator, [this.model.predictProbabilityRow(row)])[0]!;
  }

  /**
   * Why a row has its probability: baseline, contributions and margin are those of the model inside (log-odds before calibration);
   * `prediction` is the calibrated probability. The calibrator never falls as the margin rises, so what raises one raises the other
   * (a Platt slope below 0, of a model that ranks the wrong way round, aside).
   *
   * @param row - a raw row, with every column of `features`
   * @returns baseline and contributions, the strongest first
   * @throws a {@link ClientelaError} `INVALID_INPUT` when the model inside has no `explain`, otherwise as that
   */
  explain(row: object): MarginExplanation {
    if (!this.model.explain) {
      throw new ClientelaError('INVALID_INPUT', 'CalibratedModel.explain needs a model that explains itself, found one without explain; fit one that does');
    }
    const { baseline, contributions, margin, logOdds: alias } = this.model.explain(row);
    return { baseline, contributions, margin: (margin ?? alias)!, prediction: this.predictProbabilityRow(row) };
  }

  /**
   * The model as plain JSON: that of the model inside, the calibrator and the report.
   *
   * @returns what {@link CalibratedModel.fromJSON} reads
   */
  toJSON(): CalibratedModelState {
    const { target, positive, report } = this;
    return savedCopy({ format: 'CalibratedModel', formatVersion: 1, target, positive, model: this.model.toJSON(), calibrator: this.calibrator && this.calibrator.toJSON(), report });
  }
}

/** Calibrated probabilities; Platt's sigmoid takes log-odds, the others take the probabilities themselves. */
export function applyCalibrator(calibrator: Calibrator | null, probabilities: ArrayLike<number>): Float64Array {
  const scores = Float64Array.from(probabilities);
  if (calibrator === null) return scores;
  return calibrator.predict(calibrator.method === 'platt' ? scores.map(logOdds) : scores);
}
