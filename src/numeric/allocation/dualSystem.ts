import { hasOwnCosts, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import type { DualPass } from './dualPass.js';
import type { PriceSystem } from './priceStep.js';

/** The limits there are, by the place of their price. */
export function limiting(limits: Float64Array, actionCount: number): number[] {
  return [...limits.keys()].filter((j) => Number.isFinite(limits[j]) && (j < actionCount || j === 2 * actionCount || limits[j]! < 0));
}

/** The slope is what is left of each limit; the least volumes count the other way round. */
export function priceSystem(pass: DualPass, limits: Float64Array, free: readonly number[], actionCount: number): PriceSystem {
  const all = limits.length;
  const size = actionCount + 1;
  const gradient = new Float64Array(all);
  const hessian = new Float64Array(all * all);
  const resource = (j: number): number => (j === 2 * actionCount ? actionCount : j % actionCount);
  const sign = (j: number): number => (j >= actionCount && j < 2 * actionCount ? -1 : 1);
  for (const i of free) {
    const a = resource(i);
    gradient[i] = limits[i]! - sign(i) * pass.usage[a]!;
    for (const j of free) {
      const b = resource(j);
      hessian[i * all + j] = sign(i) * sign(j) * pass.curvature[a > b ? a * size + b : b * size + a]!;
    }
  }
  return { free, gradient, hessian };
}

/** What the smoothed plan is worth less than the bound, were what it uses too much of paid for at the prices. */
export function distanceOf(pass: DualPass, { free, gradient }: PriceSystem, prices: AllocationPrices, bound: number): number {
  let gap = pass.shortfall;
  for (const j of free) gap += Math.abs(prices[j]! * gradient[j]!);
  return gap / Math.max(Math.abs(bound), Number.MIN_VALUE);
}

/** What a unit of each limit is about, and how flat is flat. */
export function scales(problem: AllocationProblem, limits: Float64Array, money: number): { units: Float64Array; floor: Float64Array } {
  const { count, actionCount, costs } = problem;
  const units = new Float64Array(limits.length);
  const floor = new Float64Array(limits.length);
  const sample = hasOwnCosts(problem) ? Math.min(costs.length, 1000 * actionCount) : actionCount;
  let cost = 0;
  for (let k = 0; k < sample; k++) cost += costs[k]! / sample;
  if (!(cost > 0)) cost = 1;
  for (let j = 0; j < limits.length; j++) {
    const each = j === 2 * actionCount ? cost : 1;
    units[j] = Math.max(each, Math.min(Math.abs(limits[j]!), count * each));
    floor[j] = (1e-6 * count * each * each) / money;
  }
  return { units, floor };
}
