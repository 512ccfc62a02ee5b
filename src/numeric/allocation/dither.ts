import type { Allocation, AllocationPrices, AllocationProblem } from './allocationProblem.js';
import { REACH } from './dualPass.js';
import { pricedPlan, pricing, recount } from './plan.js';

/**
 * Where customers hang in the balance, each goes to the tied action (or to none) that has had least so far of the shares the smoothed plan gives it: errors
 * do not add up, however many customers are alike.
 */
export function ditherer(problem: AllocationProblem, prices: AllocationPrices, smoothing: number): (i: number) => number {
  const { actionCount } = problem;
  const worths = new Float64Array(actionCount);
  const shares = new Float64Array(actionCount + 1);
  const owed = new Float64Array(actionCount + 1);
  const price = pricing(problem, prices);
  return (i) => {
    price(i, worths);
    let best = 0;
    for (let k = 0; k < actionCount; k++) if (worths[k]! > best) best = worths[k]!;
    let total = 0;
    for (let k = 0; k <= actionCount; k++) {
      const loss = k === actionCount ? best : best - worths[k]!;
      total += shares[k] = loss < REACH * smoothing ? Math.exp(-loss / smoothing) : 0;
    }
    let choice = -1;
    for (let k = 0; k <= actionCount; k++) {
      if (shares[k] === 0) continue;
      owed[k]! += shares[k]! / total;
      if (choice < 0 || owed[k]! > owed[choice]!) choice = k;
    }
    owed[choice]!--;
    return choice === actionCount ? -1 : choice;
  };
}

/** The smoothed plan made whole: it nearly keeps the limits, also where customers are alike. Where customers get several actions, their best sets. */
export function smoothedPlan(problem: AllocationProblem, prices: AllocationPrices, smoothing: number): Allocation {
  const plan = pricedPlan(problem, prices);
  if (problem.width > 1) return plan;
  const dither = ditherer(problem, prices, smoothing);
  for (let i = 0; i < problem.count; i++) if (problem.widths === null || problem.widths[i]! > 0) plan.slots[i] = dither(i);
  recount(problem, plan);
  return plan;
}
