// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Customer, Traits } from './customers.mjs' */
/** @import { DatedEvent } from './events.mjs' */
import { chance, exponential, gamma, logistic } from './draws.mjs';
import { buying } from './customers.mjs';

/**
 * The law of response to a campaign: log-odds of buying the season box within `windowDays`, from what anybody could know that day.
 * `alone` is for those left in peace; `contact` is what a letter adds to the log-odds: much for some, less than nothing after a complaint.
 */
export const responding = {
  windowDays: 28,
  contactCost: 2.5,
  benefit: 30,
  contactedShare: 0.5,
  minTenureDays: 30,
  alone: { intercept: -3, recency: -0.8, frequency: 0.65, card: 0.5, ageDecades: -0.1, newsletter: 0.2, gold: 0.4 },
  contact: { intercept: 0.35, newsletter: 0.9, web: 0.5, ageDecades: -0.15, complaint: -2 },
};

/**
 * @typedef {object} Standing - what is known of a customer at a moment, from events strictly before it
 * @property {number} recency - ln(1 + days since the last purchase / 30)
 * @property {number} frequency - ln(1 + purchases in the last 180 days), lines of the log with a positive amount
 * @property {number} card - 1 when the card is held
 * @property {number} complaint - 1 after a complaint in the last 90 days
 * @property {number} ageDecades - (age - 45) / 10
 * @property {number} newsletter - 1 when the customer wants to be written to
 * @property {number} web - 1 when the web is the preferred channel
 * @property {number} gold - 1 on the gold plan
 */

/**
 * The standing of a customer at a moment.
 *
 * @param {Customer} customer
 * @param {readonly DatedEvent[]} events - all of this customer
 * @param {number} day
 * @returns {Standing}
 */
export function standingAt(customer, events, day) {
  let last = -Infinity;
  let recent = 0;
  let card = 0;
  let complaint = 0;
  for (const event of events) {
    if (event.day >= day) continue;
    if (event.type === 'purchase' && (event.amount ?? 0) > 0) {
      last = Math.max(last, event.day);
      if (event.day >= day - 180) recent++;
    }
    if (event.type === 'contract' && event.item === 'card') card = 1;
    if (event.item === 'complaint' && event.day >= day - 90) complaint = 1;
  }
  return {
    recency: Math.log(1 + (day - last) / 30),
    frequency: Math.log(1 + recent),
    card,
    complaint,
    ageDecades: (customer.age - 45) / 10,
    newsletter: customer.newsletter ? 1 : 0,
    web: customer.preferredChannel === 'web' ? 1 : 0,
    gold: customer.plan === 'gold' ? 1 : 0,
  };
}

/**
 * The true probability of response of a customer in this standing, left alone and contacted, and the difference: the uplift.
 *
 * @param {Standing} standing
 * @returns {{ alone: number, contacted: number, uplift: number }}
 */
export function responseProbability(standing) {
  const logOdds = weigh(responding.alone, standing);
  const alone = logistic(logOdds);
  const contacted = logistic(logOdds + weigh(responding.contact, standing));
  return { alone, contacted, uplift: contacted - alone };
}

/**
 * @param {Readonly<Record<string, number>>} coefficients
 * @param {Standing} standing
 */
function weigh(coefficients, standing) {
  return Object.entries(coefficients).reduce((sum, [name, value]) => sum + (name === 'intercept' ? value : value * standing[/** @type {keyof Standing} */ (name)]), 0);
}

/**
 * @typedef {object} CampaignRow
 * @property {string} customerId
 * @property {boolean} contacted - by lot: half were, half are the control group
 * @property {boolean} responded - bought the box within the window
 * @property {number} revenue - spent on boxes within the window, currency
 */

/**
 * Runs the campaign on one customer: the lot decides on the contact, the law of response on the purchase.
 *
 * @param {Random} random
 * @param {Customer} customer
 * @param {Traits} traits
 * @param {{ day: number, until: number, probability: { alone: number, contacted: number } }} moment - until: end of the window or of the membership
 * @returns {{ row: CampaignRow, events: DatedEvent[] }}
 */
export function runCampaign(random, customer, traits, { day, until, probability }) {
  const { customerId } = customer;
  const contacted = chance(random, responding.contactedShare);
  const responded = chance(random, contacted ? probability.contacted : probability.alone);
  /** @type {DatedEvent[]} */
  const events = [];
  if (contacted) events.push({ customerId, day, type: 'contact', item: 'campaign', amount: null, channel: 'mail' });
  if (!responded) return { row: { customerId, contacted, responded, revenue: 0 }, events };
  // The bigger spender takes the bigger box; within the window most buy in the first days.
  const revenue = Math.round((24 + 0.6 * gamma(random, buying.ticket.p, traits.ticketRate)) * 100) / 100;
  const delay = exponential(random, 1 / 7) % (until - day);
  events.push({ customerId, day: day + delay, type: 'purchase', item: 'box', amount: revenue, channel: customer.preferredChannel });
  return { row: { customerId, contacted, responded, revenue }, events };
}
