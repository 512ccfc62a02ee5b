import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { createRandom, type Random } from '../../numeric/random.js';
import type { CampaignValues } from './campaignCosts.js';
import { planSelection, type SelectionPlan } from '../../numeric/selection/planSelection.js';
import type { CampaignLimits } from './campaignTerms.js';
import { descending, sumOf } from '../../numeric/selection/fillBudget.js';

/** How large a control group to set aside: give `share` or `size`. */
export interface ControlOptions {
  /** Part of the chosen, from 0 to below 1; rounded to a whole customer. */
  readonly share?: number;
  /** Number of customers; at most half of the chosen are taken. */
  readonly size?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** The group chosen, and who of it is not contacted. */
export interface PlanWithControl {
  readonly plan: SelectionPlan;
  readonly contacted: Uint32Array;
  readonly control: Uint32Array;
}

/** How many the control takes from a group of so many. */
type SizeOf = (chosen: number) => number;

/** The limits hold for those contacted, so the group is chosen larger by the control that is then drawn from it. */
export function planWithControl(caller: string, values: CampaignValues, limits: CampaignLimits, options: ControlOptions): PlanWithControl {
  const sizeOf = readControl(caller, options);
  const random = createRandom(options.seed ?? 1);
  const { costs, net } = values;
  const largest = (contacts: number): number => largestGroup(sizeOf, contacts, net.length);
  const free = planSelection(values, limits.budget < 0 ? -1 : Infinity, largest(limits.capacity));
  if (free.selected.length === 0 || sumOf(costs, free.selected) <= limits.budget) return draw(free, free.selected, costs.length, sizeOf, random);
  const cost = costs[free.selected[0]!]!;
  if (costs.every((other, row) => other === cost || net[row]! <= 0)) {
    const plan = planSelection(values, Infinity, largest(Math.min(limits.capacity, Math.floor(limits.budget / cost))));
    return draw(plan, plan.selected, costs.length, sizeOf, random);
  }
  const plan = widestPlan(values, limits.budget, largest(limits.capacity), free.selected, sizeOf);
  return draw(plan, byCost(plan, costs), costs.length, sizeOf, random);
}

function readControl(caller: string, options: ControlOptions): SizeOf {
  requireKnownOptions(`${caller} control`, options, ['share', 'size', 'seed']);
  const { share, size } = options;
  if ((share === undefined) === (size === undefined)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a control by share or by size, found ${share === undefined ? 'neither' : 'both'}; give one, such as { share: 0.1 }`, { option: 'control' });
  }
  if (share === undefined) {
    const most = requireWhole(caller, 'control size', size!, 0);
    return (chosen) => Math.min(most, Math.floor(chosen / 2));
  }
  if (share >= 0 && share < 1) return (chosen) => Math.round(share * chosen);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a control share from 0 to below 1, found ${String(share)}; a tenth is 0.1, a number of customers is size`, { option: 'control', value: share });
}

/** The most customers of whom no more than so many are contacted. */
function largestGroup(sizeOf: SizeOf, contacts: number, customers: number): number {
  if (contacts === Infinity) return customers;
  let [low, high] = [Math.min(contacts, customers), customers];
  while (low < high) {
    const group = Math.ceil((low + high) / 2);
    if (group - sizeOf(group) <= contacts) low = group;
    else high = group - 1;
  }
  return low;
}

/**
 * The group of the widest budget whose contacts can be paid whichever control is drawn. Neighbours in cost stand in for each other, so that the draws
 * spend about the same; the budget of the group is moved by what the dearest draw is off.
 */
function widestPlan(values: CampaignValues, budget: number, capacity: number, free: Uint32Array, sizeOf: SizeOf): SelectionPlan {
  let best: SelectionPlan | undefined;
  const most = sumOf(values.costs, free);
  let limit = Math.min(most, (budget * free.length) / Math.max(1, free.length - sizeOf(free.length)));
  for (let step = 0; step < 4; step++) {
    const plan = planSelection(values, limit, capacity);
    const dearest = dearestDraw(byCost(plan, values.costs), values.costs, sizeOf);
    if (dearest <= budget && !(best !== undefined && sumOf(values.net, plan.selected) <= sumOf(values.net, best.selected))) best = plan;
    if (dearest <= budget && dearest >= 0.995 * budget) break;
    limit = Math.min(most, (limit * 0.9995 * budget) / dearest);
  }
  // Whatever is drawn, the contacts cost no more than the whole group.
  return best ?? planSelection(values, budget, capacity);
}

function byCost({ selected }: SelectionPlan, costs: Float64Array): Uint32Array {
  return descending(Float64Array.from(selected, (row) => costs[row]!)).map((k) => selected[k]!);
}

/** What the contacts cost when each part of the group gives its cheapest customer to the control. */
function dearestDraw(rows: Uint32Array, costs: Float64Array, sizeOf: SizeOf): number {
  const size = sizeOf(rows.length);
  let spend = sumOf(costs, rows);
  for (let j = 1; j <= size; j++) spend -= costs[rows[Math.ceil((j * rows.length) / size) - 1]!]!;
  return spend;
}

/**
 * The control by the sequential pivotal method (Deville and Tillé, Biometrika 85, 1998): everybody has exactly the same chance, the size is
 * fixed, and one customer comes from each stretch of n / size customers of the order, so control and contacted are alike. In whole numbers: chances in parts of n.
 */
function draw(plan: SelectionPlan, order: Uint32Array, customers: number, sizeOf: SizeOf, random: Random): PlanWithControl {
  const n = order.length;
  const size = sizeOf(n);
  const inControl = new Uint8Array(customers);
  let [held, chance] = [0, 0];
  for (let i = 0; i < n && size > 0; i++) {
    const sum = chance + size;
    if (sum < n) {
      if (random.integer(sum) < size) held = i;
      chance = sum;
    } else {
      // One of the two is drawn; the other keeps what the two have beyond one.
      const takesHeld = random.integer(2 * n - sum) < n - size;
      inControl[order[takesHeld ? held : i]!] = 1;
      if (takesHeld) held = i;
      chance = sum - n;
    }
  }
  return { plan, contacted: plan.selected.filter((row) => inControl[row] === 0), control: plan.selected.filter((row) => inControl[row] === 1) };
}
