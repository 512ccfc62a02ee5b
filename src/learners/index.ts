export { AdditiveLogistic } from './additive/additiveLogistic.js';
export type { AdditiveLogisticOptions } from './additive/additiveOptions.js';
export type {
  AdditiveExplanation,
  AdditiveLogisticState,
  AdditiveSummary,
  AdditiveTermState,
  CrossSummary,
  ShapePoint,
  TermContribution,
  TermPenalty,
  TermShape,
} from './additive/additiveState.js';
export type { CategoryAxis, NumberAxis, TermAxis } from './additive/axis.js';
export { fitAdditiveLogistic } from './additive/fitAdditiveLogistic.js';
export { Binning, type FeatureInformation } from './binning/binning.js';
export type { BinningOptions, GivenBins, TrendChoice } from './binning/binningOptions.js';
export type { Bin, BinCandidate, BinnedBase, BinnedCategory, BinnedFeature, BinnedNumber, BinningState, BinTrend, SpecialBin, WoeSign } from './binning/binningState.js';
export { fitBinning } from './binning/fitBinning.js';
export { informationValue, weightOfEvidence, type WeightOfEvidenceOptions } from './binning/weightOfEvidence.js';
export { CalibratedModel } from './calibration/calibratedModel.js';
export type { CalibratedModelState, ExplainedMargin, ModelReader, ProbabilityModel } from './calibration/calibratedModelState.js';
export type { CalibrationFigures, CalibrationMethod, CalibrationReport, CalibrationTrial } from './calibration/calibrationReport.js';
export { Calibrator } from './calibration/calibrator.js';
export type { BetaMap, CalibrationMap, CalibratorState, IsotonicMap, PlattMap } from './calibration/calibratorState.js';
export { fitBetaCalibration } from './calibration/fitBetaCalibration.js';
export { fitCalibrated, type FitCalibratedOptions } from './calibration/fitCalibrated.js';
export { fitIsotonicCalibration, type IsotonicCalibrationOptions } from './calibration/fitIsotonicCalibration.js';
export { fitPlattCalibration, type CalibrationFitOptions } from './calibration/fitPlattCalibration.js';
export { ElasticNet } from './elasticNet/elasticNet.js';
export type { ElasticNetOptions } from './elasticNet/elasticNetOptions.js';
export type { ElasticNetCoefficient, ElasticNetExplanation, ElasticNetPathPoint, ElasticNetState, ElasticNetSummary } from './elasticNet/elasticNetState.js';
export { fitElasticNet } from './elasticNet/fitElasticNet.js';
export type { ElasticNetFamily } from './elasticNet/penalisedLoss.js';
export { BoostedTrees, type ClassOption } from './trees/boostedTrees.js';
export { BoostedTreesScorer } from './trees/boostedTreesScorer.js';
export type { BoostedTreesState, BoostingLoss, BoostingReport, BoostingSummary } from './trees/boostedTreesState.js';
export { DecisionTree, type DecisionTreeExplanation } from './trees/decisionTree.js';
export type { DecisionTreeOptions, DecisionTreeProgress } from './trees/decisionTreeOptions.js';
export type { DecisionTreeReport, DecisionTreeState, DecisionTreeSummary, PruningStep } from './trees/decisionTreeState.js';
export { fitBoostedTrees } from './trees/fitBoostedTrees.js';
export { fitDecisionTree } from './trees/fitDecisionTree.js';
export type { PruningRisk } from './trees/nodeRisks.js';
export type { GainImportance } from './trees/treeImportance.js';
export type { CategoryFeature, NumberFeature, TreeFeature, TreeNodes } from './trees/treeNodes.js';
export type { CategoryCondition, NumberCondition, RuleCondition, TreeRule } from './trees/treeRules.js';
export type { BoostedTreesOptions, BoostingProgress, EarlyStopping } from './trees/boostingOptions.js';
export { fitLogisticRegression } from './fitLogisticRegression.js';
export { fromMlLogisticRegression, type FromMlOptions, type MlLogisticRegression, type MlWeights } from './fromMlLogisticRegression.js';
export { fitGlm } from './glm/fitGlm.js';
export { Glm } from './glm/glm.js';
export type { GlmFamilyName, GlmLink } from './glm/glmFamily.js';
export type { GlmOptions } from './glm/glmOptions.js';
export type { GlmCoefficient, GlmInference, GlmParameter, GlmPredictionOptions, GlmRowOptions, GlmState, GlmSummary, OverdispersionTest } from './glm/glmState.js';
export type { MarginExplanation } from './explanation.js';
export { LogisticRegression } from './logisticRegression.js';
export type { FitProgress, LogisticRegressionOptions } from './logisticOptions.js';
export { fitNearestPeers, type NearestPeersOptions } from './peers/fitNearestPeers.js';
export { NearestPeers } from './peers/nearestPeers.js';
export type {
  CategoryPeerFeature,
  NearestPeersState,
  NumberPeerFeature,
  Peer,
  PeerDifference,
  PeerFeature,
  PeerMetric,
  PeerPredictionOptions,
  Peers,
  PeersOptions,
} from './peers/peersState.js';
export { fitQuantileRegression } from './quantile/fitQuantileRegression.js';
export { QuantileRegression, type QuantileChoice } from './quantile/quantileRegression.js';
export type { QuantileProgress, QuantileRegressionOptions } from './quantile/quantileOptions.js';
export type { QuantileCertificate, QuantileCoefficient, QuantileFit, QuantileInference, QuantileRegressionState, QuantileSummary } from './quantile/quantileState.js';
export { fitScorecard } from './scorecard/fitScorecard.js';
export type { PointsOptions, PointsScale } from './scorecard/pointsScale.js';
export { Scorecard } from './scorecard/scorecard.js';
export type { ScorecardBinningOptions, ScorecardOptions } from './scorecard/scorecardOptions.js';
export { scorecardStability, type BinStability, type FeatureStability, type ScorecardStability } from './scorecard/scorecardStability.js';
export type {
  LeftOutFeature,
  RoundingEffect,
  ScorecardFeature,
  ScorecardLine,
  ScorecardReason,
  ScorecardReasonOptions,
  ScorecardState,
  ScorecardSummary,
} from './scorecard/scorecardState.js';
export { scorecardTable } from './scorecard/scorecardTable.js';
export { scorecardText } from './scorecard/scorecardText.js';
export type {
  AliasedColumn,
  CoefficientCovariance,
  Contribution,
  Explanation,
  LogisticCoefficient,
  LogisticInference,
  LogisticRegressionState,
  LogisticSummary,
  PredictionOptions,
} from './logisticState.js';
export type { CategoryEffect, FeatureEffect, NumberEffect } from './featureEffects.js';
export type { Convergence } from '../numeric/convergence.js';
export type { Labels } from '../data/labelsAndScores.js';
export type { CalibrationLine } from '../numeric/calibrationLine.js';
