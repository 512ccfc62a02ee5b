// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Customer } from './customers.mjs' */
/** @import { DatedEvent } from './events.mjs' */
import { chance, exponential } from './draws.mjs';

/** Contacts a customer makes: per year, by subject; and the quote that precedes most contracts. */
export const contactHabits = { queriesPerYear: 0.6, complaintsPerYear: 0.2, quoteShare: 0.6, quoteDaysBefore: [2, 20] };

/**
 * Draws the contacts of one customer: queries and complaints at constant rates, quotes before contracts.
 *
 * @param {Random} random
 * @param {Customer} customer
 * @param {{ joined: number, end: number, contracts: ReadonlyMap<string, number> }} history
 * @returns {DatedEvent[]}
 */
export function drawContacts(random, customer, { joined, end, contracts }) {
  /** @type {DatedEvent[]} */
  const events = [];
  /** @param {string} item @param {number} day */
  const add = (item, day) => events.push({ customerId: customer.customerId, day, type: 'contact', item, amount: null, channel: customer.preferredChannel });
  const subjects = /** @type {const} */ ([['query', contactHabits.queriesPerYear], ['complaint', contactHabits.complaintsPerYear]]);
  for (const [item, perYear] of subjects) {
    for (let day = joined + exponential(random, perYear / 365.25); day < end; day += exponential(random, perYear / 365.25)) add(item, day);
  }
  const [from = 0, to = 0] = contactHabits.quoteDaysBefore;
  for (const signed of contracts.values()) {
    const day = signed - (from + (to - from) * random.uniform());
    if (chance(random, contactHabits.quoteShare) && day > joined) add('quote', day);
  }
  return events;
}
