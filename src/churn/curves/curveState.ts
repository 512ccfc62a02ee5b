import type { CurveShape } from './curveOptions.js';

/** What a stored survival curve holds: counts at each time, no rows; arrays in JSON. */
export interface SurvivalCurveState extends CurveShape {
  readonly format: 'SurvivalCurve';
  readonly formatVersion: 1;
  readonly times: ArrayLike<number>;
  readonly atRisk: ArrayLike<number>;
  readonly events: ArrayLike<number>;
  readonly censored: ArrayLike<number>;
  readonly survival: ArrayLike<number>;
  /** Of ln(survival): Greenwood's sum, or the jackknife's; where survival is 0, that before. */
  readonly logVariance: ArrayLike<number>;
}

/** What a stored curve of a cumulative hazard holds. */
export interface CumulativeHazardState {
  readonly format: 'CumulativeHazard';
  readonly formatVersion: 1;
  readonly confidence: number;
  readonly interval: 'log' | 'plain';
  readonly times: ArrayLike<number>;
  readonly atRisk: ArrayLike<number>;
  readonly events: ArrayLike<number>;
  readonly censored: ArrayLike<number>;
  readonly hazard: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
}
