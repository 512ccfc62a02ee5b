export { areaUnderUplift, type UpliftAreaDefinition, type UpliftAreaOptions } from './effects/areaUnderUplift.js';
export type { ArmNumbers } from './effects/armNumbers.js';
export type { CutBy } from './effects/armSums.js';
export { chooseActions, type ChooseActionsOptions } from './effects/chooseActions.js';
export type { DoNotContact } from './effects/doNotContact.js';
export { effectHeterogeneity, type EffectHeterogeneity, type HeterogeneityOptions } from './effects/effectHeterogeneity.js';
export { effectScores, type EffectScoreOptions } from './effects/effectScores.js';
export type { FeatureValues } from './effects/featureBins.js';
export type { EffectCalibration, GroupEffects } from './effects/groupEffects.js';
export { netWeightOfEvidence, type NetWeightBin, type NetWeightOptions, type NetWeightTable } from './effects/netWeightOfEvidence.js';
export { planControlGroup, type ControlGroupOptions, type ControlGroupPlan } from './effects/planControlGroup.js';
export type { Actions } from './effects/policyData.js';
export { policyValue, type ConstantPolicy, type PolicyMethod, type PolicyValue, type PolicyValueOptions } from './effects/policyValue.js';
export { qiniCoefficient, type QiniDefinition, type QiniOptions } from './effects/qiniCoefficient.js';
export { qiniCurve } from './effects/qiniCurve.js';
export type { RankTies } from './effects/rankArms.js';
export { rankAverageTreatmentEffect, type RankAverageEffect, type RateOptions } from './effects/rankAverageTreatmentEffect.js';
export { screenUpliftFeatures, type ScreenedFeature, type ScreeningOptions } from './effects/screenUpliftFeatures.js';
export { tocCurve, type TocCurve } from './effects/tocCurve.js';
export type { PowerMethod } from './effects/trialPower.js';
export { upliftAt, type UpliftAtOptions, type UpliftAtShare } from './effects/upliftAt.js';
export { upliftByDecile, type UpliftBin, type UpliftByDecileOptions } from './effects/upliftByDecile.js';
export { upliftCurve, type GainCurve, type GainCurveOptions } from './effects/upliftCurve.js';
export { upliftGroups, type UpliftGroup, type UpliftGroupName, type UpliftGroups, type UpliftGroupsOptions } from './effects/upliftGroups.js';
export { upliftInterval, type UpliftIntervalOptions, type UpliftMeasure, type UpliftMeasureEstimate } from './effects/upliftInterval.js';
export type { Outcomes, Treated } from './effects/upliftRows.js';
export { weightedAverageUplift } from './effects/weightedAverageUplift.js';
export { fitResponseGroups } from './groups/fitResponseGroups.js';
export type { ResponseGroupsOptions, ResponseGroupsProgress } from './groups/groupOptions.js';
export type { GroupInclusion, GroupsToInclude, InclusionTerms } from './groups/includeGroups.js';
export { ResponseGroups, type GroupExplanation } from './groups/responseGroups.js';
export type { GroupCounts, GroupMethod, GroupNodes, GroupPart, GroupRule, GroupTerms, GroupTrend, ResponseGroup, ResponseGroupsReport, ResponseGroupsState, ResponseGroupsSummary } from './groups/responseGroupsState.js';
export type { TreatmentOption } from './trees/explainUplift.js';
export { fitUpliftForest, type UpliftForestOptions, type UpliftForestProgress } from './trees/fitUpliftForest.js';
export { fitUpliftTree, type UpliftTreeOptions } from './trees/fitUpliftTree.js';
export { UpliftForest } from './trees/upliftForest.js';
export type { UpliftForestReport, UpliftForestState, UpliftForestSummary } from './trees/upliftForestState.js';
export { UpliftTree } from './trees/upliftTree.js';
export type { UpliftCriterion, UpliftGrowthOptions } from './trees/upliftTreeOptions.js';
export type { LeafArm, LeafUplift, UpliftHeterogeneity, UpliftLeaf, UpliftTreeReport, UpliftTreesSummary, UpliftTreeState, UpliftTreeSummary } from './trees/upliftTreeState.js';
export { treatmentBalance, type BalanceLine, type TreatmentBalanceOptions } from './trial/treatmentBalance.js';
export type { Propensity, TrialOptions } from './trial/trialOptions.js';
export type { UpliftModel } from './trial/upliftModel.js';
export { fitUplift } from './uplift/fitUplift.js';
export type { OpenPart, OutcomeModel, OutcomeModelClass, OutcomeModelReader } from './uplift/openPart.js';
export { Uplift, type UpliftExplanation } from './uplift/uplift.js';
export type { CustomLearner, EffectLearner, LearnerTask, OutcomeLearner, UpliftOptions, UpliftProgress } from './uplift/upliftOptions.js';
export type {
  ArmSummary,
  LinearPart,
  OtherPart,
  PartSum,
  PartSummary,
  TreatmentEffect,
  TreesPart,
  UpliftCoefficient,
  UpliftMethod,
  UpliftPart,
  UpliftReport,
  UpliftState,
} from './uplift/upliftState.js';
export { fitPromotionSensitivity, type PromotionSensitivityOptions } from './promotion/fitPromotionSensitivity.js';
export { PromotionSensitivity, type ResponsePoint } from './promotion/promotionSensitivity.js';
export type { DiscountEffect, PromotionReport, PromotionSensitivityState } from './promotion/promotionSensitivityState.js';
