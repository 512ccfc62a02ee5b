export { idealTarget, type CampaignTarget, type CampaignTerms, type ProfitCurve } from './idealTarget.js';
export type { PerCustomer } from './campaignCosts.js';
export { fitTargetScore, type TargetScoreOptions } from './fitTargetScore.js';
export type { LeftOutColumn } from './prepareTarget.js';
export type { ScoreMethod } from './scoreMethods.js';
export type { ScoreModelState } from './scoreModel.js';
export type { ScoreTrial, TargetReport } from './targetReport.js';
export { TargetScore, type Reason, type TargetScoreState } from './targetScore.js';
