export { idealTarget, type CampaignTarget, type CampaignTerms, type ProfitCurve } from './idealTarget.js';
export type { PerCustomer } from './campaignCosts.js';
