// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Customer } from './customers.mjs' */
/** @import { ContractRule } from './catalogue.mjs' */
import { choose, exponential } from './draws.mjs';
import { contractRules } from './catalogue.mjs';

/** @typedef {ReadonlyMap<string, number>} Held - contract held -> day it was signed */

/**
 * The attributes the contract rates depend on, as numbers; all 0 for a customer of 45 who lives alone on the basic plan and buys in the shop.
 *
 * @param {Customer} customer
 * @returns {Record<string, number>}
 */
export function contractAttributes(customer) {
  return {
    ageDecades: (customer.age - 45) / 10,
    others: customer.householdSize - 1,
    gold: customer.plan === 'gold' ? 1 : 0,
    web: customer.preferredChannel === 'web' ? 1 : 0,
  };
}

/**
 * The rate at which the customer would sign a contract if nothing else were held, per day.
 *
 * @param {ContractRule} rule
 * @param {Record<string, number>} attributes
 * @returns {number}
 */
export function baseRatePerDay(rule, attributes) {
  let logRate = Math.log(rule.perYear / 365.25);
  for (const name in rule.effects) logRate += (rule.effects[name] ?? 0) * (attributes[name] ?? 0);
  return Math.exp(logRate);
}

/**
 * The same, given what is held: 0 while a required contract is missing or too young, or when this one is held already.
 *
 * @param {ContractRule} rule
 * @param {number} baseRate
 * @param {Held} held
 * @param {{ day: number, joined: number }} moment
 * @returns {number}
 */
export function signingRatePerDay(rule, baseRate, held, { day, joined }) {
  if (held.has(rule.product) || openFrom(rule, held, joined) > day) return 0;
  let rate = baseRate;
  for (const product in rule.after) if (held.has(product)) rate *= rule.after[product] ?? 1;
  return rate;
}

/**
 * Draws the order and the days in which one customer signs contracts: rates compete, and each signing changes the rates of the others.
 *
 * @param {Random} random
 * @param {Customer} customer
 * @param {{ joined: number, end: number }} span
 * @returns {Map<string, number>} contract -> day
 */
export function drawContracts(random, customer, { joined, end }) {
  /** @type {Map<string, number>} */
  const held = new Map();
  const attributes = contractAttributes(customer);
  const baseRates = contractRules.map((rule) => baseRatePerDay(rule, attributes));
  for (let day = joined; day < end; ) {
    const rates = contractRules.map((rule, i) => signingRatePerDay(rule, baseRates[i] ?? 0, held, { day, joined }));
    // Rates are constant until the next contract opens; the exponential law forgets, so that each stretch is drawn afresh.
    const opens = Math.min(end, ...contractRules.map((rule) => openFrom(rule, held, joined)).filter((open) => open > day));
    const next = day + exponential(random, rates.reduce((sum, rate) => sum + rate, 0));
    if (next < opens) held.set(choose(random, contractRules, rates).product, next);
    day = Math.min(next, opens);
  }
  return held;
}

/**
 * The day from which the contract can be signed: all required ones held, and the wait over; Infinity until then.
 *
 * @param {ContractRule} rule
 * @param {Held} held
 * @param {number} joined
 */
function openFrom(rule, held, joined) {
  return Math.max(joined, ...rule.requires.map((product) => held.get(product) ?? Infinity)) + rule.waitDays;
}
