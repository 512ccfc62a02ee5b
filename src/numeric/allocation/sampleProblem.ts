import { createRandom } from '../random.js';
import { hasOwnCosts, type AllocationProblem } from './allocationProblem.js';

/** A smaller problem of about `size` customers, one drawn from each stretch of the list, with the limits in proportion. */
export function sampleProblem(problem: AllocationProblem, size: number): AllocationProblem {
  const { count, actionCount, values, costs, widths } = problem;
  const own = hasOwnCosts(problem);
  const random = createRandom(1);
  const share = size / count;
  const sampled = new Float64Array(size * actionCount);
  const sampledCosts = own ? new Float64Array(size * actionCount) : costs;
  const sampledWidths = widths === null ? null : new Uint8Array(size);
  for (let s = 0; s < size; s++) {
    const i = Math.min(count - 1, Math.floor((s + random.uniform()) / share));
    for (let k = 0; k < actionCount; k++) {
      sampled[s * actionCount + k] = values[i * actionCount + k]!;
      if (own) sampledCosts[s * actionCount + k] = costs[i * actionCount + k]!;
    }
    if (sampledWidths !== null) sampledWidths[s] = widths![i]!;
  }
  const scale = (limit: number): number => limit * share;
  return { ...problem, count: size, values: sampled, costs: sampledCosts, widths: sampledWidths, most: problem.most.map(scale), least: problem.least.map(scale), budget: problem.budget * share };
}
