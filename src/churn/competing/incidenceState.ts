import type { TargetValue } from '../../data/binaryTarget.js';
import type { CurveErrors, CurveShape } from '../curves/curveOptions.js';

/** What is stored of one cause. */
export interface CauseState {
  readonly cause: TargetValue;
  readonly events: ArrayLike<number>;
  readonly incidence: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
}

/** What stored curves of incidence hold: counts at each time, no rows. */
export interface IncidenceState extends CurveShape {
  readonly format: 'IncidenceCurves';
  readonly formatVersion: 1;
  readonly standardErrors: CurveErrors;
  readonly times: ArrayLike<number>;
  readonly atRisk: ArrayLike<number>;
  readonly censored: ArrayLike<number>;
  readonly survival: ArrayLike<number>;
  readonly survivalVariance: ArrayLike<number>;
  readonly curves: readonly CauseState[];
}
