// @ts-check
/** @import { EventLog } from 'clientela/data' */
/** @import { NextEvent, OutcomePaths, PathTimes, ProductOrder } from 'clientela/paths' */
/** @import { Company } from '../company/index.mjs' */
import { fitNextEvent, Journeys, mineSequences, pathsTo, pathTimes, productOrder } from 'clientela/paths';
import { companyLog } from './companyData.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

/** What closes a membership in the log. */
const LEAVING = 'membership';

/**
 * @typedef {object} Paths - how customers come to contracts, and how they leave
 * @property {PathTimes[]} frequent - the most frequent paths of two steps or more
 * @property {ProductOrder} order - of the contracts
 * @property {OutcomePaths} leaving - what precedes a departure
 * @property {NextEvent} next - which contract comes next
 */

/**
 * Paths of contacts, contracts and departures; tickets are left out, they happen all the time.
 *
 * @param {Company} company
 * @returns {Paths}
 */
export function pathsOfCustomers(company) {
  const log = contractLog(company);
  const contracts = contractsOf(company);
  const mined = mineSequences(log, { minSupport: 0.02, minSteps: 2, maxGap: { days: 180 } });
  return {
    frequent: pathTimes(log, mined.slice(0, 8), { maxGap: { days: 180 } }),
    order: productOrder(observedJourneys(company), { items: contracts, horizon: { days: 365 } }),
    leaving: pathsTo(log, { outcome: LEAVING, lookback: { days: 60 } }),
    next: fitNextEvent(log.where({ items: contracts }), { excludeOwned: true }),
  };
}

/** @param {Company} company @returns {string[]} */
function contractsOf({ products }) {
  return products.filter(({ kind }) => kind === 'contract').map(({ product }) => product);
}

/** @param {Company} company @returns {EventLog} */
function contractLog(company) {
  return companyLog(company).where({ items: [...contractsOf(company), 'query', 'quote', 'complaint', LEAVING] });
}

/** Everything everybody did, tickets among it: since when a customer is known; who left was observed until then. @param {Company} company @returns {Journeys} */
function observedJourneys(company) {
  const left = company.events.filter(({ type }) => type === 'departure');
  return Journeys.fromLog(companyLog(company), { observedUntil: { customers: left.map(({ customerId }) => customerId), values: Float64Array.from(left, ({ at }) => Date.parse(`${at}Z`.replace('ZZ', 'Z'))) } });
}

/**
 * Paths, order and departures, in words.
 *
 * @param {Paths} found
 * @returns {string}
 */
export function pathsSection({ frequent, order, leaving, next }) {
  const required = order.products.filter(({ requires }) => requires.length > 0);
  const strong = order.pairs.filter(({ to, from }) => !required.some(({ product, requires }) => product === to && requires.includes(from))).sort((a, b) => (b.rateRatio?.lower ?? 0) - (a.rateRatio?.lower ?? 0));
  const [first] = leaving.paths;
  const after = next.predictRow(['energy'], { top: 3 });
  return [
    heading('Which paths do customers take? (contacts, contracts and departures)'),
    table(
      ['path', 'customers', 'of all', 'days between', 'nine in ten within'],
      frequent.map(({ steps, count: customers, support, span }) => [steps.map((items) => items.join(' + ')).join(' > '), count(customers), percent(support), decimal(span?.median ?? 0, 0), decimal(span?.p90 ?? 0, 0)]),
    ),
    paragraph(`What needs what: ${required.map(({ product, requires }) => `${product} needs ${requires.join(' and ')}`).join(', ')}.`),
    table(
      ['once they have', 'they sign', 'times as fast', 'from', 'to', 'first', 'days to it'],
      strong.slice(0, 5).map(({ from, to, rateRatio, beforeShare, elapsedDays }) => [
        from, to, decimal(rateRatio?.estimate ?? 0, 1), decimal(rateRatio?.lower ?? 0, 1), decimal(rateRatio?.upper ?? 0, 1), percent(beforeShare?.estimate ?? 0), decimal(elapsedDays?.median ?? 0, 0),
      ]),
    ),
    paragraph(
      first === undefined
        ? 'No path leads to leaving more often than chance explains.'
        : `What precedes leaving: in the 60 days before, ${percent(first.caseShare)} of those who left had ${first.steps.map((items) => items.join(' + ')).join(' > ')}, and ${percent(first.controlShare)} of those who stayed as long and were still members; ` +
          `the odds are ${decimal(first.adjustedOddsRatio.estimate, 1)} times as high (${decimal(first.adjustedOddsRatio.lower, 1)} to ${decimal(first.adjustedOddsRatio.upper, 1)}), ${decimal(first.leadDays?.median ?? 0, 0)} days ahead as a rule.`,
    ),
    paragraph(`Next after energy alone: ${after.map(({ item, probability }) => `${item} ${percent(probability)}`).join(', ')}.`),
  ].join('\n');
}

/**
 * The laws of the simulated company that the paths show, beside what was found.
 *
 * @param {Company} company
 * @param {Paths} found
 * @returns {{ factors: { from: string, to: string, truth: number, found: number, lower: number, upper: number }[], requirements: { truth: string[], found: string[] }, complaint: { truth: number, found: number, lower: number, upper: number } }}
 */
export function pathsCloseness({ truth }, { order, leaving }) {
  const { contractRules, leaving: law } = truth.parameters;
  const factors = contractRules.flatMap(({ product, after }) =>
    Object.entries(after).map(([from, factor]) => {
      const ratio = order.pairs.find((pair) => pair.from === from && pair.to === product)?.rateRatio;
      return { from, to: product, truth: factor, found: ratio?.estimate ?? NaN, lower: ratio?.lower ?? NaN, upper: ratio?.upper ?? NaN };
    }),
  );
  const complaint = leaving.paths.find(({ steps }) => steps.length === 1 && steps[0]?.[0] === 'complaint')?.adjustedOddsRatio;
  return {
    factors,
    requirements: {
      truth: contractRules.flatMap(({ product, requires }) => requires.map((needed) => `${product} needs ${needed}`)).sort(),
      found: order.products.flatMap(({ product, requires }) => requires.map((needed) => `${product} needs ${needed}`)).sort(),
    },
    complaint: { truth: Math.exp(law.effects.recentComplaint), found: complaint?.estimate ?? NaN, lower: complaint?.lower ?? NaN, upper: complaint?.upper ?? NaN },
  };
}

/**
 * The comparison in words.
 *
 * @param {ReturnType<typeof pathsCloseness>} near
 * @returns {string}
 */
export function pathsTruth({ factors, requirements, complaint }) {
  const inside = factors.filter(({ truth, lower, upper }) => lower <= truth && truth <= upper).length;
  const found = requirements.truth.filter((needed) => requirements.found.includes(needed)).length;
  return paragraph(
    `Order of contracts: ${found} of ${requirements.truth.length} requirements found, ${count(requirements.found.length - found)} invented; ${inside} of ${factors.length} true factors lie in their interval ` +
      `(${factors.map(({ from, to, truth, found: estimate }) => `${from} to ${to} ${decimal(truth, 1)}: ${decimal(estimate, 1)}`).join('; ')}). ` +
      `A complaint multiplies the risk of leaving by ${decimal(complaint.truth, 1)} for 60 days; found ${decimal(complaint.found, 1)} (${decimal(complaint.lower, 1)} to ${decimal(complaint.upper, 1)}).`,
  );
}
