import { chosenCodes, describePrices, readPrices } from '../../data/allocation/limitPrices.js';
import { endOf, gapOf, solveAllocation } from '../../data/allocation/solveAllocation.js';
import { typicalValue } from '../../numeric/allocation/typicalValue.js';
import { CONTACT_OPTIONS, readContactProblem } from './contactProblem.js';
import type { ContactOptions, ContactPlan, ContactValues } from './contactTypes.js';
import { describeActions } from './describeContacts.js';

/**
 * Which customer gets which offer or channel, within budget, capacities and contact rules, and how far the plan can be from the best possible one.
 *
 * Every limit gets a price (Lagrangian duality: Everett, 1963), found by damped Newton steps on the smoothed dual function; at the right prices everybody
 * takes the actions best for them, and the few who hang in the balance are settled by repair and exchanges. The prices prove that
 * no plan is worth more than `bound`: `gap` is that proof, not an estimate. A plan never breaks a limit; spend may pass the budget by rounding
 * (1e-12 of it). An action worth nothing or less is given only to meet a minimum. Few customers are often solved to the proven
 * best (gap 0); the gap otherwise shrinks with their number, to below 0.01 % from some thousands. The same input gives the same plan.
 *
 * Time O(customers x actions), a second for a million x 10; beside the values about 16 bytes a customer and 8 a contact. Smoothing
 * after Nesterov (2005).
 *
 * @param values - net value of each action for each customer, such as P(buys if called) x margin - cost of the call: row-major with the names in
 * `actions`, or a column for each action; NaN where an action is not possible for the customer
 * @param options - the limits; none is needed
 * @returns the actions of each customer, counts, value, bound, gap and the price of every limit
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `UNKNOWN_COLUMN`, `DUPLICATE_ID`; `INVALID_OPTION`, also for
 * minimum volumes that cannot be met
 * @example
 * ```ts
 * const plan = planContacts(
 *   { email: [4, 3, 2, 1], call: [9, 7, 8, NaN] },
 *   { cost: { email: 0, call: 5 }, budget: 10 },
 * );
 * plan.chosen; // => [1, 0, 1, 0]
 * plan.value; // => 21
 * plan.gap; // => 0
 * plan.selected.call; // => [0, 2]
 * ```
 */
export function planContacts<Action extends string>(values: ContactValues<Action>, options: ContactOptions<Action> = {}): ContactPlan<Action> {
  const { offered, problem, control, tolerance } = readContactProblem('planContacts', values, options, CONTACT_OPTIONS);
  const solved = solveAllocation(offered, problem, { tolerance, start: readPrices(offered, options.start), onProgress: options.onProgress });
  const actions = offered.names;
  const chosen = chosenCodes(problem, solved.plan);
  const { selected, perAction } = describeActions(actions, problem, chosen, solved.plan.usage);
  const { customers } = options;
  const gap = gapOf(solved);
  return {
    actions: [...actions],
    chosen,
    width: problem.width,
    selected,
    ...(customers === undefined ? {} : { customers: namedSelection(actions, selected, customers) }),
    control,
    perAction,
    contacts: perAction.reduce((sum, { contacts }) => sum + contacts, 0),
    value: solved.value,
    spend: solved.plan.spend,
    bound: solved.bound,
    gap,
    ...describePrices(actions, problem, solved.prices, typicalValue(problem)),
    convergence: endOf(solved, gap, tolerance),
  };
}

function namedSelection<Action extends string>(actions: readonly Action[], selected: Readonly<Record<Action, Uint32Array>>, customers: ArrayLike<string | number>): Record<Action, (string | number)[]> {
  return Object.fromEntries(actions.map((action) => [action, Array.from(selected[action], (i) => customers[i]!)])) as Record<Action, (string | number)[]>;
}
