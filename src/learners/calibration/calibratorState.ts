/** A calibrator as JSON. */
export type CalibratorState = {
  /** Which class reads it. */
  readonly format: 'Calibrator';
  /** Which version wrote it. */
  readonly formatVersion: 1;
} & CalibrationMap;

/** The way from a score to a probability, by method. */
export type CalibrationMap = PlattMap | IsotonicMap | BetaMap;

/** log(p / (1 - p)) = intercept + slope x score. */
export interface PlattMap {
  /** Platt's sigmoid. */
  readonly method: 'platt';
  /** Log-odds at a score of 0. */
  readonly intercept: number;
  /** Change in log-odds for one unit of score. */
  readonly slope: number;
}

/** A probability that rises with the score from threshold to threshold. */
export interface IsotonicMap {
  /** Isotonic regression. */
  readonly method: 'isotonic';
  /** Scores, ascending: both ends of each block of equal probability. */
  readonly thresholds: readonly number[];
  /** The probability at each threshold, never falling. */
  readonly probabilities: readonly number[];
  /** Between two thresholds: on the straight line, or the probability of the lower one. */
  readonly between: 'linear' | 'step';
}

/** log(p' / (1 - p')) = intercept + lower x log(p) - upper x log(1 - p). */
export interface BetaMap {
  /** Beta calibration. */
  readonly method: 'beta';
  /** The c of Kull, Silva Filho and Flach. */
  readonly intercept: number;
  /** Their a, which bends the low end; 0 or more. */
  readonly lower: number;
  /** Their b, which bends the high end; 0 or more. */
  readonly upper: number;
}
