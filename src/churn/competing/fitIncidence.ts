import { jackknifeVariance } from '../../numeric/survival/jackknifeVariance.js';
import { causeShares, productLimit, riskSteps } from '../../numeric/survival/riskSteps.js';
import { errorsOf, requireCurveOptions, type CurveErrors, type CurveOptions, type CurveShape } from '../curves/curveOptions.js';
import type { SurvivalRows } from '../survivalRows.js';
import { IncidenceCurves } from './incidenceCurves.js';
import { CAUSE_COLUMNS, type RowCauses, type WeightedCauseColumns } from './readCauses.js';

/** What cumulative incidences are estimated from, and how. */
export interface AalenJohansenOptions<Names extends string = string> extends WeightedCauseColumns<Names>, CurveOptions {}

/** Refuses options of incidences that nobody could mean. */
export function requireIncidence(caller: string, options: AalenJohansenOptions, ...own: readonly string[]): CurveShape {
  return requireCurveOptions(caller, options, [...CAUSE_COLUMNS, 'entry', 'weights', ...own]);
}

/** The cumulative incidences of rows that have been read; causes to which nobody has come yet keep their curve of 0. */
export function fitIncidence({ durations, entries, weights }: SurvivalRows, { causes, codes }: RowCauses, given: CurveErrors | undefined, shape: CurveShape): IncidenceCurves {
  const steps = riskSteps(durations, codes, { causeCount: causes.length, entries, weights });
  const survival = productLimit(steps);
  const shares = causeShares(steps, survival);
  const standardErrors = errorsOf(given, weights);
  const squares = weights !== null && standardErrors === 'robust' ? weights.map((weight) => weight * weight) : weights;
  const variance = (cause: number | null): Float64Array => jackknifeVariance(steps, survival, { codes, entries, squares }, cause);
  const { times, atRisk, censored } = steps;
  const curves = causes.map((cause, k) => ({ cause, events: steps.causes[k]!, incidence: shares[k]!, variance: variance(k + 1) }));
  return new IncidenceCurves({ format: 'IncidenceCurves', formatVersion: 1, ...shape, standardErrors, times, atRisk, censored, survival, survivalVariance: variance(null), curves });
}
