import { planSelection, type SelectionPlan } from '../../numeric/selection/planSelection.js';
import type { CampaignTarget, ControlGroup } from './campaignTarget.js';
import { readTerms, type CampaignTerms } from './campaignTerms.js';
import { chooseTarget, coversFixedCost, withoutIrrelevant } from './chooseTarget.js';
import { planWithControl } from './controlGroup.js';
import { breakEven, curveAlong, irrelevantLast, limitOf, lowestOf, profitInterval, tiedAtCut, whomNotToDisturb } from './describePlan.js';
import { sumOf } from '../../numeric/selection/fillBudget.js';

/**
 * The ideal target of a campaign: whom to contact, how many, and the profit to expect, from scores, costs and benefits.
 *
 * A contact pays when probability × benefit exceeds its cost. Those who pay are taken from the most valuable down, as far as
 * budget and capacity allow; ties keep the order of the rows. If what they bring does not cover the fixed cost, nobody is
 * contacted. The choice is exact, except where costs differ and the budget binds: that knapsack is searched for a limited number
 * of steps, and `optimalityGap` bounds the distance to the best (0 where the search ended); the chosen need not be the first of
 * the ranking there. Amounts equal to 12 digits count as equal: a contact that just breaks even is not made, and spend may exceed the budget by rounding. The interval of the profit holds chance only (independent successes at the given probabilities, normal
 * approximation); it does not hold the error of the score itself: `targetSize` judges that on a past campaign. O(n log n).
 *
 * A `control` is drawn at random from the chosen, everybody with the same chance and spread evenly over the ranking (over the costs where they differ and the
 * budget binds); budget and capacity count those contacted, so the group is chosen larger by the control.
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
 *
 * // Nobody below 0.4 is to be disturbed: d would have paid.
 * const quiet = idealTarget([0.02, 0.5, 0.1, 0.3], { contactCost: 2, benefit: 10, minProbability: 0.4 });
 * quiet.notDisturbed; // => { threshold: 0.4, customers: 3, wouldPay: 1, forgoneProfit: 1 }
 * ```
 */
export function idealTarget(scores: ArrayLike<number>, terms: CampaignTerms): CampaignTarget {
  const { values: all, limits, thresholdOf, z } = readTerms('idealTarget', scores, terms);
  const { fixedCost, capacity } = limits;
  const threshold = thresholdOf(all.probabilities);
  const values = withoutIrrelevant(all, threshold);
  const drawn = terms.control === undefined ? undefined : planWithControl('idealTarget', values, limits, terms.control);
  const plan = drawn?.plan ?? planSelection(values, limits.budget, capacity);
  const affordable = drawn?.contacted ?? plan.selected;
  const worth = sumOf(values.net, affordable);
  const runs = coversFixedCost(worth, fixedCost);
  const selected = runs ? affordable : new Uint32Array(0);
  const expectedProfit = runs ? profitInterval(values, selected, worth - fixedCost, z) : { estimate: 0, lower: 0, upper: 0 };
  const withoutControl = drawn === undefined ? expectedProfit.estimate : chooseTarget(values, limits).expectedProfit;
  const notDisturbed = threshold > 0 ? whomNotToDisturb(all, threshold, chooseTarget(all, limits).expectedProfit - withoutControl) : undefined;
  const couldRun = drawn === undefined && coversFixedCost(plan.bound, fixedCost);
  const ranking = irrelevantLast(all, plan.ranking, threshold);
  return {
    selected,
    ...namesOf(selected, terms.customers),
    contacts: selected.length,
    expectedProfit,
    expectedResponses: sumOf(values.probabilities, selected),
    spend: runs ? sumOf(values.costs, selected) + fixedCost : 0,
    breakEvenProbability: breakEven(values),
    lowestProbability: lowestOf(values.probabilities, selected),
    limitedBy: limitOf(values, { chosen: plan.selected, contacts: affordable.length, runs, couldRun, capacity, unheard: notDisturbed?.wouldPay ?? 0 }),
    tiedAtCut: runs ? tiedAtCut(values, plan.selected) : 0,
    optimalityGap: Math.max(0, Math.max(plan.bound - fixedCost, 0) - Math.max(sumOf(values.net, plan.selected) - fixedCost, 0)),
    ...(notDisturbed && { notDisturbed }),
    ...(drawn && { control: controlOf(runs ? drawn.control : selected, plan, terms.customers, withoutControl - expectedProfit.estimate) }),
    ranking,
    curve: curveAlong(all, ranking, fixedCost, z),
  };
}

function controlOf(selected: Uint32Array, plan: SelectionPlan, customers: CampaignTerms['customers'], forgone: number): ControlGroup {
  return { selected, ...namesOf(selected, customers), share: selected.length / Math.max(1, plan.selected.length), forgoneProfit: Math.max(0, forgone) };
}

function namesOf(rows: Uint32Array, customers: CampaignTerms['customers']): { readonly customers?: readonly (string | number)[] } {
  return customers === undefined ? {} : { customers: Array.from(rows, (row) => customers[row]!) };
}
