import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import type { AllocationPrices } from '../../numeric/allocation/allocationProblem.js';
import { readPrices } from '../../data/allocation/limitPrices.js';
import { readBudget } from '../../data/allocation/offered.js';
import { gapOf, solveAllocation } from '../../data/allocation/solveAllocation.js';
import { CONTACT_OPTIONS, readContactProblem } from './contactProblem.js';
import type { ContactOptions, ContactValues } from './contactTypes.js';

/** The limits of the plans along a frontier: those of one plan, with many budgets. */
export interface ContactFrontierOptions<Action extends string = string> extends Omit<ContactOptions<Action>, 'budget' | 'customers'> {
  /** The budgets to plan for. */
  readonly budgets: ArrayLike<number>;
}

/** The best plan for one budget. */
export interface ContactFrontierPoint<Action extends string = string> {
  /** The budget. */
  readonly budget: number;
  /** Value of the plan. */
  readonly value: number;
  /** No plan within this budget is worth more. */
  readonly bound: number;
  /** The share of the bound that the plan is at most below the best. */
  readonly gap: number;
  /** What the plan spends. */
  readonly spend: number;
  /** Contacts in all. */
  readonly contacts: number;
  /** Contacts of each action. */
  readonly perAction: Readonly<Record<Action, number>>;
  /** What one more unit of budget would add here: where it falls to 0, more budget buys nothing. */
  readonly price: number;
}

/**
 * What a plan is worth at each of several budgets: the profit-against-budget frontier, one point a budget in the order given.
 *
 * Each plan starts from the prices of the one before, so that a point costs a fraction of a plan from nothing. The bounds rise and
 * flatten with the budget; the plans do as far as their gaps. O(budgets x customers x actions).
 *
 * @param values - as for {@link planContacts}
 * @param options - the limits, and `budgets`
 * @returns a point for each budget: value, bound, spend, contacts and the price of money
 * @throws a {@link ClientelaError} as {@link planContacts} does
 * @example
 * ```ts
 * const points = contactFrontier({ call: [9, 7, 5] }, { cost: 2, budgets: [2, 4, 10] });
 * points.map(({ value }) => value); // => [9, 16, 21]
 * points[2].price; // => 0
 * ```
 */
export function contactFrontier<Action extends string>(values: ContactValues<Action>, options: ContactFrontierOptions<Action>): ContactFrontierPoint<Action>[] {
  const caller = 'contactFrontier';
  const { offered, problem, tolerance } = readContactProblem<Action>(caller, values, options, [...CONTACT_OPTIONS.filter((name) => name !== 'budget' && name !== 'customers'), 'budgets']);
  const budgets = requireBudgets(caller, options.budgets).map((budget) => readBudget(offered, budget, { option: 'cost', given: options.cost }));
  const points: ContactFrontierPoint<Action>[] = [];
  let prices: AllocationPrices | null = readPrices(offered, options.start);
  budgets.forEach((budget, at) => {
    const solved = solveAllocation(offered, { ...problem, budget }, { tolerance, start: prices, onProgress: options.onProgress });
    prices = solved.prices;
    const { usage, spend } = solved.plan;
    points.push({
      budget: options.budgets[at]!,
      value: solved.value,
      bound: solved.bound,
      gap: gapOf(solved),
      spend,
      contacts: usage.reduce((sum, contacts) => sum + contacts, 0),
      perAction: Object.fromEntries(offered.names.map((action, k) => [action, usage[k]!])) as Record<Action, number>,
      price: prices[2 * offered.names.length]!,
    });
  });
  return points;
}

function requireBudgets(caller: string, budgets: unknown): number[] {
  if (typeof budgets === 'object' && budgets !== null && 'length' in budgets && (budgets as ArrayLike<number>).length > 0) return Array.from(budgets as ArrayLike<number>);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs budgets as an array of at least one amount, found ${describeValue(budgets)}`, { option: 'budgets', value: budgets });
}
