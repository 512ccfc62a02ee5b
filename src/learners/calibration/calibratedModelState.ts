import type { TargetValue } from '../../data/binaryTarget.js';
import type { TableInput } from '../../data/table.js';
import type { Contribution } from '../logisticState.js';
import type { CalibrationReport } from './calibrationReport.js';
import type { CalibratorState } from './calibratorState.js';

/** What a model must answer to be calibrated; every model of the library for two classes does. */
export interface ProbabilityModel {
  /** The columns a row must have to be scored. */
  readonly features: readonly string[];
  /** The probability of the positive value for every row. */
  predictProbability(data: TableInput): Float64Array;
  /** The same for one row. */
  predictProbabilityRow(row: object): number;
  /** Why a row has its probability, in the margin of the model. */
  explain?(row: object): ExplainedMargin;
  /** The model as plain JSON. */
  toJSON(): unknown;
}

/** An explanation by any model of the library: the margin goes by that name, or is log-odds. */
export interface ExplainedMargin {
  /** The margin of the average training customer. */
  readonly baseline: number;
  /** What each feature adds. */
  readonly contributions: readonly Contribution[];
  /** baseline + contributions. */
  readonly margin?: number;
  /** The same, where the margin is log-odds. */
  readonly logOdds?: number;
}

/** What reads the JSON of the inner model: its class, or a function. */
export type ModelReader<Model> =
  | {
      /** The model that its JSON describes. */
      fromJSON(json: unknown): Model;
    }
  | ((json: unknown) => Model);

/** A calibrated model as JSON. */
export interface CalibratedModelState {
  /** Which class reads it. */
  readonly format: 'CalibratedModel';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The column that is predicted. */
  readonly target: string;
  /** The value of it whose probability is predicted. */
  readonly positive: TargetValue;
  /** The model inside, as its own `toJSON` gives it. */
  readonly model: unknown;
  /** From its probability to the calibrated one; null when that is left as it is. */
  readonly calibrator: CalibratorState | null;
  /** How well the probabilities hold. */
  readonly report: CalibrationReport;
}
