export { idealTarget, type CampaignTarget, type CampaignTerms, type ProfitCurve } from './idealTarget.js';
export type { PerCustomer } from './campaignCosts.js';
export { fitTargetScore, type TargetScoreOptions } from './fitTargetScore.js';
export type { LeftOutColumn } from './prepareTarget.js';
export type { PenaltyTrial, TargetReport } from './targetReport.js';
export { TargetScore, type Reason, type TargetScoreState } from './targetScore.js';
