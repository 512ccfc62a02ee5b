export { idealTarget, type CampaignTarget, type CampaignTerms, type ProfitCurve } from './campaign/idealTarget.js';
export type { PerCustomer } from './campaign/campaignCosts.js';
export { fitTargetScore, type TargetScoreOptions } from './score/fitTargetScore.js';
export type { LeftOutColumn } from './score/prepareTarget.js';
export type { ScoreMethod } from './score/scoreMethods.js';
export type { ScoreModelState } from './score/scoreModel.js';
export type { ScoreTrial, TargetReport } from './score/targetReport.js';
export { TargetScore, type Reason, type TargetScoreState } from './score/targetScore.js';
