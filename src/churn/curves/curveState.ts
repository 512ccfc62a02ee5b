import type { CurveShape } from './curveOptions.js';

/** What a stored survival curve holds: counts at each time, no rows; arrays in JSON. */
export interface SurvivalCurveState extends CurveShape {
  /** Which class it is of. */
  readonly format: 'SurvivalCurve';
  /** Of the format. */
  readonly formatVersion: 1;
  /** The distinct ends of durations, ascending. */
  readonly times: ArrayLike<number>;
  /** Observed just before each time. */
  readonly atRisk: ArrayLike<number>;
  /** Events at each time. */
  readonly events: ArrayLike<number>;
  /** Ends without the event at each time. */
  readonly censored: ArrayLike<number>;
  /** The share without the event after each time. */
  readonly survival: ArrayLike<number>;
  /** Of ln(survival): Greenwood's sum, or the jackknife's; where survival is 0, that before. */
  readonly logVariance: ArrayLike<number>;
}

/** What a stored curve of a cumulative hazard holds. */
export interface CumulativeHazardState {
  /** Which class it is of. */
  readonly format: 'CumulativeHazard';
  /** Of the format. */
  readonly formatVersion: 1;
  /** Of the intervals. */
  readonly confidence: number;
  /** How the intervals are drawn. */
  readonly interval: 'log' | 'plain';
  /** The distinct ends of durations, ascending. */
  readonly times: ArrayLike<number>;
  /** Observed just before each time. */
  readonly atRisk: ArrayLike<number>;
  /** Events at each time. */
  readonly events: ArrayLike<number>;
  /** Ends without the event at each time. */
  readonly censored: ArrayLike<number>;
  /** The cumulative hazard after each time. */
  readonly hazard: ArrayLike<number>;
  /** Of it. */
  readonly variance: ArrayLike<number>;
}
