// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Customer } from './customers.mjs' */
/** @import { Product } from './catalogue.mjs' */
/** @import { CompanyEvent } from './events.mjs' */
/** @import { CampaignRow } from './campaign.mjs' */
/** @import { PriceTestRow } from './priceTest.mjs' */
/** @import { SurveyRow } from './survey.mjs' */
/** @import { CustomerTruth } from './truth.mjs' */
/** @import { Member } from './member.mjs' */
import { createRandom } from 'clientela/data';
import { dayOf, isoDate, isoInstant } from './calendar.mjs';
import { catalogue } from './catalogue.mjs';
import { chance } from './draws.mjs';
import { writeLog } from './events.mjs';
import { responding, responseProbability, runCampaign, standingAt } from './campaign.mjs';
import { priceTesting, quotePrice } from './priceTest.mjs';
import { askWallet, surveying } from './survey.mjs';
import { customerTruth, parameters } from './truth.mjs';
import { drawMember } from './member.mjs';

/**
 * @typedef {object} Holding - a contract held, or held until its customer left
 * @property {string} customerId
 * @property {string} product
 * @property {string} since - ISO text, UTC
 * @property {string | null} until - ISO text, UTC; null while it runs
 */

/**
 * @typedef {object} Company
 * @property {string} start - ISO day; nothing lies before it
 * @property {string} end - ISO day; everything lies strictly before it
 * @property {Customer[]} customers
 * @property {readonly Product[]} products
 * @property {Holding[]} holdings
 * @property {CompanyEvent[]} events - in order of time
 * @property {{ asOf: string, windowDays: number, contactCost: number, benefit: number, rows: CampaignRow[] }} campaign - the past campaign, with control group
 * @property {{ item: string, listPrice: number, unitCost: number, rows: PriceTestRow[] }} priceTest
 * @property {{ asOf: string, rows: SurveyRow[] }} survey - what some members say they spend here and elsewhere
 * @property {{ parameters: typeof parameters, customers: CustomerTruth[] }} truth - customers in the order of `customers`
 */

/**
 * Simulates the Costanera cooperative: shops, a web shop and eight services by contract. The README beside this file lists what is true in it.
 *
 * @param {{ customers?: number, seed?: number, start?: string, end?: string }} [options] - start and end as ISO days, at least 200 days apart
 * @returns {Company} the same for the same options, whatever the machine and its zone
 */
export function simulateCompany({ customers = 5000, seed = 7, start = '2024-01-01', end = '2026-06-30' } = {}) {
  const span = { start: dayOf(start), end: dayOf(end) };
  if (!(span.end - span.start >= 200)) throw new RangeError(`simulateCompany needs an end at least 200 days after the start, found ${start} and ${end}`);
  if (!Number.isInteger(customers) || customers < 1) throw new RangeError(`simulateCompany needs a whole number of customers, at least 1, found ${customers}`);
  const random = createRandom(seed);
  const members = Array.from({ length: customers }, (_, i) => {
    const own = createRandom(random.uint32());
    return { member: drawMember(own, `C${String(i + 1).padStart(6, '0')}`, span), own };
  });
  const campaignDay = span.end - 91;
  const campaignRows = members.flatMap(({ member, own }) => contactMember(own, member, campaignDay));
  const priceRows = members.flatMap(({ member, own }) => quoteMember(own, member));
  const surveyRows = members.flatMap(({ member, own }) => askMember(own, member));
  return {
    start,
    end,
    customers: members.map(({ member }) => member.customer),
    products: catalogue,
    holdings: members.flatMap(({ member }) => holdingsOf(member)),
    events: writeLog(members.flatMap(({ member }) => member.events)),
    campaign: { asOf: isoDate(campaignDay), windowDays: responding.windowDays, contactCost: responding.contactCost, benefit: responding.benefit, rows: campaignRows },
    priceTest: { item: priceTesting.item, listPrice: priceTesting.listPrice, unitCost: priceTesting.unitCost, rows: priceRows },
    survey: { asOf: end, rows: surveyRows },
    truth: { parameters, customers: members.map(({ member }) => customerTruth(member, span.end)) },
  };
}

/**
 * Takes a member into the campaign, if one that day and long enough; the campaign's events join the member's own.
 *
 * @param {Random} random
 * @param {Member} member - extended
 * @param {number} day
 * @returns {CampaignRow[]} one row or none
 */
function contactMember(random, member, day) {
  if (member.joined > day - responding.minTenureDays || member.departed <= day) return [];
  const probability = responseProbability(standingAt(member.customer, member.events, day));
  const until = Math.min(day + responding.windowDays, member.departed);
  const { row, events } = runCampaign(random, member.customer, member.traits, { day, until, probability });
  member.campaignProbability = probability;
  member.events.push(...events);
  return [row];
}

/**
 * @param {Random} random
 * @param {Member} member
 * @returns {PriceTestRow[]} one row or none
 */
function quoteMember(random, member) {
  return member.departed === Infinity && chance(random, priceTesting.share) ? [quotePrice(random, member.customer.customerId, member.traits)] : [];
}

/**
 * @param {Random} random
 * @param {Member} member
 * @returns {SurveyRow[]} one row or none
 */
function askMember(random, member) {
  return member.departed === Infinity && chance(random, surveying.share) ? [askWallet(random, member.customer.customerId, member.traits)] : [];
}

/**
 * @param {Member} member
 * @returns {Holding[]}
 */
function holdingsOf({ customer, contracts, departed }) {
  const until = departed === Infinity ? null : isoInstant(departed);
  return [...contracts].map(([product, day]) => ({ customerId: customer.customerId, product, since: isoInstant(day), until }));
}
