export { assignFolds, type FoldOptions } from '../data/assignFolds.js';
export { accumulatedLocalEffects, type AccumulatedLocalEffects, type AccumulatedLocalEffectsOptions } from './accumulatedLocalEffects.js';
export { auditLeakage, type LeakageAudit, type LeakageOptions } from './auditLeakage.js';
export type { LeakageFinding } from './findLeaks.js';
export { averagePrecision } from './averagePrecision.js';
export { brierDecomposition, type BrierDecomposition } from './brierDecomposition.js';
export { bootstrapInterval, type BootstrapEstimate, type BootstrapOptions } from './bootstrapInterval.js';
export type { SampleProgress } from './bootstrapSamples.js';
export { brierScore } from './brierScore.js';
export type { BinMethod } from './calibrationBins.js';
export { calibrationSlope, type CalibrationSlope, type EstimateWithError } from './calibrationSlope.js';
export { calibrationTable, type CalibrationOptions, type CalibrationRow } from './calibrationTable.js';
export { compareModels, type ComparedModel, type CompareModelsOptions, type ModelComparison, type ModelDifference } from './compareModels.js';
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
export type { DecisionCosts } from './decisionCosts.js';
export type { GridValue } from './dependenceGrid.js';
export { expectedCalibrationError } from './expectedCalibrationError.js';
export {
  expectedCalibrationErrorInterval,
  type CalibrationErrorEstimate,
  type CalibrationErrorIntervalOptions,
} from './expectedCalibrationErrorInterval.js';
export { expectedCost } from './expectedCost.js';
export { expectedMaximumProfit, type ChurnProfitOptions, type CreditProfitOptions, type ExpectedMaximumProfit } from './expectedMaximumProfit.js';
export type { TraitOptions } from './findTraits.js';
export type { FoldPlanOptions } from '../data/foldPlan.js';
export type { CountComparison } from '../numeric/compareCounts.js';
export type { DriftBin } from './compareFeature.js';
export type { Drift } from './drift.js';
export { featureDrift, type FeatureDrift, type FeatureDriftOptions } from './featureDrift.js';
export { gainsTable, type GainsRow, type GainsTableOptions } from './gainsTable.js';
export { hosmerLemeshow, type HosmerLemeshowOptions, type HosmerLemeshowTest } from './hosmerLemeshow.js';
export { ksStatistic, type KsStatistic } from './ksStatistic.js';
export type { Labels } from '../data/labelsAndScores.js';
export { liftAt, type LiftOptions } from './liftAt.js';
export { logLoss } from './logLoss.js';
export { meanAbsoluteError, meanSquaredError } from './meanErrors.js';
export { nestedCrossValidate, type NestedCrossValidateOptions, type NestedCrossValidation } from './nestedCrossValidate.js';
export { partialDependence, type PartialDependence, type PartialDependenceOptions } from './partialDependence.js';
export { permutationImportance, type FeatureImportance, type PermutationImportance, type PermutationImportanceOptions } from './permutationImportance.js';
export { profitCurve, type RealisedProfitCurve, type ProfitCurveOptions } from './profitCurve.js';
export { profileGroup } from './profileGroup.js';
export { profileRules, type ProfileRule, type ProfileRuleOptions } from './profileRules.js';
export { profiles, type GroupProfiles, type ProfileOptions } from './profiles.js';
export type { CatalogueFigures } from './rankings/catalogueFigures.js';
export { compareRankings, type CompareRankingsOptions, type RankingComparison } from './rankings/compareRankings.js';
export { productCalibration, type ProductCalibrationOptions, type ProductCalibrations, type ProductProbabilities } from './rankings/productCalibration.js';
export type { ProductCalibration } from './rankings/productFigures.js';
export { rankingMetrics, type ByRankingFigure, type RankingFigure, type RankingMetricName, type RankingMetrics, type RankingMetricsOptions } from './rankings/rankingMetrics.js';
export type { HoldingsScorer, RankedLists, RankingSource } from './rankings/rankingSource.js';
export { splitHoldings, type HoldingsSplit, type SplitHoldingsOptions } from './rankings/splitHoldings.js';
export { rocAuc } from './rocAuc.js';
export { rocAucInterval, type RocAucEstimate, type RocAucOptions } from './rocAucInterval.js';
export { rocCurve, type RocCurve } from './rocCurve.js';
export { savingsScore, type Savings, type SavingsOptions } from './savingsScore.js';
export type { NumberRange, ParametersOf, SearchSpace, SearchStrategy } from './searchSpace.js';
export type { TieRule } from './scoreGroups.js';
export { spiegelhalterTest, type SpiegelhalterTest } from './spiegelhalterTest.js';
export type { CalibrationGroup } from './survival/calibrationGroups.js';
export { concordance, type Concordance, type ConcordanceIntervalOptions } from './survival/concordance.js';
export { concordanceIndex } from './survival/concordanceIndex.js';
export type { ConcordanceOptions } from './survival/concordanceOptions.js';
export type { ConcordancePairs } from './survival/concordancePairs.js';
export { distributionCalibration, type DistributionBin, type DistributionCalibration } from './survival/distributionCalibration.js';
export { gonenHeller } from './survival/gonenHeller.js';
export type { ByTime, HorizonOptions, OmittedTime } from './survival/horizonOptions.js';
export { integratedBrier, type IntegratedBrier, type IntegratedBrierOptions } from './survival/integratedBrier.js';
export { roystonD, type RoystonD } from './survival/roystonD.js';
export { survivalBrier, type SurvivalBrier, type TimedBrier } from './survival/survivalBrier.js';
export { survivalCalibration, type CalibrationDistances, type SurvivalCalibration, type SurvivalCalibrationOptions } from './survival/survivalCalibration.js';
export type { TrainingSample } from './survival/survivalSample.js';
export { timeDependentAuc, type TimeDependentAuc, type TimedAuc } from './survival/timeDependentAuc.js';
export type { Trait } from './traits.js';
export { tune, type Trial, type TuneOptions, type Tuning } from './tune.js';
export { validateOutOfTime, type OutOfTimeOptions, type OutOfTimeValidation, type ValidateOutOfTimeOptions } from './validateOutOfTime.js';
export type { Estimate } from '../numeric/estimate.js';
