import { hasOwnCosts, type Allocation, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import { ditherer } from './dither.js';
import { choiceMargins } from './margins.js';
import { costOf } from './plan.js';

/** The part of a problem that is not yet decided. */
export interface ReducedProblem {
  readonly core: AllocationProblem;
  /** Which customer each of the core is. */
  readonly rows: Uint32Array;
  /** The choice of everybody else, in the slots of the whole problem. */
  readonly settled: Int16Array;
}

/**
 * Customers whose best choice leads by a wide margin at about the right prices keep it; about `wanted` others, whose choice hangs on the
 * last digits of the prices, make the core. One look at everybody.
 */
export function reduceProblem(problem: AllocationProblem, prices: AllocationPrices, terms: { readonly money: number; readonly smoothing: number; readonly wanted: number }): ReducedProblem {
  const { count, width, budget } = problem;
  const settled = new Int16Array(count * width).fill(-1);
  const margins = choiceMargins(problem, prices, terms.money, settled);
  const { rows, limit } = smallest(margins, terms.wanted);
  const dither = ditherer(problem, prices, terms.smoothing);
  const usage = new Float64Array(problem.actionCount);
  let spend = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    if (rows[next] === i) {
      next++;
      settled.fill(-1, i * width, (i + 1) * width);
      continue;
    }
    if (width === 1 && margins[i]! <= limit) settled[i] = dither(i);
    for (let at = i * width; at < (i + 1) * width && settled[at]! >= 0; at++) {
      usage[settled[at]!]!++;
      spend += costOf(problem, i, settled[at]!);
    }
  }
  // Sums in another order round differently: what is left keeps clear of that.
  const left = budget - spend - (Number.isFinite(budget) ? 1e-11 * budget : 0);
  return { core: takeRows(problem, rows, usage, left), rows, settled };
}

function takeRows(problem: AllocationProblem, rows: Uint32Array, usage: Float64Array, budget: number): AllocationProblem {
  const { actionCount, values, costs, widths } = problem;
  const cells = (from: Float64Array): Float64Array => {
    const taken = new Float64Array(rows.length * actionCount);
    for (let r = 0; r < rows.length; r++) for (let k = 0; k < actionCount; k++) taken[r * actionCount + k] = from[rows[r]! * actionCount + k]!;
    return taken;
  };
  return {
    ...problem,
    count: rows.length,
    values: cells(values),
    costs: hasOwnCosts(problem) ? cells(costs) : costs,
    widths: widths === null ? null : Uint8Array.from(rows, (i) => widths[i]!),
    most: problem.most.map((most, k) => most - usage[k]!),
    least: problem.least.map((least, k) => Math.max(0, least - usage[k]!)),
    budget,
  };
}

/** The customers with about the smallest `wanted` margins; where many are equal, spread over them. */
function smallest(margins: Float32Array, wanted: number): { rows: Uint32Array; limit: number } {
  const step = Math.max(1, Math.floor(margins.length / 20_011));
  const sample = new Float32Array(Math.ceil(margins.length / step));
  for (let s = 0; s < sample.length; s++) sample[s] = margins[s * step]!;
  sample.sort();
  const limit = sample[Math.min(sample.length - 1, Math.ceil((wanted / margins.length) * sample.length))]!;
  let found = 0;
  for (let i = 0; i < margins.length; i++) if (margins[i]! <= limit) found++;
  const share = Math.min(1, (2 * wanted) / found);
  const rows = new Uint32Array(Math.ceil(found * share) + 1);
  let seen = 0;
  let kept = 0;
  for (let i = 0; i < margins.length; i++) {
    if (!(margins[i]! <= limit)) continue;
    seen++;
    if (kept < Math.floor(seen * share)) rows[kept++] = i;
  }
  return { rows: rows.slice(0, kept), limit };
}

/** The whole plan: the choices of the core put among the settled ones. */
export function completePlan({ rows, settled }: ReducedProblem, plan: Allocation, width: number): Int16Array {
  for (let r = 0; r < rows.length; r++) for (let s = 0; s < width; s++) settled[rows[r]! * width + s] = plan.slots[r * width + s]!;
  return settled;
}
