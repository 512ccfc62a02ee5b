import { jackknifeVariance } from '../../numeric/survival/jackknifeVariance.js';
import { productLimit, riskSteps, type RiskSteps } from '../../numeric/survival/riskSteps.js';
import type { SurvivalRows } from '../survivalRows.js';
import { errorsOf, type CurveErrors, type CurveShape } from './curveOptions.js';
import { SurvivalCurve } from './survivalCurve.js';

/** The Kaplan-Meier curve of rows that have been read. */
export function fitCurve({ durations, events, entries, weights }: SurvivalRows, given: CurveErrors | undefined, shape: CurveShape): SurvivalCurve {
  const steps = riskSteps(durations, events, { entries, weights });
  const survival = productLimit(steps);
  const logVariance =
    errorsOf(given, weights) === 'counts'
      ? greenwoodSums(steps)
      : relativeVariance(jackknifeVariance(steps, survival, { codes: events, entries, squares: weights && weights.map((weight) => weight * weight) }, null), survival);
  const { times, atRisk, censored } = steps;
  return new SurvivalCurve({ format: 'SurvivalCurve', formatVersion: 1, ...shape, times, atRisk, events: steps.events, censored, survival, logVariance });
}

/** Greenwood's (1926) variance of ln(survival): sum d / (n (n - d)), without the end, where all have it. */
export function greenwoodSums({ atRisk, events }: Pick<RiskSteps, 'atRisk' | 'events'>): Float64Array {
  let sum = 0;
  return atRisk.map((risk, step) => {
    const left = risk - events[step]!;
    return left > 0 ? (sum += events[step]! / (risk * left)) : sum;
  });
}

function relativeVariance(variance: Float64Array, survival: Float64Array): Float64Array {
  let last = 0;
  return variance.map((value, step) => (survival[step]! > 0 ? (last = value / survival[step]! ** 2) : last));
}
