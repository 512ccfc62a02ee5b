// @ts-check
/** @import { CaptureEase, CustomerPotentials, GrowthPotential, MarketPotential, QuickWin } from 'clientela/potential' */
/** @import { Company } from '../company/index.mjs' */
import { fitCaptureEase, fitMarketPotential, growthPotential, quickWins } from 'clientela/potential';
import { currentMembers } from './companyData.mjs';
import { correlation } from './correlation.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

const DAY = 86_400_000;
/** Half a year, so that there is one before it to learn the ease from; which part of the headroom counts as won, and what a call costs. */
const terms = { days: 182, step: 0.1, margin: 0.25, contactCost: 4 };

/**
 * @typedef {object} Potential - what members could bring
 * @property {MarketPotential} model
 * @property {CaptureEase} ease
 * @property {{ customer: string, plan: string, spend: number }[]} members
 * @property {CustomerPotentials} today
 * @property {GrowthPotential} growth
 * @property {readonly QuickWin[]} wins
 */

/**
 * Learns from what a tenth of the members say they spend what all of them spend, here and elsewhere; how easily some of it can be won, from the half-year before.
 *
 * @param {Company} company
 * @returns {Potential}
 */
export function potentialOfMembers(company) {
  const end = Date.parse(company.end);
  const middle = end - terms.days * DAY;
  const spentNow = spendOf(company, middle, end);
  const spentBefore = spendOf(company, middle - terms.days * DAY, middle);
  const declared = new Map(company.survey.rows.map((row) => [row.customerId, (row.declared * terms.days) / 365.25]));
  const current = new Set(currentMembers(company));
  const rows = company.customers
    .filter(({ customerId }) => current.has(customerId))
    .map(({ customerId, age, householdSize, plan, incomeBand, acquisition, preferredChannel, newsletter, joinedAt }) => ({
      profile: { customer: customerId, age, householdSize, plan, incomeBand, acquisition, preferredChannel, newsletter },
      wasMember: Date.parse(joinedAt) < middle - terms.days * DAY,
    }));
  const members = rows.map(({ profile }) => {
    const spend = spentNow.get(profile.customer) ?? 0;
    const wallet = declared.get(profile.customer) ?? null;
    // Nobody spends more here than everywhere: who says so has forgotten some of it.
    return { ...profile, spend, wallet: wallet === null ? null : Math.max(wallet, spend) };
  });
  const features = /** @type {const} */ (['age', 'householdSize', 'plan', 'incomeBand', 'acquisition', 'preferredChannel', 'newsletter']);
  const model = fitMarketPotential(members, { spend: 'spend', features, customer: 'customer', knownWallets: 'wallet', zeros: 'wallet', estimators: ['known', 'halfNormal', 'quantile'] });
  const today = model.predict(members);
  // Those who were members half a year ago already: what they could have brought then, and what they have brought since.
  const before = rows.filter(({ wasMember }) => wasMember).map(({ profile }) => ({ ...profile, spend: spentBefore.get(profile.customer) ?? 0 }));
  const later = Float64Array.from(before, ({ customer }) => spentNow.get(customer) ?? 0);
  const ease = fitCaptureEase(before, { potentials: model.predict(before), later, step: terms.step, features });
  const easeToday = ease.predict(members, today);
  return {
    model,
    ease,
    members,
    today,
    growth: growthPotential(today, { by: { plan: members.map(({ plan }) => plan) }, ease: easeToday, step: terms.step, margin: terms.margin }),
    wins: quickWins(today, { ease: easeToday, step: terms.step, margin: terms.margin, contactCost: terms.contactCost }).wins,
  };
}

/** What each customer has spent in [from, until), returns taken off. @param {Company} company @param {number} from @param {number} until @returns {Map<string, number>} */
function spendOf({ events }, from, until) {
  /** @type {Map<string, number>} */
  const spent = new Map();
  for (const { customerId, at, amount } of events) {
    const time = Date.parse(at);
    if (amount !== null && time >= from && time < until) spent.set(customerId, (spent.get(customerId) ?? 0) + amount);
  }
  return new Map([...spent].map(([customer, amount]) => [customer, Math.max(0, amount)]));
}

/**
 * What members could bring, and of whom to win it, in words.
 *
 * @param {Company} company
 * @param {Potential} found
 * @returns {string}
 */
export function potentialSection({ survey }, { ease, members, growth, wins }) {
  const { total, by } = growth;
  const { report } = ease;
  return [
    heading('What could each member bring? (internal market potential, half a year)'),
    paragraph(
      `${count(survey.rows.length)} of ${count(members.length)} members, asked by lot, said what they spend here and elsewhere; from that, their profile and their tickets the model says it of all: ` +
        `${count(total.potential.estimate)} (${count(total.potential.lower)} to ${count(total.potential.upper)}), of which the cooperative has ${count(total.present)}.`,
    ),
    table(
      ['plan', 'members', 'spend here', 'could bring', 'at least', 'at most', 'share here', `margin to be won`],
      [...(by['plan'] ?? []), total].map(({ name, customers, present, potential, share, capture }) => [name ?? 'unknown', count(customers), count(present), count(potential.estimate), count(potential.lower), count(potential.upper), percent(share?.estimate ?? 0), count(capture.estimate)]),
    ),
    paragraph(
      `Within half a year ${percent(report.baseRate.estimate)} of the members of then won the cooperative ${percent(terms.step, 0)} or more of their headroom; who, is told with an AUC of ${decimal(report.figures?.auc?.estimate ?? NaN)}. ` +
        `A call of ${terms.contactCost} pays with ${count(wins.length)} members; the first:`,
    ),
    table(
      ['member', 'spends', 'headroom', 'ease', 'brings'],
      wins.slice(0, 5).map(({ customer, row, headroom, ease: easy, profit }) => [customer, count(members[row]?.spend ?? 0), count(headroom), percent(easy), decimal(profit)]),
    ),
  ].join('\n');
}

/**
 * Compares the potentials with the truth, which only a simulated company has.
 *
 * @param {Company} company
 * @param {Potential} found
 * @returns {{ truth: number, lower: number, upper: number, correlation: number, covered: number }} the true total and its interval; how close the logarithms of the wallets are, and how many intervals hold the true one
 */
export function potentialCloseness(company, { members, today, growth }) {
  const truthOf = new Map(company.truth.customers.map(({ customerId, wallet }) => [customerId, (wallet * terms.days) / 365.25]));
  const truth = Float64Array.from(members, ({ customer, spend }) => Math.max(spend, truthOf.get(customer) ?? NaN));
  const inside = truth.filter((wallet, row) => wallet >= (today.potentialLower[row] ?? NaN) && wallet <= (today.potentialUpper[row] ?? NaN));
  const { lower, upper } = growth.total.potential;
  return { truth: truth.reduce((sum, wallet) => sum + wallet, 0), lower, upper, correlation: correlation(today.potential.map(Math.log), truth.map(Math.log)), covered: inside.length / truth.length };
}

/**
 * The comparison in words.
 *
 * @param {ReturnType<typeof potentialCloseness>} near
 * @returns {string}
 */
export function potentialTruth({ truth, lower, upper, correlation: close, covered }) {
  return paragraph(
    `What members truly spend here and elsewhere in half a year: ${count(truth)} (said: ${count(lower)} to ${count(upper)}). True and estimated wallets correlate by ${decimal(close)} in logarithms; ${percent(covered)} of the members are within their interval of 90 %.`,
  );
}
