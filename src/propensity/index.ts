export type { ParameterUncertainty, PropensityCells } from './cells/propensityCells.js';
