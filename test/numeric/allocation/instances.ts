import type { AllocationProblem } from '../../../src/numeric/allocation/allocationProblem.js';
import type { Random } from '../../../src/numeric/random.js';

/** A problem without limits but those given. */
export function problem(count: number, actionCount: number, values: ArrayLike<number>, limits: Partial<AllocationProblem> = {}): AllocationProblem {
  return {
    count,
    actionCount,
    values: Float64Array.from(values),
    costs: new Float64Array(actionCount),
    most: new Float64Array(actionCount).fill(Infinity),
    least: new Float64Array(actionCount),
    budget: Infinity,
    width: 1,
    widths: null,
    conflicts: null,
    ...limits,
  };
}

/** A small problem with every kind of limit now and then, whole numbers (many ties) or not. */
export function smallProblem(random: Random): AllocationProblem {
  const actionCount = 1 + random.integer(3);
  const count = 1 + random.integer(6);
  const width = random.uniform() < 0.4 ? 1 + random.integer(actionCount) : 1;
  const whole = random.uniform() < 0.4;
  const amount = (largest: number): number => (whole ? random.integer(largest + 1) : largest * random.uniform());
  const most = Float64Array.from({ length: actionCount }, () => (random.uniform() < 0.5 ? Infinity : random.integer(count + 1)));
  const wanting = random.uniform() < 0.4;
  const conflicts = width > 1 && random.uniform() < 0.5 ? new Uint8Array(actionCount * actionCount) : null;
  if (conflicts !== null) conflicts[1] = conflicts[actionCount] = 1;
  return problem(count, actionCount, Float64Array.from({ length: count * actionCount }, () => (random.uniform() < 0.1 ? NaN : amount(8) - 2)), {
    costs: Float64Array.from({ length: random.uniform() < 0.4 ? count * actionCount : actionCount }, () => amount(3)),
    most,
    least: most.map((limit) => (wanting && random.uniform() < 0.5 ? Math.min(limit, random.integer(count)) : 0)),
    budget: random.uniform() < 0.3 ? Infinity : 1.5 * count * random.uniform(),
    width,
    widths: random.uniform() < 0.3 ? Uint8Array.from({ length: count }, () => random.integer(width + 1)) : null,
    conflicts,
  });
}

/** The best value of any allowed plan, by trying them all; -Infinity where there is none. */
export function bruteForce({ count, actionCount, values, costs, most, least, budget, width, widths, conflicts }: AllocationProblem): number {
  const sets = Array.from({ length: 2 ** actionCount }, (_, set) => Array.from({ length: actionCount }, (_, k) => k).filter((k) => (set >> k) & 1)).filter(
    (set) => set.length <= width && !set.some((a) => set.some((b) => conflicts?.[a * actionCount + b] === 1)),
  );
  const usage = new Array<number>(actionCount).fill(0);
  let best = -Infinity;
  const descend = (i: number, value: number, spend: number): void => {
    if (spend > budget) return;
    if (i === count) {
      if (usage.every((used, k) => used >= least[k]!)) best = Math.max(best, value);
      return;
    }
    for (const set of sets) {
      if (set.length > (widths?.[i] ?? width) || set.some((k) => Number.isNaN(values[i * actionCount + k]) || usage[k]! >= most[k]!)) continue;
      for (const k of set) usage[k]!++;
      const worth = set.reduce((sum, k) => sum + values[i * actionCount + k]!, value);
      descend(i + 1, worth, set.reduce((sum, k) => sum + costs[costs.length > actionCount ? i * actionCount + k : k]!, spend));
      for (const k of set) usage[k]!--;
    }
  };
  descend(0, 0, 0);
  return best;
}
