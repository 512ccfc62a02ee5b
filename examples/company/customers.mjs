// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { LatentSegment } from './segments.mjs' */
import { beta, chance, choose, gamma, poisson } from './draws.mjs';
import { isoDate } from './calendar.mjs';
import { segments } from './segments.mjs';
import { walletOf } from './survey.mjs';

/** How buying differs from customer to customer: the laws of BG/NBD and gamma–gamma (Fader, Hardie and Lee, 2005). */
export const buying = {
  /** Tickets per day ~ Gamma(shape r, rate alpha): 10 a year on average, very unequal. */
  rate: { r: 0.85, alpha: 30 },
  /** Probability of silently stopping after a repeat ticket ~ Beta(a, b). */
  dropout: { a: 0.9, b: 9 },
  /** A ticket ~ Gamma(shape p, rate nu), nu ~ Gamma(shape q, rate gamma): mean ticket p gamma / (q - 1) = 40. */
  ticket: { p: 4, q: 4, gamma: 30 },
};

/**
 * @typedef {object} Traits - what drives a customer and nobody sees
 * @property {LatentSegment} segment
 * @property {number} ticketsPerDay - while active
 * @property {number} dropout - probability of stopping after each repeat ticket
 * @property {number} ticketRate - rate of the gamma law of the tickets
 * @property {number} meanTicket - currency
 * @property {number} elsewhere - spent per year at other companies on what we sell, currency
 */

/**
 * @typedef {object} Customer - a row of the customer table, as a company has it
 * @property {string} customerId
 * @property {number} age - years, at joining
 * @property {number} householdSize - people
 * @property {string} province
 * @property {'basic' | 'plus' | 'gold'} plan
 * @property {string | null} incomeBand - unknown for some
 * @property {string} acquisition - where the customer came from
 * @property {'shop' | 'web' | 'phone'} preferredChannel
 * @property {boolean} newsletter - wants to be written to
 * @property {string} joinedAt - ISO day of the first ticket
 */

const provinces = ['Norvalle', 'Albamar', 'Sierraclara', 'Puertoverde', 'Montelar', 'Lagunar', 'Campohondo', 'Estemar', 'Valdebruma', 'Ríolento'];
const provinceWeights = [22, 17, 14, 11, 10, 8, 7, 5, 4, 2];
const incomeBands = ['under 15k', '15k-25k', '25k-40k', '40k-60k', 'over 60k'];
const incomeLimits = [15_000, 25_000, 40_000, 60_000];

/**
 * Draws what drives one customer. Rate, dropout and ticket are independent of each other and follow `buying` exactly over all customers;
 * the segment is drawn afterwards, with odds that lean on rate and ticket, so that segments differ and the laws stay exact.
 *
 * @param {Random} random
 * @returns {Traits}
 */
export function drawTraits(random) {
  const ticketsPerDay = gamma(random, buying.rate.r, buying.rate.alpha);
  const dropout = beta(random, buying.dropout.a, buying.dropout.b);
  const ticketRate = gamma(random, buying.ticket.q, buying.ticket.gamma);
  const meanTicket = buying.ticket.p / ticketRate;
  const rateLean = Math.max(-3, Math.log((ticketsPerDay * buying.rate.alpha) / buying.rate.r));
  const ticketLean = Math.log(meanTicket / 40);
  const weights = segments.map(({ share, tilt }) => share * Math.exp(tilt.rate * rateLean + tilt.ticket * ticketLean));
  const segment = choose(random, segments, weights);
  return { segment, ticketsPerDay, dropout, ticketRate, meanTicket, elsewhere: segment.elsewhere * Math.exp(0.5 * random.normal()) };
}

/**
 * Draws what the company knows of the customer: every attribute depends on the traits, none tells them exactly.
 *
 * @param {Random} random
 * @param {Traits} traits
 * @param {{ customerId: string, joined: number }} identity
 * @returns {Customer}
 */
export function drawAttributes(random, traits, { customerId, joined }) {
  const { segment } = traits;
  const age = Math.min(92, Math.max(18, Math.round(segment.age.mean + segment.age.deviation * random.normal())));
  const householdSize = 1 + Math.min(5, poisson(random, segment.others));
  const plan = choose(random, /** @type {const} */ (['basic', 'plus', 'gold']), [segment.plans.basic, segment.plans.plus, segment.plans.gold]);
  const acquisition = choose(random, ['shop', 'web', 'referral', 'promotion'], [6, age < 45 ? 5 : 2, 2, segment.price.elasticity / 2]);
  const preferredChannel = choose(random, /** @type {const} */ (['shop', 'web', 'phone']), [5, age < 45 ? 8 : 2, age > 60 ? 3 : 0.7]);
  return {
    customerId,
    age,
    householdSize,
    province: choose(random, provinces, provinceWeights),
    plan,
    incomeBand: incomeBand(random, traits, householdSize, acquisition),
    // The odd level of every real table: a form that wrote the channel in capitals for a few.
    acquisition: acquisition === 'web' && chance(random, 0.01) ? 'WEB' : acquisition,
    preferredChannel,
    newsletter: chance(random, age < 45 ? 0.65 : 0.45),
    joinedAt: isoDate(joined),
  };
}

/**
 * Income follows the wallet (what the household spends on such things, here and elsewhere); 8 % do not say, more often in the shop.
 *
 * @param {Random} random
 * @param {Traits} traits
 * @param {number} householdSize
 * @param {string} acquisition
 */
function incomeBand(random, traits, householdSize, acquisition) {
  const income = 24_000 * Math.pow(walletOf(traits) / 2000, 0.6) * Math.pow(householdSize, 0.15) * Math.exp(0.25 * random.normal());
  const band = incomeBands[incomeLimits.filter((limit) => income >= limit).length] ?? null;
  return chance(random, acquisition === 'shop' ? 0.12 : 0.05) ? null : band;
}
