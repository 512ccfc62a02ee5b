import type { Allocation, AllocationPrices, AllocationProblem } from './allocationProblem.js';
import { collectMoves, stillOpen } from './moves.js';
import { apply, countExcess, excess, isFeasible, recount } from './plan.js';

/**
 * Brings a plan inside its limits by the changes that lose least at the prices: first the numbers of each action, then the budget. False where
 * single changes do not get there.
 */
export function repairPlan(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, money: number): boolean {
  for (let reach = 1e-3 * money; ; reach = reach > 1e6 * money ? Infinity : reach * 10) {
    repairCounts(problem, plan, prices, reach);
    repairBudget(problem, plan, prices, reach);
    recount(problem, plan);
    if (isFeasible(problem, plan)) return true;
    if (reach === Infinity) return false;
  }
}

function repairCounts(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, reach: number): void {
  if (countExcess(problem, plan) === 0) return;
  const better = (from: number, to: number): boolean => countChange(problem, plan, from, to) < 0;
  for (const move of collectMoves(problem, plan, prices, { reach, wanted: better })) {
    if (better(move.from, move.to) && stillOpen(problem, plan, move)) apply(problem, plan, move);
  }
}

function repairBudget(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, reach: number): void {
  if (plan.spend <= problem.budget) return;
  const allowed = (from: number, to: number): boolean => countChange(problem, plan, from, to) <= 0;
  const wanted = (from: number, to: number, _: number, cost: number): boolean => cost < 0 && allowed(from, to);
  for (const move of collectMoves(problem, plan, prices, { reach, wanted, by: 'saving' })) {
    if (plan.spend <= problem.budget) return;
    if (allowed(move.from, move.to) && stillOpen(problem, plan, move)) apply(problem, plan, move);
  }
}

/** What a change of a customer adds to the numbers beyond the limits. */
export function countChange(problem: AllocationProblem, { usage }: Allocation, from: number, to: number): number {
  let change = 0;
  if (from >= 0) change += excess(problem, from, usage[from]! - 1) - excess(problem, from, usage[from]!);
  if (to >= 0) change += excess(problem, to, usage[to]! + 1) - excess(problem, to, usage[to]!);
  return change;
}
