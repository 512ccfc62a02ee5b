// @ts-check
/** @import { CustomerSummary, LifetimeValue, LifetimeValues, LifetimeValueSums, PurchaseBacktest } from 'clientela/lifetime' */
/** @import { Company } from '../company/index.mjs' */
import { backtestPurchases, customerSummary, fitBgNbd, fitLifetimeValue, lifetimeValueBy } from 'clientela/lifetime';
import { companyLog } from './companyData.mjs';
import { correlation } from './correlation.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

/** A year ahead, what a year takes off, and what is left of a sale. */
const terms = /** @type {const} */ ({ horizon: { days: 365 }, annualDiscountRate: 0.1, margin: 0.25 });
/** A till writes some tickets as two lines of one minute: they are one purchase. */
const reading = /** @type {const} */ ({ unit: 'day', mergeWithin: { hours: 1 / 60 } });

/**
 * @typedef {object} Lifetime - what members are going to buy, and what that is worth
 * @property {LifetimeValue} model
 * @property {CustomerSummary} summary - of today's members
 * @property {LifetimeValues} values - one a member
 * @property {LifetimeValueSums} sums - by plan
 * @property {PurchaseBacktest} backtest - the chosen kind of law, learnt before the last half year and held against it
 */

/**
 * Learns from all purchases how customers buy and stop, and values today's members.
 *
 * @param {Company} company
 * @returns {Lifetime}
 */
export function lifetimeOfMembers(company) {
  const log = companyLog(company);
  // Who closed the membership is observed until that day: silence after it says nothing.
  const left = company.events.filter(({ type }) => type === 'departure');
  const until = { customers: left.map(({ customerId }) => customerId), values: left.map(({ at }) => at) };
  const model = fitLifetimeValue(customerSummary(log, { ...reading, until }), terms);
  const summary = customerSummary(companyLog(company, { membersOnly: true }), reading);
  const planOf = new Map(company.customers.map(({ customerId, plan }) => [customerId, plan]));
  return {
    model,
    summary,
    values: model.predict(summary),
    sums: lifetimeValueBy(model, summary, { by: { plan: summary.customers.map((customer) => planOf.get(String(customer)) ?? '') } }),
    backtest: backtestPurchases(log, { split: '2025-12-30', ...reading, fit: fitBgNbd }),
  };
}

/**
 * What members are worth, in words.
 *
 * @param {Lifetime} lifetime
 * @returns {string}
 */
export function lifetimeSection({ model: { report, buying, spending }, summary, values, sums, backtest }) {
  const best = Array.from(values.value.keys()).sort((a, b) => (values.value[b] ?? 0) - (values.value[a] ?? 0)).slice(0, 3);
  const interval = (/** @type {{ estimate: number, lower: number, upper: number }} */ { estimate, lower, upper }) => [count(estimate), count(lower), count(upper)];
  const { total } = backtest.purchases;
  const reasons = backtest.verdict.reasons.map(({ message }) => message).join('; ');
  return [
    heading('What are members worth, and who is still one? (a year ahead)'),
    paragraph(`How customers buy and stop is learnt by several laws (${(report?.candidates ?? []).map(({ law }) => law).join(', ')}): ${report?.reason}.`),
    table(
      ['plan', 'members', 'still buying', 'purchases', 'margin', 'from', 'to'],
      [...(sums.by['plan'] ?? []), sums.total].map(({ name, customers, alive, expectedPurchases, value }) => [name, count(customers), count(alive), count(expectedPurchases), ...interval(value)]),
    ),
    paragraph('The members worth most, with what chance makes of each:'),
    table(
      ['member', 'purchases', 'last', 'alive', 'purchases to come', 'a ticket', 'margin', 'from', 'to'],
      best.map((row) => [
        String(values.customers?.[row]), count(summary.orders[row] ?? 0), `${count((summary.tenure[row] ?? 0) - (summary.recency[row] ?? 0))} days ago`, percent(values.aliveProbability[row] ?? 0), decimal(values.expectedPurchases[row] ?? 0, 1),
        decimal(values.expectedSpend[row] ?? 0), count(values.value[row] ?? 0), count(values.lower?.[row] ?? 0), count(values.upper?.[row] ?? 0),
      ]),
    ),
    paragraph(
      `A year takes off ${percent(terms.annualDiscountRate, 0)}, and ${percent(terms.margin, 0)} of a sale is left. A new customer buys ${decimal(buying.expectedPurchases({ unit: 'day', frequency: [0], recency: [0], tenure: [0] }, terms.horizon)[0] ?? 0, 1)} times in a year, at ${decimal(spending?.meanSpend ?? 0)} a time. ` +
        `Learnt before the last half year, such a law foretold ${count(total.expected)} purchases where ${count(total.actual)} were made (off by ${percent(total.relativeBias)}), and ranked customers with a Gini of ${decimal(backtest.purchases.errors.gini)}${reasons === '' ? '' : `; what speaks against it: ${reasons}`}.`,
    ),
  ].join('\n');
}

/**
 * Compares what was found with the laws of buying, which only a simulated company tells.
 *
 * @param {Company} company
 * @param {Lifetime} found
 * @returns {{ parameters: { name: string, truth: number, found: number, lower: number, upper: number }[], alive: number, trulyAlive: number, purchases: number, truePurchases: number, margin: number, trueMargin: number, correlation: number }}
 */
export function lifetimeCloseness({ truth }, { model, summary, values }) {
  const { rate, dropout, ticket } = truth.parameters.buying;
  const laws = { ...rate, ...dropout, p: ticket.p, q: ticket.q, v: ticket.gamma };
  const estimates = [...(model.buying.fit?.estimates ?? []), ...(model.spending?.fit?.estimates ?? [])];
  const truthOf = new Map(truth.customers.map((customer) => [customer.customerId, customer]));
  const members = summary.customers.map((customer) => truthOf.get(String(customer)));
  const total = (/** @type {ArrayLike<number>} */ numbers) => Array.from(numbers).reduce((sum, value) => sum + value, 0);
  const tickets = Float64Array.from(members, (member) => member?.expectedTicketsNextYear ?? 0);
  return {
    parameters: Object.entries(laws).flatMap(([name, law]) => {
      const estimate = estimates.find((one) => one.name === name);
      return estimate === undefined ? [] : [{ name, truth: law, found: estimate.estimate, lower: estimate.lower ?? NaN, upper: estimate.upper ?? NaN }];
    }),
    alive: total(values.aliveProbability),
    trulyAlive: members.filter((member) => member?.active).length,
    purchases: total(values.expectedPurchases),
    truePurchases: total(tickets),
    margin: total(model.predict(summary, { annualDiscountRate: 0, intervals: false }).value),
    trueMargin: total(Float64Array.from(members, (member) => terms.margin * (member?.valueNextYear ?? 0))),
    correlation: correlation(values.expectedPurchases, tickets),
  };
}

/**
 * The comparison in words.
 *
 * @param {ReturnType<typeof lifetimeCloseness>} near
 * @returns {string}
 */
export function lifetimeTruth({ parameters, alive, trulyAlive, purchases, truePurchases, margin, trueMargin, correlation: close }) {
  const found = parameters.map(({ name, truth: law, found: estimate, lower, upper }) => `${name} ${decimal(law)} (found ${decimal(estimate)}, ${decimal(lower)} to ${decimal(upper)})`);
  return paragraph(
    `The true laws of buying, stopping and tickets: ${found.join('; ')}. Of today's members ${count(trulyAlive)} are still buying (foretold ${count(alive)}); in a year they are expected to buy ${count(truePurchases)} times (foretold ${count(purchases)}) ` +
      `for a margin of ${count(trueMargin)} before discount (foretold ${count(margin)}; some will close their membership, which silence does not tell). True and foretold purchases of members correlate by ${decimal(close)}.`,
  );
}
