import type { Allocation, AllocationPrices, AllocationProblem } from './allocationProblem.js';
import { boundAt, lowerDual, nextPrices } from './lowerDual.js';
import { isFeasible, planValue, prunePlan, recount } from './plan.js';
import { completePlan, reduceProblem, type ReducedProblem } from './reduceProblem.js';
import { sampleProblem } from './sampleProblem.js';
import { solveCore } from './solveCore.js';
import { typicalValue } from './typicalValue.js';

/** How to solve. */
export interface AllocationTerms {
  /** Prices of a similar problem to start from. */
  readonly start: AllocationPrices | null;
  /** The distance from the bound that is near enough, as a share of it. */
  readonly tolerance: number;
  /** Called with the bound after every look at the customers; false stops. */
  readonly onPass?: (bound: number) => boolean;
}

/** A plan and how good it is. */
export interface AllocationResult {
  readonly plan: Allocation;
  /** Whether the plan keeps every limit. */
  readonly feasible: boolean;
  readonly value: number;
  /** No plan within the limits is worth more. */
  readonly bound: number;
  readonly prices: AllocationPrices;
  readonly passes: number;
  readonly stopped: boolean;
}

const SAMPLE = 12_000;
const CORE = 12_000;
/** A bound that is nearer than sums of so many numbers are exact is reached. */
const ROUNDING = 1e-11;
/** A gap that says the settled ones were settled wrongly. */
const FAR = 1e-3;
/** Cells of the sample that wide smoothing, where every cell counts against every other, is done on. */
const COARSE_CELLS = 40_000;
/** From here on the last digits of a bound take time. */
const MANY_CELLS = 50_000;

/**
 * The plan worth most within the limits, or nearly, with a bound that proves how nearly: prices of the limits by Lagrangian duality, every
 * customer's best choice at them, repair and exchanges. Of many customers a sample finds about the prices; those whose choice is then
 * clear are settled, and the rest is a problem of bounded size. O(customers x actions) in time and memory.
 */
export function allocate(problem: AllocationProblem, terms: AllocationTerms): AllocationResult {
  if (problem.count <= 3 * CORE) return solveWhole(problem, terms);
  const money = typicalValue(problem);
  const smoothing = 1e-3 * money;
  const sample = sampleProblem(problem, SAMPLE);
  const sampled = lowerDual(sample, terms.start ?? coarsePrices(sample, money), { from: 0.03 * money, to: smoothing, tolerance: 1e-7, ...enough(problem, terms.tolerance) });
  let prices = nextPrices(problem, sampled.smoothed, smoothing);
  let best: AllocationResult | undefined;
  for (let wanted = CORE; wanted < 0.7 * problem.count; wanted *= 4) {
    const reduced = reduceProblem(problem, prices, { money, smoothing, wanted });
    const { core } = reduced;
    if (core.budget < 0 || core.most.some((most) => most < 0)) continue;
    const solved = solveWhole(core, { ...terms, start: prices });
    prices = solved.prices;
    const result = completeResult(problem, reduced, solved);
    if (result.feasible && (best === undefined || result.value > best.value)) best = { ...result, bound: Math.min(result.bound, best?.bound ?? Infinity) };
    if (solved.stopped || (best !== undefined && best.bound - best.value <= Math.max(terms.tolerance, 1e-4) * Math.abs(best.bound))) break;
  }
  if (best !== undefined && (best.stopped || best.bound - best.value <= FAR * Math.abs(best.bound))) return best;
  const whole = solveWhole(problem, { ...terms, start: prices });
  return best !== undefined && best.value >= whole.value ? { ...best, bound: Math.min(best.bound, whole.bound) } : whole;
}

function completeResult(problem: AllocationProblem, reduced: ReducedProblem, solved: AllocationResult): AllocationResult {
  const plan = { slots: completePlan(reduced, solved.plan, problem.width), usage: new Float64Array(problem.actionCount), spend: 0 };
  recount(problem, plan);
  prunePlan(problem, plan);
  return { ...solved, feasible: isFeasible(problem, plan), plan, value: planValue(problem, plan), bound: boundAt(problem, solved.prices) };
}

function solveWhole(problem: AllocationProblem, { start, tolerance, onPass }: AllocationTerms): AllocationResult {
  const money = typicalValue(problem);
  const solved = lowerDual(problem, start ?? coarsePrices(problem, money), {
    from: 0.02 * money,
    to: 1e-8 * money,
    tolerance: Math.min(1e-8, tolerance),
    ...enough(problem, tolerance),
    ...(onPass === undefined ? {} : { onPass }),
  });
  const { passes, stopped } = solved;
  // Where no limit binds, prices of exactly 0 are the tightest.
  const free = boundAt(problem, new Float64Array(2 * problem.actionCount + 1));
  const prices = free <= solved.bound ? new Float64Array(2 * problem.actionCount + 1) : solved.prices;
  const bound = Math.min(free, solved.bound);
  const { plan, feasible, proven } = solveCore(problem, solved, money, tolerance);
  prunePlan(problem, plan);
  const value = planValue(problem, plan);
  return { plan, feasible, value, bound: feasible && (proven || bound - value <= ROUNDING * Math.abs(bound)) ? value : bound, prices, passes, stopped };
}

/** Several actions a customer are smoothed over single changes only: there the last stages and steps gain little, and cost where there are many cells. */
function enough({ width, count, actionCount }: AllocationProblem, tolerance: number): { enough?: number } {
  return width > 1 && tolerance > 0 && count * actionCount > MANY_CELLS ? { enough: 0.01 * tolerance } : {};
}

/** About the prices, from nothing. */
function coarsePrices(problem: AllocationProblem, money: number): AllocationPrices {
  const { count, actionCount, width } = problem;
  const size = Math.min(count, Math.max(500, Math.floor(COARSE_CELLS / (actionCount * width))));
  const sample = size < count ? sampleProblem(problem, size) : problem;
  return lowerDual(sample, new Float64Array(2 * actionCount + 1), { from: money, to: 0.02 * money, tolerance: 1e-6, ...enough(problem, 0.01) }).smoothed;
}
