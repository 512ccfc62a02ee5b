export type { ElapsedOption, SurvivalModel, SurvivalPoints } from './survivalModel.js';
export type { SurvivalColumns } from './survivalRows.js';
