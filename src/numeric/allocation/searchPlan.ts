import type { Allocation, AllocationPrices, AllocationProblem } from './allocationProblem.js';
import { collectMoves } from './moves.js';
import { apply, isFeasible, planValue, pricedPlan, recount, type Move } from './plan.js';

/** The best plan a search found, and whether it looked at all that could be better. */
export interface SearchedPlan {
  readonly plan: Allocation;
  readonly complete: boolean;
}

/** With more changes than that no search ends. */
const WORTH_A_SEARCH = 60;

/**
 * Looks for a better plan among those that differ from every customer's best choice at the prices in a few customers only: depth first over the
 * changes in order of their loss. A better plan cannot lose more in all than the bound lies above the plan there is, and must use up the
 * slack; both cut branches. At most `most` plans are looked at. Complete only where customers get one action each.
 */
export function searchPlan(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, bound: number, tolerance: number, most: number): SearchedPlan {
  const base = pricedPlan(problem, prices);
  const value = planValue(problem, plan);
  const reach = bound - value - tolerance;
  if (!(reach > 0)) return { plan, complete: problem.width === 1 };
  const moves = collectMoves(problem, base, prices, { reach, most: WORTH_A_SEARCH + 1 });
  if (moves.length > WORTH_A_SEARCH) return { plan, complete: false };
  const search = new PlanSearch(problem, base, prices, moves, reach, most);
  search.descend(0, 0);
  const complete = problem.width === 1 && search.left > 0;
  if (search.best === null) return { plan, complete };
  for (const move of search.best) apply(problem, base, move);
  recount(problem, base);
  return isFeasible(problem, base) && planValue(problem, base) > value ? { plan: base, complete } : { plan, complete: false };
}

/** State of one search. */
class PlanSearch {
  best: readonly Move[] | null = null;
  left: number;
  readonly #moves: readonly Move[];
  readonly #taken: Move[] = [];
  readonly #changed = new Set<number>();
  readonly #amounts: Float64Array[];
  readonly #prices: Float64Array;
  /** What is left of each limit. */
  readonly #slack: Float64Array;
  /** The most the moves from here on could give back of each limit, and the most they could take. */
  readonly #gives: Float64Array[];
  readonly #takes: Float64Array[];
  #reach: number;

  constructor(problem: AllocationProblem, base: Allocation, prices: AllocationPrices, moves: readonly Move[], reach: number, most: number) {
    const { actionCount, budget, least } = problem;
    const size = 2 * actionCount + 1;
    this.#moves = moves;
    this.#reach = reach;
    this.left = most;
    this.#prices = prices;
    this.#slack = new Float64Array(size);
    for (let k = 0; k < actionCount; k++) {
      this.#slack[k] = problem.most[k]! - base.usage[k]!;
      this.#slack[actionCount + k] = base.usage[k]! - least[k]!;
    }
    this.#slack[size - 1] = budget - base.spend;
    this.#amounts = moves.map(({ from, to, cost }) => {
      const amount = new Float64Array(size);
      if (from >= 0) [amount[from], amount[actionCount + from]] = [-1, 1];
      if (to >= 0) [amount[to], amount[actionCount + to]] = [1, -1];
      amount[size - 1] = cost;
      return amount;
    });
    this.#gives = Array.from({ length: moves.length + 1 }, () => new Float64Array(size));
    this.#takes = Array.from({ length: moves.length + 1 }, () => new Float64Array(size));
    for (let m = moves.length - 1; m >= 0; m--) {
      for (let j = 0; j < size; j++) {
        this.#gives[m]![j] = this.#gives[m + 1]![j]! + Math.max(0, -this.#amounts[m]![j]!);
        this.#takes[m]![j] = this.#takes[m + 1]![j]! + Math.max(0, this.#amounts[m]![j]!);
      }
    }
  }

  /** Tries every move from `next` on, after a loss so far. */
  descend(next: number, lost: number): void {
    if (--this.left <= 0) return;
    this.#judge(lost);
    for (let m = next; m < this.#moves.length; m++) {
      const move = this.#moves[m]!;
      const loss = lost + move.loss;
      if (loss >= this.#reach || !this.#hopeful(m, loss)) return;
      if (this.#changed.has(move.customer)) continue;
      this.#step(m, 1);
      this.descend(m + 1, loss);
      this.#step(m, -1);
      if (this.left <= 0) return;
    }
  }

  #judge(lost: number): void {
    let unused = 0;
    for (let j = 0; j < this.#slack.length; j++) {
      const slack = this.#slack[j]!;
      if (slack < 0) return;
      if (this.#prices[j]! > 0) unused += this.#prices[j]! * slack;
    }
    if (lost + unused >= this.#reach) return;
    this.#reach = lost + unused;
    this.best = this.#taken.slice();
  }

  #hopeful(m: number, lost: number): boolean {
    let unused = lost;
    for (let j = 0; j < this.#slack.length; j++) {
      const slack = this.#slack[j]!;
      if (slack < 0 && slack + this.#gives[m]![j]! < 0) return false;
      if (this.#prices[j]! > 0) unused += this.#prices[j]! * Math.max(0, slack - this.#takes[m]![j]!);
    }
    return unused < this.#reach;
  }

  #step(m: number, by: number): void {
    const amount = this.#amounts[m]!;
    for (let j = 0; j < amount.length; j++) this.#slack[j]! -= by * amount[j]!;
    if (by > 0) {
      this.#taken.push(this.#moves[m]!);
      this.#changed.add(this.#moves[m]!.customer);
    } else this.#changed.delete(this.#taken.pop()!.customer);
  }
}
