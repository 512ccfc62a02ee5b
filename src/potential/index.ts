export type { CustomerPotentials } from './customerPotentials.js';
