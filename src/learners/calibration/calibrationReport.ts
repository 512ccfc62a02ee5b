import type { CalibrationLine } from '../../numeric/calibrationLine.js';
import type { CalibrationMap } from './calibratorState.js';

/** How probabilities are calibrated; `'none'` leaves them as the model gives them. */
export type CalibrationMethod = 'none' | CalibrationMap['method'];

/** How well probabilities hold. */
export interface CalibrationFigures {
  /** Average of -log(probability given to what happened). */
  readonly logLoss: number;
  /** Average squared distance between probability and what happened. */
  readonly brierScore: number;
  /** Calibration intercept and slope with their standard errors; null where all probabilities are the same or rank without error. */
  readonly line: CalibrationLine | null;
}

/** One method that was tried. */
export interface CalibrationTrial {
  /** The method. */
  readonly method: CalibrationMethod;
  /** Log loss of customers neither model nor calibrator has seen; null where the method has no finite best fit. */
  readonly logLoss: number | null;
}

/** What a calibration tells about itself: all figures are of rows that neither the model nor the calibrator had seen. */
export interface CalibrationReport {
  /** The method of the calibrator. */
  readonly method: CalibrationMethod;
  /** Folds that were left out in turn. */
  readonly folds: number;
  /** Rows that were judged. */
  readonly rowCount: number;
  /** Of the probabilities as the model gives them. */
  readonly before: CalibrationFigures;
  /** Of the calibrated ones; every fold by a calibrator learnt from the others (under `time`: from earlier ones). */
  readonly after: CalibrationFigures;
  /** What was tried, lowest log loss first. */
  readonly tried: readonly CalibrationTrial[];
  /** Whether `onProgress` ended the folds before the last. */
  readonly stopped: boolean;
}
