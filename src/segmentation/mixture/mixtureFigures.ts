import { sharesOf } from '../space/weightedShares.js';
import type { Climb } from './climb.js';
import type { MixtureFigures } from './gaussianState.js';

/** What the fit of any mixture reports; `densities` compare complete rows, `memberships` are row-major. */
export function mixtureFigures(
  { iterations, converged }: Climb<unknown>,
  logLikelihood: number,
  parameterCount: number,
  weights: Float64Array,
  memberships: Float64Array,
  densities: Float64Array,
  stopped: boolean,
  warnings: readonly string[],
): MixtureFigures {
  const segments = memberships.length / weights.length;
  let rows = 0;
  let doubt = 0;
  for (let row = 0; row < weights.length; row++) {
    let top = 0;
    for (let c = 0; c < segments; c++) top = Math.max(top, memberships[row * segments + c]!);
    rows += weights[row]!;
    doubt -= weights[row]! * Math.log(top);
  }
  const bic = parameterCount * Math.log(rows) - 2 * logLikelihood;
  return {
    logLikelihood,
    parameterCount,
    bic,
    aic: 2 * parameterCount - 2 * logLikelihood,
    icl: bic + 2 * doubt,
    convergence: { converged, iterations, gradientNorm: 0, reason: converged ? 'likelihood gain small' : stopped ? 'stopped by onProgress' : 'iteration limit' },
    warnings,
    outlierBelow: sharesOf(densities, weights, [0.01])[0]!,
  };
}

/** What to say where fewer segments came out than were asked for. */
export function fewerSegments(wanted: number, found: number): string[] {
  return found < wanted ? [`${wanted} segments were asked for, ${found} can be told apart`] : [];
}
