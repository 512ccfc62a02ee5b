// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Traits } from './customers.mjs' */
import { chance, choose, logistic } from './draws.mjs';

/** A price test: the same travel voucher quoted at prices drawn by lot, taken or not. */
export const priceTesting = { item: 'travel voucher', listPrice: 100, prices: [70, 80, 90, 100, 110, 120, 130], unitCost: 55, share: 0.4 };

/**
 * @typedef {object} PriceTestRow
 * @property {string} customerId
 * @property {number} price - quoted, currency
 * @property {boolean} accepted
 */

/**
 * The probability that a customer takes the voucher at a price: log-odds = acceptance - elasticity × ln(price / list price), by latent segment.
 *
 * @param {Traits} traits
 * @param {number} price
 * @returns {number}
 */
export function acceptanceProbability(traits, price) {
  const { acceptance, elasticity } = traits.segment.price;
  return logistic(acceptance - elasticity * Math.log(price / priceTesting.listPrice));
}

/**
 * Quotes one customer a price by lot.
 *
 * @param {Random} random
 * @param {string} customerId
 * @param {Traits} traits
 * @returns {PriceTestRow}
 */
export function quotePrice(random, customerId, traits) {
  const price = choose(random, priceTesting.prices, priceTesting.prices.map(() => 1));
  return { customerId, price, accepted: chance(random, acceptanceProbability(traits, price)) };
}
