import type { Allocation, AllocationPrices, AllocationProblem } from './allocationProblem.js';
import { kickPlan } from './kickPlan.js';
import { collectMoves, stillOpen } from './moves.js';
import { apply, recount, type Move } from './plan.js';
import { countChange } from './repairPlan.js';

const ROUNDS = 40;
const PAIRS_AMONG = 700;
const KICKS_AMONG = 1000;

/** What is left of the limits, valued at their prices: what single changes can still gain is no more. */
function priceOfSlack({ actionCount, most, least, budget }: AllocationProblem, { usage, spend }: Allocation, prices: AllocationPrices): number {
  let worth = Number.isFinite(budget) ? prices[2 * actionCount]! * (budget - spend) : 0;
  for (let k = 0; k < actionCount; k++) {
    if (Number.isFinite(most[k]!)) worth += prices[k]! * (most[k]! - usage[k]!);
    worth += prices[actionCount + k]! * (usage[k]! - least[k]!);
  }
  return worth;
}

/** Makes single changes, exchanges between two customers and forced changes that gain, within the limits, until none is found or the plan is `near` the bound. */
export function improvePlan(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, money: number, near: (plan: Allocation) => boolean): void {
  for (let round = 0; round < ROUNDS; round++) {
    const reach = priceOfSlack(problem, plan, prices) + 1e-9 * money;
    if (!fill(problem, plan, prices, reach, money)) {
      if (near(plan)) return;
      const moves = collectMoves(problem, plan, prices, { reach, most: KICKS_AMONG });
      if (!exchange(problem, plan, moves.slice(0, PAIRS_AMONG), reach, money) && !kickPlan(problem, plan, moves, money)) return;
    }
    recount(problem, plan);
  }
}

/** Whatever gains and still fits. */
function fill(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, reach: number, money: number): boolean {
  const wanted = (from: number, to: number, gain: number, cost: number): boolean =>
    gain > 1e-12 * money && plan.spend + cost <= problem.budget && countChange(problem, plan, from, to) <= 0;
  let improved = false;
  for (const move of collectMoves(problem, plan, prices, { reach, wanted })) {
    if (!wanted(move.from, move.to, move.gain, move.cost) || !stillOpen(problem, plan, move)) continue;
    apply(problem, plan, move);
    improved = true;
  }
  return improved;
}

/** Two customers change at once: what neither could alone. */
function exchange(problem: AllocationProblem, plan: Allocation, moves: readonly Move[], reach: number, money: number): boolean {
  let improved = false;
  for (let p = 0; p < moves.length; p++) {
    const first = moves[p]!;
    if (!stillOpen(problem, plan, first)) continue;
    let best: Move | null = null;
    let gain = 1e-12 * money;
    for (let q = p + 1; q < moves.length; q++) {
      const second = moves[q]!;
      if (first.loss + second.loss > reach) break;
      if (first.gain + second.gain <= gain || first.customer === second.customer) continue;
      if (plan.spend + first.cost + second.cost > problem.budget || !keepsCounts(problem, plan, first, second) || !stillOpen(problem, plan, second)) continue;
      best = second;
      gain = first.gain + second.gain;
    }
    if (best === null) continue;
    apply(problem, plan, first);
    apply(problem, plan, best);
    improved = true;
  }
  return improved;
}

function keepsCounts(problem: AllocationProblem, plan: Allocation, first: Move, second: Move): boolean {
  const { usage } = plan;
  shift(usage, first, 1);
  const kept = countChange(problem, plan, second.from, second.to);
  shift(usage, first, -1);
  return kept + countChange(problem, plan, first.from, first.to) <= 0;
}

function shift(usage: Float64Array, { from, to }: Move, by: number): void {
  if (from >= 0) usage[from]! -= by;
  if (to >= 0) usage[to]! += by;
}
