import { hasOwnCosts, placePrices, type Allocation, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import { bestSet, clashes, setRoom } from './bestSet.js';

/** A change of one slot of one customer; -1 is no action. */
export interface Move {
  readonly customer: number;
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  /** What the change adds to the value. */
  readonly gain: number;
  /** What it adds to the spend. */
  readonly cost: number;
  /** What it loses at the prices: the gain less what it takes of the limits, turned round. */
  readonly loss: number;
}

/** Every customer's best set at these prices, whatever the limits say. */
export function pricedPlan(problem: AllocationProblem, prices: AllocationPrices): Allocation {
  const { count, actionCount, width, widths, conflicts } = problem;
  const plan = { slots: new Int16Array(count * width).fill(-1), usage: new Float64Array(actionCount), spend: 0 };
  const worths = new Float64Array(actionCount);
  const room = setRoom(actionCount, width);
  const price = pricing(problem, prices);
  for (let i = 0; i < count; i++) {
    const allowed = widths === null ? width : widths[i]!;
    if (allowed === 0) continue;
    price(i, worths);
    bestSet(worths, allowed, conflicts, room);
    plan.slots.set(room.chosen, i * width);
  }
  recount(problem, plan);
  return plan;
}

/** Writes what each action is worth for customer i at these prices. */
export function pricing(problem: AllocationProblem, prices: AllocationPrices): (i: number, worths: Float64Array) => void {
  const { actionCount, values, costs } = problem;
  const own = hasOwnCosts(problem);
  const places = placePrices(prices, actionCount);
  const money = prices[2 * actionCount]!;
  return (i, worths) => {
    const row = i * actionCount;
    const costRow = own ? row : 0;
    for (let k = 0; k < actionCount; k++) worths[k] = values[row + k]! - places[k]! - money * costs[costRow + k]!;
  };
}

/** Usage and spend anew, in the order of the customers, so that they do not carry the roundings of the way there. */
export function recount(problem: AllocationProblem, plan: Allocation): void {
  const { width } = problem;
  plan.usage.fill(0);
  plan.spend = 0;
  for (let at = 0; at < plan.slots.length; at++) {
    const k = plan.slots[at]!;
    if (k < 0) continue;
    plan.usage[k]!++;
    plan.spend += costOf(problem, (at / width) | 0, k);
  }
}

/** Takes away what is worth nothing and fills no least volume. */
export function prunePlan(problem: AllocationProblem, plan: Allocation): void {
  const { actionCount, width, values, least } = problem;
  for (let at = 0; at < plan.slots.length; at++) {
    const k = plan.slots[at]!;
    if (k < 0 || values[((at / width) | 0) * actionCount + k]! > 0 || plan.usage[k]! <= least[k]!) continue;
    plan.slots[at] = -1;
    plan.usage[k]!--;
  }
  recount(problem, plan);
}

/** What the plan is worth. */
export function planValue({ actionCount, width, values }: AllocationProblem, { slots }: Allocation): number {
  let value = 0;
  for (let at = 0; at < slots.length; at++) if (slots[at]! >= 0) value += values[((at / width) | 0) * actionCount + slots[at]!]!;
  return value;
}

/** What action k uses of the budget for customer i. */
export function costOf(problem: AllocationProblem, i: number, k: number): number {
  if (k < 0) return 0;
  return problem.costs[hasOwnCosts(problem) ? i * problem.actionCount + k : k]!;
}

/** Whether a customer's set stays possible when slot s goes to action `to`. */
export function fits({ actionCount, width, conflicts }: AllocationProblem, slots: Int16Array, i: number, s: number, to: number): boolean {
  if (to < 0) return true;
  for (let other = 0; other < width; other++) {
    const held = slots[i * width + other]!;
    if (held === to) return false;
    if (other !== s && held >= 0 && conflicts !== null && clashes(slots.subarray(i * width + other, i * width + other + 1), 1, to, conflicts, actionCount)) return false;
  }
  return true;
}

/** Makes the change. */
export function apply({ width }: AllocationProblem, plan: Allocation, { customer, slot, from, to, cost }: Move): void {
  plan.slots[customer * width + slot] = to;
  if (from >= 0) plan.usage[from]!--;
  if (to >= 0) plan.usage[to]!++;
  plan.spend += cost;
}

/** By how many customers an action is beyond its limits. */
export function excess({ most, least }: AllocationProblem, k: number, usage: number): number {
  return k < 0 ? 0 : Math.max(0, usage - most[k]!, least[k]! - usage);
}

/** By how many customers all actions together are beyond their limits. */
export function countExcess(problem: AllocationProblem, plan: Allocation): number {
  let total = 0;
  for (let k = 0; k < problem.actionCount; k++) total += excess(problem, k, plan.usage[k]!);
  return total;
}

/** Whether the plan keeps every limit. */
export function isFeasible(problem: AllocationProblem, plan: Allocation): boolean {
  return plan.spend <= problem.budget && countExcess(problem, plan) === 0;
}
