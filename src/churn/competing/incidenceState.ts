import type { TargetValue } from '../../data/binaryTarget.js';
import type { CurveErrors, CurveShape } from '../curves/curveOptions.js';

/** What is stored of one cause. */
export interface CauseState {
  /** Which. */
  readonly cause: TargetValue;
  /** Events at each time. */
  readonly events: ArrayLike<number>;
  /** The share that has had this cause after each time. */
  readonly incidence: ArrayLike<number>;
  /** Of it. */
  readonly variance: ArrayLike<number>;
}

/** What stored curves of incidence hold: counts at each time, no rows. */
export interface IncidenceState extends CurveShape {
  /** Which class it is of. */
  readonly format: 'IncidenceCurves';
  /** Of the format. */
  readonly formatVersion: 1;
  /** What the errors rest on. */
  readonly standardErrors: CurveErrors;
  /** The distinct ends of durations, ascending. */
  readonly times: ArrayLike<number>;
  /** Observed just before each time. */
  readonly atRisk: ArrayLike<number>;
  /** Ends without the event at each time. */
  readonly censored: ArrayLike<number>;
  /** The share without the event after each time. */
  readonly survival: ArrayLike<number>;
  /** Of `survival`. */
  readonly survivalVariance: ArrayLike<number>;
  /** One a cause. */
  readonly curves: readonly CauseState[];
}
