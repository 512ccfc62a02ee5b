import type { TableInput } from '../data/table.js';

/** What a customer has already lived through. */
export interface ElapsedOption {
  /**
   * How long each customer has gone without the event already, as a number for all or one a row: what is foretold is then of the time
   * after it, given that. @defaultValue 0: from the start
   */
  readonly elapsed?: number | ArrayLike<number>;
}

/** The curve of one customer; a step at each time, or points of a smooth curve. */
export interface SurvivalPoints {
  /** Ascending; counted from `elapsed`. */
  readonly times: Float64Array;
  /** The probability of being still without the event after each time. */
  readonly survival: Float64Array;
}

/** What every model of the time to an event answers; times in the unit of the durations it learnt from. */
export interface SurvivalModel {
  /** The columns it needs. */
  readonly features: readonly string[];
  /** A number a row, higher for sooner: for ranking. */
  predictRisk(data: TableInput): Float64Array;
  /** The probability of being still without the event after this time, a number a row. */
  predictSurvival(data: TableInput, time: number, options?: ElapsedOption): Float64Array;
  /** The time by which this share (in (0, 1); .5: the median) of customers like each row has had the event, a number a row; Infinity where the curve does not come so far. */
  predictQuantile(data: TableInput, share: number, options?: ElapsedOption): Float64Array;
  /** The mean time without the event within this horizon, a number a row. */
  predictRestrictedMean(data: TableInput, horizon: number, options?: ElapsedOption): Float64Array;
  /** The curve of one row. */
  survivalCurve(row: object, options?: { readonly elapsed?: number }): SurvivalPoints;
}
