import { sortedOrder } from '../sorting.js';
import type { Allocation, AllocationProblem } from './allocationProblem.js';
import { stillOpen } from './moves.js';
import { apply, countExcess, type Move } from './plan.js';
import { countChange } from './repairPlan.js';

const KICKS = 150;

/**
 * Forces one change after another that the limits forbid (or that gives something up), makes room for it by the changes that cost least, and fills
 * what is then free: one dear contact against many cheap ones. True when one such round gained; the others are undone.
 */
export function kickPlan(problem: AllocationProblem, plan: Allocation, moves: readonly Move[], money: number): boolean {
  const byMoney = moves.filter(({ cost }) => cost < 0);
  const order = sortedOrder(Float64Array.from(byMoney, ({ loss, cost }) => loss / -cost));
  const savings = Array.from(order, (at) => byMoney[at]!);
  let improved = false;
  for (let kick = 0; kick < Math.min(moves.length, KICKS); kick++) {
    const first = moves[kick]!;
    if (!stillOpen(problem, plan, first)) continue;
    const spend = plan.spend;
    const done = [first];
    apply(problem, plan, first);
    const gain = first.gain + settle(problem, plan, moves, savings, done, first);
    if (gain > 1e-12 * money && plan.spend <= problem.budget && countExcess(problem, plan) === 0) {
      improved = true;
      continue;
    }
    while (done.length > 0) undo(problem, plan, done.pop()!);
    plan.spend = spend;
  }
  return improved;
}

/** Back inside the limits, then whatever still fits; what this gains. */
function settle(problem: AllocationProblem, plan: Allocation, moves: readonly Move[], savings: readonly Move[], done: Move[], first: Move): number {
  let gain = 0;
  const take = (move: Move): void => {
    apply(problem, plan, move);
    done.push(move);
    gain += move.gain;
  };
  const open = (move: Move): boolean => move.customer !== first.customer && stillOpen(problem, plan, move);
  for (let m = 0; m < moves.length && countExcess(problem, plan) > 0; m++) {
    const move = moves[m]!;
    if (countChange(problem, plan, move.from, move.to) < 0 && open(move)) take(move);
  }
  // First what saves no more than needed, then, where that was not enough, anything.
  for (let m = 0; m < 2 * savings.length && plan.spend > problem.budget; m++) {
    const move = savings[m % savings.length]!;
    if (m < savings.length && plan.spend + move.cost < problem.budget - 1e-9 * problem.budget) continue;
    if (countChange(problem, plan, move.from, move.to) <= 0 && open(move)) take(move);
  }
  for (const move of moves) {
    if (move.gain <= 0 || plan.spend + move.cost > problem.budget || countChange(problem, plan, move.from, move.to) > 0 || !open(move)) continue;
    take(move);
  }
  return gain;
}

function undo(problem: AllocationProblem, plan: Allocation, move: Move): void {
  apply(problem, plan, { ...move, from: move.to, to: move.from, cost: -move.cost });
}
