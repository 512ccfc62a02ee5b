// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Traits } from './customers.mjs' */

/** A survey on the day of the end: what the household spends in a year on such things, here and elsewhere; members asked by lot, with an error of their own. */
export const surveying = { share: 0.1, error: 0.15, roundedTo: 10 };

/**
 * @typedef {object} SurveyRow
 * @property {string} customerId
 * @property {number} declared - spending per year, here and elsewhere, as the customer says, currency
 */

/**
 * What one customer spends in a year, here while active and elsewhere.
 *
 * @param {Traits} traits
 * @returns {number}
 */
export function walletOf({ ticketsPerDay, meanTicket, elsewhere }) {
  return ticketsPerDay * 365.25 * meanTicket + elsewhere;
}

/**
 * Asks one customer: right on average, log-normal around the truth, a round number.
 *
 * @param {Random} random
 * @param {string} customerId
 * @param {Traits} traits
 * @returns {SurveyRow}
 */
export function askWallet(random, customerId, traits) {
  const { error, roundedTo } = surveying;
  const said = walletOf(traits) * Math.exp(error * random.normal() - error ** 2 / 2);
  return { customerId, declared: Math.round(said / roundedTo) * roundedTo };
}
