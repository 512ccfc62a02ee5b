// @ts-check
/** @import { Member } from './member.mjs' */
import { catalogue, contractRules } from './catalogue.mjs';
import { responseProbability, responding, standingAt } from './campaign.mjs';
import { buying } from './customers.mjs';
import { contactHabits } from './contacts.mjs';
import { baseRatePerDay, contractAttributes, signingRatePerDay } from './contracts.mjs';
import { baselineHazard, leaving, leavingLogRisk } from './departures.mjs';
import { isoInstant, season } from './calendar.mjs';
import { joining } from './member.mjs';
import { priceTesting } from './priceTest.mjs';
import { surveying, walletOf } from './survey.mjs';
import { segments } from './segments.mjs';
import { tillBlemishes } from './purchases.mjs';

/**
 * @typedef {object} CustomerTruth - what nobody could see in the data
 * @property {string} customerId
 * @property {string} segment - the latent segment
 * @property {number} ticketsPerDay - the customer's own buying rate while active
 * @property {number} dropoutProbability - of stopping silently after each repeat ticket
 * @property {number} meanTicket - currency
 * @property {string | null} droppedOutAt - ISO text of the last ticket of one who stopped silently before the end
 * @property {string | null} departedAt - ISO text of the closing of the membership
 * @property {boolean} active - at the end: a member who has not stopped
 * @property {number} buysWithin90Days - probability of a purchase in the 90 days after the end
 * @property {number} expectedTicketsNextYear - in the year after the end, dropout and departure allowed for
 * @property {number} valueNextYear - their spending, currency
 * @property {number} leavesWithin90Days - probability of closing the membership in the 90 days after the end, as things stand; 0 for who has left
 * @property {number} spendPerYear - with us while active, currency
 * @property {number} wallet - per year, with us and elsewhere, while active, currency
 * @property {number} shareOfWallet - in [0, 1]; 0 for who is not active
 * @property {Readonly<Record<string, number>>} signsWithin90Days - contract not held -> probability, at the rates of the day of the end
 * @property {{ acceptance: number, elasticity: number }} price - see `acceptanceProbability`
 * @property {{ alone: number, contacted: number, uplift: number } | null} campaign - probabilities in the past campaign, null for who took no part
 * @property {{ alone: number, contacted: number, uplift: number } | null} nextCampaign - the same for a campaign on the day of the end, null for who has left
 */

/** The figures the world was drawn with. */
export const parameters = { joining, buying, season, tillBlemishes, segments, contractRules, contactHabits, leaving, responding, priceTesting, surveying, catalogue };

/**
 * The truth of one customer at the end.
 *
 * @param {Member} member
 * @param {number} end
 * @returns {CustomerTruth}
 */
export function customerTruth(member, end) {
  const { customer, traits, departed } = member;
  const stayed = departed === Infinity;
  const active = stayed && member.droppedOut === Infinity;
  const rate = active ? traits.ticketsPerDay : 0;
  const spendPerYear = traits.ticketsPerDay * 365.25 * traits.meanTicket;
  const tickets = expectedTickets(member, rate, end, 365);
  return {
    customerId: customer.customerId,
    segment: traits.segment.name,
    ticketsPerDay: traits.ticketsPerDay,
    dropoutProbability: traits.dropout,
    meanTicket: traits.meanTicket,
    droppedOutAt: member.droppedOut < end ? isoInstant(member.droppedOut) : null,
    departedAt: stayed ? null : isoInstant(departed),
    active,
    buysWithin90Days: 1 - Math.exp(-rate * 90),
    expectedTicketsNextYear: tickets,
    valueNextYear: tickets * traits.meanTicket,
    leavesWithin90Days: stayed ? 1 - staysFor(member, end, 90) : 0,
    spendPerYear,
    wallet: walletOf(traits),
    shareOfWallet: active ? spendPerYear / walletOf(traits) : 0,
    signsWithin90Days: signingProbabilities(member, end),
    price: traits.segment.price,
    campaign: member.campaignProbability,
    nextCampaign: stayed ? responseProbability(standingAt(customer, member.events, end)) : null,
  };
}

/**
 * Tickets to expect in the days after the end: rate × exp(-rate × dropout × t) × P(still a member at t), summed by the midpoint rule over days.
 *
 * @param {Member} member
 * @param {number} rate
 * @param {number} end
 * @param {number} days
 */
function expectedTickets(member, rate, end, days) {
  if (rate === 0) return 0;
  const steps = 24;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const t = ((i + 0.5) * days) / steps;
    sum += Math.exp(-rate * member.traits.dropout * t) * staysFor(member, end, t);
  }
  return (rate * sum * days) / steps;
}

/**
 * The probability of still being a member some days after the end, with contracts and complaints as they stand.
 *
 * @param {Member} member
 * @param {number} end
 * @param {number} days
 */
function staysFor(member, end, days) {
  const { joined } = member;
  const risk = Math.exp(leavingLogRisk(member.customer, member.exposure, end));
  return Math.exp(-risk * (baselineHazard(end + days - joined) - baselineHazard(end - joined)));
}

/**
 * @param {Member} member
 * @param {number} end
 */
function signingProbabilities(member, end) {
  /** @type {Record<string, number>} */
  const probabilities = {};
  const attributes = contractAttributes(member.customer);
  for (const rule of contractRules) {
    if (member.contracts.has(rule.product)) continue;
    const rate = member.departed === Infinity ? signingRatePerDay(rule, baseRatePerDay(rule, attributes), member.contracts, { day: end, joined: member.joined }) : 0;
    probabilities[rule.product] = 1 - Math.exp(-rate * 90);
  }
  return probabilities;
}
