// @ts-check
/** @import { BasketPlan, PropensityCells, PropensityMatrix } from 'clientela/propensity' */
/** @import { Company } from '../company/index.mjs' */
import { Holdings } from 'clientela/data';
import { eligibility, fitPropensityMatrix, idealBasket, portfolioPotential } from 'clientela/propensity';
import { currentMembers } from './companyData.mjs';
import { correlation } from './correlation.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

/** What a proposal costs, how many calls the shops can make, and how many of one contract. */
const terms = { contactCost: 1.5, calls: 600, each: 150 };

/**
 * @typedef {object} Propensity - which member signs what
 * @property {PropensityMatrix} matrix
 * @property {{ customer: string, plan: string }[]} members
 * @property {PropensityCells} cells
 * @property {BasketPlan} plan - the proposals that the shops have calls for
 */

/**
 * Learns from the contracts signed in the last four quarters which member signs what within 90 days, and plans the proposals.
 *
 * @param {Company} company
 * @returns {Propensity}
 */
export function propensityOfMembers(company) {
  const leftAt = new Map(company.events.filter((event) => event.type === 'departure').map((event) => [event.customerId, event.at]));
  const rows = company.customers.map(({ customerId, age, householdSize, plan, incomeBand, preferredChannel, newsletter, joinedAt }) => {
    return { customer: customerId, age, householdSize, plan, incomeBand, preferredChannel, newsletter, joinedAt, leftAt: leftAt.get(customerId) ?? null };
  });
  const contracts = Holdings.fromRows(company.holdings, { customer: 'customerId', product: 'product', since: 'since', until: 'until' });
  const matrix = fitPropensityMatrix({ holdings: contracts, horizon: { days: 90 }, windows: 4, observedUntil: company.end, customers: rows, joined: 'joinedAt', left: 'leftAt' });
  const current = new Set(currentMembers(company));
  const members = rows.filter((row) => current.has(row.customer));
  const holdings = contracts.heldAt(company.end);
  const cells = matrix.predict({ customers: members, holdings });
  const margin = marginsOf(company, cells.products);
  const may = eligibility(cells, { holdings, requires: requiredBy(company) });
  const plan = idealBasket(cells, { margin, contactCost: terms.contactCost, maxPerCustomer: 2, budget: terms.calls * terms.contactCost, capacity: Object.fromEntries(cells.products.map((product) => [product, terms.each])), eligibility: may });
  return { matrix, members, cells, plan };
}

/**
 * @param {Company} company
 * @param {readonly string[]} products
 * @returns {Record<string, number>}
 */
function marginsOf({ products: catalogue }, products) {
  return Object.fromEntries(products.map((name) => [name, catalogue.find(({ product }) => product === name)?.margin ?? 0]));
}

/** What the conditions of the contracts say, which the company knows. @param {Company} company @returns {Record<string, readonly string[]>} */
function requiredBy({ truth }) {
  return Object.fromEntries(truth.parameters.contractRules.filter(({ requires }) => requires.length > 0).map(({ product, requires }) => [product, requires]));
}

/**
 * Proposals and potential, in words.
 *
 * @param {Company} company
 * @param {Propensity} found
 * @returns {string}
 */
export function propensitySection(company, { matrix, members, cells, plan }) {
  const { total, by } = portfolioPotential(cells, { margin: marginsOf(company, cells.products), by: { plan: members.map((member) => member.plan) } }).unconstrained;
  const { certificates } = matrix.report;
  return [
    heading('What will each member sign next? (propensity matrix, 90 days)'),
    table(
      ['contract', 'signed', 'promised', 'skill', 'method', 'proposals', 'worth'],
      certificates.map(({ product, positives, inTheLarge, logLossSkill, method }, j) => [
        product,
        count(positives),
        decimal(inTheLarge.expected, 0),
        percent(logLossSkill?.estimate ?? 0),
        method,
        count(plan.perProduct[j]?.offers ?? 0),
        decimal(plan.perProduct[j]?.value ?? 0, 0),
      ]),
    ),
    paragraph(
      `Signed and promised: in the four quarters learnt from, members the model had not seen. Of ${count(members.length)} members ${count(total.units.estimate)} contracts are expected in the next 90 days ` +
        `(${count(total.units.lower)} to ${count(total.units.upper)}), a margin of ${decimal(total.margin?.estimate ?? 0, 0)}: ${by['plan']?.map(({ name, margin }) => `${name} ${decimal(margin?.estimate ?? 0, 0)}`).join(', ') ?? ''}.`,
    ),
    paragraph(
      `With ${count(terms.calls)} calls, ${terms.each} at most for each contract, the proposals above are worth ${decimal(plan.value, 0)}; no plan is worth more than ${percent(plan.gap, 2)} above that, and one more call would bring ${decimal(plan.prices.budget * terms.contactCost)}.`,
    ),
  ].join('\n');
}

/**
 * Compares the probabilities with the truth, which only a simulated company has.
 *
 * @param {Company} company
 * @param {Propensity} found
 * @returns {{ expected: number, truth: number, correlation: Record<string, number> }} contracts expected and true, and by contract how close the probabilities are
 */
export function propensityCloseness(company, { cells: { customers, products, probability } }) {
  const truthOf = new Map(company.truth.customers.map((truth) => [truth.customerId, truth.signsWithin90Days]));
  let [expected, truth] = [0, 0];
  const pairs = products.map((product, j) => {
    const cells = customers.flatMap((id, row) => {
      const [p, q] = [probability[row * products.length + j] ?? NaN, truthOf.get(String(id))?.[product] ?? NaN];
      return Number.isNaN(p) || Number.isNaN(q) ? [] : [{ p, q }];
    });
    for (const { p, q } of cells) [expected, truth] = [expected + p, truth + q];
    return [product, correlation(Float64Array.from(cells, ({ p }) => p), Float64Array.from(cells, ({ q }) => q))];
  });
  return { expected, truth, correlation: Object.fromEntries(pairs) };
}

/**
 * The comparison in words.
 *
 * @param {ReturnType<typeof propensityCloseness>} near
 * @returns {string}
 */
export function propensityTruth({ expected, truth, correlation: close }) {
  const sorted = Object.entries(close).sort((a, b) => b[1] - a[1]);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  return paragraph(
    `Contracts to expect: ${decimal(expected, 0)} foretold, ${decimal(truth, 0)} by the true rates. Foretold and true probabilities correlate from ${decimal(worst?.[1] ?? NaN)} (${worst?.[0] ?? ''}) to ${decimal(best?.[1] ?? NaN)} (${best?.[0] ?? ''}).`,
  );
}
