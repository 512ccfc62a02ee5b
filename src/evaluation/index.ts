export { assignFolds, type FoldOptions } from '../data/assignFolds.js';
export { averagePrecision } from './averagePrecision.js';
export { brierScore } from './brierScore.js';
export type { BinMethod } from './calibrationBins.js';
export { calibrationTable, type CalibrationOptions, type CalibrationRow } from './calibrationTable.js';
export { compareRocAuc, type RocAucComparison } from './compareRocAuc.js';
export {
  crossValidate,
  type CrossValidatedMetric,
  type CrossValidateOptions,
  type CrossValidation,
  type CrossValidationFold,
  type DefaultMetric,
  type Metric,
} from './crossValidate.js';
export { expectedCalibrationError } from './expectedCalibrationError.js';
export type { TraitOptions } from './findTraits.js';
export type { FoldPlanOptions } from '../data/foldPlan.js';
export { gainsTable, type GainsRow, type GainsTableOptions } from './gainsTable.js';
export { hosmerLemeshow, type HosmerLemeshowOptions, type HosmerLemeshowTest } from './hosmerLemeshow.js';
export { ksStatistic, type KsStatistic } from './ksStatistic.js';
export type { Labels } from './labelsAndScores.js';
export { logLoss } from './logLoss.js';
export { profitCurve, type RealisedProfitCurve, type ProfitCurveOptions } from './profitCurve.js';
export { profileGroup } from './profileGroup.js';
export { profiles, type GroupProfiles, type ProfileOptions } from './profiles.js';
export { rocAuc } from './rocAuc.js';
export { rocAucInterval, type RocAucEstimate } from './rocAucInterval.js';
export { rocCurve, type RocCurve } from './rocCurve.js';
export type { TieRule } from './scoreGroups.js';
export type { Trait } from './traits.js';
export type { Estimate } from '../numeric/estimate.js';
