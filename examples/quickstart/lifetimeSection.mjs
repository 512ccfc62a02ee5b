// @ts-check
/** @import { CustomerSummary, LifetimeValue, LifetimeValues } from 'clientela/lifetime' */
/** @import { Company } from '../company/index.mjs' */
import { customerSummary, fitLifetimeValue, lifetimeValueBy } from 'clientela/lifetime';
import { companyLog, currentMembers } from './companyData.mjs';
import { correlation } from './correlation.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

/** A year ahead, what a year takes off, and what of a sale is left. */
const terms = { horizon: { years: 1 }, annualDiscountRate: 0.1, margin: 0.25 };

/**
 * @typedef {object} Lifetime - what members are going to buy, and what that is worth
 * @property {LifetimeValue} model
 * @property {CustomerSummary} summary - of today's members
 * @property {LifetimeValues} values - one a member
 * @property {ReturnType<typeof lifetimeValueBy>} byPlan
 */
