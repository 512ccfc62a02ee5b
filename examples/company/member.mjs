// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Customer, Traits } from './customers.mjs' */
/** @import { DatedEvent } from './events.mjs' */
/** @import { Exposure } from './departures.mjs' */
import { chance, exponential } from './draws.mjs';
import { drawAttributes, drawTraits } from './customers.mjs';
import { drawContacts } from './contacts.mjs';
import { drawContracts } from './contracts.mjs';
import { departureEvent, drawDeparture } from './departures.mjs';
import { drawPurchases } from './purchases.mjs';

/**
 * @typedef {object} Member - one customer's whole life, before it is written down
 * @property {Customer} customer
 * @property {Traits} traits
 * @property {number} joined
 * @property {number} droppedOut - day of the last ticket of one who stopped, else Infinity
 * @property {number} departed - day the membership was closed, else Infinity
 * @property {Map<string, number>} contracts - contract -> day signed
 * @property {Exposure} exposure
 * @property {DatedEvent[]} events - in no order
 * @property {{ alone: number, contacted: number, uplift: number } | null} campaignProbability
 */

/**
 * Draws one customer's life. Buying, contracts and contacts are drawn as if nobody left; leaving is drawn along them, and cuts them.
 *
 * @param {Random} random - this customer's own stream, so that the number of customers does not change any of them
 * @param {string} customerId
 * @param {{ start: number, end: number }} span
 * @returns {Member}
 */
export function drawMember(random, customerId, { start, end }) {
  const joined = drawJoining(random, start, end);
  const traits = drawTraits(random);
  const customer = drawAttributes(random, traits, { customerId, joined });
  const purchases = drawPurchases(random, traits, customer, { joined, end });
  const contracts = drawContracts(random, customer, { joined, end });
  const contacts = drawContacts(random, customer, { joined, end, contracts });
  const complaintDays = contacts.filter((event) => event.item === 'complaint').map((event) => event.day);
  const exposure = { joined, contractDays: [...contracts.values()], complaintDays };
  const departed = drawDeparture(random, customer, exposure, end);
  for (const [product, day] of contracts) if (day >= departed) contracts.delete(product);
  const until = Math.min(departed, end);
  const events = [...purchases.events, ...contacts, ...contractEvents(customer, contracts)].filter((event) => event.day < until);
  if (departed < end) events.push(departureEvent(customer, departed));
  const droppedOut = purchases.droppedOut < until ? purchases.droppedOut : Infinity;
  return { customer, traits, joined, droppedOut, departed, contracts, exposure, events, campaignProbability: null };
}

/** Seven in ten joined in the opening rush (exponential, 120 days on average); the rest came evenly until the end. */
export const joining = { rushShare: 0.7, rushDays: 120 };

/**
 * @param {Random} random
 * @param {number} start
 * @param {number} end
 */
function drawJoining(random, start, end) {
  const days = end - start;
  const after = chance(random, joining.rushShare) ? exponential(random, 1 / joining.rushDays) : days * random.uniform();
  // Shops open at 9 and close at 21.
  return start + Math.floor(after % days) + (9 + 12 * random.uniform()) / 24;
}

/**
 * @param {Customer} customer
 * @param {Map<string, number>} contracts
 * @returns {DatedEvent[]}
 */
function contractEvents(customer, contracts) {
  const { customerId, preferredChannel: channel } = customer;
  return [...contracts].map(([item, day]) => ({ customerId, day, type: 'contract', item, amount: null, channel }));
}
