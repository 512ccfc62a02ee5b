import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { campaignValues, requireCapacity, requireFixedCost, requireLimit, requireScores, ROUNDING, type PerCustomer } from './campaignCosts.js';
import { planCampaign } from './campaignPlan.js';
import { breakEven, curveAlong, limitOf, profitInterval, tiedAtCut } from './describePlan.js';
import { sumOf } from './fillBudget.js';

/** The terms of a campaign; money is in one currency, the caller's. */
export interface CampaignTerms {
  /** What one contact costs; one number, or one a customer. */
  readonly contactCost: PerCustomer;
  /** What one success brings before the cost of the contact; one number, or one a customer. */
  readonly benefit: PerCustomer;
  /** What the campaign costs whoever is contacted. @defaultValue 0 */
  readonly fixedCost?: number;
  /** The most that may be spent, fixed cost included. @defaultValue no limit */
  readonly budget?: number;
  /** The most customers that can be contacted; a whole number. @defaultValue no limit */
  readonly capacity?: number;
  /** Who the scores belong to, to have the chosen ones by name. */
  readonly customers?: ArrayLike<string | number>;
  /** Confidence of the interval of the profit, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What contacting the first k customers of the ranking is expected to bring; position k of each, from nobody (0) to everybody. */
export interface ProfitCurve {
  /** Benefits less contact and fixed costs. */
  readonly expectedProfit: Float64Array;
  /** Successes. */
  readonly expectedResponses: Float64Array;
  /** Contact and fixed costs. */
  readonly spend: Float64Array;
}

/** Whom to contact in a campaign, and what to expect of it. */
export interface CampaignTarget {
  /** Positions of the chosen customers in the scores, the most valuable first. */
  readonly selected: Uint32Array;
  /** Their identifiers, when `customers` were given. */
  readonly customers?: readonly (string | number)[];
  /** How many are chosen. */
  readonly contacts: number;
  /** Expected profit with the interval that chance leaves when the probabilities are right. */
  readonly expectedProfit: Estimate;
  /** Expected number of successes among the chosen. */
  readonly expectedResponses: number;
  /** Contact and fixed costs of the chosen. */
  readonly spend: number;
  /**
   * The probability at which a contact just pays: cost over benefit. Above 1 when no contact can ever pay; `null` when costs or
   * benefits differ between customers, or nothing is to be gained (benefit 0).
   */
  readonly breakEvenProbability: number | null;
  /** The lowest probability among the chosen; `null` when nobody is. */
  readonly lowestProbability: number | null;
  /** What keeps the target from being larger; `fixed cost`: the contacts would pay, but not the campaign. */
  readonly limitedBy: 'break-even' | 'budget' | 'capacity' | 'fixed cost' | 'everybody chosen';
  /** Customers left out who are worth exactly as much as the last one chosen. */
  readonly tiedAtCut: number;
  /** No other choice within the limits can be expected to bring more than this amount above `expectedProfit`; 0 where the choice is proven best. */
  readonly optimalityGap: number;
  /** Every customer in the order of the curve. */
  readonly ranking: Uint32Array;
  /** The whole curve along that ranking. */
  readonly curve: ProfitCurve;
}

/**
 * The ideal target of a campaign: whom to contact, how many, and the profit to expect, from scores, costs and benefits.
 *
 * A contact pays when probability × benefit exceeds its cost. Those who pay are taken from the most valuable down, as far as
 * budget and capacity allow; ties keep the order of the rows. If what they bring does not cover the fixed cost, nobody is
 * contacted. The choice is exact, except where costs differ and the budget binds: that knapsack is searched for a limited number
 * of steps, and `optimalityGap` bounds the distance to the best (0 where the search ended); the chosen need not be the first of
 * the ranking there. Amounts equal to 12 digits count as equal: a contact that just breaks even is not made, and spend may exceed the budget by rounding. The interval of the profit holds chance only (independent successes at the given probabilities, normal
 * approximation); it does not hold the error of the score itself. O(n log n).
 *
 * @param scores - calibrated probabilities of success if contacted, between 0 and 1, one a customer
 * @param terms - costs, benefits and limits
 * @returns the chosen customers, the expected profit with its interval, and the whole profit curve; an empty target is a normal answer
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT` for scores that are no array, `INVALID_VALUE` or `MISSING_VALUE` for a score that is no probability,
 * `LENGTH_MISMATCH`, `INVALID_OPTION`
 * @example
 * ```ts
 * const target = idealTarget([0.02, 0.5, 0.1, 0.3], { contactCost: 2, benefit: 10, customers: ['a', 'b', 'c', 'd'] });
 * target.customers; // => ['b', 'd']
 * target.breakEvenProbability; // => 0.2
 * target.expectedProfit.estimate; // => 4
 * ```
 */
export function idealTarget(scores: ArrayLike<number>, terms: CampaignTerms): CampaignTarget {
  const caller = 'idealTarget';
  const count = requireScores(caller, scores).length;
  requireKnownOptions(caller, terms, ['contactCost', 'benefit', 'fixedCost', 'budget', 'capacity', 'customers', 'confidence']);
  const { customers, confidence = 0.95 } = terms;
  requireOnePerScore(caller, customers, count);
  if (!(confidence > 0 && confidence < 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a confidence between 0 and 1, found ${String(confidence)}`, { option: 'confidence', value: confidence });
  }
  const fixedCost = requireFixedCost(caller, terms.fixedCost ?? 0);
  const budget = requireLimit(caller, 'budget', terms.budget) * (1 + ROUNDING) - fixedCost;
  const capacity = requireCapacity(caller, terms.capacity);
  const values = campaignValues(caller, scores, terms.benefit, terms.contactCost);
  const plan = planCampaign(values, budget, capacity);
  const worth = sumOf(values.net, plan.selected);
  const toCover = fixedCost * (1 + ROUNDING);
  const runs = worth > toCover;
  const selected = runs ? plan.selected : new Uint32Array(0);
  return {
    selected,
    ...(customers === undefined ? {} : { customers: Array.from(selected, (row) => customers[row]!) }),
    contacts: selected.length,
    expectedProfit: runs ? profitInterval(values, selected, worth - fixedCost, confidence) : { estimate: 0, lower: 0, upper: 0 },
    expectedResponses: sumOf(values.probabilities, selected),
    spend: runs ? sumOf(values.costs, selected) + fixedCost : 0,
    breakEvenProbability: breakEven(values),
    lowestProbability: selected.length === 0 ? null : selected.reduce((lowest, row) => Math.min(lowest, values.probabilities[row]!), 1),
    limitedBy: limitOf(values, plan.selected, { runs, couldRun: plan.bound > toCover, capacity }),
    tiedAtCut: runs ? tiedAtCut(values, selected) : 0,
    optimalityGap: Math.max(0, Math.max(plan.bound - fixedCost, 0) - Math.max(worth - fixedCost, 0)),
    ranking: plan.ranking,
    curve: curveAlong(values, plan.ranking, fixedCost),
  };
}

function requireOnePerScore(caller: string, customers: ArrayLike<unknown> | null | undefined, count: number): void {
  if (customers === undefined || customers?.length === count) return;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one customer a score, found ${customers?.length ?? 'no'} customers and ${count} scores`);
}
