import type { Allocation, AllocationProblem } from './allocationProblem.js';
import { improveByChain } from './chains.js';
import { smoothedPlan } from './dither.js';
import { improvePlan } from './improvePlan.js';
import type { DualSolution } from './lowerDual.js';
import { isFeasible, planValue, recount } from './plan.js';
import { repairPlan } from './repairPlan.js';
import { searchPlan } from './searchPlan.js';

/** A plan within the limits, or the nearest that was found. */
export interface PrimalPlan {
  readonly plan: Allocation;
  readonly feasible: boolean;
  /** Whether no other plan can be better. */
  readonly proven: boolean;
}

const NODES = 30_000;
const CHAINS = 5000;

/** From prices to a plan: the smoothed plan made whole, brought inside the limits, improved by exchanges, and searched where that can prove it best. */
export function solveCore(problem: AllocationProblem, dual: DualSolution, money: number, tolerance: number): PrimalPlan {
  const { prices, bound, stopped } = dual;
  const plan = smoothedPlan(problem, dual.smoothed, dual.smoothing);
  if (!repairPlan(problem, plan, prices, money) && !force(problem, plan)) return { plan, feasible: false, proven: false };
  const near = tolerance * Math.abs(bound) + 1e-9 * money;
  const isNear = (reached: Allocation): boolean => stopped || bound - planValue(problem, reached) <= near;
  improvePlan(problem, plan, prices, money, isNear);
  if (isNear(plan)) return { plan, feasible: true, proven: false };
  const searched = searchPlan(problem, plan, prices, bound, 1e-9 * money, NODES);
  return { plan: searched.plan, feasible: true, proven: searched.complete };
}

/** Chains of changes reach the least volumes wherever they can be reached, and then the cheapest way of reaching them. */
function force(problem: AllocationProblem, plan: Allocation): boolean {
  for (let chain = 0; chain < CHAINS && !isFeasible(problem, plan); chain++) {
    if (!improveByChain(problem, plan, 'spend')) break;
    recount(problem, plan);
  }
  return isFeasible(problem, plan);
}
